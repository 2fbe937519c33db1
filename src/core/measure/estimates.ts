// What every estimator hands on: locations of all elements with their variances, before they become a report.
import type { Blocks } from './blocks.ts'
import type { Connectivity } from './connectivity.ts'
import type { Estimator, VarianceComponents } from './measurement.ts'
import type { Caution } from './refusals.ts'
import type { StepParameters } from './step-model.ts'

export interface Estimates {
  readonly estimator: Estimator
  readonly blocks: Blocks
  readonly connected: Connectivity
  readonly parameters: StepParameters
  readonly u: Float64Array
  readonly beta: Float64Array
  /** Covariance of u (free x free), joint with the other facets. */
  readonly stepCovariance: Float64Array
  readonly person: Float64Array
  readonly rater: Float64Array
  readonly occasion: Float64Array
  readonly personVariance: Float64Array
  readonly raterVariance: Float64Array
  readonly occasionVariance: Float64Array
  readonly groups: readonly { readonly measure: number; readonly variance: number }[]
  /** Location of each block at which expected scores are taken (with its dyad effect where there is one). */
  readonly location: Float64Array
  /** Location of each block from the main effects alone. */
  readonly mainLocation: Float64Array
  /** Posterior variance of each block's dyad effect, where the estimator has one. */
  readonly dyadVariance?: Float64Array
  /** Elements whose score is extreme: -1 lowest, 1 highest (joint estimation measures them by an adjusted score). */
  readonly extremePerson: Int8Array
  readonly extremeRater: Int8Array
  readonly extremeItem: Int8Array
  /** Variance of the location of items that were set aside and placed afterwards; absent where none were. */
  readonly asideItemVariance?: Float64Array
  readonly anchoredPerson: Uint8Array
  readonly anchoredRater: Uint8Array
  readonly anchoredItem: Uint8Array
  readonly variance: VarianceComponents
  readonly logLikelihood: number
  readonly iterations: number
  readonly gradient: number
  readonly standardErrors: 'exact' | 'stochastic'
  readonly cautions: readonly Caution[]
}
