// What an organisation without people is offered, and how the sample is taken away again.
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Empty } from '../../../ui/components/states.tsx'
import { peopleApi } from './people-api.ts'
import classes from './people.module.css'

interface Props {
  readonly can: { readonly import: boolean; readonly sample: boolean }
}

function useReload(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => await queries.invalidateQueries({ queryKey: peopleApi.key() })
}

export function NobodyYet({ can }: Props) {
  const t = useTranslations('people')
  const onSuccess = useReload()
  const load = useMutation(peopleApi.loadSample.mutationOptions({ onSuccess }))
  return (
    <Empty text={t(can.import ? 'emptyText' : 'emptyMember')}>
      {(can.import || can.sample) && (
        <div className={classes['buttons']}>
          {can.import && (
            <Button component={Link} to="/people/import">
              {t('import')}
            </Button>
          )}
          {can.sample && (
            <Button variant="default" loading={load.isPending} onClick={() => load.mutate(undefined)}>
              {t('loadSample')}
            </Button>
          )}
        </div>
      )}
      {load.isPending && <p role="status">{t('loading')}</p>}
      {load.error && (
        <p role="alert" className={classes['problem']}>
          {load.error.message}
        </p>
      )}
    </Empty>
  )
}

/** Asks once more before it removes. */
export function RemoveSample({ count }: { readonly count: number }) {
  const t = useTranslations('people')
  const [asked, setAsked] = useState(false)
  const onSuccess = useReload()
  const remove = useMutation(peopleApi.removeSample.mutationOptions({ onSuccess }))
  if (!asked)
    return (
      <Button variant="subtle" onClick={() => setAsked(true)}>
        {t('removeSample')}
      </Button>
    )
  return (
    <div role="group" aria-label={t('removeSample')}>
      <p>{t('removeSure', { count })}</p>
      <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
        {t('removeYes')}
      </Button>{' '}
      <Button variant="subtle" onClick={() => setAsked(false)}>
        {t('keep')}
      </Button>
      {remove.error && (
        <p role="alert" className={classes['problem']}>
          {remove.error.message}
        </p>
      )}
    </div>
  )
}
