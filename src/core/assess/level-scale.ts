// Where proficiency levels and bars lie in logits before data have moved them, and the way back to levels.
import { SHOWS_FROM } from './answers.ts'
import { ANSWER_STEPS, answerProbabilities, type AnswerSteps } from './answer-model.ts'

/** Logits between neighbouring levels on a scale of up to five levels. */
export const LEVEL_SPACING = 2.25
/** Logits from the lowest to the highest level that a scale of more than five levels divides among its levels. */
const LONGEST_RANGE = 9

/** The share of a level's behaviours that a person at its bar shows (the RP67 convention of standard setting). */
export const BAR_PROBABILITY = 2 / 3

/** A scale's levels 1..n in logits: level L lies at `(L - (n + 1) / 2) * spacing`, its bar `barOffset` above. */
export interface LevelScale {
  /** Number of proficiency levels n, at least 1; level 0 is everything under the bar of level 1. */
  readonly levels: number
  readonly spacing: number
  /** Bar of a level minus the level's location. */
  readonly barOffset: number
}

/** Probability, 0-1, that a behaviour at `location` with these steps is shown ("on my own" or more) at `theta`. */
export function showProbability(theta: number, location: number, steps: AnswerSteps = ANSWER_STEPS): number {
  const probabilities = answerProbabilities(theta, location, steps)
  let shown = 0
  for (let score = SHOWS_FROM; score < probabilities.length; score++) shown += probabilities[score]!
  return shown
}

/** The distance in logits from a behaviour's location to where it is shown with `BAR_PROBABILITY`, by bisection. */
export function barOffset(steps: AnswerSteps = ANSWER_STEPS): number {
  let low = -30
  let high = 30
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (showProbability(middle, 0, steps) < BAR_PROBABILITY) low = middle
    else high = middle
  }
  return (low + high) / 2
}

const DEFAULT_OFFSET = barOffset()

/** The expert-set scale of `levels` (at least 1) proficiency levels, centred on 0 logits. */
export function levelScale(levels: number): LevelScale {
  if (!Number.isInteger(levels) || levels < 1)
    throw new RangeError(`levels: expected a whole number from 1, got ${levels}`)
  return {
    levels,
    spacing: levels <= 5 ? LEVEL_SPACING : LONGEST_RANGE / (levels - 1),
    barOffset: DEFAULT_OFFSET,
  }
}

/** Location in logits at which behaviours anchored at `level` start. */
export function levelLocation(scale: LevelScale, level: number): number {
  return (level - (scale.levels + 1) / 2) * scale.spacing
}

/** Location in logits of the bar of `level`. */
export function barOf(scale: LevelScale, level: number): number {
  return levelLocation(scale, level) + scale.barOffset
}

/** Continuous position on the proficiency scale, 0..n: bar L is L, half-way to the next bar is L + 0.5; ends clamp. */
export function positionOf(scale: LevelScale, theta: number): number {
  return Math.min(scale.levels, Math.max(0, unboundedPosition(scale, theta)))
}

/** Past which end of the proficiency scale something lies; null for on the scale. */
export type Beyond = 'below' | 'above' | null

/**
 * Past which end of the scale `theta` lies, where `positionOf` clamps. There is no bar above the highest level and none
 * under the first, so how far past an end a person is cannot be said in levels.
 */
export function beyondOf(scale: LevelScale, theta: number): Beyond {
  const position = unboundedPosition(scale, theta)
  return position < 0 ? 'below' : position > scale.levels ? 'above' : null
}

function unboundedPosition(scale: LevelScale, theta: number): number {
  return 1 + (theta - barOf(scale, 1)) / scale.spacing
}
