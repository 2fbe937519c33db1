// Stage B as a whole: persons, severities and dyads with their variances, which a fixed point settles.
import { mixed } from './anderson-mixing.ts'
import type { CrossedEffects, HeldVariances, Variances } from './crossed-effects.ts'
import type { TellProgress } from './measuring-progress.ts'
import type { RaterSystem } from './rater-system.ts'
import { responseOf } from './variance-response.ts'

export interface CrossedFit {
  readonly system: RaterSystem
  /** Posterior mean of each person's deviation from the mean of their subset. */
  readonly deviation: Float64Array
  /** Severities and means, laid out as `Layout` says. */
  readonly y: Float64Array
  readonly variances: Variances
  /** Posterior mean of each block's location with its dyad effect. */
  readonly blockMean: Float64Array
  readonly eta: Float64Array
  readonly dyadVariance: Float64Array
  readonly logLikelihood: number
  readonly iterations: number
  readonly gradient: number
  readonly settled: boolean
  /** How the fixed point of the log variances responds, for a run on nearly the same ratings. */
  readonly response: Float64Array
}

/** Below this a variance is taken as none (rater and person: as this). */
export const LEAST_VARIANCE = 1e-3
/** Log variances that would move by less than this stay; by less than the second, or to within the third, move once more. */
const UNMOVED = 3e-8
const SETTLED = 3e-7
const SURE = 1e-9
/** The relative gradient at which a fit is done. */
const FINAL = 1e-10

/** What a fit hands on, but for whether its variances settled and how they respond. */
export function crossedFit(
  effects: CrossedEffects,
  variances: Variances,
  logLikelihood: number,
): Omit<CrossedFit, 'settled' | 'response'> {
  return {
    system: effects.system,
    deviation: effects.deviation,
    y: effects.y,
    variances,
    blockMean: effects.blockMean,
    eta: effects.eta,
    dyadVariance: effects.dyadVariance,
    logLikelihood,
    iterations: effects.iterations,
    gradient: effects.gradient,
  }
}

/**
 * Mode and variances together: restricted-likelihood fixed point, persons integrated out and raters by Laplace's
 * approximation, accelerated by Anderson mixing on the log variances.
 */
export function fitCrossed(
  effects: CrossedEffects,
  start: Variances,
  held: HeldVariances,
  progress?: TellProgress,
): CrossedFit {
  const names = (['person', 'rater', 'dyad'] as const).filter((name) => held[name] === undefined)
  const now: Variances = { ...start, ...held }
  let open = names.filter((name) => now[name] > 0)
  effects.setDyad(now.dyad)
  // A third step from far off would lean on what was not yet nearly linear; responses of an earlier run are.
  let history: { x: number[]; f: number[] }[] = []
  let change = 1
  let before = 0
  let settled = false
  let value = 0
  // Whether variances have moved since the mode was found.
  let moved = true
  for (let round = 0; round < 60; round++) {
    progress?.({ stage: 'people', iteration: round + 1 })
    value = effects.mode(now, Math.max(FINAL, Math.min(1e-4, change * 1e-3)), change > 0.2 ? 1 : 60)
    moved = false
    if (open.length === 0) {
      settled = true
      break
    }
    const implied = effects.implied(now, Math.max(1e-7, Math.min(1e-3, change * 1e-3)))
    for (const name of open) {
      if (now[name] > LEAST_VARIANCE * 1.0000001 || implied[name] > now[name]) continue
      open = open.filter((other) => other !== name)
      history = []
      moved = true
      if (name === 'dyad') {
        now.dyad = 0
        effects.setDyad(0)
      }
    }
    const x = open.map((name) => Math.log(now[name]))
    const f = open.map((name, k) => Math.log(implied[name]) - x[k]!)
    before = round === 0 ? 0 : change
    change = f.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    if (change < UNMOVED) {
      settled = open.length > 0 || effects.gradient <= 1e-8
      if (open.length > 0) break
      continue
    }
    history = [...history, { x, f }].slice(-4)
    moved = true
    const next = mixed(history, Math.min(2, open.length))
    for (const [k, name] of open.entries()) {
      const bounded = x[k]! + Math.max(-1.5, Math.min(1.5, next[k]! - x[k]!))
      now[name] = Math.max(LEAST_VARIANCE, Math.exp(bounded))
    }
    if (open.includes('dyad')) effects.setDyad(now.dyad)
    // Where the response is known, a step that leaves as small a part as the last one did needs no check.
    settled = change < SETTLED || (history.length > 2 && change * change < SURE * before)
    if (settled) break
  }
  const logLikelihood = effects.gradient <= FINAL && !moved ? value : effects.mode(now, FINAL)
  const found = history.slice(1).map(({ x, f }, k) => ({
    dx: x.map((v, at) => v - history[k]!.x[at]!),
    df: f.map((v, at) => v - history[k]!.f[at]!),
  }))
  const response = responseOf(found, open.length)
  return { ...crossedFit(effects, now, logLikelihood), settled, response }
}
