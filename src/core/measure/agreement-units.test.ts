// Agreement of long ratings: the same coefficients as from a table, and a reason for each that is not defined.
import { expect, test } from 'vitest'
import { krippendorffAlpha } from './agreement-alpha.ts'
import { intraclassCorrelations } from './agreement-icc.ts'
import { agreementOf } from './agreement.ts'
import { parseRatingRows, type RatingRow } from './ratings.ts'
import { seededRandom } from './seeded-random.ts'

/** Shrout and Fleiss (1979), table 2: six targets, four judges. */
const TABLE = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
]
const rows = TABLE.flatMap((scores, p) =>
  scores.map((score, r): RatingRow => ({ person: `p${p}`, rater: `r${r}`, item: 'i', score })),
)

function agreement(list: readonly RatingRow[]) {
  const ratings = parseRatingRows(list)
  if (!ratings.ok) throw new Error('refused')
  return agreementOf(ratings.value, { random: seededRandom(1), resamples: 200 })
}

const valueOf = (report: ReturnType<typeof agreement>, id: string) =>
  report.values.find((one) => one.id === id)?.value
const reasonOf = (report: ReturnType<typeof agreement>, id: string) =>
  report.notDefined.find((one) => one.id === id)?.reason

test('long rows give what the table gives', () => {
  const report = agreement(rows.toReversed())
  for (const { form, value } of intraclassCorrelations(TABLE)!)
    expect(valueOf(report, form)).toBeCloseTo(value, 12)
  expect(valueOf(report, 'alpha-interval')).toBeCloseTo(krippendorffAlpha(TABLE, 'interval')!, 12)
  expect(report).toMatchObject({ units: 6, unitsWithPairs: 6, raters: 4, notDefined: [] })
})

test('other raters for each person leave the one-way forms only', () => {
  const report = agreement(rows.map((row) => ({ ...row, rater: `${row.person} ${row.rater}` })))
  expect(valueOf(report, 'ICC(1,1)')).toBeCloseTo(intraclassCorrelations(TABLE)![0]!.value, 12)
  expect(reasonOf(report, 'ICC(2,1)')).toBe('not-crossed')
})

test('each coefficient that is not defined says why', () => {
  expect(reasonOf(agreement(rows.slice(1)), 'ICC(1,1)')).toBe('unequal-raters')
  expect(reasonOf(agreement(rows.filter((row) => row.rater === 'r0')), 'gwet-ac-linear')).toBe('no-pairs')
  expect(reasonOf(agreement(rows.map((row) => ({ ...row, score: 3 }))), 'alpha-nominal')).toBe('one-category')
  const all = agreement(rows.slice(1))
  expect(all.values.length + all.notDefined.length).toBe(4 + 6 + 16)
})

test('the seeded generator is uniform and repeatable', () => {
  const random = seededRandom(3)
  const drawn = Array.from({ length: 20_000 }, random)
  expect(drawn.slice(0, 5)).toEqual(Array.from({ length: 5 }, seededRandom(3)))
  const counts = Array.from(
    { length: 10 },
    (_, k) => drawn.filter((value) => Math.floor(value * 10) === k).length,
  )
  // Chi-squared with 9 degrees of freedom passes 27.9 once in a thousand.
  expect(counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(27.9)
})
