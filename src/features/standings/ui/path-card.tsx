// One way, step by step: what each step asks of the person, and where its years come from.
import { useTranslations } from 'use-intl'
import type { Path, PathStep, TimeFigure } from '../../../core/growth/model.ts'
import { LevelPips } from '../../../ui/components/level-pips.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { useActionWords } from './gap-card.tsx'
import classes from './paths-screen.module.css'

interface Props {
  readonly view: FrameworkView
  readonly path: Path
  readonly number: number
  readonly shared: ReadonlySet<string>
  readonly many: boolean
}

export function PathCard({ view, path, number, shared, many }: Props) {
  const t = useTranslations('paths')
  const figures = useFigures()
  return (
    <article className={classes['card']}>
      <h3>
        {many ? t('wayOf', { number }) : t('title', { role: view.roleTitle(path.roles.at(-1) ?? '') })}
        <span className={classes['total']}>{figures.years(path.years)}</span>
      </h3>
      <p className={classes['strengths']}>
        {path.strengths.used.length > 0
          ? t('strengthsUsed', { list: figures.list(path.strengths.used.map(view.competencyTitle)) })
          : t('strengthsNone')}
      </p>
      <ol role="list" className={classes['steps']}>
        {path.steps.map((step, index) => (
          <Step
            key={`${step.from.role}>${step.to.role}`}
            view={view}
            step={step}
            first={index === 0}
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
  /** The next step: what it asks stands open. */
  readonly first: boolean
  readonly shared: boolean
}

function Step({ view, step, first, shared }: StepProps) {
  const t = useTranslations('paths')
  const ladder = useTranslations('ladder')
  const figures = useFigures()
  const action = useActionWords()
  return (
    <li className={classes['step']}>
      <h4>
        {view.roleTitle(step.to.role, step.to.variant)}{' '}
        {step.kind !== 'promotion' && <Tag tone="dashed">{ladder(step.kind)}</Tag>}{' '}
        {shared && <Tag>{t('shared')}</Tag>}
      </h4>
      <p className={classes['meta']}>
        {figures.years(step.years)} · {t('stepReadiness', { percent: figures.percent(step.readiness) })}
      </p>
      {step.changes && <p>{view.say(step.changes)}</p>}
      {step.asks.length === 0 && <p className={classes['meta']}>{t('asksNothing')}</p>}
      {step.asks.length > 0 && (
        <details open={first} className={classes['asking']}>
          <summary>{t('asksCount', { count: step.asks.length })}</summary>
          <ul role="list" className={classes['asks']}>
            {step.asks.map((ask) => (
              <li key={ask.competency}>
                <details>
                  <summary>
                    <span>{view.competencyTitle(ask.competency)}</span>
                    <LevelPips
                      level={ask.level}
                      of={view.scaleOf(ask.competency).levels.length}
                      title={view.levelTitle(ask.competency, ask.level)}
                    />
                  </summary>
                  <ul role="list" className={classes['show']}>
                    {ask.toShow.slice(0, 4).map((each) => (
                      <li key={each.behaviour}>
                        {view.say(each.text)} <span className={classes['action']}>{action(each.action)}</span>
                      </li>
                    ))}
                  </ul>
                </details>
              </li>
            ))}
          </ul>
        </details>
      )}
      <details className={classes['figures']}>
        <summary>{t('timeFrom')}</summary>
        <ul role="list">
          {step.figures.map((figure, index) => (
            <li key={index}>
              <Figure view={view} figure={figure} />
            </li>
          ))}
        </ul>
      </details>
    </li>
  )
}

function Figure({ view, figure }: { readonly view: FrameworkView; readonly figure: TimeFigure }) {
  const t = useTranslations('paths')
  const years = useTranslations('years')
  const figures = useFigures()
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
      {about}: <strong>{figures.years(figure.years)}</strong>, {origin}
    </>
  )
}
