// Derivatives of the response functions, and the information that an item gives about a person's location.
import { categoryProbabilities, type ResponseItem } from './response-functions.ts'

/** P(score), its first and second derivative by theta, each for scores 0..m. */
export interface CategoryDerivatives {
  readonly p: Float64Array
  readonly first: Float64Array
  readonly second: Float64Array
}

/** Probabilities of scores 0..m at `theta` with their first two derivatives. */
export function categoryDerivatives(item: ResponseItem, theta: number): CategoryDerivatives {
  const p = categoryProbabilities(item, theta)
  const first = new Float64Array(p.length)
  const second = new Float64Array(p.length)
  const a = item.discrimination
  if (item.kind === 'adjacent') {
    let mean = 0
    let square = 0
    for (let k = 1; k < p.length; k++) {
      mean += k * p[k]!
      square += k * k * p[k]!
    }
    const variance = square - mean * mean
    for (let k = 0; k < p.length; k++) {
      first[k] = a * p[k]! * (k - mean)
      second[k] = a * a * p[k]! * ((k - mean) ** 2 - variance)
    }
    return { p, first, second }
  }
  const thresholds = item.kind === 'graded' ? item.thresholds : [item.difficulty]
  const height = item.kind === 'graded' ? 1 : (item.upper ?? 1) - (item.lower ?? 0)
  for (let k = 0; k < thresholds.length; k++) {
    const x = a * (theta - thresholds[k]!)
    const e = Math.exp(-Math.abs(x))
    const slope = e / (1 + e) ** 2
    const bend = (slope * (x >= 0 ? e - 1 : 1 - e)) / (1 + e)
    first[k]! -= height * a * slope
    first[k + 1]! += height * a * slope
    second[k]! -= height * a * a * bend
    second[k + 1]! += height * a * a * bend
  }
  return { p, first, second }
}

/** Fisher information of an item at `theta`, in logits^-2: sum over scores of P'^2 / P. */
export function itemInformation(item: ResponseItem, theta: number): number {
  const { p, first } = categoryDerivatives(item, theta)
  let sum = 0
  for (let k = 0; k < p.length; k++) if (p[k]! > 0) sum += first[k]! ** 2 / p[k]!
  return sum
}

/** Derivative of the Fisher information by theta: sum over scores of 2 P' P'' / P - P'^3 / P^2. */
export function informationSlope(item: ResponseItem, theta: number): number {
  const { p, first, second } = categoryDerivatives(item, theta)
  let sum = 0
  for (let k = 0; k < p.length; k++) {
    if (p[k]! > 0) sum += (2 * first[k]! * second[k]!) / p[k]! - first[k]! ** 3 / p[k]! ** 2
  }
  return sum
}

/** Samejima's J, sum over scores of P' P'' / P: Warm's weighted likelihood adds J / (2 I) to the score function. */
export function warmNumerator(item: ResponseItem, theta: number): number {
  const { p, first, second } = categoryDerivatives(item, theta)
  let sum = 0
  for (let k = 0; k < p.length; k++) if (p[k]! > 0) sum += (first[k]! * second[k]!) / p[k]!
  return sum
}
