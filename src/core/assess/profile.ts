// A person's profile: where they stand on each competency, with its uncertainty.
import { SHOWS_FROM, type Response } from './answers.ts'
import { barLocation, type Instrument } from './instrument.ts'
import { beyondOf, positionOf, type Beyond } from './level-scale.ts'
import {
  lastAnswers,
  momentsOf,
  posteriorOf,
  quantileOf,
  scoreOf,
  shareAbove,
  type Posterior,
} from './posterior.ts'

/** A range, lower end first. */
export type Interval = readonly [low: number, high: number]

/** Past which end of the proficiency scale a location and its intervals' ends lie; null where they are on it. */
export interface BeyondScale {
  readonly level: Beyond
  readonly interval50: readonly [low: Beyond, high: Beyond]
  readonly interval90: readonly [low: Beyond, high: Beyond]
}

/** What the answers say of one competency. */
export interface CompetencyEstimate {
  readonly competency: string
  readonly area: string
  /** Posterior mean in logits. */
  readonly mean: number
  /** Posterior standard deviation in logits. */
  readonly sd: number
  /** Position of the mean on the proficiency scale, 0..n; the bar of level L is at L. */
  readonly level: number
  /** Levels of the scale, n. */
  readonly levels: number
  /** Equal-tailed 50 % and 90 % posterior intervals on the proficiency scale, 0..n. */
  readonly interval50: Interval
  readonly interval90: Interval
  /** Which of these the scale's ends clamped: a clamped end says "5 or above", not 5. */
  readonly beyond: BeyondScale
  /** The same in logits. */
  readonly logits50: Interval
  readonly logits90: Interval
  /** Scored answers to this competency's items. */
  readonly answered: number
  /** The highest level that scored answers speak of (a level without behaviours goes with the one below); 0 for none. */
  readonly scoredUpTo: number
  /** The lowest level at which a scored answer does not show its behaviour; null where all show theirs. */
  readonly notShownFrom: number | null
  readonly noOpportunity: number
  /** "general level": no answer to this competency; the estimate is read off the person's other answers. */
  readonly basis: 'answers' | 'general level'
}

export interface Profile {
  readonly general: { readonly mean: number; readonly sd: number }
  readonly competencies: readonly CompetencyEstimate[]
  /** Scored answers in all. */
  readonly answered: number
  readonly noOpportunity: number
  /** The tables behind the figures; not made to be stored or sent: estimate again from the answers. */
  readonly posterior: Posterior
}

/** A level of one competency, as a role's expectation names it. */
export interface Bar {
  readonly competency: string
  readonly level: number
}

/** The profile from these answers, in any order; an item's last answer counts and "no opportunity" is missing. */
export function estimateProfile(instrument: Instrument, responses: readonly Response[]): Profile {
  return profileOf(posteriorOf(instrument, responses), responses)
}

/** The last level before the next that has behaviours: a bar in between is told by the answers below it. */
function lastLevelTold(instrument: Instrument, competency: number, highest: number): number {
  if (highest === 0) return 0
  const { items, scale } = instrument.competencies[competency]!
  const above = items.map((index) => instrument.items[index]!.level).filter((level) => level > highest)
  return above.length === 0 ? scale.levels : Math.min(...above) - 1
}

/** The profile of a posterior that these answers led to. */
export function profileOf(posterior: Posterior, responses: readonly Response[]): Profile {
  const { instrument } = posterior
  const answered = instrument.competencies.map(() => 0)
  const highest = instrument.competencies.map(() => 0)
  const notShownFrom = instrument.competencies.map((): number | null => null)
  const noOpportunity = instrument.competencies.map(() => 0)
  for (const [index, { answer }] of lastAnswers(instrument, responses)) {
    const item = instrument.items[index]!
    const c = instrument.competencyIndex.get(item.competency)!
    if (answer === 'no-opportunity') noOpportunity[c]! += 1
    else {
      answered[c]! += 1
      highest[c] = Math.max(highest[c]!, item.level)
      if (scoreOf(answer)! < SHOWS_FROM) notShownFrom[c] = Math.min(notShownFrom[c] ?? Infinity, item.level)
    }
  }
  const { theta, general } = instrument.tables
  return {
    general: momentsOf(general, posterior.general),
    competencies: instrument.competencies.map(({ id, area, scale }, c) => {
      const mass = posterior.marginals[c]!
      const { mean, sd } = momentsOf(theta, mass)
      const within = (share: number): Interval => [
        quantileOf(theta, mass, (1 - share) / 2),
        quantileOf(theta, mass, (1 + share) / 2),
      ]
      const onScale = ([low, high]: Interval): Interval => [positionOf(scale, low), positionOf(scale, high)]
      const sides = ([low, high]: Interval) => [beyondOf(scale, low), beyondOf(scale, high)] as const
      const logits50 = within(0.5)
      const logits90 = within(0.9)
      return {
        competency: id,
        area,
        mean,
        sd,
        level: positionOf(scale, mean),
        levels: scale.levels,
        interval50: onScale(logits50),
        interval90: onScale(logits90),
        beyond: {
          level: beyondOf(scale, mean),
          interval50: sides(logits50),
          interval90: sides(logits90),
        },
        logits50,
        logits90,
        answered: answered[c]!,
        scoredUpTo: lastLevelTold(instrument, c, highest[c]!),
        notShownFrom: notShownFrom[c]!,
        noOpportunity: noOpportunity[c]!,
        basis: answered[c]! > 0 ? 'answers' : 'general level',
      }
    }),
    answered: answered.reduce((sum, n) => sum + n, 0),
    noOpportunity: noOpportunity.reduce((sum, n) => sum + n, 0),
    posterior,
  }
}

/** The estimate of one competency; throws a RangeError for an id that the instrument does not have. */
export function getEstimate(profile: Profile, competency: string): CompetencyEstimate {
  const at = profile.posterior.instrument.competencyIndex.get(competency)
  if (at === undefined) throw new RangeError(`competency ${competency}: not in this instrument`)
  return profile.competencies[at]!
}

/** Posterior probability, 0-1, that the person is at the bar of `level` (0..n) or above it. */
export function probabilityAtLeast(profile: Profile, competency: string, level: number): number {
  const { instrument, marginals } = profile.posterior
  const bar = barLocation(instrument, competency, level)
  if (bar === -Infinity) return 1
  const mass = marginals[instrument.competencyIndex.get(competency)!]!
  const above = shareAbove(instrument.tables.theta, bar)
  let sum = 0
  for (let t = 0; t < mass.length; t++) sum += mass[t]! * above[t]!
  return Math.min(1, sum)
}

/**
 * Joint posterior probability, 0-1, that all bars are met: the sum over the general level of the product over
 * competencies, so that what the competencies share is not counted twice. 1 for no bars; one more bar never raises it.
 */
export function probabilityOfAll(profile: Profile, bars: readonly Bar[]): number {
  const { instrument, general } = profile.posterior
  const highest = new Map<number, number>()
  for (const { competency, level } of bars) {
    const bar = barLocation(instrument, competency, level)
    const c = instrument.competencyIndex.get(competency)!
    if (bar > (highest.get(c) ?? -Infinity)) highest.set(c, bar)
  }
  const joint = general.slice()
  for (const [c, bar] of [...highest].toSorted((a, b) => a[0] - b[0])) {
    const met = metGivenGeneral(profile.posterior, c, bar)
    for (let g = 0; g < joint.length; g++) joint[g]! *= met[g]!
  }
  return Math.min(
    1,
    joint.reduce((sum, mass) => sum + mass, 0),
  )
}

/** Roles ask for the same bars again and again: each is worked out once for a posterior. */
const metByPosterior = new WeakMap<Posterior, Map<string, Float64Array>>()

/** P(theta_c at `bar` or above | g, answers to c) on the grid of g. */
function metGivenGeneral(posterior: Posterior, c: number, bar: number): Float64Array {
  const known = metByPosterior.get(posterior) ?? new Map<string, Float64Array>()
  metByPosterior.set(posterior, known)
  const key = `${c} ${bar}`
  const found = known.get(key)
  if (found) return found
  const { theta, general: grid, kernel } = posterior.instrument.tables
  const above = shareAbove(theta, bar)
  const likelihood = posterior.likelihoods[c]
  const out = new Float64Array(grid.size)
  for (let g = 0; g < grid.size; g++) {
    const from = g * theta.size
    let met = 0
    let all = 0
    for (let t = 0; t < theta.size; t++) {
      const mass = likelihood ? kernel[from + t]! * likelihood[t]! : kernel[from + t]!
      all += mass
      met += mass * above[t]!
    }
    out[g] = all > 0 ? Math.min(1, met / all) : 0
  }
  known.set(key, out)
  return out
}
