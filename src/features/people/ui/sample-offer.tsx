// What an organisation without people is offered, and how the sample is taken away again.
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Empty } from '../../../ui/components/states.tsx'
import { roundsApi, roundsClient } from '../../rounds/ui/rounds-api.ts'
import { peopleApi, peopleClient } from './people-api.ts'
import classes from './people.module.css'

interface Props {
  readonly can: { readonly import: boolean; readonly sample: boolean }
}

type Step = 'people' | 'assessments' | 'first-round' | 'second-round'

/** Assessments and rounds; tells each step as it begins. */
async function loadPast(onStep: (step: Step) => void): Promise<void> {
  for await (const event of await roundsClient.loadSample()) if (event.kind === 'progress') onStep(event.step)
}

function useReload(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: roundsApi.key() })
    await queries.invalidateQueries({ queryKey: peopleApi.key() })
  }
}

export function NobodyYet({ can }: Props) {
  const t = useTranslations('people')
  const reload = useReload()
  const [step, setStep] = useState<Step>('people')
  const load = useMutation({
    mutationFn: async () => {
      setStep('people')
      await peopleClient.loadSample()
      await loadPast(setStep)
    },
    // People that are here are shown, also where their past could not be loaded.
    onSettled: reload,
  })
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
            <Button variant="default" loading={load.isPending} onClick={() => load.mutate()}>
              {t('loadSample')}
            </Button>
          )}
        </div>
      )}
      {load.isPending && <p role="status">{t(`loadingStep.${step}`)}</p>}
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
  const rounds = useQuery(roundsApi.list.queryOptions())
  const [step, setStep] = useState<Step>('assessments')
  const past = useMutation({ mutationFn: () => loadPast(setStep), onSettled: onSuccess })
  if (!asked)
    return (
      <>
        {rounds.data?.keep.length === 0 && (
          <Button variant="subtle" loading={past.isPending} onClick={() => past.mutate()}>
            {t('loadPast')}
          </Button>
        )}
        <Button variant="subtle" onClick={() => setAsked(true)}>
          {t('removeSample')}
        </Button>
        {past.isPending && <p role="status">{t(`loadingStep.${step}`)}</p>}
        {past.error && (
          <p role="alert" className={classes['problem']}>
            {past.error.message}
          </p>
        )}
      </>
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
