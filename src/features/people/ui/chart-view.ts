// The state of the org chart: who is loaded and unfolded, and which way the arrow keys lead.
import type { z } from 'zod'
import type { ChartPerson } from '../../../core/org/chart-layout.ts'
import type { chartNodeSchema } from '../contract.ts'

export type ChartNode = z.output<typeof chartNodeSchema>

export const SIZE = { boxWidth: 208, boxHeight: 56, gapX: 20, gapY: 28, indent: 28 }

/** Loaded people with the loaded reports of each, in the order in which they came. */
export interface LoadedChart {
  readonly nodes: ReadonlyMap<string, ChartNode>
  readonly reports: ReadonlyMap<string, readonly string[]>
  readonly roots: readonly string[]
}

export const EMPTY_CHART: LoadedChart = { nodes: new Map(), reports: new Map(), roots: [] }

const byName = (nodes: ReadonlyMap<string, ChartNode>) => (a: string, b: string) => {
  const [first, second] = [nodes.get(a)?.name ?? '', nodes.get(b)?.name ?? '']
  return first === second ? (a < b ? -1 : 1) : first < second ? -1 : 1
}

/** Adds what was loaded; siblings stay in the order of their names, whatever came first. */
export function withNodes(chart: LoadedChart, more: readonly ChartNode[]): LoadedChart {
  const nodes = new Map(chart.nodes)
  for (const node of more) nodes.set(node.id, node)
  const reports = new Map<string, string[]>()
  const roots: string[] = []
  for (const { id, manager } of nodes.values()) {
    if (manager === null || !nodes.has(manager)) roots.push(id)
    else {
      const list = reports.get(manager)
      if (list) list.push(id)
      else reports.set(manager, [id])
    }
  }
  const order = byName(nodes)
  for (const list of reports.values()) list.sort(order)
  return { nodes, reports, roots: roots.sort(order) }
}

/** How many of the loaded stand where nothing was written down for the day, and from when the first of them is known. */
export function placesNotKnown({ nodes }: LoadedChart): { people: number; from: string } | undefined {
  const days = [...nodes.values()].flatMap(({ placeKnownFrom }) => placeKnownFrom ?? []).toSorted()
  return days[0] === undefined ? undefined : { people: days.length, from: days[0] }
}

/** The people to draw: reports only of those who are unfolded. */
export function shownPeople(chart: LoadedChart, unfolded: ReadonlySet<string>): Map<string, ChartPerson> {
  const shown = new Map<string, ChartPerson>()
  const open = [...chart.roots]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (shown.has(id)) continue
    const below = unfolded.has(id) ? (chart.reports.get(id) ?? []) : []
    shown.set(id, { id, below })
    open.push(...below)
  }
  return shown
}

/** Who stands above somebody among the loaded, the top first. */
export function lineTo(chart: LoadedChart, id: string): string[] {
  const line: string[] = []
  const seen = new Set<string>()
  for (
    let at = chart.nodes.get(id)?.manager ?? null;
    at !== null && !seen.has(at);
    at = chart.nodes.get(at)?.manager ?? null
  ) {
    seen.add(at)
    if (chart.nodes.has(at)) line.unshift(at)
  }
  return line
}

/** Where an arrow key leads from somebody: up to the manager, down to the first report, sideways among siblings. */
export function neighbour(
  chart: LoadedChart,
  unfolded: ReadonlySet<string>,
  id: string,
  key: string,
): string | undefined {
  const manager = chart.nodes.get(id)?.manager ?? null
  if (key === 'ArrowUp') return manager !== null && chart.nodes.has(manager) ? manager : undefined
  if (key === 'ArrowDown') return unfolded.has(id) ? chart.reports.get(id)?.[0] : undefined
  const siblings = manager !== null && chart.nodes.has(manager) ? chart.reports.get(manager)! : chart.roots
  return siblings[siblings.indexOf(id) + (key === 'ArrowRight' ? 1 : -1)]
}

/** How the chart lies in its frame: where its corner is, in pixels, and how large it is drawn. */
export interface View {
  readonly x: number
  readonly y: number
  readonly scale: number
}

interface Extent {
  readonly width: number
  readonly height: number
}

export const MARGIN = 24
const LEAST = 0.12
const MOST = 1.6
/** As small as names can still be read: a chart that is wider opens cut off at its sides. */
const LEAST_TO_READ = 0.45

export const within = (scale: number): number => Math.min(MOST, Math.max(LEAST, scale))

/** The whole chart in the middle of the frame, never larger than it is drawn at scale 1. */
export function fittedView(chart: Extent, frame: Extent): View {
  const room = Math.min((frame.width - 2 * MARGIN) / chart.width, (frame.height - 2 * MARGIN) / chart.height)
  const scale = within(Math.min(1, room))
  return { scale, x: (frame.width - chart.width * scale) / 2, y: MARGIN }
}

/**
 * How the chart opens: fitted where it can be read so, else as small as can be read, with `middle` (of a box, in the
 * chart) as near to the middle of the frame as leaves no room beside the chart.
 */
export function openingView(chart: Extent, frame: Extent, middle: number): View {
  const fitted = fittedView(chart, frame)
  if (fitted.scale >= LEAST_TO_READ) return fitted
  const scale = LEAST_TO_READ
  const over = chart.width * scale - (frame.width - 2 * MARGIN)
  if (over <= 0) return { scale, x: (frame.width - chart.width * scale) / 2, y: MARGIN }
  return { scale, x: Math.min(MARGIN, Math.max(MARGIN - over, frame.width / 2 - middle * scale)), y: MARGIN }
}
