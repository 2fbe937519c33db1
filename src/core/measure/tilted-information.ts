// The conditional information approximated by exponential tilting, for data with very many patterns of missing items.
import { addItemSquares } from './item-squares.ts'
import type { TotalHistogram } from './symmetric-functions.ts'
import type { StepParameters } from './step-model.ts'

/**
 * Information about u given block totals, each total replaced by the location at which it is expected: covariance of
 * the item statistics less their regression on the total (the leading term of the saddlepoint expansion, Daniels
 * 1954; relative error of order 1/items). free x free.
 */
export function tiltedInformation(
  patterns: readonly Uint16Array[],
  histogram: TotalHistogram,
  parameters: StepParameters,
  beta: Float64Array,
): Float64Array {
  const { categories, free, design, items } = parameters
  const matrix = new Float64Array(free * free)
  const moments = new Float64Array(items * categories)
  const withTotal = new Float64Array(free)
  const blockSums = new Float64Array(items * categories * categories)
  const weights = beta.map((cost) => Math.exp(-cost))
  for (const [p, pattern] of patterns.entries()) {
    const counts = histogram[p]!
    let eta = 0
    for (let t = 1; t < counts.length - 1; t++) {
      const n = counts[t]!
      if (n === 0) continue
      let variance = 0
      for (let round = 0; round < 40; round++) {
        let mean = 0
        variance = 0
        const x = Math.exp(eta)
        // Powers of x, unless they would overflow.
        const near = Math.abs(eta) * categories < 300
        for (let at = 0; at < pattern.length; at++) {
          const i = pattern[at]!
          let sum = 0
          let first = 0
          let second = 0
          let power = 1
          for (let k = 0; k < categories; k++) {
            const c = i * categories + k
            const weight = near ? weights[c]! * power : Math.exp(k * eta - beta[c]!)
            power *= x
            moments[c] = weight
            sum += weight
            first += k * weight
            second += k * k * weight
          }
          for (let k = 0; k < categories; k++) moments[i * categories + k]! /= sum
          mean += first / sum
          variance += second / sum - (first / sum) ** 2
        }
        const move = (t - mean) / variance
        if (Math.abs(move) < 1e-6) break
        eta += Math.max(-1, Math.min(1, move))
      }
      withTotal.fill(0)
      for (const i of pattern) {
        let mean = 0
        for (let k = 0; k < categories; k++) mean += k * moments[i * categories + k]!
        for (let k = 0; k < categories; k++) {
          const pk = moments[i * categories + k]!
          const row = (i * categories + k) * free
          for (let q = 0; q < free; q++)
            if (design[row + q] !== 0) withTotal[q]! += design[row + q]! * pk * (k - mean)
          const at = (i * categories + k) * categories
          blockSums[at + k]! += n * pk
          for (let l = 0; l <= k; l++) blockSums[at + l]! -= n * pk * moments[i * categories + l]!
        }
      }
      const factor = n / variance
      for (let a = 0; a < free; a++)
        for (let b = 0; b < free; b++) matrix[a * free + b]! -= factor * withTotal[a]! * withTotal[b]!
    }
  }
  addItemSquares(blockSums, parameters, matrix, free, 0)
  return matrix
}
