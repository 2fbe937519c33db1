// Whether an expectation is met, likely, open or not known, and the thresholds that say so.
import type { CompetencyEstimate } from '../assess/profile.ts'
import type { ExpectationState } from './model.ts'

/** From this probability of being at the expected level an expectation counts as met. */
export const MET_FROM = 0.9
/** From this probability it is likely; below, it is open. */
export const LIKELY_FROM = 0.5

/** What a state rests on beside its probability. */
export type Told = Pick<CompetencyEstimate, 'answered' | 'scoredUpTo' | 'notShownFrom'>

/**
 * Whether own answers speak of a level. That it is reached only a scored answer at the level or above can say: lower ones
 * alone show no higher one. That it is not reached can be said by one at the level below as well, or by a behaviour of that
 * level or a lower one that was not shown. "No opportunity" says nothing.
 */
function isTold(probability: number, level: number, { answered, scoredUpTo, notShownFrom }: Told): boolean {
  if (answered === 0) return false
  if (probability >= LIKELY_FROM) return scoredUpTo >= level
  return scoredUpTo >= level - 1 || (notShownFrom !== null && notShownFrom <= level)
}

/** Not known where no own answer speaks of the level, however (im)probable the general level makes it. */
export function expectationState(probability: number, level: number, told: Told): ExpectationState {
  if (!isTold(probability, level, told)) return 'not-known'
  if (probability >= MET_FROM) return 'met'
  return probability >= LIKELY_FROM ? 'likely' : 'open'
}
