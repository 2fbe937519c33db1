// Stage B begun at the solution of nearly the same ratings: few rounds, with what is known of how variances respond.
import type { CrossedEffects, HeldVariances, Variances } from './crossed-effects.ts'
import { crossedFit, LEAST_VARIANCE, type CrossedFit } from './crossed-fit.ts'
import { factoriseGeneral, solveGeneral } from './dense.ts'
import { learn } from './variance-response.ts'

const NAMES = ['person', 'rater', 'dyad'] as const
/** Log variances that would move by less than this stay, by less than the second move once more: measures are then right to 1e-7. */
const UNMOVED = 3e-7
const SETTLED = 8e-6
/** The relative gradient of severities at which a round is done, in the first and in later ones. */
const FIRST_GRADIENT = 1e-6
const GRADIENT = 1e-9
/** Moves of log variances below this say more of rounding than of the response. */
const TELLING = 1e-4
const MOST_ROUNDS = 6

/**
 * Mode and variances from a start nearby: the mode to some digits, one secant step of the variances, the mode again.
 * Undefined where that does not settle at once or a variance is at its least: `fitCrossed` goes there.
 */
export function followCrossed(
  effects: CrossedEffects,
  start: Variances,
  held: HeldVariances,
  before: Float64Array,
): CrossedFit | undefined {
  const names = NAMES.filter((name) => held[name] === undefined)
  const size = names.length
  const now: Variances = { ...start, ...held }
  if (size === 0 || before.length !== size * size) return undefined
  if (names.some((name) => !(now[name] > 1.1 * LEAST_VARIANCE))) return undefined
  const response = before.slice()
  effects.setDyad(now.dyad)
  let x = names.map((name) => Math.log(now[name]))
  let last: { x: number[]; f: number[]; change: number } | undefined
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const value = effects.mode(now, round === 0 ? FIRST_GRADIENT : GRADIENT, 12)
    const implied = effects.implied(now, round === 0 ? 1e-5 : 1e-6)
    const f = names.map((name, k) => Math.log(implied[name]) - x[k]!)
    const change = f.reduce((most, by) => Math.max(most, Math.abs(by)), 0)
    if (!(change < (last ? 0.1 * last.change : 0.05)) && !(change < UNMOVED)) return undefined
    if (last) {
      const dx = x.map((value, k) => value - last!.x[k]!)
      if (dx.some((d) => Math.abs(d) > TELLING))
        learn(
          response,
          dx,
          f.map((by, k) => by - last!.f[k]!),
        )
    }
    if (change < UNMOVED) return settled(effects, now, value, response)
    last = { x, f, change }
    const factor = response.slice()
    const order = factoriseGeneral(factor, size)
    if (!order) return undefined
    const step = solveGeneral(factor, order, f)
    x = x.map((value, k) => value - step[k]!)
    if (x.some((value, k) => !(Math.abs(value - last!.x[k]!) < 0.2))) return undefined
    for (const [k, name] of names.entries()) {
      now[name] = Math.exp(x[k]!)
      if (!(now[name] > 1.1 * LEAST_VARIANCE)) return undefined
    }
    effects.setDyad(now.dyad)
    if (round > 0 && change < SETTLED) return settled(effects, now, effects.mode(now, GRADIENT), response)
  }
  return undefined
}

function settled(
  effects: CrossedEffects,
  variances: Variances,
  logLikelihood: number,
  response: Float64Array,
): CrossedFit | undefined {
  // A change that was nothing from the beginning leaves the first round's mode.
  const value = effects.gradient <= GRADIENT ? logLikelihood : effects.mode(variances, GRADIENT)
  if (!(effects.gradient <= 1e-8)) return undefined
  return { ...crossedFit(effects, variances, value), settled: true, response }
}
