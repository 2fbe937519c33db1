// Small simulated rating sets for tests of the measurement engine, and what is asked of their measurements.
import { seeded, simulatedRatings, type Design } from '../bench/simulated-ratings.ts'
import { measure, parseRatingRows } from '../src/core/measure/measure.ts'
import type { Measurement, MeasureOptions } from '../src/core/measure/measurement.ts'
import type { RatingRow, Ratings } from '../src/core/measure/ratings.ts'

/** Forty persons, four of twelve raters each, five items. */
export const DESIGN: Design = {
  persons: 40,
  raters: 12,
  perPerson: 4,
  items: 5,
  categories: 4,
  personSd: 1,
  raterSd: 0.6,
  dyadSd: 0.4,
  missing: 0.1,
}

/** Ratings as records. */
export function rows(ratings: Ratings): RatingRow[] {
  return Array.from(ratings.score, (score, r) => ({
    person: ratings.personIds[ratings.person[r]!]!,
    rater: ratings.raterIds[ratings.rater[r]!]!,
    item: ratings.itemIds[ratings.item[r]!]!,
    score,
  }))
}

/** Records simulated from a seed; `design` changes the small default design. */
export const sample = (seed: number, design: Partial<Design> = {}) =>
  rows(simulatedRatings({ ...DESIGN, ...design }, seeded(seed)).ratings)

/** Ratings of good records, or the first refusal as an error. */
export function read(list: readonly RatingRow[]): Ratings {
  const parsed = parseRatingRows(list, { lowest: 0 })
  if (!parsed.ok) throw new Error(parsed.refusals[0]!.message)
  return parsed.value
}

/** The measurement of good records, or the first refusal as an error. */
export function run(list: readonly RatingRow[], options: MeasureOptions = {}): Measurement {
  const result = measure(read(list), options)
  if (!result.ok) throw new Error(result.refusals[0]!.message)
  return result.value
}

/** The code of the first refusal, or `measured`. */
export function refusal(list: readonly RatingRow[], options: MeasureOptions = {}): string {
  const parsed = parseRatingRows(list)
  if (!parsed.ok) return parsed.refusals[0]!.code
  const result = measure(parsed.value, options)
  return result.ok ? 'measured' : result.refusals[0]!.code
}

/** The largest difference between measures or standard errors of two runs; `name` maps ids of the first to the second. */
export function largestDifference(
  a: Measurement,
  b: Measurement,
  name: (id: string) => string = (id) => id,
): number {
  let largest = 0
  for (const facet of ['persons', 'raters', 'items'] as const) {
    const other = new Map(b[facet].map((one) => [one.id, one]))
    for (const one of a[facet]) {
      const there = other.get(name(one.id))!
      largest = Math.max(largest, Math.abs(one.measure - there.measure), Math.abs(one.se - there.se))
    }
  }
  return largest
}

/** The list in another order, by a seed. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = seeded(seed)
  return list
    .map((one) => [random(), one] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, one]) => one)
}
