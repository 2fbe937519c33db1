// A person against a role: each expectation met, likely, open or not known, and readiness with what holds it back.
import type { Response } from '../assess/answers.ts'
import { getEstimate, probabilityAtLeast, probabilityOfAll, type Profile } from '../assess/profile.ts'
import type { Framework } from '../framework/model.ts'
import { behavioursUpTo } from './behaviours.ts'
import { expectationState } from './expectation-state.ts'
import type { ExpectationGap, ExpectationState, Gap, RoleReadiness } from './model.ts'
import {
  barHeight,
  dutiesOf,
  expectationsOf,
  titleOf,
  type BarExpectation,
  type RoleChoice,
} from './roles.ts'
import { locationOf } from './standing.ts'

const HOLDING_BACK = 3

/** Everything between a person and a role's bar. */
export function gapTo(
  framework: Framework,
  profile: Profile,
  responses: readonly Response[],
  choice: RoleChoice,
): Gap {
  const bar = expectationsOf(framework, choice)
  const musts = bar.filter(({ kind }) => kind === 'must')
  const readiness = probabilityOfAll(profile, musts)
  const duties = dutiesOf(choice)
  const expectations = bar.map((expectation): ExpectationGap => {
    const { competency, area, level, kind } = expectation
    const estimate = getEstimate(profile, competency)
    const probability = probabilityAtLeast(profile, competency, level)
    const readinessWithout = kind === 'must' ? probabilityOfAll(profile, without(musts, expectation)) : null
    return {
      competency,
      area,
      level,
      kind,
      probability,
      state: expectationState(probability, estimate.answered),
      known: estimate.answered > 0,
      location: locationOf(estimate),
      missing: Math.max(0, level - estimate.level),
      readinessWithout,
      gain: readinessWithout === null ? null : Math.max(0, readinessWithout - readiness),
      duties: duties.filter((duty) => duty.competencies.includes(competency)).map(({ id }) => id),
      ...behavioursUpTo(framework, profile, responses, competency, level),
    }
  })
  return { ...readinessFrom(framework, profile, choice, bar, expectations), expectations }
}

/** Readiness for a role without the details of each expectation. */
export function readinessFor(framework: Framework, profile: Profile, choice: RoleChoice): RoleReadiness {
  const bar = expectationsOf(framework, choice)
  const musts = bar.filter(({ kind }) => kind === 'must')
  const states = bar.map((expectation) => {
    const { competency, level, kind } = expectation
    const probability = probabilityAtLeast(profile, competency, level)
    const { answered } = getEstimate(profile, competency)
    const readinessWithout = kind === 'must' ? probabilityOfAll(profile, without(musts, expectation)) : null
    return { competency, kind, probability, state: expectationState(probability, answered), readinessWithout }
  })
  return readinessFrom(framework, profile, choice, bar, states)
}

/** The expectations of a role that are met already, surest first. */
export function metExpectations(framework: Framework, profile: Profile, choice: RoleChoice) {
  return expectationsOf(framework, choice)
    .map(({ competency, level }) => {
      const probability = probabilityAtLeast(profile, competency, level)
      const state = expectationState(probability, getEstimate(profile, competency).answered)
      return { competency, level, probability, state }
    })
    .filter(({ state }) => state === 'met')
    .toSorted((a, b) => b.probability - a.probability)
    .map(({ competency, level, probability }) => ({ competency, level, probability }))
}

type StatedExpectation = Pick<
  ExpectationGap,
  'competency' | 'kind' | 'probability' | 'state' | 'readinessWithout'
>

function readinessFrom(
  framework: Framework,
  profile: Profile,
  choice: RoleChoice,
  bar: readonly BarExpectation[],
  expectations: readonly StatedExpectation[],
): RoleReadiness {
  const musts = bar.filter(({ kind }) => kind === 'must')
  const shoulds = bar.filter(({ kind }) => kind === 'should')
  const readiness = probabilityOfAll(profile, musts)
  const known = musts.filter(({ competency }) => getEstimate(profile, competency).answered > 0).length
  return {
    role: choice.ref,
    title: titleOf(choice),
    tracks: choice.role.tracks,
    readiness,
    shoulds: shoulds.length === 0 ? null : probabilityOfAll(profile, shoulds),
    certainty: known === musts.length ? 'answered' : known > 0 ? 'partly' : 'not-known',
    musts: countStates(expectations.filter(({ kind }) => kind === 'must')),
    shouldStates: countStates(expectations.filter(({ kind }) => kind === 'should')),
    heldBackBy: heldBackBy(readiness, expectations),
    bar: barHeight(framework, choice),
  }
}

/**
 * The musts that hold readiness back. Each is judged by P(it is met | all others are met), which is readiness over
 * readiness without it: unlike the difference, this ratio still tells musts apart when readiness is close to 0.
 */
function heldBackBy(readiness: number, expectations: readonly StatedExpectation[]): string[] {
  return expectations
    .filter(({ readinessWithout, state }) => readinessWithout !== null && state !== 'met')
    .map(({ competency, probability, readinessWithout }) => ({
      competency,
      probability,
      given: readinessWithout! > 0 ? readiness / readinessWithout! : probability,
    }))
    .toSorted((a, b) => a.given - b.given || a.probability - b.probability)
    .slice(0, HOLDING_BACK)
    .map(({ competency }) => competency)
}

function without(musts: readonly BarExpectation[], expectation: BarExpectation): BarExpectation[] {
  return musts.filter((other) => other !== expectation)
}

function countStates(expectations: readonly StatedExpectation[]): RoleReadiness['musts'] {
  const count = (state: ExpectationState) =>
    expectations.filter((expectation) => expectation.state === state).length
  return { met: count('met'), likely: count('likely'), open: count('open'), notKnown: count('not-known') }
}
