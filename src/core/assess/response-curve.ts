// The response function of an item whose location is uncertain, tabulated on the grid of theta.
import { answerProbabilities, type AnswerSteps } from './answer-model.ts'

/** An even grid of locations in logits: `start + i * step` for i = 0..size-1. */
export interface Grid {
  readonly start: number
  readonly step: number
  readonly size: number
  readonly points: Float64Array
}

export function evenGrid(start: number, end: number, step: number): Grid {
  const size = Math.round((end - start) / step) + 1
  return { start, step, size, points: Float64Array.from({ length: size }, (_, i) => start + i * step) }
}

/**
 * P(score | theta) with the item's location integrated over N(location, locationSd^2), score-major:
 * `table[score * grid.size + i]`.
 *
 * The integral is a trapezoid sum over a lattice that the grid's points lie on, so it is a product of kernels that
 * are totally positive of order 2 (the response function in score and x, the normal density in x and theta) and is
 * itself so: the likelihood ratio stays monotone (Karlin 1968, the basic composition formula), and a better answer
 * cannot lower an estimate. Nodes that move with theta, as in Gauss-Hermite quadrature, would lose that.
 */
export function marginalCurve(
  grid: Grid,
  location: number,
  locationSd: number,
  steps: AnswerSteps,
): Float64Array {
  const categories = steps.weights.length + 1
  const table = new Float64Array(categories * grid.size)
  if (locationSd < 0 || !Number.isFinite(locationSd))
    throw new RangeError(`locationSd: expected 0 or more, got ${locationSd}`)
  if (locationSd === 0) {
    for (let i = 0; i < grid.size; i++) {
      const p = answerProbabilities(grid.points[i]!, location, steps)
      for (let k = 0; k < categories; k++) table[k * grid.size + i] = p[k]!
    }
    return table
  }
  // At least two lattice points a standard deviation: the sum then agrees with the integral to rounding.
  const divisions = Math.max(1, Math.ceil((2 * grid.step) / locationSd))
  const spacing = grid.step / divisions
  const reach = Math.ceil((7 * locationSd) / spacing)
  const weights = new Float64Array(2 * reach + 1)
  let total = 0
  for (let j = -reach; j <= reach; j++)
    total += weights[j + reach] = Math.exp(-0.5 * ((j * spacing) / locationSd) ** 2)
  const length = (grid.size - 1) * divisions + 1 + 2 * reach
  const exact = new Float64Array(categories * length)
  for (let j = 0; j < length; j++) {
    const p = answerProbabilities(grid.start + (j - reach) * spacing, location, steps)
    for (let k = 0; k < categories; k++) exact[k * length + j] = p[k]!
  }
  for (let k = 0; k < categories; k++) {
    for (let i = 0; i < grid.size; i++) {
      const from = k * length + i * divisions
      let sum = 0
      for (let j = 0; j < weights.length; j++) sum += weights[j]! * exact[from + j]!
      table[k * grid.size + i] = sum / total
    }
  }
  return table
}
