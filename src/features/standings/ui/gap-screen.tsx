// The gap to one role: what is shown, likely, open and not known, and what holds readiness back.
import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { ExpectationState, Gap } from '../../../core/growth/model.ts'
import { Ring } from '../../../ui/charts/ring.tsx'
import { Choice } from '../../../ui/components/choice.tsx'
import { Figure } from '../../../ui/components/figure.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { useFramework } from '../../frameworks/ui/use-framework.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
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
  const { assessment, role } = useParams({ from: '/standings/$assessment/gaps/$role' })
  const { variant } = useSearch({ from: '/standings/$assessment/gaps/$role' })
  const navigate = useNavigate()
  const input = { assessment, role, ...(variant ? { variant } : {}) }
  const { data } = useSuspenseQuery(standingsApi.gap.queryOptions({ input }))
  const { gap, about } = data
  const view = useFramework(about.framework.id, about.framework.version)
  const title = view.roleTitle(role, variant)
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
          <Button
            component={Link}
            to="/standings/$assessment/paths"
            params={{ assessment } as never}
            search={{ to: role, ...(variant ? { toVariant: variant } : {}) } as never}
          >
            {t('paths', { role: title })}
          </Button>
        </>
      }
    >
      <Readiness gap={gap} view={view} />
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
                <Column key={state} state={state} gap={gap} view={view} />
              ))}
            </div>
          }
          table={<GapTable gap={gap} view={view} />}
          csv={() => gapCells(gap, view)}
          pictureCopies={false}
        />
      </Section>
      <WhyOnDemand view={view} assessment={assessment} />
    </Page>
  )
}

function Readiness({ gap, view }: { readonly gap: Gap; readonly view: FrameworkView }) {
  const t = useTranslations('gap')
  const figures = useFigures()
  const known = gap.certainty !== 'not-known'
  const musts = gap.musts.met + gap.musts.likely + gap.musts.open + gap.musts.notKnown
  const holding = gap.expectations
    .filter((each) => gap.heldBackBy.includes(each.competency) && each.readinessWithout !== null)
    .toSorted((a, b) => (b.gain ?? 0) - (a.gain ?? 0))
  return (
    <div className={classes['readiness']}>
      <svg width="72" height="72" viewBox="0 0 32 32" aria-hidden="true" className={classes['ring']}>
        <Ring cx={16} cy={16} r={12} share={known ? gap.readiness : undefined} />
      </svg>
      <div>
        <p className={classes['figure']}>
          {known ? t('readiness', { percent: figures.percent(gap.readiness) }) : t('notKnown')}
        </p>
        <p className={classes['lead']}>{known ? t('readinessLead', { count: musts }) : t('unknownLead')}</p>
      </div>
      {known && (
        <div className={classes['holds']}>
          <h2>{t('holds')}</h2>
          {holding.length === 0 && <p>{t('noHold')}</p>}
          <ul role="list">
            {holding.map((each) => (
              <li key={each.competency}>
                {t('holdsItem', {
                  competency: view.competencyTitle(each.competency),
                  level: each.level,
                  sure: figures.percent(each.probability),
                  percent: figures.percent(each.readinessWithout ?? 0),
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

/** Columns of the grid: one with many cards takes up to three times the room. */
function columnsOf(gap: Gap): string {
  return STATES.map((state) => {
    const cards = gap.expectations.filter((each) => each.state === state).length
    return `minmax(0, ${Math.min(3, Math.max(1, Math.ceil(cards / 4)))}fr)`
  }).join(' ')
}

interface ColumnProps {
  readonly state: ExpectationState
  readonly gap: Gap
  readonly view: FrameworkView
}

function Column({ state, gap, view }: ColumnProps) {
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
          <GapCard key={each.competency} expectation={each} view={view} />
        ))}
      </div>
    </section>
  )
}
