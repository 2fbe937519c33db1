// Many-facet measurement: ratings in, measures with their precision out. The entry of the engine.
import { assemble } from './assemble.ts'
import type { Estimates } from './estimates.ts'
import type { Measurement, MeasureOptions } from './measurement.ts'
import { estimate } from './estimate.ts'
import type { Ratings } from './ratings.ts'
import { refused, type Checked } from './refusals.ts'

export { parseRatingRows } from './ratings.ts'

/**
 * Measures persons, raters and items on one scale of logits: log P(k)/P(k-1) = person - item - rater - occasion -
 * step(k). The default estimator (`cml`) estimates items and steps conditional on block totals and then persons,
 * severities and dyads as crossed random effects; `jml`, `jml-eps` and `mml` are comparable with FACETS, immer and
 * TAM. Severity is positive for a harsh rater, items positive when hard, persons positive when able; items sum to zero,
 * and raters within each connected subset, unless anchored. Pass the `solution` of an earlier run as `options.start`
 * for a warm run: the result is that of a cold one. Returns refusals, never an infinite or silent number.
 */
export function measure(ratings: Ratings, options: MeasureOptions = {}): Checked<Measurement> {
  const run = estimate(ratings, options)
  return run.ok ? reported(ratings, run.value.estimates, options) : run
}

/** Standard errors in logits beyond which nothing was learnt: the likelihood has no finite top. */
const NOTHING_LEARNT = 50

interface Located {
  readonly measure: number
  readonly se: number
}

const sound = ({ measure: value, se }: Located) => Number.isFinite(value) && se < NOTHING_LEARNT

function unsound(column: Float64Array, variances: Float64Array): boolean {
  for (let at = 0; at < column.length; at++)
    if (!Number.isFinite(column[at]!) || !(variances[at]! < NOTHING_LEARNT ** 2)) return true
  return false
}

/** The measurement, unless an element or a step is measured so widely that its value is an accident. */
export function reported(
  ratings: Ratings,
  estimates: Estimates,
  options: MeasureOptions,
): Checked<Measurement> {
  const measurement = assemble(ratings, estimates, options)
  const { items, occasions, steps } = measurement
  // Persons and raters are many: their columns are looked through before measures are made of them.
  const persons = unsound(estimates.person, estimates.personVariance) ? measurement.persons : []
  const raters = unsound(estimates.rater, estimates.raterVariance) ? measurement.raters : []
  const wild = [persons, raters, items, occasions].flatMap((facet) =>
    facet.filter((one) => !sound(one)).map((one) => one.id),
  )
  const wildSteps = steps.filter((one) => !sound(one)).map((one) => `step ${one.category}`)
  if (wild.length + wildSteps.length === 0) return { ok: true, value: measurement }
  const ids = [...wild, ...wildSteps].slice(0, 20)
  const message = `no finite estimate: ${ids.join(', ')} (standard errors above ${NOTHING_LEARNT} logits)`
  return refused(
    'separated',
    message,
    'ratings in which the categories that items are given overlap; joint maximum likelihood asks less of them',
    ids,
  )
}
