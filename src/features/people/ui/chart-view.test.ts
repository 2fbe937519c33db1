// The state of the org chart: parts that were loaded in any order, what is drawn, and where the arrow keys lead.
import { expect, test } from 'vitest'
import {
  EMPTY_CHART,
  fittedView,
  lineTo,
  MARGIN,
  neighbour,
  openingView,
  placesNotKnown,
  shownPeople,
  withNodes,
  type ChartNode,
} from './chart-view.ts'

const node = (id: string, manager: string | null, reports = 0): ChartNode => ({
  ...{ id, name: id, title: null, unit: null, manager, reports, placeKnownFrom: null },
})
const top = [node('top', null, 2), node('b', 'top', 1), node('a', 'top', 2)]
const chart = withNodes(withNodes(EMPTY_CHART, [node('a2', 'a'), node('a1', 'a')]), top)

test('parts that were loaded before their managers stand below them, by name', () => {
  expect(chart.roots).toEqual(['top'])
  expect(chart.reports.get('top')).toEqual(['a', 'b'])
  expect(chart.reports.get('a')).toEqual(['a1', 'a2'])
})

test('only reports of those who are unfolded are drawn', () => {
  expect([...shownPeople(chart, new Set(['top'])).keys()].toSorted()).toEqual(['a', 'b', 'top'])
  expect([...shownPeople(chart, new Set(['a'])).keys()]).toEqual(['top'])
})

test('arrow keys lead up, down to the first report where it is drawn, and among siblings', () => {
  const open = new Set(['top', 'a'])
  const from = (id: string, key: string) => neighbour(chart, open, id, key)
  expect(from('a1', 'ArrowUp')).toBe('a')
  expect(from('a', 'ArrowDown')).toBe('a1')
  expect(from('a', 'ArrowRight')).toBe('b')
  expect(from('b', 'ArrowRight')).toBeUndefined()
  expect(from('b', 'ArrowDown')).toBeUndefined()
  expect(from('top', 'ArrowUp')).toBeUndefined()
})

test('people whose place is not known on the day are counted, with the first day from which one is', () => {
  expect(placesNotKnown(chart)).toBeUndefined()
  const days = ['2026-11-21', '2026-03-01']
  const loose = days.map((placeKnownFrom, at) => ({ ...node(`p${at}`, null), placeKnownFrom }))
  expect(placesNotKnown(withNodes(chart, loose))).toEqual({ people: 2, from: '2026-03-01' })
})

test('the chart opens fitted, and one too wide to be read so without room beside it', () => {
  const frame = { width: 1000, height: 600 }
  expect(openingView({ width: 1400, height: 300 }, frame, 700)).toEqual(
    fittedView({ width: 1400, height: 300 }, frame),
  )
  const small = fittedView({ width: 1400, height: 300 }, frame)
  expect(small.x).toBeCloseTo(MARGIN)
  expect(small.x + 1400 * small.scale).toBeCloseTo(frame.width - MARGIN)
  const wide = { width: 8000, height: 300 }
  const openedAt = (middle: number) => openingView(wide, frame, middle)
  const { scale } = openedAt(4000)
  expect(openedAt(4000).x).toBe(500 - 4000 * scale)
  expect(openedAt(0).x).toBe(MARGIN)
  expect(openedAt(8000).x + wide.width * scale).toBeCloseTo(frame.width - MARGIN)
})

test('the line to somebody begins at the top, and ends in a circle too', () => {
  expect(lineTo(chart, 'a1')).toEqual(['top', 'a'])
  const circle = withNodes(EMPTY_CHART, [node('x', 'y'), node('y', 'x')])
  expect(lineTo(circle, 'x').length).toBeLessThanOrEqual(2)
})
