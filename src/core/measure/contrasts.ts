// Contrasts with their exact standard errors: person minus bar, person minus person, rater minus rater.
import { estimate } from './estimate.ts'
import type { MeasureOptions } from './measurement.ts'
import type { Ratings } from './ratings.ts'
import { refused, type Checked } from './refusals.ts'
import { exactVariance } from './standard-errors.ts'
import { itemReading, varianceOf } from './step-model.ts'

/** Weights by id on the measures of persons, raters and items, plus a constant (a fixed bar, negative) in logits. */
export interface Contrast {
  readonly persons?: Readonly<Record<string, number>>
  readonly raters?: Readonly<Record<string, number>>
  readonly items?: Readonly<Record<string, number>>
  readonly constant?: number
}

export interface ContrastMeasure {
  readonly value: number
  readonly se: number
}

/**
 * Values and joint standard errors of contrasts under the default estimator, exact at any size (one linear solve
 * each). Items enter with their covariance from the conditional stage, which is independent of the block totals given
 * the items. Pass the run's `solution` as `options.start`; persons of different subsets carry the spread of raters.
 */
export function measureContrasts(
  ratings: Ratings,
  options: MeasureOptions,
  contrasts: readonly Contrast[],
): Checked<ContrastMeasure[]> {
  const run = estimate(ratings, { ...options, estimator: 'cml' })
  if (!run.ok) return run
  const { estimates, system } = run.value
  const places = (ids: readonly string[]) => new Map(ids.map((id, at) => [id, at]))
  const known = {
    persons: places(ratings.personIds),
    raters: places(ratings.raterIds),
    items: places(ratings.itemIds),
  }
  const found: ContrastMeasure[] = []
  for (const contrast of contrasts) {
    const at: Record<'persons' | 'raters' | 'items', Map<number, number>> = {
      persons: new Map(),
      raters: new Map(),
      items: new Map(),
    }
    for (const facet of ['persons', 'raters', 'items'] as const) {
      for (const [id, weight] of Object.entries(contrast[facet] ?? {})) {
        const place = known[facet].get(id)
        if (place === undefined)
          return refused(
            'anchor-unknown',
            `no ${facet} called ${id} in these ratings`,
            'ids among the ratings',
            [id],
          )
        at[facet].set(place, weight)
      }
    }
    let value = contrast.constant ?? 0
    const unknowns = new Map<number, number>()
    for (const [n, weight] of at.persons) value += weight * estimates.person[n]!
    for (const [j, weight] of at.raters) {
      value += weight * estimates.rater[j]!
      unknowns.set(j, weight)
      const group = system!.layout.groupAt + system!.layout.groupOfRater[j]!
      unknowns.set(group, (unknowns.get(group) ?? 0) + weight)
    }
    const gradient = new Float64Array(estimates.parameters.free)
    for (const [i, weight] of at.items) {
      const reading = itemReading(estimates.parameters, estimates.beta, i)
      value += weight * reading.value
      for (let q = 0; q < gradient.length; q++) gradient[q]! += weight * reading.gradient[q]!
    }
    const variance =
      exactVariance(system!, at.persons, unknowns) + varianceOf(gradient, estimates.stepCovariance)
    found.push({ value, se: Math.sqrt(Math.max(0, variance)) })
  }
  return { ok: true, value: found }
}
