// A person's standing: location and certainty per competency, what stands out against their own level, what is unknown.
import { SHOWS_FROM, type Response } from '../assess/answers.ts'
import type { Instrument } from '../assess/instrument.ts'
import { lastAnswers, marginalFromOthers, momentsOf, scoreOf, shareAbove } from '../assess/posterior.ts'
import { getEstimate, probabilityAtLeast, type CompetencyEstimate, type Profile } from '../assess/profile.ts'
import type { AreaStanding, CompetencyStanding, Location } from './model.ts'

/** From this probability of being above the person's own level a competency is a strength; below 1 minus it, a low one. */
export const STRENGTH_FROM = 0.8

/** From this share of the variance removed by its own answers a location rests on them more than on the general level. */
const MOSTLY_OWN = 0.5

/** The estimate of a competency as the results show it. */
export function locationOf(estimate: CompetencyEstimate): Location {
  const { level, mean, sd, beyond } = estimate
  return {
    level,
    mean,
    sd,
    interval50: [...estimate.interval50],
    interval90: [...estimate.interval90],
    beyond: {
      level: beyond.level,
      interval50: [...beyond.interval50],
      interval90: [...beyond.interval90],
    },
  }
}

/** How much of a competency's uncertainty its own answers removed, and what its place therefore rests on. */
export function ownAnswersOf(
  profile: Profile,
  competency: string,
): Pick<CompetencyStanding, 'ownShare' | 'restsOn'> {
  const { instrument } = profile.posterior
  const { answered, sd } = getEstimate(profile, competency)
  const c = instrument.competencyIndex.get(competency)!
  const fromOthers =
    answered > 0 ? momentsOf(instrument.tables.theta, marginalFromOthers(profile.posterior, c)).sd : sd
  const ownShare = Math.max(0, 1 - (sd / fromOthers) ** 2)
  return { ownShare, restsOn: ownShare < MOSTLY_OWN ? 'general-level' : 'own-answers' }
}

/** The standing of every competency, in the instrument's order. */
export function competencyStandings(
  instrument: Instrument,
  profile: Profile,
  responses: readonly Response[],
): CompetencyStanding[] {
  const above = aboveGeneralLevel(profile)
  const shown = shownByCompetency(instrument, responses)
  return instrument.competencies.map(({ id, area, scale, items }, c) => {
    const estimate = profile.competencies[c]!
    const known = estimate.answered > 0
    return {
      competency: id,
      area,
      known,
      basis: estimate.basis,
      ...ownAnswersOf(profile, id),
      location: locationOf(estimate),
      answered: estimate.answered,
      noOpportunity: estimate.noOpportunity,
      shown: shown.get(id) ?? 0,
      behaviours: items.length,
      aboveOwnMean: above[c]!,
      relative: known ? relativeOf(above[c]!) : 'not-known',
      levels: Array.from({ length: scale.levels }, (_, i) => ({
        level: i + 1,
        probability: probabilityAtLeast(profile, id, i + 1),
      })),
    }
  })
}

/** How much of each area is known. */
export function areaStandings(
  instrument: Instrument,
  competencies: readonly CompetencyStanding[],
): AreaStanding[] {
  return instrument.areas.map((area) => {
    const own = competencies.filter((competency) => competency.area === area)
    const sum = (count: (standing: CompetencyStanding) => number) =>
      own.reduce((total, one) => total + count(one), 0)
    return {
      area,
      competencies: own.length,
      known: sum(({ known }) => (known ? 1 : 0)),
      answered: sum(({ answered }) => answered),
      noOpportunity: sum(({ noOpportunity }) => noOpportunity),
    }
  })
}

/** Strengths, the most certain first: competencies with answers that are above the person's own level. */
export function strengthsOf(competencies: readonly CompetencyStanding[]): CompetencyStanding[] {
  return competencies
    .filter(({ relative }) => relative === 'above')
    .toSorted((a, b) => b.aboveOwnMean - a.aboveOwnMean)
}

/** Weak spots, the most certain first: competencies with answers that are below the person's own level. */
export function weakSpotsOf(competencies: readonly CompetencyStanding[]): CompetencyStanding[] {
  return competencies
    .filter(({ relative }) => relative === 'below')
    .toSorted((a, b) => a.aboveOwnMean - b.aboveOwnMean)
}

function relativeOf(probability: number): 'above' | 'around' | 'below' {
  if (probability >= STRENGTH_FROM) return 'above'
  return probability <= 1 - STRENGTH_FROM ? 'below' : 'around'
}

/**
 * Posterior probability per competency that theta_c is above the general level g: the sum over g of
 * P(g | answers) P(theta_c > g | g, answers to c). Exact, because given g the competencies are independent.
 */
function aboveGeneralLevel({ posterior }: Profile): number[] {
  const { instrument, likelihoods, general } = posterior
  const { theta, general: grid, kernel } = instrument.tables
  const above = Array.from({ length: grid.size }, (_, g) => shareAbove(theta, grid.points[g]!))
  return likelihoods.map((likelihood) => {
    let probability = 0
    for (let g = 0; g < grid.size; g++) {
      const weight = general[g]!
      if (weight === 0) continue
      let higher = 0
      let all = 0
      for (let t = 0; t < theta.size; t++) {
        const mass = kernel[g * theta.size + t]! * (likelihood?.[t] ?? 1)
        all += mass
        higher += mass * above[g]![t]!
      }
      if (all > 0) probability += (weight * higher) / all
    }
    return Math.min(1, probability)
  })
}

/** P(theta_a > theta_b | answers), 0-1, half of what lies in the same cell counted: given g the two are independent. */
export function probabilityAbove({ posterior }: Profile, a: string, b: string): number {
  const { instrument, likelihoods, general } = posterior
  const { theta, general: grid, kernel } = instrument.tables
  const [one, other] = [a, b].map((id) => likelihoods[instrument.competencyIndex.get(id)!])
  let probability = 0
  for (let g = 0; g < grid.size; g++) {
    if (general[g] === 0) continue
    let [above, allOne, allOther] = [0, 0, 0]
    for (let t = 0; t < theta.size; t++) {
      const prior = kernel[g * theta.size + t]!
      const massOne = prior * (one?.[t] ?? 1)
      const massOther = prior * (other?.[t] ?? 1)
      above += massOne * (allOther + massOther / 2)
      allOne += massOne
      allOther += massOther
    }
    if (allOne > 0 && allOther > 0) probability += (general[g]! * above) / (allOne * allOther)
  }
  return Math.min(1, probability)
}

function shownByCompetency(instrument: Instrument, responses: readonly Response[]): Map<string, number> {
  const shown = new Map<string, number>()
  for (const [index, { answer }] of lastAnswers(instrument, responses)) {
    if ((scoreOf(answer) ?? -1) < SHOWS_FROM) continue
    const { competency } = instrument.items[index]!
    shown.set(competency, (shown.get(competency) ?? 0) + 1)
  }
  return shown
}
