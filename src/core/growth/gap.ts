// A person against a role: each expectation met, likely, open or not known, and readiness with what holds it back.
import type { Response } from '../assess/answers.ts'
import { getEstimate, probabilityAtLeast, probabilityOfAll, type Profile } from '../assess/profile.ts'
import type { Framework } from '../framework/model.ts'
import { behavioursUpTo, isShownAt } from './behaviours.ts'
import { expectationState } from './expectation-state.ts'
import type {
  BarStanding,
  ExpectationGap,
  ExpectationState,
  Gap,
  RoleReadiness,
  StateCounts,
  TooLittleKnown,
} from './model.ts'
import {
  barHeight,
  dutiesOf,
  expectationsOf,
  titleOf,
  type BarExpectation,
  type RoleChoice,
} from './roles.ts'
import { locationOf, ownAnswersOf } from './standing.ts'

const HOLDING_BACK = 3
/** Below this share of musts with an answer of their own a joint probability would be a guess from the others. */
export const KNOWN_SHARE = 0.5

/** Everything between a person and a role's bar. */
export function gapTo(
  framework: Framework,
  profile: Profile,
  responses: readonly Response[],
  choice: RoleChoice,
): Gap {
  const bar = expectationsOf(framework, choice)
  const musts = bar.filter(({ kind }) => kind === 'must')
  const known = knownOf(profile, musts)
  const joint = probabilityOfAll(profile, known)
  const enough = tooLittleKnownOf(profile, musts) === null
  const duties = dutiesOf(choice)
  const expectations = bar.map((expectation): ExpectationGap => {
    const { competency, area, level, kind } = expectation
    const estimate = getEstimate(profile, competency)
    const probability = probabilityAtLeast(profile, competency, level)
    const state = expectationState(probability, level, estimate)
    const readinessWithout =
      enough && known.includes(expectation) ? probabilityOfAll(profile, without(known, expectation)) : null
    return {
      competency,
      area,
      level,
      kind,
      probability,
      state,
      known: state !== 'not-known',
      inferred:
        (state === 'met' || state === 'likely') && !isShownAt(framework, responses, competency, level),
      ...ownAnswersOf(profile, competency),
      location: locationOf(estimate),
      missing: Math.max(0, level - estimate.level),
      readinessWithout,
      gain: readinessWithout === null ? null : Math.max(0, readinessWithout - joint),
      wereItCertain:
        readinessWithout !== null && shownPercent(readinessWithout) !== shownPercent(joint)
          ? readinessWithout
          : null,
      duties: duties.filter((duty) => duty.competencies.includes(competency)).map(({ id }) => id),
      ...behavioursUpTo(framework, profile, responses, competency, level),
    }
  })
  return { ...readinessFrom(framework, profile, choice, bar, expectations), expectations }
}

/** Readiness for a role without the details of each expectation. */
export function readinessFor(framework: Framework, profile: Profile, choice: RoleChoice): RoleReadiness {
  const bar = expectationsOf(framework, choice)
  const states = bar.map(({ competency, level, kind }) => {
    const probability = probabilityAtLeast(profile, competency, level)
    return { competency, kind, probability, state: stateOf(profile, competency, level) }
  })
  return readinessFrom(framework, profile, choice, bar, states)
}

/** The expectations of a role that are met already, surest first. */
export function metExpectations(framework: Framework, profile: Profile, choice: RoleChoice) {
  return expectationsOf(framework, choice)
    .map(({ competency, level }) => {
      const probability = probabilityAtLeast(profile, competency, level)
      const state = expectationState(probability, level, getEstimate(profile, competency))
      return { competency, level, probability, state }
    })
    .filter(({ state }) => state === 'met')
    .toSorted((a, b) => b.probability - a.probability)
    .map(({ competency, level, probability }) => ({ competency, level, probability }))
}

type StatedExpectation = Pick<ExpectationGap, 'competency' | 'kind' | 'probability' | 'state'>

/** The joint probability that all of a role's musts are met, however little of them is known. */
export function jointReadiness(framework: Framework, profile: Profile, choice: RoleChoice): number {
  return probabilityOfAll(
    profile,
    expectationsOf(framework, choice).filter(({ kind }) => kind === 'must'),
  )
}

/** Set where scored answers tell of fewer than half of these musts; "no opportunity" tells of none. */
export function tooLittleKnownOf(profile: Profile, musts: readonly BarExpectation[]): TooLittleKnown | null {
  const answered = musts.filter(
    ({ competency, level }) => stateOf(profile, competency, level) !== 'not-known',
  ).length
  return answered < KNOWN_SHARE * musts.length ? { answered, musts: musts.length } : null
}

/** Those of these expectations that something is known of: the others have no part in any number. */
function knownOf(profile: Profile, bar: readonly BarExpectation[]): BarExpectation[] {
  return bar.filter(({ competency, level }) => stateOf(profile, competency, level) !== 'not-known')
}

/**
 * Where a person stands to a role's bar: counts of its musts and shoulds, and readiness where all of its musts are known,
 * or what can be said of the known ones where at least half are.
 */
export function barStanding(framework: Framework, profile: Profile, choice: RoleChoice): BarStanding {
  const bar = expectationsOf(framework, choice)
  const musts = bar.filter(({ kind }) => kind === 'must')
  const states = bar.map(({ competency, level, kind }) => ({
    kind,
    state: stateOf(profile, competency, level),
  }))
  const tooLittleKnown = tooLittleKnownOf(profile, musts)
  const known = knownOf(profile, musts)
  const probability = probabilityOfAll(profile, known)
  const all = known.length === musts.length
  return {
    role: choice.ref,
    musts: countStates(states.filter(({ kind }) => kind === 'must')),
    shoulds: countStates(states.filter(({ kind }) => kind === 'should')),
    readiness: all ? probability : null,
    ofKnown:
      all || tooLittleKnown
        ? null
        : { probability, musts: known.length, notKnown: musts.length - known.length },
    tooLittleKnown,
  }
}

/** Whether one level of a competency is met, likely, open or not known. */
export function stateOf(profile: Profile, competency: string, level: number): ExpectationState {
  const probability = probabilityAtLeast(profile, competency, level)
  return expectationState(probability, level, getEstimate(profile, competency))
}

/** What a reader sees of a probability: whole percents, with under 1 and over 99 as such. */
function shownPercent(probability: number): number {
  if (probability < 0.01) return 0
  return probability > 0.99 ? 100 : Math.round(100 * probability)
}

function readinessFrom(
  framework: Framework,
  profile: Profile,
  choice: RoleChoice,
  bar: readonly BarExpectation[],
  expectations: readonly StatedExpectation[],
): RoleReadiness {
  const musts = bar.filter(({ kind }) => kind === 'must')
  const shoulds = bar.filter(({ kind }) => kind === 'should')
  const { readiness, ofKnown, tooLittleKnown } = barStanding(framework, profile, choice)
  const known = musts.filter(({ competency }) => getEstimate(profile, competency).answered > 0).length
  const unknown = expectations.filter(({ kind, state }) => kind === 'must' && state === 'not-known')
  return {
    role: choice.ref,
    title: titleOf(choice),
    tracks: choice.role.tracks,
    readiness,
    ofKnown,
    tooLittleKnown,
    shoulds:
      shoulds.length === 0 || knownOf(profile, shoulds).length < shoulds.length
        ? null
        : probabilityOfAll(profile, shoulds),
    certainty: known === musts.length ? 'answered' : known > 0 ? 'partly' : 'not-known',
    musts: countStates(expectations.filter(({ kind }) => kind === 'must')),
    shouldStates: countStates(expectations.filter(({ kind }) => kind === 'should')),
    heldBackBy: heldBackBy(profile, musts, expectations),
    answerFirst: unknown
      .filter(({ competency }) => !isWithoutOpportunity(profile, competency))
      .toSorted((a, b) => a.probability - b.probability)
      .slice(0, HOLDING_BACK)
      .map(({ competency }) => competency),
    withoutOpportunity: unknown
      .filter(({ competency }) => isWithoutOpportunity(profile, competency))
      .map(({ competency }) => competency),
    bar: barHeight(framework, choice),
  }
}

/** True where nothing but "no opportunity" was answered. */
function isWithoutOpportunity(profile: Profile, competency: string): boolean {
  const { answered, noOpportunity } = getEstimate(profile, competency)
  return answered === 0 && noOpportunity > 0
}

/**
 * The musts that hold readiness back: the open ones; what is likely or met holds nothing back, and of what is not known
 * nothing can be said. Each is judged by P(it is met | all other known ones are met), which is the joint probability over the
 * same without it: unlike the difference, this ratio still tells musts apart when readiness is close to 0.
 */
function heldBackBy(
  profile: Profile,
  musts: readonly BarExpectation[],
  expectations: readonly StatedExpectation[],
): string[] {
  const known = knownOf(profile, musts)
  const joint = probabilityOfAll(profile, known)
  return expectations
    .filter(({ kind, state }) => kind === 'must' && state === 'open')
    .map(({ competency, probability }) => {
      const rest = probabilityOfAll(
        profile,
        known.filter((other) => other.competency !== competency),
      )
      return { competency, probability, given: rest > 0 ? joint / rest : probability }
    })
    .toSorted((a, b) => a.given - b.given || a.probability - b.probability)
    .slice(0, HOLDING_BACK)
    .map(({ competency }) => competency)
}

function without(musts: readonly BarExpectation[], expectation: BarExpectation): BarExpectation[] {
  return musts.filter((other) => other !== expectation)
}

/** How many expectations are in each state. */
export function countStates(expectations: readonly { readonly state: ExpectationState }[]): StateCounts {
  const count = (state: ExpectationState) =>
    expectations.filter((expectation) => expectation.state === state).length
  return { met: count('met'), likely: count('likely'), open: count('open'), notKnown: count('not-known') }
}
