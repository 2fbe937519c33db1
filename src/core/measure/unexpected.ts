// The single ratings that the measures least expect: where to look, not whom to blame.
import { itemCosts, momentsAt } from './item-costs.ts'
import type { Measurement } from './measurement.ts'
import type { Ratings } from './ratings.ts'

export interface UnexpectedRating {
  readonly person: string
  readonly rater: string
  readonly item: string
  readonly occasion?: string
  /** As on the printed scale. */
  readonly score: number
  readonly expected: number
  /** (score - expected) over its standard deviation, at the main effects. */
  readonly residual: number
}

/** The `most` ratings with the largest standardised residual of at least `least`, largest first. */
export function unexpectedRatings(
  ratings: Ratings,
  measurement: Measurement,
  { most = 20, least = 2 } = {},
): UnexpectedRating[] {
  const costs = itemCosts(ratings, measurement)
  const byId = (list: readonly { id: string; measure: number }[]) =>
    new Map(list.map((one) => [one.id, one.measure]))
  const aligned = (ids: readonly string[], measures: Map<string, number>) =>
    Float64Array.from(ids, (id) => measures.get(id) ?? Number.NaN)
  const persons = aligned(ratings.personIds, byId(measurement.persons))
  const raters = aligned(ratings.raterIds, byId(measurement.raters))
  const occasions = aligned(ratings.occasionIds, byId(measurement.occasions))
  const costOf = ratings.itemIds.map((id) => costs.get(id))
  const found: { r: number; residual: number; expected: number }[] = []
  let bar = least
  for (let r = 0; r < ratings.score.length; r++) {
    const cost = costOf[ratings.item[r]!]
    const location =
      persons[ratings.person[r]!]! -
      raters[ratings.rater[r]!]! -
      (ratings.occasion ? occasions[ratings.occasion[r]!]! : 0)
    if (!cost || Number.isNaN(location)) continue
    const { mean, variance } = momentsAt(cost, location)
    const residual = (ratings.score[r]! - mean) / Math.sqrt(Math.max(1e-9, variance))
    if (Math.abs(residual) < bar) continue
    found.push({ r, residual, expected: mean + ratings.lowest })
    if (found.length >= 4 * most) {
      found.sort((a, b) => Math.abs(b.residual) - Math.abs(a.residual))
      found.length = most
      bar = Math.abs(found[most - 1]!.residual)
    }
  }
  found.sort((a, b) => Math.abs(b.residual) - Math.abs(a.residual))
  return found.slice(0, most).map(({ r, residual, expected }) => ({
    person: ratings.personIds[ratings.person[r]!]!,
    rater: ratings.raterIds[ratings.rater[r]!]!,
    item: ratings.itemIds[ratings.item[r]!]!,
    ...(ratings.occasion ? { occasion: ratings.occasionIds[ratings.occasion[r]!]! } : {}),
    score: ratings.lowest + ratings.score[r]!,
    expected,
    residual,
  }))
}
