// Newton's method for joint estimation, the information kept as long as steps with it pay.
import { factorise, solveFactored } from './dense.ts'
import type { TellProgress } from './measuring-progress.ts'
import type { JointMask, JointSystem } from './joint-system.ts'

/** Where a run ended: settled, or at a point from which nothing finite is reached. */
export interface Settled {
  readonly settled: boolean
  readonly value: number
  readonly iterations: number
}

const GOAL = 1e-12
/** An old information is kept while each step cuts the gradient to this part: a new one costs about eight passes. */
const PAYS = 0.1

/**
 * Maximises the joint likelihood from `theta` and `y`, where `value` is its logarithm and `system` was evaluated with
 * second derivatives; both are moved in place. Step halving guards each step.
 */
export function settle(
  system: JointSystem,
  theta: Float64Array,
  y: Float64Array,
  { held, heldPerson }: JointMask,
  value: number,
  progress?: TellProgress,
): Settled {
  const { size, matrix, gradient, personGradient, personInformation, couplings } = system
  const personStep = new Float64Array(theta.length)
  const fromTheta = theta.slice()
  const fromY = y.slice()
  let iterations = 0
  let factored = false
  while (system.relative() > GOAL && iterations < 100) {
    iterations++
    progress?.({ stage: 'joint', iteration: iterations })
    if (!factored && !factorise(matrix, size)) return { settled: false, value, iterations }
    factored = true
    const step = gradient.slice()
    for (let n = 0; n < theta.length; n++) {
      if (heldPerson[n]) continue
      const share = personGradient[n]! / personInformation[n]!
      for (let k = couplings.start[n]!; k < couplings.start[n + 1]!; k++) {
        const column = couplings.column[k]!
        if (!held[column]) step[column]! -= couplings.value[k]! * share
      }
    }
    solveFactored(matrix, size, step)
    let longest = 0
    for (const move of step) longest = Math.max(longest, Math.abs(move))
    for (let n = 0; n < theta.length; n++) {
      personStep[n] = 0
      if (heldPerson[n] || couplings.start[n] === couplings.start[n + 1]) continue
      let sum = personGradient[n]!
      for (let k = couplings.start[n]!; k < couplings.start[n + 1]!; k++) {
        const column = couplings.column[k]!
        if (!held[column]) sum -= couplings.value[k]! * step[column]!
      }
      personStep[n] = sum / personInformation[n]!
      longest = Math.max(longest, Math.abs(personStep[n]!))
    }
    let length = Math.min(1, 3 / Math.max(longest, 1e-300))
    const before = system.relative()
    fromTheta.set(theta)
    fromY.set(y)
    for (let halving = 0; ; halving++, length /= 2) {
      for (let n = 0; n < theta.length; n++) theta[n] = fromTheta[n]! + length * personStep[n]!
      for (let a = 0; a < size; a++) y[a] = fromY[a]! + (held[a] ? 0 : length * step[a]!)
      const next = system.evaluate(theta, y, false)
      if (next >= value - 1e-10 * Math.abs(value) || system.relative() < before || halving > 20) {
        value = next
        break
      }
    }
    if (longest < 1e-13) break
    if (longest > 1e6 || y.some((v) => Math.abs(v) > 60)) return { settled: false, value, iterations }
    const now = system.relative()
    if (now > PAYS * before && now > GOAL) {
      value = system.evaluate(theta, y, true)
      factored = false
    }
  }
  return { settled: true, value, iterations }
}
