// Measuring ratings in the browser: drop a table, see everybody on one ruler, change a rating and watch it move.
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { MeasuringProgress } from '../../../core/measure/measuring-progress.ts'
import type { Refusal } from '../../../core/measure/refusals.ts'
import { Page, Section } from '../../../ui/components/page.tsx'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { ChangeRating } from './change-rating.tsx'
import { Figure } from '../../../ui/components/figure.tsx'
import { layOutRuler, rulerRange, WIDE } from '../../../core/measure/report/ruler-layout.ts'
import { Choice } from '../../../ui/components/choice.tsx'
import { DropRatings } from './drop-ratings.tsx'
import classes from './measure-screen.module.css'
import { ItemsTable, PeopleTable, RatersTable, RulerTable, rulerRows } from './measure-tables.tsx'
import type { HowToMeasure } from './measuring-session.ts'
import { useMeasuring, type Measuring, type MeasuringControls } from './use-measuring.ts'
import { WrightMap } from './wright-map.tsx'

const ESTIMATORS = ['cml', 'jml', 'jml-eps', 'mml'] as const
const STEPS = ['rsm', 'pcm'] as const

export function MeasureScreen() {
  const t = useTranslations('measure')
  const measuring = useMeasuring()
  const { state } = measuring
  const [how, setHow] = useState<HowToMeasure>({ estimator: 'cml', steps: 'rsm' })
  const decide = (next: HowToMeasure) => {
    setHow(next)
    if (state.stage === 'measured') measuring.again(next)
  }
  const choices = (
    <div className={classes['choices']}>
      <Choice
        label={t('estimator')}
        value={how.estimator}
        options={ESTIMATORS.map((name) => ({
          value: name,
          label: t('estimatorOf', { name: name.replace('-', '') }),
        }))}
        onChange={(value) => decide({ ...how, estimator: value as HowToMeasure['estimator'] })}
      />
      <Choice
        label={t('steps')}
        value={how.steps}
        options={STEPS.map((model) => ({ value: model, label: t('stepsOf', { model }) }))}
        onChange={(value) => decide({ ...how, steps: value as HowToMeasure['steps'] })}
      />
    </div>
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={state.stage === 'measured' ? <Actions state={state} measuring={measuring} /> : undefined}
    >
      {state.stage === 'working' ? (
        <Working name={state.name} progress={state.progress} stop={measuring.stop} />
      ) : state.stage === 'measured' ? (
        <Result state={state} measuring={measuring} choices={choices} />
      ) : (
        <>
          {state.stage === 'refused' && <Refused name={state.name} refusals={state.refusals} />}
          {state.stage === 'broken' && (
            <div role="alert" className={classes['refused']}>
              {t('broken', { message: state.message })}
            </div>
          )}
          {state.stage === 'empty' && state.said && <p role="status">{t('stopped')}</p>}
          <DropRatings
            read={(name, text) => measuring.read(name, text, how)}
            example={() => measuring.example(t('exampleName'), how)}
          />
        </>
      )}
    </Page>
  )
}

type Done = Extract<Measuring, { stage: 'measured' }>

function Actions({ state, measuring }: { readonly state: Done; readonly measuring: MeasuringControls }) {
  const t = useTranslations('measure')
  const { language } = useLanguage()
  const report = () => {
    const date = new Date().toISOString().slice(0, 10)
    measuring.download({ kind: 'report', name: state.name, language, date, simulated: state.simulated })
  }
  return (
    <>
      <Button size="compact-sm" onClick={report}>
        {t('downloadReport')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => measuring.download({ kind: 'json' })}>
        {t('downloadJson')}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={measuring.reset}>
        {t('another')}
      </Button>
    </>
  )
}

function Working({
  name,
  progress,
  stop,
}: {
  readonly name: string
  readonly progress: MeasuringProgress | undefined
  readonly stop: () => void
}) {
  const t = useTranslations('measure')
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((now) => now + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <div className={classes['working']} role="status">
      <p>{t('reading', { name })}</p>
      {seconds > 0 && (
        <p className={classes['quiet']}>
          {progress && `${t('stageOf', { stage: progress.stage, iteration: progress.iteration ?? 0 })} · `}
          {t('seconds', { seconds })}{' '}
          <Button size="compact-sm" variant="default" onClick={stop}>
            {t('cancel')}
          </Button>
        </p>
      )}
    </div>
  )
}

export function Refused({
  name,
  refusals,
}: {
  readonly name: string
  readonly refusals: readonly Refusal[]
}) {
  const t = useTranslations('measure')
  return (
    <div role="alert" className={classes['refused']}>
      <h2>{t('refusedTitle')}</h2>
      <p className={classes['quiet']}>{name}</p>
      <ul>
        {refusals.map(({ code, message }) => (
          <li key={code + message}>
            {t(`refusal.${code}.what`)}
            <span className={classes['quiet']}>{t('needed', { missing: t(`refusal.${code}.needed`) })}</span>
            <span className={classes['quiet']} lang="en">
              {t('whatExactly', { message })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The first names of a list, with a sign that there are more. */
const fewOf = (ids: readonly string[]) => ids.slice(0, 12).join(', ') + (ids.length > 12 ? ' …' : '')

function Result({
  state,
  measuring,
  choices,
}: {
  readonly state: Done
  readonly measuring: MeasuringControls
  readonly choices: React.ReactNode
}) {
  const t = useTranslations('measure')
  const { now, ratings, changes } = state
  const { measurement } = now
  const { summary } = measurement
  // The scale stays while ratings are changed, unless something would leave it.
  const [range, setRange] = useState(() => rulerRange(measurement))
  const wanted = rulerRange(measurement)
  if (wanted[0] < range[0] || wanted[1] > range[1])
    setRange([Math.min(wanted[0], range[0]), Math.max(wanted[1], range[1])])
  const { setsLeftOut } = layOutRuler(measurement, now.costs, WIDE, range)
  const persons = measurement.persons.map((one) => one.id)
  const [person, setPerson] = useState(
    () => persons.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))[0] ?? '',
  )
  return (
    <>
      {state.simulated && <p className={classes['simulated']}>{t('simulated')}</p>}
      <p>
        {t('counts', {
          ratings: summary.ratings,
          raters: summary.raters,
          persons: summary.persons,
          items: summary.items,
        })}
        {now.selfRatings > 0 && ` · ${t('selfApart', { count: now.selfRatings })}`}
        <span className={classes['quiet']}>
          {' · '}
          {t(state.before ? 'tookAgain' : 'took', {
            ms: now.milliseconds < 10 ? now.milliseconds.toFixed(1) : now.milliseconds.toFixed(0),
          })}
        </span>
      </p>
      {choices}
      {measurement.cautions.length > 0 && (
        <details className={classes['cautions']} open>
          <summary>{t('cautions')}</summary>
          <ul>
            {measurement.cautions.map(({ code, message, ids = [] }) => (
              <li key={code + message}>
                {t(`caution.${code}`)}
                {ids.length > 0 && (
                  <span className={classes['quiet']}>{` ${t('whatExactlyIds', { ids: fewOf(ids) })}`}</span>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Section title={t('ruler')} lead={t('rulerLead')}>
        {measurement.subsets.length > 1 && (
          <p data-testid="apart">
            {t('rulerApart', { sets: measurement.subsets.length, leftOut: setsLeftOut })}
          </p>
        )}
        <Figure
          name="ruler"
          picture={<WrightMap measurement={measurement} costs={now.costs} range={range} marked={person} />}
          table={<RulerTable measurement={measurement} />}
          csv={() => rulerRows(measurement)}
        />
      </Section>
      <Section title={t('change')} lead={t('changeLead')}>
        <ChangeRating
          ratings={ratings}
          changes={changes}
          now={measurement}
          before={state.before?.measurement}
          person={person}
          choosePerson={setPerson}
          change={measuring.change}
          undo={measuring.undo}
        />
        {state.refusals.length > 0 && <Refused name={state.name} refusals={state.refusals} />}
      </Section>
      <Section title={t('people')} lead={t('peopleLead')}>
        <PeopleTable now={now} range={range} />
      </Section>
      <Section title={t('raters')}>
        <RatersTable measurement={measurement} range={range} />
      </Section>
      <Section title={t('items')}>
        <ItemsTable measurement={measurement} />
      </Section>
    </>
  )
}
