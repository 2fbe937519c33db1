// How likely each answer to a behaviour is: an adjacent-category model in which showing it is the step that counts.

/**
 * Steps of the scored answers around a behaviour's location. `weights` say how much one step up adds to the score
 * that counts; `offsets` (in units of the log odds) say how rare the step is: a step of weight w > 0 lies
 * offset / w logits above the behaviour's location.
 */
export interface AnswerSteps {
  readonly weights: readonly number[]
  readonly offsets: readonly number[]
}

/**
 * The step that counts is from "with help" to "on my own": from there on a behaviour is shown, and bars are set on what
 * is shown. Help is a smaller step before it. Leading others in a behaviour or setting how it is done says more of a
 * person's part in the work than of the level of the work: those steps weigh nothing, so that neither an expert who
 * does small things alone nor a beginner who leads everybody in them is placed by that.
 */
export const ANSWER_STEPS: AnswerSteps = { weights: [0.5, 1.75, 0, 0], offsets: [-0.5, 0, 0.6, 0.7] }

/**
 * Probabilities of scores 0..m at `theta` for a behaviour at `location` (logits), in a new array summing to 1:
 * log P(k)/P(k-1) = w_k (theta - location) - c_k. With all weights 1 this is Andrich's rating scale model with steps c; with
 * others the polytomous Rasch model with Andersen's scoring function (Andersen 1977, Psychometrika 42, 69-81).
 */
export function answerProbabilities(
  theta: number,
  location: number,
  { weights, offsets }: AnswerSteps,
): Float64Array {
  const out = new Float64Array(weights.length + 1)
  let exponent = 0
  let largest = 0
  for (let k = 1; k < out.length; k++) {
    exponent += weights[k - 1]! * (theta - location) - offsets[k - 1]!
    out[k] = exponent
    if (exponent > largest) largest = exponent
  }
  let total = 0
  for (let k = 0; k < out.length; k++) total += out[k] = Math.exp(out[k]! - largest)
  for (let k = 0; k < out.length; k++) out[k]! /= total
  return out
}
