// How variance components respond to a step of their fixed point, learnt from the steps that were taken.

/** How the residual f of a fixed-point iteration changed with x. */
interface Secant {
  readonly dx: readonly number[]
  readonly df: readonly number[]
}

/**
 * How log variances respond: the derivative of what a fixed-point step adds to them, row by row. Of a run's secants the
 * later count for more; where none speaks a step is taken as it is.
 */
export function responseOf(secants: readonly Secant[], size: number): Float64Array {
  const response = new Float64Array(size * size)
  for (let k = 0; k < size; k++) response[k * size + k] = -1
  for (let sweep = 0; sweep < 3; sweep++) for (const { dx, df } of secants) learn(response, dx, df)
  return response
}

/** Broyden's update (1965): the least change that explains one more secant. */
export function learn(response: Float64Array, dx: readonly number[], df: readonly number[]): void {
  const size = dx.length
  const length = dx.reduce((sum, d) => sum + d * d, 0)
  if (!(length > 0) || size * size !== response.length) return
  for (let a = 0; a < size; a++) {
    let miss = df[a]!
    for (let b = 0; b < size; b++) miss -= response[a * size + b]! * dx[b]!
    for (let b = 0; b < size; b++) response[a * size + b]! += (miss * dx[b]!) / length
  }
}
