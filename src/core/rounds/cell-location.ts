// Locates one cell of ratings on the scale of a round: a posterior mode with a normal prior, by Newton's method.
import { barOffset, type LevelScale } from '../assess/level-scale.ts'

/** Steps 0|1 and 1|2 around a behaviour's location, in logits: expert-set, as in the self-assessment ("with help" first). */
export const STEPS: readonly [number, number] = [-0.5, 0.5]

const RATED_OFFSET = barOffset({ weights: [1, 1], offsets: STEPS })

/**
 * A scale of levels as ratings of a round are read on it: a bar is where a behaviour of its level is shown with
 * probability 2/3 under these steps, which are not those of the self-assessment.
 */
export function ratedScale(scale: LevelScale): LevelScale {
  return { ...scale, barOffset: RATED_OFFSET }
}

/** One rating: the score 0-2, and where its behaviour lies for this rater (location plus severity), in logits. */
export interface Judgement {
  readonly rater: string
  readonly score: number
  readonly location: number
  /** Standard error of the severity in `location`; 0 where none was taken out. */
  readonly locationSe: number
}

export interface CellLocation {
  readonly measure: number
  readonly se: number
  /** Share of the prior in the measure, 0 to 1. */
  readonly shrinkage: number
}

/**
 * The mode of the rating scale likelihood (Andrich 1978, Psychometrika 43, 561-573) with prior N(mean, sd^2). The
 * variance adds to 1/precision what is not known of the prior's mean (`meanSe`, by its share) and of the raters'
 * severities (each by its share of the information).
 */
export function locate(
  judgements: readonly Judgement[],
  prior: { readonly mean: number; readonly meanSe: number; readonly sd: number },
): CellLocation {
  const weight = 1 / prior.sd ** 2
  let theta = prior.mean
  let precision = weight
  for (let step = 0; step < 100; step++) {
    let slope = -(theta - prior.mean) * weight
    precision = weight
    for (const { score, location } of judgements) {
      const { mean, variance } = momentsAt(theta - location)
      slope += score - mean
      precision += variance
    }
    const move = Math.max(-1, Math.min(1, slope / precision))
    theta += move
    if (Math.abs(move) < 1e-10) break
  }
  const shares = new Map<string, { share: number; se: number }>()
  for (const { rater, location, locationSe } of judgements) {
    const share = (shares.get(rater)?.share ?? 0) + momentsAt(theta - location).variance / precision
    shares.set(rater, { share, se: locationSe })
  }
  const shrinkage = weight / precision
  let variance = 1 / precision + (shrinkage * prior.meanSe) ** 2
  for (const { share, se } of shares.values()) variance += (share * se) ** 2
  return { measure: theta, se: Math.sqrt(variance), shrinkage }
}

/** Mean and variance of the score at a distance above a behaviour's location, in logits. */
function momentsAt(distance: number): { mean: number; variance: number } {
  const one = distance - STEPS[0]
  const two = 2 * distance - STEPS[0] - STEPS[1]
  const most = Math.max(0, one, two)
  const weights = [Math.exp(-most), Math.exp(one - most), Math.exp(two - most)] as const
  const total = weights[0] + weights[1] + weights[2]
  const mean = (weights[1] + 2 * weights[2]) / total
  return { mean, variance: (weights[1] + 4 * weights[2]) / total - mean ** 2 }
}
