// My standing: three sentences, then the profile, then readiness for every role; every number opens its why.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { bandColour } from '../../../ui/charts/ruler.tsx'
import { Choice } from '../../../ui/components/choice.tsx'
import { Figure } from '../../../ui/components/figure.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Empty } from '../../../ui/components/states.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { useIsAnswering } from '../../assessments/ui/blind-fold.tsx'
import { AskMore } from '../../assessments/ui/ask-more.tsx'
import { recallRole, rememberRole } from '../../frameworks/ui/chosen-role.ts'
import { ShareOnDemand } from '../../shares/ui/share-on-demand.tsx'
import { DoubtNotice } from './doubt-notice.tsx'
import { isInferred } from './is-inferred.ts'
import { LadderAnswer } from './ladder-answer.tsx'
import { ResultLabels } from './labels.tsx'
import { OpeningSentences } from './opening.tsx'
import { pageColours, profilePicture } from './profile-picture.ts'
import { profileGroups, SORTS } from './profile-rows.ts'
import { ProfileTable, profileCells } from './profile-table.tsx'
import { Profile } from './profile.tsx'
import { ReadinessList } from './readiness-list.tsx'
import { standingsApi } from './standings-api.ts'
import classes from './standing-screen.module.css'
import { TakeAway } from './take-away.tsx'
import { useLocationWords } from './use-location-words.ts'
import { joinRole, splitRole, useReport } from './use-report.ts'
import { WhichStanding } from './which-standing.tsx'
import { WhyOnDemand } from './why-on-demand.tsx'

const UNKNOWN_BEFORE: ReadonlySet<string> = new Set(['newly-known', 'not-known', 'not-comparable'])

export function StandingScreen() {
  const t = useTranslations('standing')
  const figures = useFigures()
  const words = useLocationWords()
  const { assessment } = useParams({ from: '/standings/$assessment' })
  const search = useSearch({ from: '/standings/$assessment' })
  const navigate = useNavigate({ from: '/standings/$assessment' })
  const { report, view } = useReport(assessment)
  const { data: earlier } = useQuery(standingsApi.changes.queryOptions({ input: { assessment } }))
  const { about, standing } = report
  const before = new Map(
    (earlier?.change?.competencies ?? []).flatMap((each) =>
      each.before && !UNKNOWN_BEFORE.has(each.verdict) ? [[each.competency, each.before.level] as const] : [],
    ),
  )
  const sort = SORTS.find((each) => each === search.sort) ?? 'area'
  const suggested = report.focus?.role ?? standing.opening.nearest?.role ?? standing.opening.stands?.role
  const recalled = recallRole(about.framework.id, (each) => view.role(each) !== undefined) ?? suggested
  const isAnswering = useIsAnswering(about.framework.id)
  // Bars stay out of sight while somebody answers, unless they ask for one.
  const offered = isAnswering ? undefined : recalled
  const barValue = search.bar ?? (offered ? joinRole(offered.role, offered.variant) : 'none')
  const { role: barRole, variant: barVariant } = splitRole(
    search.variant ? joinRole(barValue, search.variant) : barValue,
  )
  const role = view.role(barRole)
  const bar = {
    ...role?.expectations,
    ...role?.variants.find((each) => each.id === barVariant)?.expectations,
  }
  const groups = profileGroups(view, standing, sort, bar, before)
  const set = (change: Record<string, string | undefined>) =>
    void navigate({ search: { ...search, ...change }, replace: true, resetScroll: false })
  const note = t('about', {
    framework: view.say(about.framework.title),
    version: about.framework.version,
    date: figures.date(about.assessedAt),
    answered: about.answered,
  })
  if (about.answered === 0)
    return (
      <Page title={t('title')} above={note}>
        <Empty
          text={about.noOpportunity > 0 ? t('nothingScored', { count: about.noOpportunity }) : t('empty')}
        >
          <Button component={Link} to="/assess/$assessment" params={{ assessment } as never}>
            {t('goOn')}
          </Button>
        </Empty>
      </Page>
    )
  const past = words.note(standing.competencies.filter((each) => each.known).map((each) => each.location))
  const barTitle = role ? view.roleTitle(barRole, barVariant) : undefined
  return (
    <Page
      title={t('title')}
      above={note}
      actions={
        <>
          {about.finished ? (
            <AskMore assessment={assessment} view={view} role={role?.id} />
          ) : (
            <Button
              variant="default"
              component={Link}
              to="/assess/$assessment"
              params={{ assessment } as never}
            >
              {t('goOn')}
            </Button>
          )}
          <TakeAway assessment={assessment} role={role?.id} variant={barVariant} />
        </>
      }
    >
      {!about.finished && <p className={classes['unfinished']}>{t('unfinished')}</p>}
      <WhichStanding assessment={assessment} framework={about.framework.id} />
      <DoubtNotice fit={report.fit} view={view} />
      <OpeningSentences view={view} report={report} assessment={assessment} />
      <ResultLabels about={about} />
      <Section title={t('profile')} lead={t('profileLead')}>
        <Figure
          name="rungs-profile"
          controls={
            <>
              <Choice
                label={t('against')}
                value={role ? joinRole(barRole, barVariant) : 'none'}
                options={[
                  { value: 'none', label: t('noBar') },
                  ...view.framework.roles.flatMap((each) => [
                    { value: each.id, label: view.say(each.title) },
                    ...each.variants.map((variant) => ({
                      value: `${each.id}~${variant.id}`,
                      label: view.say(variant.title),
                    })),
                  ]),
                ]}
                onChange={(value) => {
                  if (value !== 'none') rememberRole(about.framework.id, splitRole(value))
                  set({ bar: value, variant: undefined })
                }}
              />
              <Choice
                label={t('sort')}
                value={sort}
                options={[
                  { value: 'area', label: t('sortArea') },
                  { value: 'gap', label: t('sortGap') },
                  { value: 'strength', label: t('sortStrength') },
                  { value: 'unknown', label: t('sortUnknown') },
                ]}
                onChange={(value) => set({ sort: value })}
              />
            </>
          }
          picture={
            <>
              <Legend
                view={view}
                bar={barTitle}
                before={before.size > 0}
                past={past}
                inferred={standing.competencies.some(isInferred)}
              />
              <Profile view={view} groups={groups} />
            </>
          }
          table={<ProfileTable view={view} groups={groups} bar={barTitle} />}
          csv={() => profileCells(view, groups)}
          svg={() =>
            profilePicture(
              view,
              groups,
              {
                title: barTitle ? `${t('profile')} · ${t('barLegend', { role: barTitle })}` : t('profile'),
                note,
                notKnown: t('notKnown'),
                inferred: t('inferred'),
                place: words.place,
              },
              pageColours(),
            )
          }
        />
      </Section>
      {report.ladder && <LadderAnswer view={view} assessment={assessment} ladder={report.ladder} />}
      <Section title={t('roles')} lead={t('rolesLead')}>
        <ReadinessList view={view} roles={report.readiness} assessment={assessment} />
      </Section>
      <ShareOnDemand assessment={assessment} />
      <WhyOnDemand view={view} assessment={assessment} />
    </Page>
  )
}

interface LegendProps {
  readonly view: FrameworkView
  readonly bar: string | undefined
  readonly before: boolean
  /** What an arrow means, where there is one. */
  readonly past: string
  readonly inferred: boolean
}

/** What every mark of the rulers means, above them. */
function Legend({ view, bar, before, past, inferred }: LegendProps) {
  const t = useTranslations('standing')
  const level = useTranslations('level')
  return (
    <ul role="list" className={classes['legend']}>
      <li>
        <svg width="44" height="16" viewBox="0 0 44 16" aria-hidden="true">
          <path d="M2 8h40" className={classes['thin']} />
          <path d="M13 8h18" className={classes['thick']} />
          <circle cx="22" cy="8" r="5" className={classes['dot']} />
        </svg>
        {t('dotLegend')}
      </li>
      {bar && (
        <li>
          <svg width="10" height="16" viewBox="0 0 10 16" aria-hidden="true">
            <path d="M5 1v14M1.5 1h7" className={classes['notch']} />
          </svg>
          {t('barLegend', { role: bar })}
        </li>
      )}
      {before && (
        <li>
          <svg width="14" height="16" viewBox="0 0 14 16" aria-hidden="true">
            <circle cx="7" cy="8" r="5" className={classes['ghost']} />
          </svg>
          {t('lastLegend')}
        </li>
      )}
      {past && (
        <li>
          <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true">
            <path d="M2 8h18M15 4l5 4-5 4" className={classes['thin']} />
          </svg>
          {past}
        </li>
      )}
      <li>
        <svg width="14" height="16" viewBox="0 0 14 16" aria-hidden="true">
          <circle cx="7" cy="8" r="5" className={classes['open']} />
        </svg>
        {t('notKnown')}
      </li>
      {inferred && (
        <li>
          <svg width="44" height="16" viewBox="0 0 44 16" aria-hidden="true">
            <path d="M2 8h40" className={classes['thin']} strokeDasharray="3 3" />
            <circle cx="22" cy="8" r="5" className={classes['open']} />
          </svg>
          {t('inferredLegend')}
        </li>
      )}
      <li>
        <span className={classes['strength']} aria-hidden="true">
          ▲
        </span>
        {t('strengthLegend')}
      </li>
      {view.framework.scale.levels.map((each) => (
        <li key={each.level} className={classes['levelName']}>
          <i style={{ background: bandColour(each.level, view.framework.scale.levels.length) }} />
          {level('named', { level: each.level, title: view.say(each.title) })}
        </li>
      ))}
    </ul>
  )
}
