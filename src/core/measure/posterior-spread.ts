// Sums of posterior variances, from which variance components are estimated.
import type { RaterSystem } from './rater-system.ts'

/** One random right-hand side and its solution, kept from call to call as a start. */
export interface Probe {
  readonly z: Float64Array
  readonly x: Float64Array
}

/**
 * Sums over persons' deviations, raters, and blocks' locations weighted by `weights`: exact where there are no probes,
 * else by Hutchinson's estimator (1990), which solves into each probe's `x` to `tolerance`.
 */
export function posteriorSpread(
  system: RaterSystem,
  weights: Float64Array,
  probes: readonly Probe[],
  tolerance: number,
): { persons: number; raters: number; blocks: number } {
  const { blocks, layout } = system
  const { personInformation, blockInformation } = system
  const { size } = layout
  let persons = 0
  let raters = 0
  let blockSum = 0
  const inverse = probes.length === 0 ? system.denseInverse() : undefined
  const columns = new Int32Array(4)
  const sign = new Float64Array(4)
  for (let n = 0; n < personInformation.length; n++) {
    if (blocks.personStart[n] === blocks.personStart[n + 1]) continue
    const own = layout.heldPerson[n] ? 0 : 1 / personInformation[n]!
    persons += own
    for (let b = blocks.personStart[n]!; b < blocks.personStart[n + 1]!; b++) blockSum += weights[b]! * own
  }
  if (inverse) {
    for (let j = 0; j < layout.raters; j++) if (!layout.held[j]) raters += inverse[j * size + j]!
    const response = new Float64Array(size)
    const reach = new Float64Array(size)
    for (let n = 0; n < personInformation.length; n++) {
      if (blocks.personStart[n] === blocks.personStart[n + 1]) continue
      response.fill(0)
      const own = layout.heldPerson[n] ? 0 : 1 / personInformation[n]!
      for (let b = blocks.personStart[n]!; b < blocks.personStart[n + 1]!; b++) {
        const many = system.columnsOf(b, columns, sign)
        for (let k = 0; k < many; k++) response[columns[k]!]! -= own * blockInformation[b]! * sign[k]!
      }
      let quadratic = 0
      for (let u = 0; u < size; u++) {
        let sum = 0
        for (let v = 0; v < size; v++) sum += inverse[u * size + v]! * response[v]!
        reach[u] = sum
        quadratic += sum * response[u]!
      }
      persons += quadratic
      for (let b = blocks.personStart[n]!; b < blocks.personStart[n + 1]!; b++) {
        const many = system.columnsOf(b, columns, sign)
        let variance = quadratic
        for (let k = 0; k < many; k++) {
          variance += 2 * sign[k]! * reach[columns[k]!]!
          for (let l = 0; l < many; l++)
            variance += sign[k]! * sign[l]! * inverse[columns[k]! * size + columns[l]!]!
        }
        blockSum += weights[b]! * variance
      }
    }
    return { persons, raters, blocks: blockSum }
  }
  const share = 1 / probes.length
  const bufferZ = new Float64Array(blocks.count)
  const bufferX = new Float64Array(blocks.count)
  for (const { z, x } of probes) {
    system.solve(z, x, tolerance)
    for (let j = 0; j < layout.raters; j++) if (!layout.held[j]) raters += share * z[j]! * x[j]!
    const reachZ = system.blockReach(z, bufferZ)
    const reachX = system.blockReach(x, bufferX)
    for (let n = 0; n < personInformation.length; n++) {
      let gz = 0
      let gx = 0
      for (let b = blocks.personStart[n]!; b < blocks.personStart[n + 1]!; b++) {
        gz -= blockInformation[b]! * reachZ[b]!
        gx -= blockInformation[b]! * reachX[b]!
      }
      const own = layout.heldPerson[n] ? 0 : 1 / personInformation[n]!
      gz *= own
      gx *= own
      persons += share * gz * gx
      for (let b = blocks.personStart[n]!; b < blocks.personStart[n + 1]!; b++) {
        blockSum += share * weights[b]! * (reachZ[b]! + gz) * (reachX[b]! + gx)
      }
    }
  }
  return { persons, raters, blocks: blockSum }
}
