// Where everything stands on the ruler (Wright map): persons, raters, items and score zones on one scale of logits.
import { momentsAt, type ItemCosts } from '../item-costs.ts'
import type { Measurement } from '../measurement.ts'

export type RulerFacet = 'person' | 'rater' | 'item'

export interface RulerDot {
  readonly facet: RulerFacet
  readonly id: string
  readonly measure: number
  readonly se: number
  readonly x: number
  readonly y: number
}

/** A row of names, or how many there are where not even one has room; `more` counts those that had none. */
export interface RulerLabel {
  readonly facet: RulerFacet
  readonly x: number
  readonly y: number
  readonly text: string
  readonly ids: readonly string[]
  readonly more: number
}

/** Part of a column that holds one linked set of persons or raters; `set` counts from 1. */
export interface RulerLane {
  readonly facet: 'person' | 'rater'
  readonly set: number
  readonly x: number
  readonly width: number
}

export interface RulerBar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly count: number
  /** Who stands there, as many as a tooltip holds. */
  readonly ids: readonly string[]
}

export interface RulerLayout {
  readonly width: number
  readonly height: number
  readonly top: number
  readonly bottom: number
  readonly axis: number
  /** Logits at the bottom and the top. */
  readonly range: readonly [number, number]
  readonly ticks: readonly { readonly value: number; readonly y: number }[]
  readonly columns: Readonly<Record<RulerFacet | 'scale', { readonly x: number; readonly width: number }>>
  readonly dots: readonly RulerDot[]
  readonly labels: readonly RulerLabel[]
  /** Empty where all are linked: sets that no rating links stand apart, for they have no scale in common. */
  readonly lanes: readonly RulerLane[]
  /** Sets that have no room on the ruler. */
  readonly setsLeftOut: number
  /** Persons as a histogram where there are too many for dots. */
  readonly bars: readonly RulerBar[]
  /** Where a person gets this score on an average item from an average rater, rounded; y of its lower and upper end. */
  readonly zones: readonly { readonly category: number; readonly from: number; readonly to: number }[]
  /** Thresholds between categories; of several items their mean. */
  readonly steps: readonly { readonly category: number; readonly measure: number; readonly y: number }[]
  /** Length in pixels of half a typical 90 % interval, by column. */
  readonly typical: Readonly<Record<RulerFacet, number>>
}

export interface RulerShape {
  readonly width: number
  readonly height: number
  /** Persons, raters, items, scale: their widths beside the axis. */
  readonly columns: readonly [number, number, number, number]
}

export const WIDE: RulerShape = { width: 960, height: 620, columns: [310, 235, 235, 120] }
export const NARROW: RulerShape = { width: 358, height: 600, columns: [88, 92, 104, 46] }

const TOP = 34
/** The narrowest lane of a linked set, and how many names a tooltip holds. */
const LANE = 44
const TOOLTIP = 12
/** Up to so many persons the ruler tries to write their names. */
const MOST_NAMED = 60
/** Of several names the first is cut to no fewer characters, the ellipsis among them. */
const LEAST_OF_NAME = 7
const ROW = 15
const DOT_ROW = 10
const Z90 = 1.6449
/** What a column keeps free at its right for the bracket of a typical interval. */
export const BRACKET = 18

/** About the width of a text in 11-px type, East Asian characters counted double. */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += character.codePointAt(0)! > 0x2e7f ? 11 : 6.1
  return width
}

/** A text cut to a width, with an ellipsis. */
export function shortened(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let kept = ''
  for (const character of text) {
    if (textWidth(`${kept}${character}…`) > width) break
    kept += character
  }
  return `${kept}…`
}

/** The names behind a bar or a row of labels, cut where there are many. */
export function namesOf(ids: readonly string[], count: number): string {
  const shown = ids.slice(0, TOOLTIP)
  return shown.join(', ') + (count > shown.length ? ` … (${count})` : '')
}

/** Lays out the ruler for a shape. `range` fixes the scale (so that a picture does not jump while ratings change). */
export function layOutRuler(
  measurement: Measurement,
  costs: ItemCosts,
  shape: RulerShape,
  range?: readonly [number, number],
): RulerLayout {
  const { width, height } = shape
  const bottom = height - 22
  const axis = width - shape.columns.reduce((sum, each) => sum + each, 0) - 2
  const [low, high] = range ?? rulerRange(measurement)
  const yOf = (measure: number) =>
    bottom - ((Math.min(high, Math.max(low, measure)) - low) / (high - low)) * (bottom - TOP)
  let x = axis + 2
  const [person, rater, item, scale] = shape.columns.map((each) => {
    const column = { x, width: each }
    x += each
    return column
  }) as [
    { x: number; width: number },
    { x: number; width: number },
    { x: number; width: number },
    { x: number; width: number },
  ]
  const columns = { person, rater, item, scale }
  const sets = measurement.subsets.length
  const shown = Math.min(sets, Math.floor(Math.min(person.width, rater.width) / LANE))
  const lanesOf = (facet: 'person' | 'rater'): RulerLane[] =>
    Array.from({ length: shown }, (_, k) => {
      const wide = columns[facet].width / shown
      return { facet, set: k + 1, x: columns[facet].x + k * wide, width: wide }
    })
  const personLanes = lanesOf('person')
  const raterLanes = lanesOf('rater')
  const within = <T extends { subset: number }>(list: readonly T[], { set }: RulerLane) =>
    sets < 2 ? list : list.filter((one) => one.subset === set - 1)
  const persons = personLanes.map((lane) => placePersons(within(measurement.persons, lane), lane, yOf))
  const raters = raterLanes.map((lane) => placeNamed('rater', within(measurement.raters, lane), lane, yOf))
  const items = placeNamed('item', measurement.items, item, yOf)
  const step = high - low > 12 ? 2 : 1
  const ticks: { value: number; y: number }[] = []
  for (let value = Math.ceil(low / step) * step; value <= high; value += step)
    ticks.push({ value: value === 0 ? 0 : value, y: yOf(value) })
  const typicalOf = (list: readonly { se: number }[]) => {
    const sorted = list.map((one) => one.se).toSorted((a, b) => a - b)
    return ((Z90 * (sorted[Math.floor(sorted.length / 2)] ?? 0)) / (high - low)) * (bottom - TOP)
  }
  return {
    width,
    height,
    top: TOP,
    bottom,
    axis,
    range: [low, high],
    ticks,
    columns,
    lanes: sets < 2 ? [] : [...personLanes, ...raterLanes],
    setsLeftOut: sets - shown,
    dots: [...persons, ...raters, items].flatMap((one) => one.dots),
    labels: [...persons, ...raters, items].flatMap((one) => one.labels),
    bars: persons.flatMap((one) => one.bars),
    zones: scoreZones(measurement, costs, low, high, yOf),
    steps: meanSteps(measurement).map((one) => ({ ...one, y: yOf(one.measure) })),
    typical: {
      person: typicalOf(measurement.persons),
      rater: typicalOf(measurement.raters),
      item: typicalOf(measurement.items),
    },
  }
}

/** Whole logits that hold everything on the ruler, at most 12 either side of zero. */
export function rulerRange(measurement: Measurement): readonly [number, number] {
  let low = -1.5
  let high = 1.5
  for (const list of [measurement.persons, measurement.raters, measurement.items, meanSteps(measurement)]) {
    for (const { measure } of list) {
      if (measure < low) low = measure
      if (measure > high) high = measure
    }
  }
  return [Math.max(-12, Math.floor(low - 0.2)), Math.min(12, Math.ceil(high + 0.2))]
}

function placePersons(
  persons: Measurement['persons'],
  column: { x: number; width: number },
  yOf: (measure: number) => number,
): { dots: RulerDot[]; labels: RulerLabel[]; bars: RulerBar[] } {
  if (persons.length <= MOST_NAMED) {
    const named = placeNamed('person', persons, column, yOf)
    if (named.labels.every(({ text, ids }) => text === ids.join(', '))) return { ...named, bars: [] }
  }
  const rows = new Map<number, Measurement['persons'][number][]>()
  for (const one of persons) {
    const row = Math.round(yOf(one.measure) / DOT_ROW)
    const list = rows.get(row)
    if (list) list.push(one)
    else rows.set(row, [one])
  }
  const room = Math.max(1, Math.floor((column.width - BRACKET - 6) / 9))
  const longest = Math.max(0, ...[...rows.values()].map((list) => list.length))
  if (longest <= room) {
    const dots = [...rows].flatMap(([row, list]) =>
      list.map(({ id, measure, se }, k): RulerDot => ({
        facet: 'person',
        id,
        measure,
        se,
        x: column.x + 9 + 9 * k,
        y: row * DOT_ROW,
      })),
    )
    return { dots, labels: [], bars: [] }
  }
  const bars = [...rows].map(([row, list]) => ({
    x: column.x + 3,
    y: row * DOT_ROW - DOT_ROW / 2 + 1,
    width: Math.max(1, (list.length / longest) * (column.width - BRACKET - 32)),
    height: DOT_ROW - 2,
    count: list.length,
    ids: list.slice(0, TOOLTIP).map((one) => one.id),
  }))
  return { dots: [], labels: [], bars: bars.toSorted((a, b) => a.y - b.y) }
}

function placeNamed(
  facet: RulerFacet,
  list: readonly { id: string; measure: number; se: number }[],
  column: { x: number; width: number },
  yOf: (measure: number) => number,
) {
  const many = list.length > 400
  const dots = many
    ? []
    : list.map(({ id, measure, se }): RulerDot => ({
        facet,
        id,
        measure,
        se,
        x: column.x + 8,
        y: yOf(measure),
      }))
  const rows = new Map<number, string[]>()
  for (const { id, measure } of list.toSorted((a, b) => a.measure - b.measure)) {
    const row = Math.round(yOf(measure) / ROW)
    const ids = rows.get(row)
    if (ids) ids.push(id)
    else rows.set(row, [id])
  }
  const room = column.width - 21 - BRACKET
  const labels = [...rows].map(([row, ids]): RulerLabel => {
    const place = { facet, x: column.x + 17, y: row * ROW, ids }
    const first = shortened(ids[0]!, room - (ids.length > 1 ? 22 : 0))
    // A name cut to its first letters tells less than how many there are.
    if (ids.length > 1 && first !== ids[0] && first.length <= LEAST_OF_NAME)
      return { ...place, text: `×${ids.length}`, more: 0 }
    const shown: string[] = []
    let left = room
    for (const id of ids) {
      const rest = ids.length - shown.length - 1 > 0 ? 22 : 0
      const text = shown.length === 0 ? shortened(id, room - rest) : id
      const needs = textWidth(text) + (shown.length > 0 ? textWidth(', ') : 0)
      if (shown.length > 0 && needs > left - rest) break
      shown.push(text)
      left -= needs
    }
    return { ...place, text: shown.join(', '), more: ids.length - shown.length }
  })
  return { dots, labels: labels.toSorted((a, b) => a.y - b.y) }
}

/** Thresholds by category: the common ones, or the means over items (item location included). */
function meanSteps(measurement: Measurement): { category: number; measure: number }[] {
  const location = new Map(measurement.items.map((item) => [item.id, item.measure]))
  const sums = new Map<number, { sum: number; count: number }>()
  for (const { item, category, measure } of measurement.steps) {
    const sum = sums.get(category) ?? { sum: 0, count: 0 }
    sum.sum += measure + (item === undefined ? 0 : (location.get(item) ?? 0))
    sum.count += 1
    sums.set(category, sum)
  }
  return [...sums]
    .map(([category, { sum, count }]) => ({ category, measure: sum / count }))
    .toSorted((a, b) => a.category - b.category)
}

/** The score averaged over all items that an average rater is expected to give a person at a location (from 0). */
export function expectedAverage(costs: ItemCosts, location: number): number {
  let sum = 0
  for (const own of costs.values()) sum += momentsAt(own, location).mean
  return sum / Math.max(1, costs.size)
}

function scoreZones(
  measurement: Measurement,
  costs: ItemCosts,
  low: number,
  high: number,
  yOf: (measure: number) => number,
) {
  const { categories, lowest } = measurement.summary
  const bounds = [low]
  for (let k = 0.5; k < categories - 1; k++) {
    let [from, to] = [-40, 40]
    for (let halving = 0; halving < 50; halving++) {
      const middle = (from + to) / 2
      if (expectedAverage(costs, middle) < k) from = middle
      else to = middle
    }
    bounds.push(Math.min(high, Math.max(low, from)))
  }
  bounds.push(high)
  return Array.from({ length: categories }, (_, k) => ({
    category: lowest + k,
    from: yOf(bounds[k]!),
    to: yOf(bounds[k + 1]!),
  })).filter(({ from, to }) => from - to > 0.5)
}
