// The gap to one role: what is shown, likely, open and not known, and what holds readiness back.
import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import type { ExpectationState, Gap } from '../../../core/growth/model.ts'
import { Ring } from '../../../ui/charts/ring.tsx'
import { Choice } from '../../../ui/components/choice.tsx'
import { Figure } from '../../../ui/components/figure.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Refused } from '../../../ui/components/refused.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { BlindFold } from '../../assessments/ui/blind-fold.tsx'
import { useContinue } from '../../assessments/ui/use-continue.ts'
import { rememberRole } from '../../frameworks/ui/chosen-role.ts'
import { useFramework } from '../../frameworks/ui/use-framework.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { sumOf, useCountWords, useHeldWords, useReadinessWords } from './count-words.ts'
import { DoubtNotice } from './doubt-notice.tsx'
import { GapCard } from './gap-card.tsx'
import classes from './gap-screen.module.css'
import { GapTable, gapCells } from './gap-table.tsx'
import { ResultLabels } from './labels.tsx'
import { standingsApi } from './standings-api.ts'
import { TakeAway } from './take-away.tsx'
import { joinRole, splitRole } from './use-report.ts'
import { WhyOnDemand } from './why-on-demand.tsx'

const STATES = ['met', 'likely', 'open', 'not-known'] as const satisfies readonly ExpectationState[]

export function GapScreen() {
  const t = useTranslations('gap')
  const askMore = useTranslations('askMore')
  const { assessment, role } = useParams({ from: '/standings/$assessment/gaps/$role' })
  const { variant } = useSearch({ from: '/standings/$assessment/gaps/$role' })
  const navigate = useNavigate()
  const input = { assessment, role, ...(variant ? { variant } : {}) }
  const { data } = useSuspenseQuery(standingsApi.gap.queryOptions({ input }))
  const { gap, about, fit } = data
  const view = useFramework(about.framework.id, about.framework.version)
  const title = view.roleTitle(role, variant)
  const more = useContinue(assessment)
  // Today's own role has no way to it: it has only what it asks.
  const isOwn = about.self.role?.role === role
  useEffect(() => rememberRole(about.framework.id, { role, variant }), [about.framework.id, role, variant])
  return (
    <Page
      title={t('title', { role: title })}
      above={
        <Link
          to="/frameworks/$framework/roles/$role"
          params={{ framework: about.framework.id, role }}
          search={variant ? { variant } : {}}
        >
          {title}
        </Link>
      }
      actions={
        <>
          <Choice
            label={t('choose')}
            hideLabel
            value={joinRole(role, variant)}
            options={view.framework.roles.flatMap((each) => [
              { value: each.id, label: view.say(each.title) },
              ...each.variants.map((other) => ({
                value: `${each.id}~${other.id}`,
                label: view.say(other.title),
              })),
            ])}
            onChange={(value) => {
              const next = splitRole(value)
              void navigate({
                to: '/standings/$assessment/gaps/$role',
                params: { assessment, role: next.role },
                search: next.variant ? { variant: next.variant } : {},
              })
            }}
          />
          <TakeAway assessment={assessment} role={role} variant={variant} />
          {about.finished && gap.musts.met < sumOf(gap.musts) && (
            <Button
              variant="default"
              loading={more.busy}
              onClick={() => more.ask({ role, ...(variant ? { variant } : {}) })}
            >
              {t('answerThese', { role: title })}
            </Button>
          )}
          {!isOwn && (
            <Button
              component={Link}
              to="/standings/$assessment/paths"
              params={{ assessment } as never}
              search={{ to: role, ...(variant ? { toVariant: variant } : {}) } as never}
            >
              {t('paths', { role: title })}
            </Button>
          )}
        </>
      }
    >
      <BlindFold framework={about.framework.id}>
        <DoubtNotice fit={fit} view={view} short />
        <Readiness gap={gap} view={view} />
        {more.nothingLeft && <p role="status">{askMore('nothingLeft')}</p>}
        <Refused error={more.error} />
        <ResultLabels about={about} />
        <Section title={t('oneByOne')}>
          <Figure
            name={`rungs-gap-${role}`}
            picture={
              <div
                className={classes['columns']}
                style={{ '--columns': columnsOf(gap) } as React.CSSProperties}
              >
                {STATES.map((state) => (
                  <Column key={state} state={state} gap={gap} view={view} assessment={assessment} />
                ))}
              </div>
            }
            table={<GapTable gap={gap} view={view} />}
            csv={() => gapCells(gap, view)}
            pictureCopies={false}
          />
        </Section>
      </BlindFold>
      <WhyOnDemand view={view} assessment={assessment} />
    </Page>
  )
}

function Readiness({ gap, view }: { readonly gap: Gap; readonly view: FrameworkView }) {
  const t = useTranslations('gap')
  const figures = useFigures()
  const counts = useCountWords()
  const held = useHeldWords(view.competencyTitle)(gap)
  const readinessWords = useReadinessWords()
  const holding = held.open.flatMap((id) =>
    gap.expectations.filter((each) => each.competency === id && each.kind === 'must'),
  )
  const should = counts.rest(gap.shouldStates)
  return (
    <div className={classes['readiness']}>
      <svg width="72" height="72" viewBox="0 0 32 32" aria-hidden="true" className={classes['ring']}>
        <Ring cx={16} cy={16} r={12} share={gap.readiness ?? undefined} />
      </svg>
      <div>
        <p className={classes['figure']}>{counts.first(gap.musts)}</p>
        <p className={classes['rest']}>
          {counts.rest(gap.musts)}
          {should && `${counts.rest(gap.musts) ? ' · ' : ''}${t('ofShoulds', { rest: should })}`}
        </p>
        <p className={classes['lead']}>
          {gap.readiness === null
            ? readinessWords(gap)
            : t('readinessLead', { percent: figures.percent(gap.readiness), count: sumOf(gap.musts) })}
        </p>
      </div>
      {(holding.length > 0 || held.unknown) && (
        <div className={classes['holds']}>
          {holding.length > 0 && <h2>{t('holds')}</h2>}
          <ul role="list">
            {holding.map((each) => (
              <li key={each.competency}>
                {t('holdsItem', {
                  competency: view.competencyTitle(each.competency),
                  level: each.level,
                  sure: figures.percent(each.probability),
                })}
                {each.wereItCertain !== null &&
                  figures.gap + t('wereItCertain', { percent: figures.percent(each.wereItCertain) })}
              </li>
            ))}
          </ul>
          {held.unknown && <p>{held.unknown.trim()}</p>}
        </div>
      )}
    </div>
  )
}

/** Columns of the grid: an empty one is as narrow as its words, one with many cards takes up to three times the room. */
function columnsOf(gap: Gap): string {
  return STATES.map((state) => {
    const cards = gap.expectations.filter((each) => each.state === state).length
    if (cards === 0) return 'minmax(104px, 0.4fr)'
    return `minmax(208px, ${Math.min(3, Math.ceil(cards / 4))}fr)`
  }).join(' ')
}

interface ColumnProps {
  readonly state: ExpectationState
  readonly gap: Gap
  readonly view: FrameworkView
  readonly assessment: string
}

function Column({ state, gap, view, assessment }: ColumnProps) {
  const t = useTranslations('gap')
  const [name, lead] = {
    met: [t('met'), t('metLead')],
    likely: [t('likely'), t('likelyLead')],
    open: [t('open'), t('openLead')],
    'not-known': [t('notKnown'), t('notKnownLead')],
  }[state] as [string, string]
  const here = gap.expectations.filter((each) => each.state === state)
  return (
    <section className={classes['column']} data-state={state} aria-label={name}>
      <h3>
        {name} <span className={classes['count']}>{here.length}</span>
      </h3>
      <p className={classes['columnLead']}>{lead}</p>
      {here.length === 0 && <p className={classes['none']}>{t('none')}</p>}
      <div className={classes['cards']}>
        {here.map((each) => (
          <GapCard key={each.competency} expectation={each} view={view} assessment={assessment} />
        ))}
      </div>
    </section>
  )
}
