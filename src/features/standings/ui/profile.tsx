// The profile: one ruler a competency, with the dot, its intervals, the chosen bar as a notch and last time as a ghost.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { RulerAxis } from '../../../ui/charts/ruler-axis.tsx'
import { Ruler } from '../../../ui/charts/ruler.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { isInferred } from './is-inferred.ts'
import classes from './profile.module.css'
import type { ProfileGroup, ProfileRow } from './profile-rows.ts'
import { useLocationWords } from './use-location-words.ts'
import { markOf } from './use-report.ts'

interface Props {
  readonly view: FrameworkView
  readonly groups: readonly ProfileGroup[]
  /** Draws without anything to press, for paper. */
  readonly still?: boolean
}

export function Profile({ view, groups, still = false }: Props) {
  const t = useTranslations('standing')
  return (
    <div className={classes['profile']} role="group" aria-label={t('profile')}>
      <div className={classes['axis']}>
        <RulerAxis names={view.framework.scale.levels.map((each) => view.say(each.title))} />
      </div>
      {groups.map((group) => (
        <div key={group.area ?? ''}>
          {group.area !== undefined && <h3 className={classes['area']}>{view.areaTitle(group.area)}</h3>}
          <ul role="list">
            {group.rows.map((row) => (
              <Row key={row.standing.competency} view={view} row={row} still={still} />
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}

function Row({
  view,
  row,
  still,
}: {
  readonly view: FrameworkView
  readonly row: ProfileRow
  readonly still: boolean
}) {
  const t = useTranslations('standing')
  const figures = useFigures()
  const words = useLocationWords()
  const { standing, asked, before } = row
  const { location, known, competency } = standing
  const levels = view.scaleOf(competency).levels.length
  const title = view.competencyTitle(competency)
  const inferred = isInferred(standing)
  const said = known
    ? `${t('dot', { level: words.place(location), range: words.range(location) })}${inferred ? `; ${t('inferredLegend')}` : ''}`
    : t('dotUnknown')
  return (
    <li className={classes['row']} data-relative={standing.relative}>
      <span className={classes['name']}>
        {still ? (
          title
        ) : (
          <Link
            to="/frameworks/$framework/competencies/$competency"
            params={{ framework: view.framework.id, competency }}
          >
            {title}
          </Link>
        )}
        {standing.relative === 'above' && (
          <span
            className={classes['strength']}
            title={t('above', { percent: figures.percent(standing.aboveOwnMean) })}
          >
            ▲
            <span className="visually-hidden">
              {t('above', { percent: figures.percent(standing.aboveOwnMean) })}
            </span>
          </span>
        )}
      </span>
      <Ruler
        levels={levels}
        mark={markOf(standing)}
        faint={location}
        inferred={inferred}
        notch={asked}
        ghost={before}
        numbers={view.scaleOf(competency) !== view.framework.scale}
        label={`${title}: ${said}${asked === undefined ? '' : `; ${t('barAt', { level: asked })}`}`}
      />
      <WhyButton competency={competency} title={title} still={still}>
        {known ? (
          <>
            {inferred && <em title={t('inferredLegend')}>{t('inferred')}</em>}
            {words.place(location)}
          </>
        ) : (
          t('notKnown')
        )}
      </WhyButton>
    </li>
  )
}

interface WhyProps {
  readonly competency: string
  readonly title: string
  readonly still?: boolean
  readonly children: React.ReactNode
}

/** A number that opens its why; the address keeps which one is open. */
export function WhyButton({ competency, title, still = false, children }: WhyProps) {
  const t = useTranslations('standing')
  const search = useSearch({ strict: false })
  const navigate = useNavigate()
  if (still) return <span className={classes['value']}>{children}</span>
  return (
    <button
      type="button"
      className={classes['value']}
      onClick={() =>
        void navigate({ to: '.', search: { ...search, why: competency } as never, resetScroll: false })
      }
    >
      {children}
      <span className="visually-hidden"> {t('whyLabel', { competency: title })}</span>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r="7.5" />
        <path d="M7 7.2a2 2 0 1 1 3 1.8q-1 .6-1 1.5M9 12.6v.2" />
      </svg>
    </button>
  )
}
