// Rebuilds each item's category curve from a measurement, for expected scores and pictures.
import type { Measurement } from './measurement.ts'
import type { Ratings } from './ratings.ts'

/** By item id: what category k (from 0) costs; P(k) at location x is proportional to exp(k x - cost). */
export type ItemCosts = ReadonlyMap<string, Float64Array>

/**
 * Costs are the sums of an item's thresholds (item location plus step); a category that the model leaves out for want
 * of ratings costs Infinity.
 */
export function itemCosts(ratings: Ratings, measurement: Measurement): ItemCosts {
  const { categories, lowest, itemIds, item, score } = ratings
  const counts = new Float64Array(itemIds.length * categories)
  for (let r = 0; r < score.length; r++) counts[item[r]! * categories + score[r]!]! += 1
  const all = new Uint8Array(categories)
  for (let c = 0; c < counts.length; c++) if (counts[c]! > 0) all[c % categories] = 1
  const common = measurement.steps.filter((step) => step.item === undefined)
  const costs = new Map<string, Float64Array>()
  for (const { id, measure } of measurement.items) {
    const i = itemIds.indexOf(id)
    const steps = common.length > 0 ? common : measurement.steps.filter((step) => step.item === id)
    const stepAt = new Map(steps.map((step) => [step.category - lowest, step.measure]))
    const isUsed = (k: number) =>
      stepAt.has(k) || (common.length > 0 ? all[k] === 1 : counts[i * categories + k]! > 0)
    const own = new Float64Array(categories).fill(Infinity)
    let before = Array.from({ length: categories }, (_, k) => k).find(isUsed) ?? 0
    if (stepAt.has(before)) before -= 1
    own[before] = before * measure
    for (let k = before + 1; k < categories; k++) {
      const step = stepAt.get(k)
      if (step === undefined) continue
      own[k] = own[before]! + (k - before) * (measure + step)
      before = k
    }
    costs.set(id, own)
  }
  return costs
}

/** Probabilities of the categories at a location (person minus rater minus occasion). */
export function categoryProbabilities(costs: Float64Array, location: number): Float64Array {
  let top = -Infinity
  for (let k = 0; k < costs.length; k++) top = Math.max(top, k * location - costs[k]!)
  const terms = costs.map((cost, k) => Math.exp(k * location - cost - top))
  const total = terms.reduce((sum, term) => sum + term, 0)
  return terms.map((term) => term / total)
}

/** Expected score (from 0) and its variance at a location. */
export function momentsAt(
  costs: Float64Array,
  location: number,
): { readonly mean: number; readonly variance: number } {
  const probabilities = categoryProbabilities(costs, location)
  let mean = 0
  let square = 0
  for (const [k, probability] of probabilities.entries()) {
    mean += k * probability
    square += k * k * probability
  }
  return { mean, variance: Math.max(0, square - mean * mean) }
}
