// "Why?": the answers that an estimate came from, what each did to it, and what one more answer would change.
import { ANSWERS, type Answer, type Response } from './answers.ts'
import { resumeAssessment } from './assessment.ts'
import { locationGain } from './expected-gain.ts'
import { getCompetency, type Instrument } from './instrument.ts'
import { DOUBT, LIKELY_OPPORTUNITY, opportunityOf } from './opportunity.ts'
import { withAnswer } from './posterior.ts'
import {
  estimateProfile,
  getEstimate,
  profileOf,
  type BeyondScale,
  type CompetencyEstimate,
  type Interval,
} from './profile.ts'

/** One answer to a behaviour of the competency, and the estimate had it not been given. */
export interface Contribution {
  readonly item: string
  /** Level that the behaviour is anchored at. */
  readonly level: number
  readonly answer: Answer
  readonly without: CompetencyEstimate
  /** Levels by which the answer moved the estimate (up is positive), before the scale's ends clamp it. */
  readonly shift: number
}

export interface OneMoreAnswer {
  /** The item left that is expected to narrow this estimate most, given how likely an opportunity for it is. */
  readonly item: string
  readonly level: number
  /** Expected standard deviation after it, in logits: the root of the expected variance. */
  readonly expectedSd: number
  /** Expected width of the 90 % interval after it, in levels. */
  readonly expectedWidth90: number
  readonly outcomes: readonly {
    /** Each answer; "no opportunity" comes last and changes nothing. */
    readonly answer: Answer
    /** How likely this answer is, 0-1, by what is known so far. */
    readonly probability: number
    readonly level: number
    readonly interval90: Interval
    readonly beyond: BeyondScale
  }[]
}

export interface Explanation {
  readonly estimate: CompetencyEstimate
  /** What the answers to all other competencies say of this one, through the general level. */
  readonly fromGeneralLevel: CompetencyEstimate
  /** In the order in which the answers were given; "no opportunity" moves nothing. */
  readonly contributions: readonly Contribution[]
  /** Share of the variance that `fromGeneralLevel` leaves which this competency's own answers removed, 0-1. */
  readonly ownShare: number
  /** SD by which the location of an expert-set item is taken to be uncertain, in logits; undefined if all are calibrated. */
  readonly anchorSd: number | undefined
  /** Undefined when no item of the competency is left, or none that an opportunity is likely for: see `noMore`. */
  readonly oneMore: OneMoreAnswer | undefined
  /** Why there is none; undefined where there is one. */
  readonly noMore: 'all-answered' | 'no-opportunity' | undefined
}

/** Explains the estimate of one competency; throws a RangeError for an id that the instrument does not have. */
export function explainEstimate(
  instrument: Instrument,
  responses: readonly Response[],
  competency: string,
): Explanation {
  const { items, scale } = getCompetency(instrument, competency)
  const assessment = resumeAssessment(instrument, responses)
  const given = assessment.responses
  const estimate = getEstimate(profileOf(assessment.posterior, given), competency)
  const own = new Set(items.map((index) => instrument.items[index]!.id))
  const estimateFrom = (kept: readonly Response[]): CompetencyEstimate =>
    getEstimate(estimateProfile(instrument, kept), competency)
  const fromGeneralLevel = estimateFrom(given.filter(({ item }) => !own.has(item)))
  const contributions = given
    .filter(({ item }) => own.has(item))
    .map(({ item, answer }): Contribution => {
      const without =
        answer === 'no-opportunity' ? estimate : estimateFrom(given.filter((other) => other.item !== item))
      const { level } = instrument.items[instrument.itemIndex.get(item)!]!
      return { item, level, answer, without, shift: (estimate.mean - without.mean) / scale.spacing }
    })
  const expertSet = items
    .map((index) => instrument.items[index]!)
    .filter((item) => item.calibration === 'expert-set')
  const oneMore = oneMoreAnswer(instrument, given, competency, estimate)
  const all = given.filter(({ item }) => own.has(item)).length === own.size
  return {
    estimate,
    fromGeneralLevel,
    contributions,
    ownShare: Math.max(0, 1 - (estimate.sd / fromGeneralLevel.sd) ** 2),
    anchorSd: expertSet.length > 0 ? Math.max(...expertSet.map(({ locationSd }) => locationSd)) : undefined,
    oneMore,
    noMore: oneMore ? undefined : all ? 'all-answered' : 'no-opportunity',
  }
}

function oneMoreAnswer(
  instrument: Instrument,
  responses: readonly Response[],
  competency: string,
  estimate: CompetencyEstimate,
): OneMoreAnswer | undefined {
  const { tables } = instrument
  const { posterior } = resumeAssessment(instrument, responses)
  const c = instrument.competencyIndex.get(competency)!
  const mass = posterior.marginals[c]!
  const asked = new Set(responses.map(({ item }) => item))
  const curveAt = (index: number): Float64Array => tables.curves[tables.curveOf[index]!]!
  const gainOf = locationGain(tables.theta, mass)
  const opportunity = opportunityOf({ instrument, responses }, DOUBT)
  const chance = (index: number) => opportunity(competency, instrument.items[index]!.level)
  // What would most likely be skipped is not offered as the answer to give next.
  const left = instrument.competencies[c]!.items.filter(
    (index) => !asked.has(instrument.items[index]!.id) && chance(index) >= LIKELY_OPPORTUNITY,
  )
  if (left.length === 0) return undefined
  const gains = left.map((index) => gainOf(curveAt(index)) * chance(index))
  const best = left[gains.indexOf(Math.max(...gains))]!
  const item = instrument.items[best]!
  const had = chance(best)
  const scored = ANSWERS.map((answer, score) => {
    let probability = 0
    for (let t = 0; t < mass.length; t++) probability += mass[t]! * curveAt(best)[score * mass.length + t]!
    const after = profileOf(withAnswer(posterior, best, score), [...responses, { item: item.id, answer }])
    const { level, interval90, beyond } = getEstimate(after, competency)
    return { answer, probability: had * probability, level, interval90, beyond }
  })
  const { level, interval90, beyond } = estimate
  const outcomes = [
    ...scored,
    { answer: 'no-opportunity' as const, probability: 1 - had, level, interval90, beyond },
  ]
  return {
    item: item.id,
    level: item.level,
    expectedSd: Math.sqrt(Math.max(0, estimate.sd ** 2 - Math.max(...gains))),
    expectedWidth90: outcomes.reduce(
      (sum, { probability, interval90: [low, high] }) => sum + probability * (high - low),
      0,
    ),
    outcomes,
  }
}
