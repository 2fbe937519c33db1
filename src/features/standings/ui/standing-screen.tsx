// My standing: three sentences, then the profile, then readiness for every role; every number opens its why.
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Choice } from '../../../ui/components/choice.tsx'
import { Figure } from '../../../ui/components/figure.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Empty } from '../../../ui/components/states.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
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
import { joinRole, splitRole, useReport } from './use-report.ts'
import { WhyOnDemand } from './why-on-demand.tsx'

const UNKNOWN_BEFORE: ReadonlySet<string> = new Set(['newly-known', 'not-known', 'not-comparable'])

export function StandingScreen() {
  const t = useTranslations('standing')
  const figures = useFigures()
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
  const barValue = search.bar ?? (suggested ? joinRole(suggested.role, suggested.variant) : 'none')
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
    void navigate({ search: { ...search, ...change } as typeof search, replace: true, resetScroll: false })
  const note = t('about', {
    framework: view.say(about.framework.title),
    version: about.framework.version,
    date: figures.date(about.assessedAt),
    answered: about.answered,
  })
  if (about.answered === 0)
    return (
      <Page title={t('title')} above={note}>
        <Empty text={t('empty')}>
          <Button component={Link} to="/assess/$assessment" params={{ assessment } as never}>
            {t('goOn')}
          </Button>
        </Empty>
      </Page>
    )
  const barTitle = role ? view.roleTitle(barRole, barVariant) : undefined
  return (
    <Page
      title={t('title')}
      above={note}
      actions={
        <>
          <Button
            variant="default"
            component={Link}
            to="/assess/$assessment"
            params={{ assessment } as never}
          >
            {t('goOn')}
          </Button>
          <TakeAway assessment={assessment} role={role?.id} variant={barVariant} />
        </>
      }
    >
      {!about.finished && <p className={classes['unfinished']}>{t('unfinished')}</p>}
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
                onChange={(value) => set({ bar: value, variant: undefined })}
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
              <Profile view={view} groups={groups} />
              <Legend
                view={view.scaleOf('').levels.map((each) => view.say(each.title))}
                bar={barTitle}
                before={before.size > 0}
              />
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
      <WhyOnDemand view={view} assessment={assessment} />
    </Page>
  )
}

function Legend({
  view,
  bar,
  before,
}: {
  readonly view: readonly string[]
  readonly bar: string | undefined
  readonly before: boolean
}) {
  const t = useTranslations('standing')
  const level = useTranslations('level')
  return (
    <ul role="list" className={classes['legend']}>
      {view.map((title, index) => (
        <li key={title}>
          <i style={{ background: `var(--level-${Math.min(5, index + 1)})` }} />
          {level('named', { level: index + 1, title })}
        </li>
      ))}
      {bar && (
        <li>
          <b className={classes['notch']} />
          {t('barLegend', { role: bar })}
        </li>
      )}
      {before && (
        <li>
          <b className={classes['ghost']} />
          {t('lastLegend')}
        </li>
      )}
      <li>
        <b className={classes['open']} />
        {t('notKnown')}
      </li>
    </ul>
  )
}
