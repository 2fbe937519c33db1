// Sequential tests of which side of a cut a person is on, on one dimension, by likelihood ratio or by interval.
import type { Decision } from './decision.ts'
import { estimateLocation, logLikelihood, type LocationEstimate, type ScoredItem } from './person-estimate.ts'

export interface SequentialTest {
  /** The cut in logits. */
  readonly cut: number
  /** Half-width of the zone of indifference around the cut, in logits. */
  readonly delta: number
  /** Error rate of calling a person above who is below, and the other way round. */
  readonly alpha: number
  readonly beta: number
}

export interface RatioDecision {
  readonly logRatio: number
  readonly decision: Decision
}

function byRatio(logRatio: number, { alpha, beta }: SequentialTest): RatioDecision {
  if (logRatio >= Math.log((1 - beta) / alpha)) return { logRatio, decision: 'above' }
  return { logRatio, decision: logRatio <= Math.log(beta / (1 - alpha)) ? 'below' : 'cannot tell' }
}

/** Wald's sequential probability ratio test (1947) of cut + delta against cut - delta, with his bounds. */
export function ratioTest(answers: readonly ScoredItem[], test: SequentialTest): RatioDecision {
  const { cut, delta } = test
  return byRatio(logLikelihood(answers, cut + delta) - logLikelihood(answers, cut - delta), test)
}

/**
 * Generalised likelihood ratio (Bartroff, Finkelman & Lai 2008; Thompson 2009): the best likelihood at or above
 * cut + delta against the best at or below cut - delta, within `range`; Wald's bounds.
 */
export function generalisedRatioTest(
  answers: readonly ScoredItem[],
  test: SequentialTest,
  range: readonly [low: number, high: number],
): RatioDecision {
  const { cut, delta } = test
  const { theta } = estimateLocation(answers, { method: 'ml', range })
  const above = logLikelihood(answers, Math.max(theta, cut + delta))
  const below = logLikelihood(answers, Math.min(theta, cut - delta))
  return byRatio(above - below, test)
}

/** The side of the cut on which the whole interval estimate +- z standard errors lies. */
export function intervalTest({ theta, se }: LocationEstimate, cut: number, z = 1.959963984540054): Decision {
  if (theta - z * se > cut) return 'above'
  return theta + z * se < cut ? 'below' : 'cannot tell'
}
