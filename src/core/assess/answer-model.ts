// How likely each answer to a behaviour is: an adjacent-category model whose upper answers weigh less.

/**
 * Steps of the scored answers around a behaviour's location. `locations` are in logits. `weights` say how much one
 * step up adds to the score that counts: 1 for the first two steps, less where the answer says more of a person's
 * part in the work than of the level of the work.
 */
export interface AnswerSteps {
  readonly locations: readonly number[]
  readonly weights: readonly number[]
}

/**
 * "With help" comes before "on my own". Whoever shows a behaviour of level L leads others in it from about two levels
 * higher on and sets how it is done from about four, and both only tend to: at a quarter of the weight, an expert
 * who does the small things on their own, and says so, is not taken for a beginner.
 */
export const ANSWER_STEPS: AnswerSteps = { locations: [-0.75, 0, 5, 9], weights: [1, 1, 0.25, 0.25] }

/**
 * Probabilities of scores 0..m at `theta` for a behaviour at `location` (logits), in a new array summing to 1:
 * log P(k)/P(k-1) = w_k (theta - location - tau_k). With all weights 1 this is Andrich's rating scale model; with others
 * it is the polytomous Rasch model with Andersen's scoring function (Andersen 1977, Psychometrika 42, 69-81).
 */
export function answerProbabilities(
  theta: number,
  location: number,
  { locations, weights }: AnswerSteps,
): Float64Array {
  const out = new Float64Array(locations.length + 1)
  let exponent = 0
  let largest = 0
  for (let k = 1; k < out.length; k++) {
    exponent += weights[k - 1]! * (theta - location - locations[k - 1]!)
    out[k] = exponent
    if (exponent > largest) largest = exponent
  }
  let total = 0
  for (let k = 0; k < out.length; k++) total += out[k] = Math.exp(out[k]! - largest)
  for (let k = 0; k < out.length; k++) out[k]! /= total
  return out
}
