// From ratings to estimates: checks, blocks, links, and the estimator asked for.
import { parseAnchors, type Anchors } from './anchors.ts'
import { blocksOf } from './blocks.ts'
import { connectivity } from './connectivity.ts'
import { crossedEstimates, type Carried } from './crossed-estimates.ts'
import type { Estimates } from './estimates.ts'
import { jointEstimates } from './joint.ts'
import { marginalEstimates } from './marginal.ts'
import type { MeasureOptions } from './measurement.ts'
import type { RaterSystem } from './rater-system.ts'
import { parseRatings, type Ratings } from './ratings.ts'
import type { Checked } from './refusals.ts'

export interface EstimateRun {
  readonly estimates: Estimates
  /** The linear system behind the standard errors, for exact contrasts; only the default estimator has one. */
  readonly system?: RaterSystem
  /** What an update of this run starts from; only the default estimator has it. */
  readonly carried?: Carried
  readonly anchors?: Anchors
}

/** Checks the ratings and runs the estimator of `options`; refusals name what is missing. */
export function estimate(ratings: Ratings, options: MeasureOptions): Checked<EstimateRun> {
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
    return run.ok ? { ok: true, value: { ...run.value, anchors: anchors.value } } : run
  }
  const other = estimator === 'mml' ? marginalEstimates : jointEstimates
  const found = other(ratings, blocks.value, connected, anchors.value, options)
  return found.ok ? { ok: true, value: { estimates: found.value } } : found
}
