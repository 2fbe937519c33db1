// Where the ladder map's stations and lines go, computed from the roles and transitions of any framework.
import type { Framework, Transition } from '../../../core/framework/model.ts'

export interface LadderStation {
  readonly role: string
  /** Distance from entry in promotions, 0 for an entry role; in `rows: 'own'` the row of the station. */
  readonly rank: number
  /** Position across the tracks; tracks are at least 2 apart, so roles of two tracks lie between them. */
  readonly lane: number
}

/** A point in ranks and lanes. */
export type LadderPoint = readonly [rank: number, lane: number]

export interface LadderLine {
  readonly transition: Transition
  /** The corners of the line, from its `from` station to its `to` station. */
  readonly points: readonly LadderPoint[]
  /** Where the line's label stands best. */
  readonly middle: LadderPoint
}

export interface LadderLayout {
  readonly stations: readonly LadderStation[]
  readonly lines: readonly LadderLine[]
  readonly tracks: readonly { readonly track: string; readonly lane: number }[]
  readonly ranks: number
  readonly lanes: { readonly min: number; readonly max: number }
}

/** The length of the longest chain of promotions that leads to each role; cycles are cut where they close. */
function ranksOf(framework: Framework): Map<string, number> {
  const known = new Set(framework.roles.map((role) => role.id))
  const before = new Map<string, string[]>()
  for (const { from, to, kind } of framework.transitions)
    if (kind === 'promotion' && known.has(from) && known.has(to))
      before.set(to, [...(before.get(to) ?? []), from])
  const ranks = new Map<string, number>()
  const open = new Set<string>()
  const rankOf = (role: string): number => {
    const done = ranks.get(role)
    if (done !== undefined) return done
    if (open.has(role)) return -1
    open.add(role)
    const rank = Math.max(-1, ...(before.get(role) ?? []).map(rankOf)) + 1
    open.delete(role)
    ranks.set(role, rank)
    return rank
  }
  for (const role of framework.roles) rankOf(role.id)
  return ranks
}

/** Moves wished positions apart to a distance of at least 1, keeping their order and moving them as little as it can. */
export function spread(wished: readonly number[]): number[] {
  const blocks: { sum: number; size: number }[] = []
  for (const [index, wish] of wished.entries()) {
    blocks.push({ sum: wish - index, size: 1 })
    for (;;) {
      const last = blocks.at(-1)!
      const previous = blocks.at(-2)
      if (!previous || previous.sum / previous.size <= last.sum / last.size) break
      blocks.splice(-2, 2, { sum: previous.sum + last.sum, size: previous.size + last.size })
    }
  }
  return blocks
    .flatMap(({ sum, size }) => Array<number>(size).fill(sum / size))
    .map((base, index) => base + index)
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

function stationsOf(framework: Framework, trackLane: (track: string) => number): LadderStation[] {
  const ranks = ranksOf(framework)
  const lanes = new Map<string, number>()
  const stations: LadderStation[] = []
  for (let rank = 0; rank <= Math.max(...ranks.values()); rank += 1) {
    const here = framework.roles
      .filter((role) => ranks.get(role.id) === rank)
      .map((role) => {
        const wish = mean(role.tracks.map(trackLane))
        const from = framework.transitions.flatMap((line) =>
          line.to === role.id ? (lanes.get(line.from) ?? []) : [],
        )
        return { role: role.id, wish, pull: from.length > 0 ? mean(from) : wish }
      })
      .toSorted((a, b) => a.wish - b.wish || a.pull - b.pull)
    const placed = spread(here.map(({ wish }) => wish))
    for (const [index, { role }] of here.entries()) {
      const lane = Math.round(placed[index]! * 2) / 2
      lanes.set(role, lane)
      stations.push({ role, rank, lane })
    }
  }
  return stations
}

/** Gives every station a row of its own, lowest rank first, so that labels can stand beside the drawing. */
function inOwnRows(stations: readonly LadderStation[]): LadderStation[] {
  return stations
    .toSorted((a, b) => a.rank - b.rank || a.lane - b.lane)
    .map((station, row) => ({ ...station, rank: row }))
}

function route(from: LadderStation, to: LadderStation, stations: readonly LadderStation[]): LadderPoint[] {
  if (from.rank === to.rank) {
    const low = Math.min(from.lane, to.lane)
    const high = Math.max(from.lane, to.lane)
    const between = stations.some(({ rank, lane }) => rank === from.rank && lane > low && lane < high)
    if (!between)
      return [
        [from.rank, from.lane],
        [to.rank, to.lane],
      ]
    const aside = from.rank + 0.3
    return [
      [from.rank, from.lane],
      [aside, from.lane + 0.3 * Math.sign(to.lane - from.lane)],
      [aside, to.lane - 0.3 * Math.sign(to.lane - from.lane)],
      [to.rank, to.lane],
    ]
  }
  const up = Math.sign(to.rank - from.rank)
  const isFree = (lane: number): boolean =>
    !stations.some(
      (station) =>
        (station.rank - from.rank) * up > 0 &&
        (to.rank - station.rank) * up > 0 &&
        Math.abs(station.lane - lane) < 0.5,
    )
  const start: LadderPoint = [from.rank, from.lane]
  const end: LadderPoint = [to.rank, to.lane]
  const nearEnd: LadderPoint[] = [
    [to.rank - 0.7 * up, from.lane],
    [to.rank - 0.3 * up, to.lane],
  ]
  const nearStart: LadderPoint[] = [
    [from.rank + 0.3 * up, from.lane],
    [from.rank + 0.7 * up, to.lane],
  ]
  if (Math.abs(to.rank - from.rank) <= 1 || isFree(to.lane))
    return from.lane === to.lane ? [start, end] : [start, ...nearStart, end]
  if (isFree(from.lane)) return [start, ...nearEnd, end]
  const middle = (from.lane + to.lane) / 2
  const free =
    [0.5, -0.5, 1, -1, 1.5, -1.5, 2, -2, 2.5, -2.5, 3, -3, 4, -4, 5, -5]
      .map((offset) => Math.round((middle + offset) * 2) / 2)
      .find(isFree) ?? middle
  return [
    start,
    [from.rank + 0.3 * up, from.lane],
    [from.rank + 0.7 * up, free],
    [to.rank - 0.7 * up, free],
    [to.rank - 0.3 * up, to.lane],
    end,
  ]
}

/** The middle of a line's longest part: there its label meets the fewest other lines. */
function middleOf(points: readonly LadderPoint[]): LadderPoint {
  const parts = points.slice(1).map((to, index) => [points[index]!, to] as const)
  const lengthOf = ([a, b]: (typeof parts)[number]): number => Math.hypot(b[0] - a[0], b[1] - a[1])
  const [a, b] = parts.reduce((best, part) => (lengthOf(part) > lengthOf(best) + 1e-9 ? part : best))
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
}

/** Lays out a framework's ladder; `rows: 'own'` is for narrow screens, where every station has a row of its own. */
export function layOutLadder(framework: Framework, rows: 'by-rank' | 'own' = 'by-rank'): LadderLayout {
  const ids = framework.tracks.map((track) => track.id)
  const trackLane = (track: string): number => Math.max(0, ids.indexOf(track)) * 2
  const byRank = stationsOf(framework, trackLane)
  const stations = rows === 'own' ? inOwnRows(byRank) : byRank
  const byRole = new Map(stations.map((station) => [station.role, station]))
  const lines = framework.transitions.flatMap((transition): LadderLine[] => {
    const from = byRole.get(transition.from)
    const to = byRole.get(transition.to)
    if (!from || !to || from === to) return []
    const points = route(from, to, stations)
    return [{ transition, points, middle: middleOf(points) }]
  })
  const allLanes = [
    ...stations.map(({ lane }) => lane),
    ...lines.flatMap(({ points }) => points.map(([, lane]) => lane)),
  ]
  return {
    stations,
    lines,
    tracks: ids.map((track) => ({ track, lane: trackLane(track) })),
    ranks: Math.max(0, ...stations.map(({ rank }) => rank)) + 1,
    lanes: { min: Math.min(...allLanes), max: Math.max(...allLanes) },
  }
}
