// Ways from today's role to a target, side by side: how long, how wide the gap, which strengths they use.
import { NumberInput } from '@mantine/core'
import '@mantine/core/styles/NumberInput.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { Paths } from '../../../core/growth/path-model.ts'
import { wordsIn } from '../../../core/growth/words.ts'
import { Choice } from '../../../ui/components/choice.tsx'
import { Page, Section } from '../../../ui/components/page.tsx'
import { Empty } from '../../../ui/components/states.tsx'
import { useLanguage } from '../../../ui/words/words-provider.tsx'
import { BlindFold } from '../../assessments/ui/blind-fold.tsx'
import { recallRole, rememberRole } from '../../frameworks/ui/chosen-role.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { DoubtNotice } from './doubt-notice.tsx'
import { ResultLabels } from './labels.tsx'
import { OtherWays } from './other-ways.tsx'
import { OwnRole } from './own-role.tsx'
import { PathCard } from './path-card.tsx'
import { PathTimelines } from './path-timelines.tsx'
import classes from './paths-screen.module.css'
import { standingsApi } from './standings-api.ts'
import { joinRole, splitRole, useReport } from './use-report.ts'
import { useWayWords } from './use-way-words.ts'

export function PathsScreen() {
  const t = useTranslations('paths')
  const { assessment } = useParams({ from: '/standings/$assessment/paths' })
  const search = useSearch({ from: '/standings/$assessment/paths' })
  const navigate = useNavigate({ from: '/standings/$assessment/paths' })
  const { report, view } = useReport(assessment)
  const { self } = report.about
  const from =
    search.from ??
    self.role?.role ??
    report.standing.opening.stands?.role.role ??
    view.framework.roles[0]?.id ??
    ''
  const framework = view.framework.id
  const recalled = recallRole(framework, (each) => view.role(each) !== undefined)
  const { next, nearest } = report.standing.opening
  const suggestions = [
    recalled?.role,
    report.focus?.role.role,
    nearest?.role.role,
    next[0]?.bar.role.role,
    view.framework.transitions.find((line) => line.from === from)?.to,
  ]
  const to = search.to ?? suggestions.find((each) => each !== undefined && each !== from)
  const toVariant = search.to === undefined && recalled?.role === to ? recalled?.variant : search.toVariant
  const years = search.years === undefined ? self.years : Number(search.years)
  const set = (change: Record<string, string | undefined>) =>
    void navigate({
      search: Object.fromEntries(
        Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined),
      ) as typeof search,
      replace: true,
      resetScroll: false,
    })
  const roles = view.framework.roles.map((each) => ({ value: each.id, label: view.say(each.title) }))
  return (
    <Page
      title={to ? t('title', { role: view.roleTitle(to, toVariant) }) : t('choose')}
      lead={t('ranges')}
      actions={
        <>
          <Choice label={t('from')} value={from} options={roles} onChange={(value) => set({ from: value })} />
          <Choice
            label={t('to')}
            value={to ? joinRole(to, toVariant) : ''}
            options={view.framework.roles.flatMap((each) => [
              { value: each.id, label: view.say(each.title) },
              ...each.variants.map((variant) => ({
                value: `${each.id}~${variant.id}`,
                label: view.say(variant.title),
              })),
            ])}
            onChange={(value) => {
              const chosen = splitRole(value)
              rememberRole(framework, chosen)
              set({ to: chosen.role, toVariant: chosen.variant })
            }}
          />
          <label className={classes['years']}>
            {t('years')}
            <NumberInput
              size="xs"
              w={72}
              min={0}
              max={60}
              hideControls
              value={years ?? ''}
              onChange={(value) =>
                set({
                  years: typeof value === 'number' && value >= 0 && value <= 60 ? String(value) : undefined,
                })
              }
            />
          </label>
        </>
      }
    >
      {to ? (
        <BlindFold framework={framework}>
          <Ways
            view={view}
            input={{
              assessment,
              to,
              from,
              ...(toVariant ? { toVariant } : {}),
              ...(years === null || Number.isNaN(years) ? {} : { years }),
            }}
          />
        </BlindFold>
      ) : (
        <Empty text={t('choose')} />
      )}
      <div className={classes['labels']}>
        <ResultLabels about={report.about} />
      </div>
    </Page>
  )
}

interface WaysProps {
  readonly view: FrameworkView
  readonly input: { assessment: string; to: string; from: string; toVariant?: string; years?: number }
}

function Ways({ view, input }: WaysProps) {
  const signs = useTranslations('level')
  const t = useTranslations('paths')
  const { sentences } = useFigures()
  const { words } = wordsIn(useLanguage().language)
  const way = useWayWords(view)
  const { data } = useSuspenseQuery(standingsApi.paths.queryOptions({ input }))
  const { paths, fit } = data
  if (paths.ownRole)
    return <OwnRole view={view} own={paths.ownRole} assessment={input.assessment} role={paths.to} />
  if (paths.none)
    return (
      <Empty
        text={
          <>
            <strong>{t('none')}</strong>
            {signs('colon')}
            <NoPath view={view} paths={paths} />
          </>
        }
      />
    )
  const best = paths.paths.findIndex((each) => each.id === paths.bestInEverything)
  return (
    <>
      <DoubtNotice fit={fit} view={view} short />
      <p className={classes['count']}>
        {sentences(
          way.count(paths),
          best >= 0 && t('bestOfAll', { number: best + 1, many: paths.paths.length > 1 ? 'yes' : 'no' }),
        )}{' '}
        <span>
          {t('considered', { count: paths.considered })}
          {!paths.complete && t('incomplete')}
        </span>
      </p>
      <PathTimelines view={view} paths={paths} />
      <Section title={t('asks')}>
        <div className={classes['cards']}>
          {paths.paths.map((path, index) => (
            <PathCard
              key={path.id}
              view={view}
              path={path}
              number={index + 1}
              shared={new Set(paths.shared)}
              many={paths.paths.length > 1}
            />
          ))}
        </div>
        <p className={classes['meta']}>
          {words.gapRule(
            String(paths.rule.yearsPerLevel.min),
            String(paths.rule.yearsPerLevel.max),
            paths.rule.atOnce,
          )}
        </p>
      </Section>
      {paths.alternatives.length > 0 && (
        <Section title={t('others')} lead={t('othersLead')}>
          <OtherWays view={view} paths={paths} />
        </Section>
      )}
    </>
  )
}

function NoPath({ view, paths }: { readonly view: FrameworkView; readonly paths: Paths }) {
  const t = useTranslations('paths')
  const none = paths.none!
  return (
    <>
      {view.say(none.text)}
      {none.reachable.length > 0 && (
        <>
          {' '}
          {t('reachable', { roles: '' })}
          {none.reachable.map((role, index) => (
            <span key={role}>
              {index > 0 && ' · '}
              <Link to="/frameworks/$framework/roles/$role" params={{ framework: view.framework.id, role }}>
                {view.roleTitle(role)}
              </Link>
            </span>
          ))}
        </>
      )}
    </>
  )
}
