// The table of counts: newer lines replace older ones, parts of a count replace nothing, what is missing is named.
import { expect, test } from 'vitest'
import { LEAST, listMissed, mergeCounts, type Counted } from './trust-table.ts'

const HEAD = '# Counted\n\n| what | count |\n| --- | ---: |\n'
const counted = (rest: Partial<Counted>): Counted => ({
  ...{ row: 'B6 restores, equal', count: 10, found: 'all', full: true, seconds: 12.6, load: 1.2 },
  ...{ command: 'npx vitest run x', at: '2026-01-02T03:04:05.000Z' },
  ...rest,
})

test('a count is one line, in the order of the rows, and replaces the older one', () => {
  const first = mergeCounts(HEAD, [counted({ count: 9 }), counted({ row: 'C1 requests of each operation' })])
  const second = mergeCounts(first, [counted({}), counted({ row: 'A2 laws of rights: random cases' })])
  const rows = second.split('\n').slice(4)
  expect(rows.filter((line) => !line.includes('not counted'))).toEqual([
    '| A2 laws of rights: random cases | 10 | all | 13 | 1 | `npx vitest run x` | 2026-01-02 03:04 |',
    '| B6 restores, equal | 10 | all | 13 | 1 | `npx vitest run x` | 2026-01-02 03:04 |',
    '| C1 requests of each operation | 10 | all | 13 | 1 | `npx vitest run x` | 2026-01-02 03:04 |',
    '',
  ])
  expect(rows).toHaveLength(Object.keys(LEAST).length + 1)
  expect(rows[0]).toBe(
    '| A1 who may do what: cells of the table | | not counted since this table began | | | | |',
  )
})

test('a part of a count writes nothing', () => {
  expect(mergeCounts(HEAD, [counted({ full: false })])).toBe(mergeCounts(HEAD, []))
})

test('what a full run must reach is named where it does not', () => {
  const all = (Object.entries(LEAST) as [Counted['row'], number][]).map(([row, count]) =>
    counted({ row, count }),
  )
  expect(listMissed(all)).toEqual([])
  const short = all.map((one) => (one.row === 'B6 restores, equal' ? { ...one, count: 9 } : one))
  expect(listMissed(short)).toEqual(['B6 restores, equal: 9, expected at least 10'])
  expect(listMissed(short.filter(({ row }) => !row.startsWith('A')))).toHaveLength(7)
})
