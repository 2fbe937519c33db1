// The sentences that open a standing: where you stand, what carries you and what is weak, what is next on each track.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { isDoubtful } from '../../../core/growth/fit-text.ts'
import type { Opening, RoleRef } from '../../../core/growth/model.ts'
import type { StandingReport } from '../../../core/growth/report-model.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { sumOf, useHeldWords, useReadinessWords } from './count-words.ts'
import classes from './standing-screen.module.css'

interface Props {
  readonly view: FrameworkView
  readonly report: StandingReport
  readonly assessment: string
}

type Spot = Pick<Opening['carries'][number], 'competency'> & Partial<Opening['carries'][number]>

type Bar = Pick<NonNullable<Opening['own']>, 'role' | 'musts' | 'tooLittleKnown'>

const keyOf = (ref: RoleRef): string => `${ref.role}~${ref.variant ?? ''}`

const strong = (text: string) => () => <strong>{text}</strong>

export function OpeningSentences({ view, report, assessment }: Props) {
  const t = useTranslations('standing')
  const figures = useFigures()
  const heldWords = useHeldWords(view.competencyTitle)
  const { own, verdict, stands, carries, carriesTie, weak, weakTie, nearest, next } = report.standing.opening
  const readinessWords = useReadinessWords()
  const doubtful = isDoubtful(report.fit)
  const roleLink = (ref: RoleRef) => (
    <Link
      to="/standings/$assessment/gaps/$role"
      params={{ assessment, role: ref.role }}
      search={ref.variant ? { variant: ref.variant } : {}}
    >
      {view.roleTitle(ref.role, ref.variant)}
    </Link>
  )
  const isOwn = (ref: RoleRef): boolean => own !== null && keyOf(ref) === keyOf(own.role)
  const competencies = (ids: readonly string[]) => (
    <strong>{figures.list(ids.map(view.competencyTitle))}</strong>
  )
  const spot = ({ competency, stillBelow = null }: Spot): string =>
    view.competencyTitle(competency) +
    (stillBelow
      ? t('stillBelow', {
          role: view.roleTitle(stillBelow.role.role, stillBelow.role.variant),
          level: stillBelow.level,
        })
      : '')
  const spots = (listed: readonly Spot[], tie: Opening['carriesTie']) => ({
    list: strong(figures.list(listed.map(spot))),
    more: tie.more,
    tied: tie.tied ? 'yes' : 'no',
  })
  const counted = (bar: Bar) => ({
    role: () => roleLink(bar.role),
    good: bar.musts.met + bar.musts.likely,
    musts: sumOf(bar.musts),
    open: bar.musts.open,
    unknown: bar.musts.notKnown,
  })
  const tooLittle = (bar: Bar) =>
    t.rich('tooLittleOf', {
      role: () => roleLink(bar.role),
      answered: bar.tooLittleKnown?.answered ?? 0,
      musts: bar.tooLittleKnown?.musts ?? 0,
    })
  // A role that is next on both tracks is said once.
  const apart = next.filter(
    ({ bar }, at) => next.findIndex((each) => keyOf(each.bar.role) === keyOf(bar.role)) === at,
  )
  const ahead =
    apart.length > 0 ? apart : nearest && !isOwn(nearest.role) ? [{ track: '', bar: nearest }] : []
  return (
    <ol role="list" className={classes['opening']}>
      <li>
        {doubtful && t('standsDoubt')}
        {!doubtful && own && (own.tooLittleKnown ? tooLittle(own) : t.rich('ownCounts', counted(own)))}
        {!doubtful && own && !own.tooLittleKnown && figures.gap + readinessWords(own, true)}
        {figures.gap}
        {doubtful
          ? null
          : stands && !isOwn(stands.role)
            ? t.rich(stands.certain ? 'standsYes' : 'standsLow', {
                role: () => roleLink(stands.role),
                percent: figures.percent(stands.readiness),
              })
            : !own &&
              t(
                verdict === 'unknown'
                  ? 'standsUnknown'
                  : verdict === 'partly'
                    ? 'standsPartly'
                    : 'standsNone',
              )}
      </li>
      <li>
        {carries.length > 0 ? t.rich('carries', spots(carries, carriesTie)) : t('carriesNone')}
        {weak.length > 0 && figures.gap}
        {weak.length > 0 && t.rich('weak', spots(weak, weakTie))}
      </li>
      {ahead.map(({ track, bar }) => (
        <li key={track}>
          {bar.tooLittleKnown
            ? tooLittle(bar)
            : t.rich('nextOn', {
                ...counted(bar),
                track: view.framework.tracks.some((each) => each.id === track)
                  ? view.say(view.framework.tracks.find((each) => each.id === track)?.title)
                  : '',
                hasTrack: track === '' ? 'no' : 'yes',
                held: heldWords(bar).open.length > 0 ? 'yes' : 'no',
                list: () => competencies(heldWords(bar).open),
              })}
          {heldWords(bar).unknown}
        </li>
      ))}
      {!nearest && ahead.length === 0 && <li>{t('nearestNone')}</li>}
    </ol>
  )
}
