// The three sentences that open a standing: where you stand, what carries you, what is nearest.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { RoleRef, StandingReport } from '../../../core/growth/model.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import classes from './standing-screen.module.css'

interface Props {
  readonly view: FrameworkView
  readonly report: StandingReport
  readonly assessment: string
}

export function OpeningSentences({ view, report, assessment }: Props) {
  const t = useTranslations('standing')
  const figures = useFigures()
  const { stands, carries, nearest } = report.standing.opening
  const roleLink = (ref: RoleRef) => (
    <Link
      to="/standings/$assessment/gaps/$role"
      params={{ assessment, role: ref.role }}
      search={ref.variant ? { variant: ref.variant } : {}}
    >
      {view.roleTitle(ref.role, ref.variant)}
    </Link>
  )
  // The role that the person has is said even where another bar is the highest met or the nearest.
  const today = report.about.self.role
  const own = report.readiness.find(
    (each) =>
      today !== null &&
      each.role.role === today.role &&
      each.role.variant === today.variant &&
      each.certainty !== 'not-known' &&
      stands?.role.role !== today.role,
  )
  const competencies = (ids: readonly string[]) => (
    <strong>{figures.list(ids.map(view.competencyTitle))}</strong>
  )
  return (
    <ol role="list" className={classes['opening']}>
      <li>
        {stands
          ? t.rich(stands.certain ? 'standsYes' : 'standsLow', {
              role: () => roleLink(stands.role),
              percent: figures.percent(stands.readiness),
            })
          : report.about.answered === 0
            ? t('standsUnknown')
            : t('standsNone')}
        {own && (
          <>
            {' '}
            {t.rich('standsOwn', { role: () => roleLink(own.role), percent: figures.percent(own.readiness) })}
          </>
        )}
      </li>
      <li>
        {carries.length > 0
          ? t.rich('carries', { list: () => competencies(carries.map((each) => each.competency)) })
          : t('carriesNone')}
      </li>
      <li>
        {!nearest
          ? t('nearestNone')
          : nearest.notKnown > 0 && nearest.heldBackBy.length === 0
            ? t.rich('nearestUnknown', { role: () => roleLink(nearest.role), count: nearest.notKnown })
            : t.rich('nearest', {
                role: () => roleLink(nearest.role),
                percent: figures.percent(nearest.readiness),
                held: nearest.heldBackBy.length > 0 ? 'yes' : 'no',
                list: () => competencies(nearest.heldBackBy),
              })}
      </li>
    </ol>
  )
}
