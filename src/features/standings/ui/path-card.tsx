// One way, step by step: what each step asks of the person, and where its years come from.
import { useTranslations } from 'use-intl'
import type { Path, PathStep, TimeFigure } from '../../../core/growth/path-model.ts'
import { wordsIn } from '../../../core/growth/words.ts'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { useCountWords } from './count-words.ts'
import { Asks, useAsksWords } from './path-asks.tsx'
import classes from './paths-screen.module.css'
import { useWayWords } from './use-way-words.ts'

interface Props {
  readonly view: FrameworkView
  readonly path: Path
  readonly number: number
  readonly shared: ReadonlySet<string>
  readonly many: boolean
}

export function PathCard({ view, path, number, shared, many }: Props) {
  const t = useTranslations('paths')
  const gap = useTranslations('gap')
  const counts = useCountWords()
  const signs = useTranslations('level')
  const way = useWayWords(view)
  return (
    <article className={classes['card']}>
      <h3>
        {many && t('wayOf', { number }) + signs('colon')}
        {way.title(path)}
      </h3>
      <p>{way.timeAndClimb(path)}</p>
      <p className={classes['meta']}>
        {t('wholeWay') + signs('colon') + counts.first(path.gap.musts)}
        {counts.rest(path.gap.musts) && ` · ${counts.rest(path.gap.musts)}`}
        {counts.rest(path.gap.shoulds) && ` · ${gap('ofShoulds', { rest: counts.rest(path.gap.shoulds) })}`}
      </p>
      {!path.tooLittleKnown && (
        <p className={classes['meta']}>{t('setBy', { min: path.setBy.min, max: path.setBy.max })}</p>
      )}
      <p className={classes['strengths']}>{way.strengths(path)}</p>
      <ol role="list" className={classes['steps']}>
        {path.steps.map((step, index) => (
          <Step
            key={`${step.from.role}>${step.to.role}`}
            view={view}
            step={step}
            first={index === 0 && !many}
            later={index > 0}
            timed={!path.tooLittleKnown}
            shared={many && shared.has(`${step.from.role}>${step.to.role}`)}
          />
        ))}
      </ol>
    </article>
  )
}

interface StepProps {
  readonly view: FrameworkView
  readonly step: PathStep
  /** The next step of the only way: what it asks stands open. */
  readonly first: boolean
  /** Not the first step: that begins today, so its own time is that from today. */
  readonly later: boolean
  readonly shared: boolean
  /** False where too little is known for a time: only what sources say is shown then. */
  readonly timed: boolean
}

function Step({ view, step, first, later, shared, timed }: StepProps) {
  const t = useTranslations('paths')
  const ladder = useTranslations('ladder')
  const figures = useFigures()
  const counts = useCountWords()
  const asksWords = useAsksWords()
  const unknown = step.tooLittleKnown
  const all = timed && unknown === null
  return (
    <li className={classes['step']}>
      <h4>
        {view.roleTitle(step.to.role, step.to.variant)}{' '}
        {step.kind !== 'promotion' && <Tag tone="dashed">{ladder(step.kind)}</Tag>}{' '}
        {shared && <Tag>{t('shared')}</Tag>}
      </h4>
      <p className={classes['meta']}>
        {timed && unknown && `${t('noStepTime', unknown)} · `}
        {all && `${t('fromToday', { years: figures.years(step.fromToday) })} · `}
        {all && later && `${t('thisStep', { years: figures.years(step.years) })} · `}
        {counts.first(step.musts)}
        {counts.rest(step.musts) && ` · ${counts.rest(step.musts)}`}
      </p>
      {step.changes && <p>{view.say(step.changes)}</p>}
      {step.asks.length === 0 && <p className={classes['meta']}>{t('asksNothing')}</p>}
      {step.asks.length > 0 && (
        <details open={first} className={classes['asking']}>
          <summary>{asksWords(step.asks)}</summary>
          <Asks view={view} asks={step.asks} />
        </details>
      )}
      <details className={classes['figures']}>
        <summary>{t('timeFrom')}</summary>
        <ul role="list">
          {step.figures
            .filter(({ origin }) => all || origin.label !== 'ours')
            .map((figure, index) => (
              <li key={index}>
                <Figure view={view} figure={figure} />
              </li>
            ))}
        </ul>
      </details>
    </li>
  )
}

interface FigureProps {
  readonly view: FrameworkView
  readonly figure: TimeFigure
}

function Figure({ view, figure }: FigureProps) {
  const t = useTranslations('paths')
  const years = useTranslations('years')
  const figures = useFigures()
  const { words } = wordsIn(useLanguage().language)
  const ends = ({ least, most }: { readonly least: number; readonly most: number }) =>
    t('span', { least: figures.level(least), most: figures.level(most) })
  const climbs = ({ together, longest, unknown }: NonNullable<TimeFigure['levels']>) =>
    words.climbs(ends(together), ends(longest), unknown)
  const about = {
    transition: t('transition'),
    'role-total': t('roleTotal', { role: figure.role ? view.roleTitle(figure.role) : '' }),
    'own-years': t('ownYears'),
    difference: t('difference'),
    gap: t('gapTime'),
    'nothing-lacking': t('nothingLacking'),
  }[figure.about]
  const origin = {
    source: years('source', { title: figure.origin.source ? view.sourceTitle(figure.origin.source) : '' }),
    framework: years('framework'),
    ours: years('ours'),
    yours: years('yours'),
  }[figure.origin.label]
  return (
    <>
      {about}: <strong>{figures.years(figure.years)}</strong> ({origin}
      {figure.about === 'gap' && figure.levels && `; ${climbs(figure.levels)}`})
    </>
  )
}
