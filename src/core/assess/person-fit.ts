// Person fit: whether one person's answers fit together better than answers given at random would.
import { SHOWS_FROM, type Response } from './answers.ts'
import type { Instrument } from './instrument.ts'
import { lastAnswers, marginalFromOthers, scoreOf, type Posterior } from './posterior.ts'

/** What the model reads of an answer: leading others and setting how count as shown. */
export const READINGS = ['not-yet', 'with-help', 'shown'] as const
export type Reading = (typeof READINGS)[number]

/** Scored answers below which answers given at random cannot be told from an unusual profile. */
export const FIT_FROM = 20
/** From this Bayes factor for random answers on there is positive evidence (Kass and Raftery 1995). */
export const MISFIT_FROM = 3

/** An answer that all other answers made improbable. */
export interface SurprisingAnswer {
  readonly item: string
  readonly competency: string
  readonly answer: Response['answer']
  /** Probability, 0-1, of an answer read like it, given all other answers. */
  readonly probability: number
  /** The most probable reading given all other answers. */
  readonly expected: Reading
}

export interface PersonFit {
  readonly state: 'fits' | 'does-not-fit' | 'too-few'
  /** Scored answers that it rests on. */
  readonly answered: number
  /**
   * How many times as probable the answers are if each were drawn at random from the five as they are under the model;
   * undefined for "too few".
   */
  readonly bayesFactor: number | undefined
  /** Up to three answers, the least probable first, each with less than one chance in ten; only where they do not fit. */
  readonly surprising: readonly SurprisingAnswer[]
}

const MOST_SURPRISING = 3
const SURPRISING_BELOW = 0.1
/** Probabilities of the readings where one of the five answers is drawn at random. */
const AT_RANDOM = [1 / 5, 1 / 5, 3 / 5] as const

/**
 * The likelihood-ratio ("optimal") person-fit index of Levine and Drasgow (1988, Psychometrika 53, 161-176): answers at
 * random against the model, the person integrated out over the prior, so that no plug-in estimate biases it. Which
 * questions were asked cancels out of the ratio, also where earlier answers chose them.
 */
export function personFit(posterior: Posterior, responses: readonly Response[]): PersonFit {
  const given = scoredReadings(posterior.instrument, responses)
  const answered = given.length
  if (answered < FIT_FROM) return { state: 'too-few', answered, bayesFactor: undefined, surprising: [] }
  const atRandom = given.reduce((sum, { reading }) => sum + Math.log(AT_RANDOM[reading]!), 0)
  const bayesFactor = Math.exp(atRandom - logProbability(posterior, given))
  if (bayesFactor < MISFIT_FROM) return { state: 'fits', answered, bayesFactor, surprising: [] }
  return { state: 'does-not-fit', answered, bayesFactor, surprising: surprisingOf(posterior, given) }
}

interface Given {
  readonly index: number
  readonly score: number
  /** Position in `READINGS`. */
  readonly reading: number
  readonly response: Response
}

function scoredReadings(instrument: Instrument, responses: readonly Response[]): Given[] {
  return [...lastAnswers(instrument, responses)].flatMap(([index, response]) => {
    const score = scoreOf(response.answer)
    return score === undefined ? [] : [{ index, score, reading: Math.min(SHOWS_FROM, score), response }]
  })
}

/**
 * log P(readings): the sum over the general level of its prior times the competencies' evidence. The posterior's
 * evidence is of the answers; among those that show, each is a share of "shown" that does not depend on theta.
 */
function logProbability({ instrument, logEvidence }: Posterior, given: readonly Given[]): number {
  const { logGeneral } = instrument.tables
  const joint = logGeneral.slice()
  for (const log of logEvidence) if (log) for (let g = 0; g < joint.length; g++) joint[g]! += log[g]!
  const shares = sharesOfShown(instrument)
  return given.reduce(
    (sum, { score }) => sum - Math.log(score < SHOWS_FROM ? 1 : shares[score - SHOWS_FROM]!),
    logSum(joint) - logSum(logGeneral),
  )
}

/** P(score | shown) for the scores that show: steps without weight make it the same everywhere. */
function sharesOfShown({ steps }: Instrument): number[] {
  let exponent = 0
  const sizes = [1, ...steps.offsets.slice(SHOWS_FROM).map((offset) => Math.exp((exponent -= offset)))]
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return sizes.map((size) => size / total)
}

function logSum(logs: Float64Array): number {
  let largest = -Infinity
  for (const log of logs) if (log > largest) largest = log
  let sum = 0
  for (const log of logs) sum += Math.exp(log - largest)
  return largest + Math.log(sum)
}

/** Answers that all others made improbable: their predictive probability with the answer itself left out. */
function surprisingOf(posterior: Posterior, given: readonly Given[]): SurprisingAnswer[] {
  const { instrument } = posterior
  return given
    .map(({ index, score, reading, response }): SurprisingAnswer => {
      const { id, competency } = instrument.items[index]!
      const probabilities = predicted(posterior, index, score)
      return {
        item: id,
        competency,
        answer: response.answer,
        probability: probabilities[reading]!,
        expected: READINGS[probabilities.indexOf(Math.max(...probabilities))]!,
      }
    })
    .filter(({ probability }) => probability < SURPRISING_BELOW)
    .toSorted((a, b) => a.probability - b.probability)
    .slice(0, MOST_SURPRISING)
}

/** P(reading of this item | all answers but the one to it), summing to 1 (Geisser's leave-one-out predictive). */
function predicted(posterior: Posterior, index: number, score: number): number[] {
  const { instrument, logLikelihoods } = posterior
  const { curves, logCurves, curveOf, theta } = instrument.tables
  const c = instrument.competencyIndex.get(instrument.items[index]!.competency)!
  const own = logCurves[curveOf[index]!]!
  const curve = curves[curveOf[index]!]!
  const others = marginalFromOthers(posterior, c)
  const rest = logLikelihoods[c]!.map((log, t) => log - own[score * theta.size + t]!)
  const largest = rest.reduce((max, log) => Math.max(max, log), -Infinity)
  const out = READINGS.map(() => 0)
  for (let t = 0; t < theta.size; t++) {
    const mass = others[t]! * Math.exp(rest[t]! - largest)
    for (let k = 0; k * theta.size < curve.length; k++)
      out[Math.min(SHOWS_FROM, k)]! += mass * curve[k * theta.size + t]!
  }
  const total = out.reduce((sum, value) => sum + value, 0)
  return out.map((value) => value / total)
}
