// Whether an expectation is met, likely, open or not known, and the thresholds that say so.
import type { CompetencyEstimate } from '../assess/profile.ts'
import type { ExpectationState } from './model.ts'

/** From this probability of being at the expected level an expectation counts as met. */
export const MET_FROM = 0.9
/** From this probability it is likely; below, it is open. */
export const LIKELY_FROM = 0.5

/**
 * Without a scored answer to the competency an expectation is not known, however probable the general level makes it;
 * nor is it met or likely where no scored answer reaches its level: lower levels alone show no higher one.
 */
export function expectationState(
  probability: number,
  level: number,
  { answered, scoredUpTo }: Pick<CompetencyEstimate, 'answered' | 'scoredUpTo'>,
): ExpectationState {
  if (answered === 0) return 'not-known'
  if (scoredUpTo < level && probability >= LIKELY_FROM) return 'not-known'
  if (probability >= MET_FROM) return 'met'
  return probability >= LIKELY_FROM ? 'likely' : 'open'
}
