// Marginal maximum likelihood (as TAM).
import type { Anchors } from './anchors.ts'
import type { Blocks } from './blocks.ts'
import type { Connectivity } from './connectivity.ts'
import type { Estimates } from './estimates.ts'
import type { MeasureOptions } from './measurement.ts'
import type { Ratings } from './ratings.ts'
import { refused, type Checked } from './refusals.ts'

export function marginalEstimates(_r: Ratings, _b: Blocks, _c: Connectivity, _a: Anchors, _o: MeasureOptions): Checked<Estimates> {
  return refused('too-large-for-estimator', 'later', 'later')
}
