// What changed between two assessments of one person.
import type { Response } from '../assess/answers.ts'
import type { Instrument } from '../assess/instrument.ts'
import { lastAnswers, scoreOf } from '../assess/posterior.ts'
import { estimateProfile, getEstimate, type Profile } from '../assess/profile.ts'
import type { Framework } from '../framework/model.ts'
import { MET_FROM } from './expectation-state.ts'
import { readinessFor } from './gap.ts'
import type { HistoryChange, StandingChange } from './change-model.ts'
import { listRoles, roleKey } from './roles.ts'
import { locationOf, ownAnswersOf } from './standing.ts'

/** One of the two assessments, with the framework version that it was made on. */
export interface AssessedProfile {
  readonly framework: Framework
  /** What names the framework version's content, for telling versions apart. */
  readonly version: string
  readonly instrument: Instrument
  readonly profile: Profile
  readonly responses: readonly Response[]
  /** ISO 8601. */
  readonly assessedAt: string
}

/** Every competency and role of either version, the later one's first. */
export function changeBetween(before: AssessedProfile, after: AssessedProfile): HistoryChange {
  const compared = comparedOf(before, after)
  const competencies = unique([...idsOf(after), ...idsOf(before)]).map((competency) =>
    competencyChange(before, after, compared, competency),
  )
  return {
    before: before.assessedAt,
    after: after.assessedAt,
    sameVersion: before.version === after.version,
    competencies,
    roles: roleChanges(before, after),
    ...answersCompared(before, after),
    leftOut: competencies
      .filter(({ verdict }) => verdict === 'not-known')
      .map(({ competency }) => competency),
  }
}

function idsOf({ profile }: AssessedProfile): string[] {
  return profile.competencies.map(({ competency }) => competency)
}

/** The scored answers to one set of behaviours, as given before and after. */
interface Compared {
  readonly instrument: Instrument
  readonly before: readonly Response[]
  readonly after: readonly Response[]
}

/**
 * What was answered, not "no opportunity", in both: only this can be compared. An answer that counts on from the earlier one
 * was given in both: it is the person's answer then and now.
 */
function comparedOf(before: AssessedProfile, after: AssessedProfile): Compared {
  const scored = ({ instrument, responses }: AssessedProfile) =>
    new Map([...lastAnswers(instrument, responses).values()].map((one) => [one.item, one] as const))
  const first = scored(before)
  const second = scored(after)
  const both = [...second.keys()].filter((item) => {
    const [one, other] = [first.get(item), second.get(item)]
    return one && other && scoreOf(one.answer) !== undefined && scoreOf(other.answer) !== undefined
  })
  return {
    instrument: after.instrument,
    before: both.map((item) => first.get(item)!),
    after: both.map((item) => second.get(item)!),
  }
}

/**
 * The estimate of a competency from the later answers to what both asked, and the same with its own answers as they were
 * before: what differs between the two is what was answered otherwise, and neither other questions nor answers elsewhere.
 */
function comparableEstimates({ instrument, before, after }: Compared, competency: string) {
  const isOwn = ({ item }: Response) =>
    instrument.items[instrument.itemIndex.get(item)!]!.competency === competency
  const others = after.filter((one) => !isOwn(one))
  const own = before.filter(isOwn)
  if (own.length === 0) return undefined
  const estimate = (responses: readonly Response[]) =>
    getEstimate(estimateProfile(instrument, responses), competency)
  return { first: estimate([...others, ...own]), second: estimate(after) }
}

/**
 * A change is claimed only where the same behaviours were answered otherwise. The two measures are taken as independent
 * and normal: P(risen) = Phi((m2 - m1) / sqrt(s1^2 + s2^2)) in logits. They share the same expert-set locations, so this is
 * cautious: a shared error cancels in the difference.
 */
function competencyChange(
  before: AssessedProfile,
  after: AssessedProfile,
  compared: Compared,
  competency: string,
): StandingChange {
  const first = before.profile.competencies.find((estimate) => estimate.competency === competency)
  const second = after.profile.competencies.find((estimate) => estimate.competency === competency)
  const restsOn = ({ profile }: AssessedProfile, estimate: typeof first) =>
    estimate && estimate.answered > 0 ? ownAnswersOf(profile, competency).restsOn : null
  const sides = {
    ...{ before: first ? locationOf(first) : null, after: second ? locationOf(second) : null },
    ...{ beforeRestsOn: restsOn(before, first), afterRestsOn: restsOn(after, second) },
  }
  const unclear = (verdict: StandingChange['verdict']): StandingChange => ({
    ...{ competency, ...sides, difference: null, probabilityRisen: null, direction: null, verdict },
  })
  if (!first || !second || first.levels !== second.levels) return unclear('not-comparable')
  if (first.answered + second.answered === 0)
    return unclear(first.noOpportunity + second.noOpportunity > 0 ? 'no-opportunity' : 'not-known')
  if (first.answered === 0) return unclear('newly-known')
  if (second.answered === 0)
    return unclear(second.noOpportunity > 0 ? 'no-opportunity' : 'not-asked-this-time')
  const alike = comparableEstimates(compared, competency)
  if (!alike) return unclear('other-questions')
  const probabilityRisen = normalDistribution(
    (alike.second.mean - alike.first.mean) / Math.hypot(alike.first.sd, alike.second.sd),
  )
  const verdict =
    probabilityRisen >= MET_FROM ? 'risen' : probabilityRisen <= 1 - MET_FROM ? 'fallen' : 'no-clear-change'
  const direction = {
    word: probabilityRisen >= 0.5 ? ('rose' as const) : ('fell' as const),
    probability: Math.max(probabilityRisen, 1 - probabilityRisen),
  }
  const difference = alike.second.level - alike.first.level
  return { competency, ...sides, difference, probabilityRisen, direction, verdict }
}

function roleChanges(before: AssessedProfile, after: AssessedProfile): HistoryChange['roles'] {
  const readinessIn = ({ framework, profile }: AssessedProfile) =>
    new Map(
      listRoles(framework).map((choice) => {
        const { role, readiness, ofKnown, tooLittleKnown } = readinessFor(framework, profile, choice)
        return [roleKey(role), { role, number: { readiness, ofKnown, tooLittleKnown } }]
      }),
    )
  const first = readinessIn(before)
  const second = readinessIn(after)
  return unique([...second.keys(), ...first.keys()]).map((key) => ({
    role: (second.get(key) ?? first.get(key))!.role,
    before: first.get(key)?.number ?? null,
    after: second.get(key)?.number ?? null,
  }))
}

/** What was answered otherwise is a change of the person's answer; what only one of them asked is none. */
function answersCompared(
  before: AssessedProfile,
  after: AssessedProfile,
): Pick<HistoryChange, 'answersChanged' | 'newlyAsked' | 'notAskedThisTime' | 'countOn'> {
  const answersOf = ({ responses }: AssessedProfile) =>
    new Map(responses.map(({ item, answer }) => [item, answer]))
  const first = answersOf(before)
  const second = answersOf(after)
  const placeOf = (side: AssessedProfile, behaviour: string) => ({
    behaviour,
    competency: competencyOf(side, behaviour),
  })
  const both = [...second].flatMap(([behaviour, answer]) => {
    const earlier = first.get(behaviour)
    return earlier === undefined || earlier === answer
      ? []
      : [{ ...placeOf(after, behaviour), before: earlier, after: answer }]
  })
  return {
    countOn: after.responses.filter(({ item, carried }) => carried && first.has(item)).length,
    answersChanged: both,
    newlyAsked: [...second]
      .filter(([behaviour]) => !first.has(behaviour))
      .map(([behaviour, answer]) => ({ ...placeOf(after, behaviour), after: answer })),
    notAskedThisTime: [...first]
      .filter(([behaviour]) => !second.has(behaviour))
      .map(([behaviour, answer]) => ({ ...placeOf(before, behaviour), before: answer })),
  }
}

const competencyOf = ({ instrument }: AssessedProfile, item: string): string =>
  instrument.items[instrument.itemIndex.get(item)!]!.competency

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}

/** Standard normal distribution function by Abramowitz & Stegun 26.2.17; absolute error below 7.5e-8. */
function normalDistribution(z: number): number {
  const x = Math.abs(z)
  const t = 1 / (1 + 0.2316419 * x)
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const upper = (Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)) * series
  return z >= 0 ? 1 - upper : upper
}
