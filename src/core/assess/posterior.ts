// The exact posterior of one person: given the general level the competencies are independent, so a sum over the
// general level of products over competencies is the whole model.
import { ANSWERS, type Response, type ScoredAnswer } from './answers.ts'
import type { Instrument } from './instrument.ts'
import type { Grid } from './response-curve.ts'

/** A person's posterior as tables; `theta` and `general` are the instrument's grids. */
export interface Posterior {
  readonly instrument: Instrument
  /** Per competency log P(answers | theta) on the grid of theta, or undefined without a scored answer. */
  readonly logLikelihoods: readonly (Float64Array | undefined)[]
  /** Per competency P(answers | theta), scaled to a maximum of 1. */
  readonly likelihoods: readonly (Float64Array | undefined)[]
  /** Per competency log P(answers | g) on the grid of g. */
  readonly logEvidence: readonly (Float64Array | undefined)[]
  /** P(g | all answers), sums to 1. */
  readonly general: Float64Array
  /** Per competency P(theta | all answers), each sums to 1. */
  readonly marginals: readonly Float64Array[]
}

/** Position of an answer in `ANSWERS`, 0-4; undefined for "no opportunity", which is missing. */
export function scoreOf(answer: Response['answer']): number | undefined {
  const score = ANSWERS.indexOf(answer as ScoredAnswer)
  if (score >= 0) return score
  if (answer === 'no-opportunity') return undefined
  throw new RangeError(
    `answer: expected one of ${ANSWERS.join(', ')}, no-opportunity, got ${JSON.stringify(answer)}`,
  )
}

/** Each item's last answer. Throws a RangeError for an item that the instrument does not have. */
export function lastAnswers(instrument: Instrument, responses: readonly Response[]): Map<number, Response> {
  const last = new Map<number, Response>()
  for (const response of responses) {
    const item = instrument.itemIndex.get(response.item)
    if (item === undefined) throw new RangeError(`item ${response.item}: not in this instrument`)
    last.set(item, response)
  }
  return last
}

/** The posterior given these answers, in any order; an item's last answer counts. */
export function posteriorOf(instrument: Instrument, responses: readonly Response[]): Posterior {
  const { tables } = instrument
  const logLikelihoods: (Float64Array | undefined)[] = instrument.competencies.map(() => undefined)
  const answers = [...lastAnswers(instrument, responses)].toSorted((a, b) => a[0] - b[0])
  for (const [index, response] of answers) {
    const score = scoreOf(response.answer)
    if (score === undefined) continue
    const c = instrument.competencyIndex.get(instrument.items[index]!.competency)!
    const table = (logLikelihoods[c] ??= new Float64Array(tables.theta.size))
    addCurve(table, tables.logCurves[tables.curveOf[index]!]!, score)
  }
  const likelihoods = logLikelihoods.map(scaledExponential)
  const logEvidence = logLikelihoods.map((log, c) => log && evidence(instrument, log, likelihoods[c]!))
  return settle(instrument, logLikelihoods, likelihoods, logEvidence)
}

/** The posterior after one more scored answer: only that item's competency is worked again. */
export function withAnswer(posterior: Posterior, item: number, score: number): Posterior {
  const { instrument } = posterior
  const { tables } = instrument
  const c = instrument.competencyIndex.get(instrument.items[item]!.competency)!
  const log = posterior.logLikelihoods[c]?.slice() ?? new Float64Array(tables.theta.size)
  addCurve(log, tables.logCurves[tables.curveOf[item]!]!, score)
  const likelihood = scaledExponential(log)!
  return settle(
    instrument,
    posterior.logLikelihoods.with(c, log),
    posterior.likelihoods.with(c, likelihood),
    posterior.logEvidence.with(c, evidence(instrument, log, likelihood)),
  )
}

function addCurve(logLikelihood: Float64Array, logCurve: Float64Array, score: number): void {
  const from = score * logLikelihood.length
  for (let t = 0; t < logLikelihood.length; t++) logLikelihood[t]! += logCurve[from + t]!
}

function largest(values: Float64Array): number {
  let max = -Infinity
  for (const value of values) if (value > max) max = value
  return max
}

function scaledExponential(log: Float64Array | undefined): Float64Array | undefined {
  if (!log) return undefined
  const max = largest(log)
  return log.map((value) => Math.exp(value - max))
}

function evidence({ tables }: Instrument, log: Float64Array, likelihood: Float64Array): Float64Array {
  const { general, theta, kernel } = tables
  const max = largest(log)
  const out = new Float64Array(general.size)
  for (let g = 0; g < general.size; g++) {
    const from = g * theta.size
    let sum = 0
    for (let t = 0; t < theta.size; t++) sum += kernel[from + t]! * likelihood[t]!
    out[g] = Math.log(sum) + max
  }
  return out
}

function settle(
  instrument: Instrument,
  logLikelihoods: Posterior['logLikelihoods'],
  likelihoods: Posterior['likelihoods'],
  logEvidence: Posterior['logEvidence'],
): Posterior {
  const { general: grid, theta, kernel, logGeneral } = instrument.tables
  const logPosterior = logGeneral.slice()
  for (const log of logEvidence) if (log) for (let g = 0; g < grid.size; g++) logPosterior[g]! += log[g]!
  const general = normalise(scaledExponential(logPosterior)!)
  let unanswered: Float64Array | undefined
  const marginals = likelihoods.map((likelihood, c) => {
    if (!likelihood) return (unanswered ??= mix(general))
    const log = logEvidence[c]!
    const max = largest(log)
    // P(g | answers) / P(answers of c | g): what the other competencies and the prior say of g.
    const marginal = mix(general.map((mass, g) => (mass === 0 ? 0 : mass / Math.exp(log[g]! - max))))
    for (let t = 0; t < theta.size; t++) marginal[t]! *= likelihood[t]!
    return normalise(marginal)
  })
  return { instrument, logLikelihoods, likelihoods, logEvidence, general, marginals }

  function mix(weights: Float64Array): Float64Array {
    const out = new Float64Array(theta.size)
    for (let g = 0; g < grid.size; g++) {
      const weight = weights[g]!
      if (weight === 0) continue
      const from = g * theta.size
      for (let t = 0; t < theta.size; t++) out[t]! += weight * kernel[from + t]!
    }
    return out
  }
}

/**
 * P(theta_c | the answers to all other competencies), sums to 1: what the person's general level says of a competency
 * without its own answers.
 */
export function marginalFromOthers(posterior: Posterior, c: number): Float64Array {
  const log = posterior.logEvidence[c]
  if (!log) return posterior.marginals[c]!
  const { general: grid, theta, kernel } = posterior.instrument.tables
  const max = largest(log)
  const out = new Float64Array(theta.size)
  for (let g = 0; g < grid.size; g++) {
    const weight = posterior.general[g]! / Math.exp(log[g]! - max)
    if (posterior.general[g] === 0) continue
    for (let t = 0; t < theta.size; t++) out[t]! += weight * kernel[g * theta.size + t]!
  }
  return normalise(out)
}

function normalise(values: Float64Array): Float64Array {
  let total = 0
  for (const value of values) total += value
  for (let i = 0; i < values.length; i++) values[i]! /= total
  return values
}

/** Mean and standard deviation of a mass function on a grid, in logits. */
export function momentsOf(grid: Grid, mass: Float64Array): { mean: number; sd: number } {
  let mean = 0
  for (let i = 0; i < mass.length; i++) mean += mass[i]! * grid.points[i]!
  let variance = 0
  for (let i = 0; i < mass.length; i++) variance += mass[i]! * (grid.points[i]! - mean) ** 2
  return { mean, sd: Math.sqrt(variance) }
}

/**
 * The share of each grid point's mass that lies at `bar` or above, 0-1: a point's mass is spread evenly over its
 * cell, so probabilities move smoothly and monotonically with the bar.
 */
export function shareAbove(grid: Grid, bar: number): Float64Array {
  return grid.points.map((point) => Math.min(1, Math.max(0, (point + grid.step / 2 - bar) / grid.step)))
}

/** The location below which a share `p` (0-1) of the mass lies, each point's mass spread evenly over its cell. */
export function quantileOf(grid: Grid, mass: Float64Array, p: number): number {
  let below = 0
  for (let i = 0; i < mass.length; i++) {
    const here = mass[i]!
    if (below + here >= p && here > 0) return grid.points[i]! + grid.step * ((p - below) / here - 0.5)
    below += here
  }
  return grid.points[grid.size - 1]! + grid.step / 2
}
