// Where the conditional estimation of items and steps begins: least squares on the logarithms of category counts.
import { factorise, solveFactored } from './dense.ts'
import type { StepParameters } from './step-model.ts'

/** Persons and raters differ, which flattens the counts: what they say is stretched by about this. */
const STRETCH = 2

/**
 * Parameters whose costs come nearest to minus the logarithm of the counts (items x categories), up to a constant for
 * each item and one slope for all. Zero where the counts do not tell.
 */
export function guessSteps(parameters: StepParameters, counts: Float64Array): Float64Array {
  const { items, categories, free, design, offset, used } = parameters
  // The last column is the slope.
  const size = free + 1
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  const row = (c: number, q: number) => (q === free ? -(c % categories) : design[c * free + q]!)
  const means = new Float64Array(size)
  for (let i = 0; i < items; i++) {
    const cells = Array.from({ length: categories }, (_, k) => i * categories + k).filter((c) => used[c])
    const weight = cells.reduce((sum, c) => sum + counts[c]! + 0.5, 0)
    const mean = (of: (c: number) => number) =>
      cells.reduce((sum, c) => sum + ((counts[c]! + 0.5) / weight) * of(c), 0)
    const target = (c: number) => -Math.log(counts[c]! + 0.5) * STRETCH - offset[c]!
    const targetMean = mean(target)
    for (let q = 0; q < size; q++) means[q] = mean((c) => row(c, q))
    for (const c of cells) {
      const w = counts[c]! + 0.5
      for (let a = 0; a < size; a++) {
        const left = w * (row(c, a) - means[a]!)
        if (left === 0) continue
        right[a]! += left * (target(c) - targetMean)
        for (let b = 0; b <= a; b++) matrix[a * size + b]! += left * (row(c, b) - means[b]!)
      }
    }
  }
  for (let a = 0; a < size; a++) matrix[a * size + a]! += 1e-3
  if (!factorise(matrix, size)) return new Float64Array(free)
  solveFactored(matrix, size, right)
  return right.slice(0, free).map((value) => Math.max(-6, Math.min(6, value)))
}
