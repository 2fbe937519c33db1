// Anonymity cells against an attacker with linear algebra: no combination of published sums shows a small group.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anonymityCells, cellsByCompetency, isPublishable, type CellRater } from './anonymity.ts'

const rule = { minimum: 5, identified: ['self', 'manager'] }
const group = (kind: string, count: number): CellRater[] =>
  Array.from({ length: count }, (_, index) => ({ rater: `${kind}${index}`, kind }))
const shown = (raters: CellRater[]) =>
  anonymityCells(raters, rule).cells.map(
    ({ kinds, raters: members }) => `${kinds.join('+')} ${members.length}`,
  )

test('kinds of five or more stand alone; smaller ones go together, or join the smallest', () => {
  expect(
    shown([...group('self', 1), ...group('manager', 1), ...group('peer', 6), ...group('report', 5)]),
  ).toEqual(['self 1', 'manager 1', 'peer 6', 'report 5'])
  expect(shown([...group('peer', 3), ...group('report', 4)])).toEqual(['peer+report 7'])
  expect(shown([...group('peer', 6), ...group('report', 2)])).toEqual(['peer+report 8'])
  expect(shown([...group('peer', 9), ...group('report', 6), ...group('panel', 1)])).toEqual([
    'peer 9',
    'panel+report 7',
  ])
})

test('under five in all, nobody is published', () => {
  const partition = anonymityCells([...group('manager', 1), ...group('peer', 3), ...group('report', 1)], rule)
  expect(partition.cells.map(({ kinds }) => kinds)).toEqual([['manager']])
  expect(partition.withheld).toEqual(['peer0', 'peer1', 'peer2', 'report0'])
})

test('a minimum under five and a rater given twice are refused', () => {
  expect(() => anonymityCells([], { ...rule, minimum: 4 })).toThrow(/at least 5/)
  expect(() => anonymityCells([...group('peer', 5), ...group('peer', 1)], rule)).toThrow(/once/)
})

test('only whole cells are publishable', () => {
  const partition = anonymityCells([...group('peer', 6), ...group('report', 5)], rule)
  const peers = group('peer', 6).map(({ rater }) => rater)
  expect(isPublishable(partition, peers)).toBe(true)
  expect(isPublishable(partition, peers.slice(1))).toBe(false)
  expect(isPublishable(partition, [...peers, 'report0'])).toBe(false)
  expect(isPublishable(partition, [...peers, 'stranger'])).toBe(false)
})

/** Exact row reduction over rationals held as bigints; gives a basis of the row space. */
function reduced(matrix: bigint[][]): bigint[][] {
  const rows = matrix.map((row) => [...row])
  const width = rows[0]?.length ?? 0
  let rank = 0
  for (let column = 0; column < width && rank < rows.length; column++) {
    const pivot = rows.findIndex((row, index) => index >= rank && row[column] !== 0n)
    if (pivot < 0) continue
    ;[rows[rank], rows[pivot]] = [rows[pivot]!, rows[rank]!]
    const lead = rows[rank]!
    rows.forEach((row, index) => {
      if (index === rank || row[column] === 0n) return
      const factor = row[column]!
      for (let at = 0; at < width; at++) row[at] = row[at]! * lead[column]! - lead[at]! * factor
      const divisor = row.reduce((sum, value) => gcd(sum, value), 0n)
      if (divisor > 1n) for (let at = 0; at < width; at++) row[at]! /= divisor
    })
    rank += 1
  }
  return rows.slice(0, rank)
}
const abs = (value: bigint) => (value < 0n ? -value : value)
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? abs(a) : gcd(b, a % b))

/** Whether the sum over these columns can be made from the rows: its addition does not raise the rank. */
const canMake = (basis: bigint[][], columns: ReadonlySet<number>, width: number) =>
  reduced([...basis, Array.from({ length: width }, (_, at) => (columns.has(at) ? 1n : 0n))]).length ===
  basis.length

const runs = Math.round(10_000 * (process.env['RUNGS_VERIFY'] ? 1 : 0.03))
const KINDS = ['self', 'manager', 'peer', 'report', 'panel'] as const

test(`no sequence of answered queries isolates fewer than five raters (${runs} sequences)`, () => {
  const sizes = fc.tuple(fc.nat(1), fc.nat(2), fc.nat(9), fc.nat(7), fc.nat(3))
  const scenario = fc.record({
    sizes,
    // Who had no opportunity, by competency; and what the attacker asks for: competency, and who is filtered out.
    absent: fc.array(fc.array(fc.nat(21), { maxLength: 4 }), { minLength: 1, maxLength: 3 }),
    queries: fc.array(fc.tuple(fc.nat(2), fc.subarray([...KINDS]), fc.array(fc.nat(21), { maxLength: 2 })), {
      minLength: 1,
      maxLength: 8,
    }),
    coefficients: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 8, maxLength: 8 }),
  })
  let answered = 0
  fc.assert(
    fc.property(scenario, ({ sizes: counts, absent, queries, coefficients }) => {
      const raters = KINDS.flatMap((kind, index) => group(kind, counts[index]!))
      const ratings = absent.flatMap((missing, competency) =>
        raters.flatMap(({ rater, kind }, index) =>
          missing.includes(index) ? [] : [{ competency: `c${competency}`, rater, kind }],
        ),
      )
      const partitions = cellsByCompetency(ratings, rule)
      const columnOf = new Map(
        ratings.map(({ competency, rater }, index) => [`${competency} ${rater}`, index]),
      )
      const row = (competency: string, members: readonly string[]) => {
        const all = new Set(members.map((rater) => columnOf.get(`${competency} ${rater}`)!))
        return ratings.map((_, at) => (all.has(at) ? 1n : 0n))
      }
      // Everything that is published at all, and every filtered figure that the rule answers.
      const seen = [...partitions].flatMap(([competency, { cells }]) =>
        cells.map((cell) => row(competency, cell.raters)),
      )
      for (const [which, kinds, out] of queries) {
        const competency = `c${which}`
        const partition = partitions.get(competency)
        if (!partition) continue
        const asked = ratings
          .filter(
            (one) => one.competency === competency && kinds.includes(one.kind as (typeof KINDS)[number]),
          )
          .map(({ rater }) => rater)
          .filter((rater) => !out.some((index) => raters[index]?.rater === rater))
        if (asked.length === 0 || !isPublishable(partition, asked)) continue
        answered += 1
        seen.push(row(competency, asked))
      }
      const basis = reduced(seen)
      const anonymous = ratings.flatMap(({ kind }, at) => (rule.identified.includes(kind) ? [] : [at]))
      // No single voice, and no pair, can be made; and no combination at all touches one to four anonymous raters.
      for (const at of anonymous) expect(canMake(basis, new Set([at]), ratings.length)).toBe(false)
      for (const vector of [...basis, combined(basis, coefficients)]) {
        const touched = new Set(
          anonymous.filter((at) => (vector[at] ?? 0n) !== 0n).map((at) => ratings[at]!.rater),
        )
        expect(touched.size === 0 || touched.size >= rule.minimum).toBe(true)
      }
    }),
    { seed: 17, numRuns: runs },
  )
  expect(answered).toBeGreaterThan(runs / 20)
})

const combined = (basis: bigint[][], coefficients: readonly number[]) =>
  (basis[0] ?? []).map((_, at) =>
    basis.reduce(
      (sum, row, index) => sum + row[at]! * BigInt(coefficients[index % coefficients.length]!),
      0n,
    ),
  )

test('the attacker is able: a total published beside the cells isolates a withheld pair', () => {
  const total = Array.from({ length: 8 }, () => 1n)
  const peers = Array.from({ length: 8 }, (_, at) => (at < 6 ? 1n : 0n))
  expect(canMake(reduced([total, peers]), new Set([6, 7]), 8)).toBe(true)
})
