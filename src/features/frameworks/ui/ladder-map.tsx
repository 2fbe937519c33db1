// The ladder map: roles as stations, transitions as lines, readiness as a ring; drawn wide as a metro map, narrow as rows.
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Transition } from '../../../core/framework/model.ts'
import { Ring } from '../../../ui/charts/ring.tsx'
import { useFigures } from '../../../ui/words/use-figures.ts'
import { layOutLadder } from './ladder-layout.ts'
import type { LadderLayout, LadderPoint } from './ladder-layout.ts'
import { linesOf, yearsOf } from './ladder-map-text.ts'
import classes from './ladder-map.module.css'
import type { Place } from './place.ts'
import { noteAsDrawn, noteLines, StationLabel } from './station-label.tsx'
import type { FrameworkView } from './use-framework.ts'

export type LadderFocus = { readonly role: string } | { readonly line: Transition } | undefined

interface Props {
  readonly view: FrameworkView
  /** Readiness by role id, 0 to 1; a role that is absent is not known yet. */
  readonly readiness: ReadonlyMap<string, number>
  /** How many of a role's musts are met or likely, by role id. */
  readonly musts: Place['musts']
  readonly here: string | undefined
  readonly narrow: boolean
  readonly focus: LadderFocus
  readonly onFocus: (focus: LadderFocus) => void
}

/** Width in pixels that a line under or over a station may take on the wide map. */
const ROOM = 140

interface Grid {
  readonly x: (point: LadderPoint) => number
  readonly y: (point: LadderPoint) => number
  readonly width: number
  readonly height: number
}

function gridOf(layout: LadderLayout, narrow: boolean): Grid {
  const { min, max } = layout.lanes
  if (narrow) {
    const [row, lane] = [76, Math.min(34, 130 / Math.max(1, max - min))]
    const height = (layout.ranks - 1) * row + 64
    return {
      x: ([, at]) => 24 + (at - min) * lane,
      y: ([rank]) => height - 32 - rank * row,
      width: 340,
      height,
    }
  }
  const stations = layout.ranks
  const column = stations > 7 ? 150 : Math.max(150, (1072 - 150) / Math.max(1, stations - 1))
  const lane = max - min > 4 ? 76 : 100
  return {
    x: ([rank]) => 75 + rank * column,
    y: ([, at]) => 68 + (at - min) * lane,
    width: 150 + (stations - 1) * column,
    height: (max - min) * lane + 136,
  }
}

/** A line with rounded corners. */
function pathOf(points: readonly LadderPoint[], { x, y }: Grid): string {
  const at = points.map((point) => [x(point), y(point)] as const)
  const [first, ...rest] = at
  let path = `M${first![0]},${first![1]}`
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1]
    if (!next) {
      path += `L${point[0]},${point[1]}`
      continue
    }
    const before = at[index]!
    const cut = (other: readonly [number, number]): string => {
      const length = Math.hypot(other[0] - point[0], other[1] - point[1]) || 1
      const part = Math.min(16, length / 2) / length
      return `${point[0] + (other[0] - point[0]) * part},${point[1] + (other[1] - point[1]) * part}`
    }
    path += `L${cut(before)}Q${point[0]},${point[1]} ${cut(next)}`
  }
  return path
}

export function LadderMap({ view, readiness, musts, here, narrow, focus, onFocus }: Props) {
  const t = useTranslations('ladder')
  const figures = useFigures()
  const [measured, setMeasured] = useState(390)
  const layout = useMemo(
    () => layOutLadder(view.framework, narrow ? 'own' : 'by-rank'),
    [view.framework, narrow],
  )
  const grid = useMemo(() => gridOf(layout, narrow), [layout, narrow])
  const width = narrow ? measured : grid.width
  const base = `/frameworks/${view.framework.id}`
  const lines = linesOf(layout)
  const crowded = lines.length > 24
  const isNear = (line: Transition): boolean =>
    focus === undefined ||
    ('line' in focus ? focus.line === line : focus.role === line.from || focus.role === line.to)
  const byYear = (line: Transition): string => {
    const claims = yearsOf(view.framework, line)
    const [first] = claims
    if (!first) return t('noYears')
    const ranges = claims.map(({ years: { min, max } }) =>
      max === undefined || max === null ? `${min}+` : min === max ? String(min) : `${min}–${max}`,
    )
    const isOpen = claims.length === 1 && (first.years.max === undefined || first.years.max === null)
    const said = isOpen
      ? t('byYearFrom', { min: first.years.min })
      : t('byYear', { range: ranges.join(' / ') })
    return first.source ? said : `≈ ${said}`
  }
  /** Stations whose way to a station of the same rank goes down through the place of their label. */
  const above = new Set(
    narrow
      ? []
      : lines.flatMap(({ transition: { from, to } }) => {
          const [a, b] = [from, to].map((role) => layout.stations.find((each) => each.role === role))
          if (!a || !b || a.rank !== b.rank) return []
          return [a.lane < b.lane ? a.role : b.role]
        }),
  )
  const yearsInto = (role: string): string => {
    const line = view.framework.transitions.find(
      (each) => each.to === role && each.kind === 'promotion' && yearsOf(view.framework, each).length > 0,
    )
    return line ? byYear(line) : ''
  }
  const measure = (element: HTMLDivElement | null): void => {
    if (element && narrow && element.clientWidth !== measured && element.clientWidth > 0)
      setMeasured(element.clientWidth)
  }
  return (
    <div className={classes['scroll']} ref={measure} role="group" aria-label={t('title')}>
      <svg
        className={classes['map']}
        viewBox={`0 0 ${width} ${grid.height}`}
        style={{ width, minWidth: narrow ? undefined : width, height: grid.height }}
        data-focused={focus !== undefined}
        onPointerLeave={() => onFocus(undefined)}
      >
        {!narrow &&
          layout.stations.length < 30 &&
          layout.tracks.map(({ track, lane }) => (
            <text
              key={track}
              x={0}
              y={
                grid.y([0, lane]) +
                (layout.stations.some((each) => each.rank === 0 && each.lane === lane) ? -24 : 4)
              }
              className={classes['track']}
            >
              {view.say(view.framework.tracks.find((each) => each.id === track)?.title)}
            </text>
          ))}
        {lines.map(({ transition, points, middle }) => {
          const years = byYear(transition)
          const kind = t(transition.kind)
          const hasYears = yearsOf(view.framework, transition).length > 0
          return (
            <a
              key={`${transition.from}>${transition.to}`}
              href={`${base}/compare?a=${transition.from}&b=${transition.to}`}
              className={classes['line']}
              data-kind={transition.kind}
              data-near={isNear(transition)}
              data-lit={focus !== undefined && isNear(transition)}
              aria-label={t('line', {
                from: view.roleTitle(transition.from),
                to: view.roleTitle(transition.to),
                kind,
                years: years.startsWith('≈') ? `${years} (${t('oursMark')})` : years,
              })}
              onPointerEnter={() => onFocus({ line: transition })}
              onFocus={() => onFocus({ line: transition })}
              onBlur={() => onFocus(undefined)}
            >
              <path d={pathOf(points, grid)} className={classes['reach']} />
              <path d={pathOf(points, grid)} className={classes['ink']} />
              {hasYears && !narrow && (!crowded || (focus !== undefined && isNear(transition))) && (
                <text
                  aria-hidden="true"
                  x={grid.x(middle)}
                  y={grid.y(middle) + 4}
                  className={classes['years']}
                >
                  {years}
                </text>
              )}
            </a>
          )
        })}
        {layout.stations.map((station) => {
          const role = view.role(station.role)!
          const share = readiness.get(role.id)
          const counted = musts.get(role.id)
          const point: LadderPoint = [station.rank, station.lane]
          const [cx, cy] = [grid.x(point), grid.y(point)]
          const title = view.say(role.title)
          const note = [
            role.id === here ? t('youAreHere') : '',
            counted ? t('mustsShort', counted) : '',
            narrow ? yearsInto(role.id) : '',
          ]
            .filter(Boolean)
            .join(' · ')
          const room = narrow ? width - grid.x([0, layout.lanes.max]) - 44 : ROOM
          return (
            <a
              key={role.id}
              href={`${base}/roles/${role.id}`}
              className={classes['station']}
              data-here={role.id === here}
              aria-label={t('station', {
                label: `${title} ${noteAsDrawn(note, room)}`.trim(),
                tracks: view.trackTitles(role),
                readiness:
                  share === undefined
                    ? t(counted ? 'stationPartly' : 'stationUnknown', { count: counted?.unknown ?? 0 })
                    : t('stationReady', { percent: figures.percent(share) }),
              })}
              onPointerEnter={() => onFocus({ role: role.id })}
              onFocus={() => onFocus({ role: role.id })}
              onBlur={() => onFocus(undefined)}
            >
              <circle cx={cx} cy={cy} r={22} className={classes['touch']} />
              <circle cx={cx} cy={cy} r={14} className={classes['ground']} />
              <Ring cx={cx} cy={cy} r={12} share={share} />
              {role.id === here && <circle cx={cx} cy={cy} r={5.5} className={classes['hereDot']} />}
              <StationLabel
                title={title}
                x={narrow ? grid.x([0, layout.lanes.max]) + 36 : cx}
                y={narrow ? cy : above.has(role.id) ? cy - 26 - 16 * noteLines(note, ROOM).length : cy + 34}
                room={room}
                start={narrow}
                note={note}
              />
            </a>
          )
        })}
      </svg>
    </div>
  )
}
