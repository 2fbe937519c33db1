// A plain adaptive test on one dimension: estimates and selection from tables made once for a bank.
import { itemInformation } from './information.ts'
import { categoryProbabilities, type ResponseItem } from './response-functions.ts'
import { evenGrid, type Grid } from './response-curve.ts'

/** A bank with P(score | theta) and information tabulated on a grid, and the prior on the same grid. */
export interface AdaptiveBank {
  readonly items: readonly ResponseItem[]
  readonly grid: Grid
  readonly logPrior: Float64Array
  /** Per item `log P(score | theta)`, `table[score * grid.size + t]`. */
  readonly logCurves: readonly Float64Array[]
  /** `information[t * items.length + item]`, so that all items at one location lie together. */
  readonly information: Float64Array
}

/** An adaptive test under way. */
export interface AdaptiveState {
  readonly asked: readonly number[]
  readonly logLikelihood: Float64Array
  /** Posterior mean and standard deviation, in logits. */
  readonly theta: number
  readonly se: number
}

export interface AdaptiveBankOptions {
  readonly prior?: { readonly mean: number; readonly sd: number }
  readonly range?: readonly [low: number, high: number]
  /** Points of the grid, at least 2; 61 or more for estimates good to three decimals. */
  readonly points?: number
}

export function adaptiveBank(
  items: readonly ResponseItem[],
  options: AdaptiveBankOptions = {},
): AdaptiveBank {
  const { prior = { mean: 0, sd: 1 }, range = [-6, 6], points = 121 } = options
  const grid = evenGrid(range[0], range[1], (range[1] - range[0]) / (points - 1))
  const logPrior = grid.points.map((theta) => -0.5 * ((theta - prior.mean) / prior.sd) ** 2)
  const information = new Float64Array(grid.size * items.length)
  const logCurves = items.map((item, i) => {
    const rows = Array.from(grid.points, (theta) => categoryProbabilities(item, theta))
    for (let t = 0; t < grid.size; t++)
      information[t * items.length + i] = itemInformation(item, grid.points[t]!)
    const categories = rows[0]!.length
    return Float64Array.from({ length: categories * grid.size }, (_, at) =>
      Math.log(rows[at % grid.size]![Math.floor(at / grid.size)]!),
    )
  })
  return { items, grid, logPrior, logCurves, information }
}

export function startAdaptiveTest(bank: AdaptiveBank): AdaptiveState {
  return settle(bank, [], new Float64Array(bank.grid.size))
}

/** The test after one more answer, `score` 0..m to the item at this position in the bank. */
export function answerAdaptiveTest(
  bank: AdaptiveBank,
  state: AdaptiveState,
  item: number,
  score: number,
): AdaptiveState {
  const { size } = bank.grid
  const curve = bank.logCurves[item]!
  const logLikelihood = state.logLikelihood.map((log, t) => log + curve[score * size + t]!)
  return settle(bank, [...state.asked, item], logLikelihood)
}

function settle(
  { grid, logPrior }: AdaptiveBank,
  asked: readonly number[],
  logLikelihood: Float64Array,
): AdaptiveState {
  let largest = -Infinity
  for (let t = 0; t < grid.size; t++) largest = Math.max(largest, logLikelihood[t]! + logPrior[t]!)
  let total = 0
  let sum = 0
  let square = 0
  for (let t = 0; t < grid.size; t++) {
    const ends = t === 0 || t === grid.size - 1 ? 0.5 : 1
    const weight = ends * Math.exp(logLikelihood[t]! + logPrior[t]! - largest)
    total += weight
    sum += weight * grid.points[t]!
    square += weight * grid.points[t]! ** 2
  }
  const theta = sum / total
  return { asked, logLikelihood, theta, se: Math.sqrt(Math.max(0, square / total - theta * theta)) }
}

/** Interpolated information this far, in relation, under the best is still worked out exactly. */
const SHORTLIST = 0.02

/** The item not asked yet with the greatest Fisher information at `theta`; undefined when all are asked. */
export function mostInformativeItem(
  bank: AdaptiveBank,
  asked: readonly number[],
  theta: number,
): number | undefined {
  const { grid, items, information } = bank
  const count = items.length
  const place = Math.min(grid.size - 1, Math.max(0, (theta - grid.start) / grid.step))
  const low = Math.min(grid.size - 2, Math.floor(place))
  const share = place - low
  const done = new Uint8Array(count)
  for (const item of asked) done[item] = 1
  const about = new Float64Array(count)
  let best = 0
  for (let i = 0; i < count; i++) {
    if (done[i]) continue
    about[i] = (1 - share) * information[low * count + i]! + share * information[(low + 1) * count + i]!
    if (about[i]! > best) best = about[i]!
  }
  let chosen: number | undefined
  let most = -1
  for (let i = 0; i < count; i++) {
    if (done[i] || about[i]! < best * (1 - SHORTLIST)) continue
    const exact = itemInformation(items[i]!, theta)
    if (exact > most) {
      most = exact
      chosen = i
    }
  }
  return chosen
}

/**
 * The item not asked yet with the greatest Kullback-Leibler information between the estimate and the locations
 * around it, weighted by the likelihood (Chang & Ying 1996, in the form of Barrada et al. 2009).
 */
export function mostDivergentItem(bank: AdaptiveBank, state: AdaptiveState): number | undefined {
  const { grid, items, logCurves } = bank
  const done = new Set(state.asked)
  const largest = Math.max(...state.logLikelihood)
  const weights = state.logLikelihood.map(
    (log, t) => Math.exp(log - largest) * (t === 0 || t === grid.size - 1 ? 0.5 : 1),
  )
  let chosen: number | undefined
  let most = -Infinity
  items.forEach((item, i) => {
    if (done.has(i)) return
    const here = categoryProbabilities(item, state.theta)
    const logs = logCurves[i]!
    let sum = 0
    for (let k = 0; k < here.length; k++) {
      const log = Math.log(here[k]!)
      for (let t = 0; t < grid.size; t++) sum += weights[t]! * here[k]! * (log - logs[k * grid.size + t]!)
    }
    if (sum > most) {
      most = sum
      chosen = i
    }
  })
  return chosen
}

/** Positions of the items by falling information at a cut: the order in which to ask about it. */
export function orderByInformation(items: readonly ResponseItem[], cut: number): number[] {
  const information = items.map((item) => itemInformation(item, cut))
  return items.map((_, i) => i).toSorted((a, b) => information[b]! - information[a]!)
}
