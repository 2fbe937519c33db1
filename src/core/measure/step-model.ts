// Items and steps as parameters: rating-scale and partial-credit forms, unused categories, anchors, and sum-to-zero.
import type { StepModel } from './measurement.ts'

/**
 * Category k of item i costs beta_ik, the sum of its thresholds up to k: P(k) is proportional to
 * exp(k (theta - lambda) - beta_ik). All forms are linear: beta = offset + design u with free parameters u, so one
 * Newton step serves every estimator. A category that nobody used is left out of the scale (weight zero) rather than
 * given an infinite threshold. Rating scale (Andrich 1978): beta_ik = k delta_i + T_k, items and steps sum to zero;
 * partial credit (Masters 1982): beta_ik free, item locations (mean thresholds) sum to zero.
 */
export interface StepParameters {
  readonly model: StepModel
  readonly items: number
  readonly categories: number
  /** 1 where category k of item i has any rating (items x categories). */
  readonly used: Uint8Array
  readonly free: number
  /** (items x categories) x free, row by row. */
  readonly design: Float64Array
  readonly offset: Float64Array
  /** Lowest and highest used category of each item. */
  readonly low: Int32Array
  readonly high: Int32Array
}

export interface StepAnchors {
  /** NaN where the item is free. */
  readonly items: Float64Array
  /** T_k of the rating-scale form (length categories), where the steps are anchored. */
  readonly cumulativeSteps?: Float64Array
  /** Not 0 where an item is left out of the estimation; its location stays 0 until it is placed afterwards. */
  readonly aside?: Int8Array
}

/** Whether a category is used by each item (partial credit) or by any (rating scale). */
function usedCategories(
  model: StepModel,
  counts: Float64Array,
  items: number,
  categories: number,
): Uint8Array {
  const used = Uint8Array.from(counts, (count) => (count > 0 ? 1 : 0))
  if (model === 'pcm') return used
  for (let k = 0; k < categories; k++) {
    let any = 0
    for (let i = 0; i < items; i++) any |= used[i * categories + k]!
    for (let i = 0; i < items; i++) used[i * categories + k] = any
  }
  return used
}

/** Sets up the parameters for the category counts (items x categories); `anchors` fix items or steps. */
export function stepParameters(
  model: StepModel,
  counts: Float64Array,
  items: number,
  categories: number,
  anchors: StepAnchors,
): StepParameters {
  const used = usedCategories(model, counts, items, categories)
  if (anchors.cumulativeSteps && model === 'rsm') used.fill(1)
  const low = new Int32Array(items)
  const high = new Int32Array(items)
  for (let i = 0; i < items; i++) {
    const row = used.subarray(i * categories, (i + 1) * categories)
    low[i] = Math.max(0, row.indexOf(1))
    high[i] = Math.max(0, row.lastIndexOf(1))
  }
  const size = items * categories
  const columns: Float64Array[] = []
  const offset = new Float64Array(size)
  const anchored = (i: number) => !Number.isNaN(anchors.items[i]!)
  const inside = Array.from({ length: items }, (_, i) => i).filter((i) => !anchors.aside?.[i])
  const open = inside.filter((i) => !anchored(i))
  const balanced = open.length === inside.length
  for (let i = 0; i < items; i++) {
    if (anchored(i))
      for (let k = 0; k < categories; k++)
        offset[i * categories + k] = (k - (model === 'pcm' ? low[i]! : 0)) * anchors.items[i]!
  }
  const reference = balanced ? open.at(-1)! : -1
  for (const i of open) {
    if (i === reference) continue
    const column = new Float64Array(size)
    for (let k = 0; k < categories; k++) {
      column[i * categories + k] = model === 'pcm' ? k - low[i]! : k
      if (reference >= 0) column[reference * categories + k] = model === 'pcm' ? low[reference]! - k : -k
    }
    columns.push(column)
  }
  if (model === 'rsm' && anchors.cumulativeSteps) {
    for (let c = 0; c < size; c++) offset[c]! += anchors.cumulativeSteps[c % categories]!
  } else if (model === 'rsm') {
    for (let k = low[0]! + 1; k < high[0]!; k++) {
      if (!used[k]) continue
      const column = new Float64Array(size)
      for (let i = 0; i < items; i++) column[i * categories + k] = 1
      columns.push(column)
    }
  } else {
    for (const i of inside) {
      for (let k = low[i]! + 1; k < high[i]!; k++) {
        if (!used[i * categories + k]) continue
        const column = new Float64Array(size)
        column[i * categories + k] = 1
        columns.push(column)
      }
    }
  }
  const free = columns.length
  const design = new Float64Array(size * free)
  for (const [q, column] of columns.entries())
    for (let c = 0; c < size; c++) design[c * free + q] = column[c]!
  return { model, items, categories, used, free, design, offset, low, high }
}

/** beta (items x categories) at parameters u; Infinity for unused categories. */
export function betaOf(parameters: StepParameters, u: Float64Array): Float64Array {
  const { design, offset, used, free } = parameters
  const beta = new Float64Array(offset.length)
  for (let c = 0; c < beta.length; c++) {
    let sum = offset[c]!
    for (let q = 0; q < free; q++) sum += design[c * free + q]! * u[q]!
    beta[c] = used[c] ? sum : Infinity
  }
  return beta
}

/** Where every linear functional of beta stands on the parameters: value, and gradient over u for its variance. */
export interface LinearReading {
  readonly value: number
  readonly gradient: Float64Array
}

function reading(
  parameters: StepParameters,
  beta: Float64Array,
  terms: readonly (readonly [index: number, factor: number])[],
): LinearReading {
  const { design, free } = parameters
  const gradient = new Float64Array(free)
  let value = 0
  for (const [c, factor] of terms) {
    value += factor * beta[c]!
    for (let q = 0; q < free; q++) gradient[q]! += factor * design[c * free + q]!
  }
  return { value, gradient }
}

/** Location of item i: its mean threshold over the categories in use. */
export function itemReading(parameters: StepParameters, beta: Float64Array, i: number): LinearReading {
  const { categories, low, high } = parameters
  const span = high[i]! - low[i]!
  if (span === 0) return { value: 0, gradient: new Float64Array(parameters.free) }
  return reading(parameters, beta, [
    [i * categories + high[i]!, 1 / span],
    [i * categories + low[i]!, -1 / span],
  ])
}

/** Threshold into category k of item i less the item's location; over a gap of unused categories, its mean. */
export function stepReading(
  parameters: StepParameters,
  beta: Float64Array,
  i: number,
  k: number,
): LinearReading | undefined {
  const { categories, used, low, high } = parameters
  if (!used[i * categories + k] || k <= low[i]!) return undefined
  let before = k - 1
  while (!used[i * categories + before]) before--
  const width = 1 / (k - before)
  const span = high[i]! - low[i]!
  return reading(parameters, beta, [
    [i * categories + k, width],
    [i * categories + before, -width],
    [i * categories + high[i]!, -1 / span],
    [i * categories + low[i]!, 1 / span],
  ])
}

/** Variance of a linear functional with gradient g under a covariance matrix of u (free x free). */
export function varianceOf(gradient: Float64Array, covariance: Float64Array): number {
  const size = gradient.length
  let sum = 0
  for (let a = 0; a < size; a++) {
    if (gradient[a] === 0) continue
    for (let b = 0; b < size; b++) sum += gradient[a]! * covariance[a * size + b]! * gradient[b]!
  }
  return sum
}
