// Draws the part of the org chart that is in view; it moves by dragging, wheel and keys.
import { useNavigate } from '@tanstack/react-router'
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type Ref,
} from 'react'
import { useTranslations } from 'use-intl'
import { layOutChart, visibleBoxes, type ChartLayout } from '../../../core/org/chart-layout.ts'
import { noonOf } from './address.ts'
import {
  fittedView,
  MARGIN,
  neighbour,
  openingView,
  shownPeople,
  SIZE,
  within,
  type LoadedChart,
  type View,
} from './chart-view.ts'
import classes from './org-chart.module.css'

export interface ChartControls {
  readonly fit: () => void
  readonly zoom: (factor: number) => void
}

interface Props {
  readonly chart: LoadedChart
  readonly unfolded: ReadonlySet<string>
  readonly here: string | undefined
  /** True where `here` is somebody whom the page was opened for. */
  readonly isWanted: boolean
  readonly day: string | undefined
  readonly toggle: (id: string) => void
  readonly look: (id: string) => void
  readonly controls: Ref<ChartControls>
}

export function OrgChart({ chart, unfolded, here, isWanted, day, toggle, look, controls }: Props) {
  const t = useTranslations('chart')
  const people = useTranslations('people')
  const navigate = useNavigate()
  const frame = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [view, setView] = useState<View>({ x: MARGIN, y: MARGIN, scale: 1 })
  const layout = useMemo(
    () => layOutChart(chart.roots, shownPeople(chart, unfolded), SIZE),
    [chart, unfolded],
  )

  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    const watch = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    )
    watch.observe(element)
    return () => watch.disconnect()
  }, [])

  const zoomAt = useCallback((factor: number, px: number, py: number) => {
    setView(({ x, y, scale }) => {
      const next = within(scale * factor)
      const by = next / scale
      return { scale: next, x: px - (px - x) * by, y: py - (py - y) * by }
    })
  }, [])

  useImperativeHandle(
    controls,
    () => ({
      fit: () => {
        setView(fittedView(layout, size))
      },
      zoom: (factor) => zoomAt(factor, size.width / 2, size.height / 2),
    }),
    [size, layout, zoomAt],
  )

  // Whoever is looked at is brought into view, and no further than needed.
  const seen = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (here === undefined || size.width === 0) return
    const index = layout.indexOf.get(here)
    if (index === undefined) return
    const box = layout.boxes[index]!
    const isFirst = seen.current === undefined
    seen.current = here
    setView((was) => {
      const { scale } = was
      const middle = box.x + SIZE.boxWidth / 2
      if (isFirst && !isWanted) return openingView(layout, size, middle)
      if (isFirst)
        return {
          scale,
          x: size.width / 2 - middle * scale,
          y: box.y === 0 ? MARGIN : size.height / 3 - box.y * scale,
        }
      const left = box.x * scale + was.x
      const top = box.y * scale + was.y
      const [width, height] = [SIZE.boxWidth * scale, SIZE.boxHeight * scale]
      const dx = left < MARGIN ? MARGIN - left : Math.min(0, size.width - MARGIN - left - width)
      const dy = top < MARGIN ? MARGIN - top : Math.min(0, size.height - MARGIN - top - height)
      return dx === 0 && dy === 0 ? was : { scale, x: was.x + dx, y: was.y + dy }
    })
  }, [here, isWanted, layout, size])

  // React listens to wheels passively, and the page must not scroll beside the chart.
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      const box = element.getBoundingClientRect()
      if (event.shiftKey) setView((was) => ({ ...was, x: was.x - event.deltaY }))
      else zoomAt(Math.exp(-event.deltaY / 500), event.clientX - box.left, event.clientY - box.top)
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [zoomAt])

  const drag = useRef<{ id: number; x: number; y: number } | undefined>(undefined)
  const { scale } = view
  const visible = useMemo(
    () =>
      visibleBoxes(
        layout,
        { x: -view.x / scale, y: -view.y / scale, width: size.width / scale, height: size.height / scale },
        SIZE,
      ),
    [layout, view, scale, size],
  )
  const open = (id: string) =>
    void navigate({ to: '/people/$person', params: { person: id }, search: day === undefined ? {} : { day } })
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (here === undefined) return
    if (event.key.startsWith('Arrow')) {
      const next = neighbour(chart, unfolded, here, event.key)
      if (next !== undefined) look(next)
      else if (event.key === 'ArrowDown' && (chart.nodes.get(here)?.reports ?? 0) > 0) toggle(here)
    } else if (event.key === ' ') toggle(here)
    else if (event.key === 'Enter') open(here)
    else if (event.key === '+' || event.key === '=') zoomAt(1.25, size.width / 2, size.height / 2)
    else if (event.key === '-') zoomAt(0.8, size.width / 2, size.height / 2)
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={frame}
      className={classes['frame']}
      role="tree"
      tabIndex={0}
      aria-label={t('label')}
      aria-activedescendant={here === undefined ? undefined : `box-${here}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0 || (event.target as Element).closest('button')) return
        drag.current = { id: event.pointerId, x: event.clientX, y: event.clientY }
      }}
      onPointerMove={({ pointerId, clientX, clientY, currentTarget }) => {
        const from = drag.current
        if (from?.id !== pointerId) return
        currentTarget.setPointerCapture(pointerId)
        drag.current = { id: pointerId, x: clientX, y: clientY }
        setView((was) => ({ ...was, x: was.x + clientX - from.x, y: was.y + clientY - from.y }))
      }}
      onPointerUp={() => (drag.current = undefined)}
      onPointerCancel={() => (drag.current = undefined)}
    >
      <div
        className={classes['world']}
        role="presentation"
        style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${scale})` }}
      >
        <svg className={classes['lines']} width={1} height={1} aria-hidden="true">
          {linesOf(layout, visible).map(({ key, path }) => (
            <path key={key} d={path} />
          ))}
        </svg>
        {visible.map((index) => {
          const { id, x, y } = layout.boxes[index]!
          const { name, title, unit, reports, placeKnownFrom } = chart.nodes.get(id)!
          const shownName = name ?? people('unnamed')
          const isOpen = unfolded.has(id)
          return (
            // The tree takes the keys for whichever of its items is looked at.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={id}
              id={`box-${id}`}
              role="treeitem"
              tabIndex={-1}
              aria-selected={id === here}
              aria-expanded={reports > 0 ? isOpen : undefined}
              className={classes['box']}
              data-here={id === here}
              style={{ left: x, top: y, width: SIZE.boxWidth, height: SIZE.boxHeight }}
              onClick={() => look(id)}
              onDoubleClick={() => open(id)}
            >
              <span className={classes['text']}>
                <strong>{shownName}</strong>
                <span>
                  {placeKnownFrom === null
                    ? [title, unit].filter(Boolean).join(' · ')
                    : people('notKnown', { day: noonOf(placeKnownFrom) })}
                </span>
              </span>
              {reports > 0 && (
                <button
                  type="button"
                  tabIndex={-1}
                  className={classes['fold']}
                  data-open={isOpen}
                  aria-label={
                    isOpen
                      ? t('fold1', { name: shownName })
                      : t('unfold1', { name: shownName, count: reports })
                  }
                  onClick={(event) => {
                    event.stopPropagation()
                    toggle(id)
                  }}
                >
                  {isOpen ? '−' : reports}
                </button>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/**
 * The lines of the boxes in view: down from each manager, along over all reports, in view or not, and down to each one;
 * for a list, beside it down to its last.
 */
function linesOf({ boxes }: ChartLayout, visible: readonly number[]): { key: string; path: string }[] {
  const managers = new Set<number>()
  for (const index of visible) {
    managers.add(index)
    if (boxes[index]!.above >= 0) managers.add(boxes[index]!.above)
  }
  const reports = new Map<number, number[]>()
  boxes.forEach(({ above }, index) => {
    if (!managers.has(above)) return
    const list = reports.get(above)
    if (list) list.push(index)
    else reports.set(above, [index])
  })
  return [...reports].map(([manager, list]) => {
    const { id, x, y } = boxes[manager]!
    const bottom = y + SIZE.boxHeight
    const last = boxes[list.at(-1)!]!
    if (last.stacked) {
      const beside = x + SIZE.indent / 2
      const steps = list.map(
        (index) => `M${beside} ${boxes[index]!.y + SIZE.boxHeight / 2}h${SIZE.indent / 2}`,
      )
      return { key: id, path: `M${beside} ${bottom}V${last.y + SIZE.boxHeight / 2}${steps.join('')}` }
    }
    const middles = list.map((index) => boxes[index]!.x + SIZE.boxWidth / 2)
    const [own, bar] = [x + SIZE.boxWidth / 2, bottom + SIZE.gapY / 2]
    const [left, right] = [Math.min(own, ...middles), Math.max(own, ...middles)]
    const drops = middles.map((middle) => `M${middle} ${bar}V${last.y}`)
    return { key: id, path: `M${own} ${bottom}V${bar}M${left} ${bar}H${right}${drops.join('')}` }
  })
}
