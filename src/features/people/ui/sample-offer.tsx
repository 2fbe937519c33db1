// What an organisation without people is offered, and how the sample is taken away again.
import { Button } from '@mantine/core'
import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Empty } from '../../../ui/components/states.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { roundsApi, roundsClient } from '../../rounds/ui/rounds-api.ts'
import { peopleApi, peopleClient } from './people-api.ts'
import classes from './people.module.css'

interface Props {
  readonly can: { readonly import: boolean; readonly sample: boolean }
}

const LOADING = ['load sample']
const STEP = ['step of loading the sample']
interface Step {
  readonly step: 'people' | 'assessments' | 'first-round' | 'second-round'
  /** How much of it is done, from 0 to 1. */
  readonly share: number
}
const PEOPLE: Step = { step: 'people', share: 0 }

/** Assessments and rounds; tells each step as it begins. */
async function loadPast(onStep: (step: Step) => void): Promise<void> {
  for await (const event of await roundsClient.loadSample()) if (event.kind === 'progress') onStep(event)
}

/** The step that a load is at; null where none runs. It outlives the screen that began it, as the load does. */
function useSampleStep(): Step | null {
  const loading = useIsMutating({ mutationKey: LOADING }) > 0
  const step = useQuery({ queryKey: STEP, queryFn: (): Step => PEOPLE, enabled: false })
  return loading ? (step.data ?? PEOPLE) : null
}

/** Loads the past, and before it the people where `people` says so. */
function useLoadSample(people: boolean) {
  const queries = useQueryClient()
  const reload = useReload()
  const at = (step: Step): void => {
    queries.setQueryData(STEP, step)
  }
  return useMutation({
    mutationKey: LOADING,
    mutationFn: async () => {
      at(people ? PEOPLE : { step: 'assessments', share: 0 })
      if (people) await peopleClient.loadSample()
      await loadPast(at)
    },
    // People that are here are shown, also where their past could not be loaded.
    onSettled: reload,
  })
}

/** The step in words, told once, and how far it is. */
function Loads({ step, share }: Step) {
  const t = useTranslations('people')
  return (
    <div className={classes['loads']}>
      <p role="status">{t(`loadingStep.${step}`)}</p>
      <progress aria-label={t(`loadingStep.${step}`)} {...(share > 0 ? { value: share } : {})} />
    </div>
  )
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
  const load = useLoadSample(true)
  const step = useSampleStep()
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
            <Button variant="default" loading={step !== null} onClick={() => load.mutate()}>
              {t('loadSample')}
            </Button>
          )}
        </div>
      )}
      {step && <Loads {...step} />}
      <Refused error={load.error} className={classes['problem']} />
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
  const past = useLoadSample(false)
  const step = useSampleStep()
  if (step) return <Loads {...step} />
  if (!asked)
    return (
      <>
        {rounds.data?.keep.length === 0 && (
          <Button variant="subtle" onClick={() => past.mutate()}>
            {t('loadPast')}
          </Button>
        )}
        <Button variant="subtle" onClick={() => setAsked(true)}>
          {t('removeSample')}
        </Button>
        <Refused error={past.error} className={classes['problem']} />
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
      <Refused error={remove.error} className={classes['problem']} />
    </div>
  )
}
