// Many-facet measurement: ratings in, measures with their precision out. The entry of the engine.
import { parseAnchors } from './anchors.ts'
import { assemble } from './assemble.ts'
import { blocksOf } from './blocks.ts'
import { connectivity } from './connectivity.ts'
import { crossedEstimates } from './crossed-estimates.ts'
import { jointEstimates } from './joint.ts'
import { marginalEstimates } from './marginal.ts'
import type { Measurement, MeasureOptions } from './measurement.ts'
import { parseRatings, type Ratings } from './ratings.ts'
import type { Checked } from './refusals.ts'

export { parseRatingRows, parseRatings } from './ratings.ts'

/**
 * Measures persons, raters and items on one scale of logits: log P(k)/P(k-1) = person - item - rater - occasion -
 * step(k). The default estimator (`cml`) estimates items and steps conditional on block totals and then persons,
 * severities and dyads as crossed random effects; `jml`, `jml-eps` and `mml` are comparable with FACETS, immer and
 * TAM. Severity is positive for a harsh rater, items positive when hard, persons positive when able; items sum to zero,
 * and raters within each connected subset, unless anchored. Pass the `solution` of an earlier run as `options.start`
 * for a warm run: the result is that of a cold one. Returns refusals, never an infinite or silent number.
 */
export function measure(ratings: Ratings, options: MeasureOptions = {}): Checked<Measurement> {
  const checked = parseRatings(ratings)
  if (!checked.ok) return checked
  const anchors = parseAnchors(ratings, options.anchors)
  if (!anchors.ok) return anchors
  const blocks = blocksOf(ratings)
  if (!blocks.ok) return blocks
  const { persons, raters } = anchors.value
  const anchored = (facet: 'person' | 'rater', at: number) =>
    !Number.isNaN(facet === 'person' ? persons[at]! : raters[at]!)
  const connected = connectivity(blocks.value, ratings.raterIds.length, anchored)
  const estimator = options.estimator ?? 'cml'
  if (estimator === 'cml') {
    const run = crossedEstimates(ratings, blocks.value, connected, anchors.value, options)
    return run.ok ? { ok: true, value: assemble(ratings, run.value.estimates, options) } : run
  }
  const estimates =
    estimator === 'mml'
      ? marginalEstimates(ratings, blocks.value, connected, anchors.value, options)
      : jointEstimates(ratings, blocks.value, connected, anchors.value, options)
  return estimates.ok ? { ok: true, value: assemble(ratings, estimates.value, options) } : estimates
}
