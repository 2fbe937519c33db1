// Item response functions: the probability of each score as a function of the person's location.

/** Probability of a right answer by the logistic model with up to four parameters (Barton & Lord 1981). */
export interface LogisticItem {
  readonly kind: 'logistic'
  readonly discrimination: number
  readonly difficulty: number
  /** Lower asymptote (guessing), 0 when absent. */
  readonly lower?: number
  /** Upper asymptote (slipping), 1 when absent. */
  readonly upper?: number
}

/** Samejima's graded response model (1969): P(score >= k) = logistic(a (theta - b_k)), b increasing. */
export interface GradedItem {
  readonly kind: 'graded'
  readonly discrimination: number
  readonly thresholds: readonly number[]
}

/**
 * Adjacent-category model: log P(k)/P(k-1) = a (theta - d_k). Muraki's generalised partial credit (1992);
 * Masters' partial credit (1982) with a = 1; Andrich's rating scale (1978) with d_k = delta + tau_k.
 */
export interface AdjacentItem {
  readonly kind: 'adjacent'
  readonly discrimination: number
  readonly thresholds: readonly number[]
}

export type ResponseItem = LogisticItem | GradedItem | AdjacentItem

/** A rating-scale item at `location` (delta) with the common `steps` (tau). */
export function ratingScaleItem(location: number, steps: readonly number[]): AdjacentItem {
  return { kind: 'adjacent', discrimination: 1, thresholds: steps.map((step) => location + step) }
}

/** Scores 0..m of an item: m + 1. */
export function categoriesOf(item: ResponseItem): number {
  return item.kind === 'logistic' ? 2 : item.thresholds.length + 1
}

const logistic = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))

/** Probabilities of scores 0..m at `theta` (they sum to 1), in a new array. */
export function categoryProbabilities(item: ResponseItem, theta: number): Float64Array {
  const categories = categoriesOf(item)
  const out = new Float64Array(categories)
  if (item.kind === 'logistic') {
    const lower = item.lower ?? 0
    const upper = item.upper ?? 1
    const right = lower + (upper - lower) * logistic(item.discrimination * (theta - item.difficulty))
    out[0] = 1 - right
    out[1] = right
    return out
  }
  const { thresholds, discrimination } = item
  if (item.kind === 'graded') {
    for (let k = 0; k < categories; k++) {
      const low = k === 0 ? Infinity : discrimination * (theta - thresholds[k - 1]!)
      const high = k === categories - 1 ? -Infinity : discrimination * (theta - thresholds[k]!)
      // In the upper tail both cumulatives round to 1: subtract the complements there.
      out[k] = high > 0 ? logistic(-high) - logistic(-low) : logistic(low) - logistic(high)
    }
    return out
  }
  let exponent = 0
  let largest = 0
  for (let k = 1; k < categories; k++) {
    exponent += discrimination * (theta - thresholds[k - 1]!)
    out[k] = exponent
    if (exponent > largest) largest = exponent
  }
  let total = 0
  for (let k = 0; k < categories; k++) total += out[k] = Math.exp(out[k]! - largest)
  for (let k = 0; k < categories; k++) out[k]! /= total
  return out
}

/** Probabilities of scores 0..m of a rating-scale item, `theta`, `location` and `steps` in logits (Andrich 1978). */
export function ratingScaleProbabilities(
  theta: number,
  location: number,
  steps: readonly number[],
): Float64Array {
  return categoryProbabilities(ratingScaleItem(location, steps), theta)
}
