// A person's location from scored answers to items with known response functions, on one dimension.
import { categoryDerivatives, itemInformation, warmNumerator } from './information.ts'
import { categoryProbabilities, type ResponseItem } from './response-functions.ts'

/** One answered item; a missing answer is left out. */
export interface ScoredItem {
  readonly item: ResponseItem
  readonly score: number
}

/**
 * `ml` maximum likelihood, `map` posterior mode, `eap` posterior mean, `wle` Warm's weighted likelihood (1989; for
 * several categories Samejima 1998), which removes the first-order bias of `ml` and stays finite.
 */
export type EstimateMethod = 'ml' | 'map' | 'eap' | 'wle'

export interface EstimateOptions {
  readonly method: EstimateMethod
  /** Normal prior of `map` and `eap`. */
  readonly prior?: { readonly mean: number; readonly sd: number }
  /** Where the estimate is looked for, in logits. */
  readonly range?: readonly [low: number, high: number]
  /** Quadrature points of `eap` over the range. */
  readonly points?: number
  /**
   * What the standard error of the other methods is made of: the expected information (the default), or the observed
   * curvature of the function that the method maximises, as mirt reports it. For partial credit they agree for `ml`.
   */
  readonly curvature?: 'expected' | 'observed'
}

export interface LocationEstimate {
  readonly theta: number
  /** `eap`: posterior SD. `map`: (I + 1/sd^2)^-1/2, `ml` and `wle`: I^-1/2 with the information I at theta. */
  readonly se: number
  /** The estimate lies at an end of the range: the answers set no limit on that side (all lowest or all highest). */
  readonly atBound: boolean
}

const STANDARD_NORMAL = { mean: 0, sd: 1 }
const RANGE = [-20, 20] as const

export function logLikelihood(answers: readonly ScoredItem[], theta: number): number {
  return answers.reduce(
    (sum, { item, score }) => sum + Math.log(categoryProbabilities(item, theta)[score]!),
    0,
  )
}

/** Total Fisher information of the answered items at `theta`. */
export function testInformation(answers: readonly ScoredItem[], theta: number): number {
  return answers.reduce((sum, { item }) => sum + itemInformation(item, theta), 0)
}

/** The person's location with its standard error, in logits. Throws a RangeError for a score that an item does not have. */
export function estimateLocation(answers: readonly ScoredItem[], options: EstimateOptions): LocationEstimate {
  for (const [i, { item, score }] of answers.entries()) {
    const highest = categoryProbabilities(item, 0).length - 1
    if (!Number.isInteger(score) || score < 0 || score > highest)
      throw new RangeError(`answers[${i}].score: expected 0-${highest}, got ${score}`)
  }
  const { method, prior = STANDARD_NORMAL } = options
  if (method === 'eap') return posteriorMean(answers, options)
  const slope = (theta: number): number => {
    let sum = 0
    let bias = 0
    for (const { item, score } of answers) {
      const { p, first } = categoryDerivatives(item, theta)
      if (p[score]! > 0) sum += first[score]! / p[score]!
      if (method === 'wle') bias += warmNumerator(item, theta)
    }
    if (method === 'wle') sum += bias / (2 * testInformation(answers, theta))
    return method === 'map' ? sum - (theta - prior.mean) / prior.sd ** 2 : sum
  }
  const { theta, atBound } = rootOfSlope(slope, options.range ?? RANGE)
  const information =
    options.curvature === 'observed'
      ? -derivativeOf(slope, theta)
      : testInformation(answers, theta) + (method === 'map' ? 1 / prior.sd ** 2 : 0)
  return { theta, se: 1 / Math.sqrt(information), atBound }
}

/** A derivative by four points (five-point stencil); the error is of the order of 1e-12 for slopes of this kind. */
function derivativeOf(f: (x: number) => number, x: number): number {
  const h = 1e-3
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)
}

function posteriorMean(answers: readonly ScoredItem[], options: EstimateOptions): LocationEstimate {
  const { prior = STANDARD_NORMAL, points = 121 } = options
  const [low, high] = options.range ?? [prior.mean - 6 * prior.sd, prior.mean + 6 * prior.sd]
  const step = (high - low) / (points - 1)
  const nodes = Array.from({ length: points }, (_, i) => low + i * step)
  const logs = nodes.map(
    (theta) => logLikelihood(answers, theta) - 0.5 * ((theta - prior.mean) / prior.sd) ** 2,
  )
  const largest = Math.max(...logs)
  const weights = logs.map((log, i) => Math.exp(log - largest) * (i === 0 || i === points - 1 ? 0.5 : 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const theta = weights.reduce((sum, weight, i) => sum + weight * nodes[i]!, 0) / total
  const variance = weights.reduce((sum, weight, i) => sum + weight * (nodes[i]! - theta) ** 2, 0) / total
  return { theta, se: Math.sqrt(variance), atBound: false }
}

/** The zero of a slope that falls through it; an end of the range where the slope never changes sign. */
function rootOfSlope(
  slope: (theta: number) => number,
  [low, high]: readonly [number, number],
): { theta: number; atBound: boolean } {
  const cells = 40
  const width = (high - low) / cells
  const values = Array.from({ length: cells + 1 }, (_, i) => slope(low + i * width))
  const crossing = values.findIndex((value, i) => i > 0 && values[i - 1]! >= 0 && value < 0)
  if (crossing < 0) return { theta: values.some((value) => value > 0) ? high : low, atBound: true }
  let left = low + (crossing - 1) * width
  let right = left + width
  for (let i = 0; i < 60; i++) {
    const middle = (left + right) / 2
    if (slope(middle) >= 0) left = middle
    else right = middle
  }
  return { theta: (left + right) / 2, atBound: false }
}
