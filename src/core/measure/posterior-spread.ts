// Sums of posterior variances, from which variance components are estimated.
import { RaterLanes } from './rater-lanes.ts'
import type { RaterSystem } from './rater-system.ts'

/** Four random right-hand sides side by side (or one) and their solutions, kept from call to call as a start. */
export interface Probe {
  readonly lanes: number
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
  const share = 1 / probes.reduce((sum, { lanes }) => sum + lanes, 0)
  let solver: RaterLanes | undefined
  for (const { lanes, z, x } of probes) {
    if (lanes === 1) system.solve(z, x, tolerance)
    else (solver ??= new RaterLanes(system)).solve(z, x, tolerance)
    for (let j = 0; j < layout.raters; j++) {
      if (layout.held[j]) continue
      for (let at = j * lanes; at < (j + 1) * lanes; at++) raters += share * z[at]! * x[at]!
    }
    const sums = bilinear(system, weights, lanes, z, x)
    persons += share * sums.persons
    blockSum += share * sums.blocks
  }
  return { persons, raters, blocks: blockSum }
}

/** What z and x do to persons and to blocks, multiplied and summed; lanes side by side. */
function bilinear(
  { blocks, layout, personInformation, blockInformation }: RaterSystem,
  weights: Float64Array,
  lanes: number,
  z: Float64Array,
  x: Float64Array,
): { persons: number; blocks: number } {
  const { personStart, rater, occasion } = blocks
  const { held, heldPerson, groupAt, groupOfRater, subsetAt, subsetOfPerson, occasionAt } = layout
  let most = 0
  for (let n = 0; n + 1 < personStart.length; n++)
    most = Math.max(most, personStart[n + 1]! - personStart[n]!)
  const reachZ = new Float64Array(most)
  const reachX = new Float64Array(most)
  let persons = 0
  let blockSum = 0
  for (let n = 0; n < personInformation.length; n++) {
    const begin = personStart[n]!
    const many = personStart[n + 1]! - begin
    if (many === 0) continue
    const own = heldPerson[n] ? 0 : 1 / personInformation[n]!
    const subset = subsetAt + subsetOfPerson[n]!
    const shared = !heldPerson[n] && !held[subset]
    for (let l = 0; l < lanes; l++) {
      const meanZ = shared ? z[subset * lanes + l]! : 0
      const meanX = shared ? x[subset * lanes + l]! : 0
      let gz = 0
      let gx = 0
      for (let k = 0; k < many; k++) {
        const j = rater[begin + k]!
        let rz = meanZ
        let rx = meanX
        if (!held[j]) {
          rz -= z[j * lanes + l]!
          rx -= x[j * lanes + l]!
        }
        const group = groupAt + groupOfRater[j]!
        if (!held[group]) {
          rz -= z[group * lanes + l]!
          rx -= x[group * lanes + l]!
        }
        if (occasion && !held[occasionAt + occasion[begin + k]!]) {
          rz -= z[(occasionAt + occasion[begin + k]!) * lanes + l]!
          rx -= x[(occasionAt + occasion[begin + k]!) * lanes + l]!
        }
        const w = blockInformation[begin + k]!
        gz -= w * rz
        gx -= w * rx
        reachZ[k] = rz
        reachX[k] = rx
      }
      gz *= own
      gx *= own
      persons += gz * gx
      for (let k = 0; k < many; k++) blockSum += weights[begin + k]! * (reachZ[k]! + gz) * (reachX[k]! + gx)
    }
  }
  return { persons, blocks: blockSum }
}
