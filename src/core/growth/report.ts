// The whole result of an assessment as one value: web, terminal and exports render it and compute nothing themselves.
import type { Response } from '../assess/answers.ts'
import type { Instrument } from '../assess/instrument.ts'
import { personFit } from '../assess/person-fit.ts'
import { lastAnswers } from '../assess/posterior.ts'
import { estimateProfile, type Profile } from '../assess/profile.ts'
import type { Framework } from '../framework/model.ts'
import { answeringTimeOf } from './answering-time.ts'
import { gapTo, metExpectations, readinessFor } from './gap.ts'
import type { About, RoleRef } from './model.ts'
import type { Fit, StandingReport } from './report-model.ts'
import type { Paths } from './path-model.ts'
import { ladderStanding } from './ladder.ts'
import { openingOf } from './opening.ts'
import { planPaths } from './path.ts'
import { findRole, listRoles, roleKey } from './roles.ts'
import { areaStandings, competencyStandings, probabilityAbove, strengthsOf } from './standing.ts'

/** What is known of the assessment and the person beside the answers. */
export interface AssessmentFacts {
  /** SHA-256 of the framework's content in hex; null where it was not computed. */
  readonly hash: string | null
  /** ISO 8601. */
  readonly assessedAt: string
  readonly finished: boolean
  readonly mode: About['mode']
  readonly target: RoleRef | null
  readonly self: About['self']
  /** When the answers that are not carried were given (ISO 8601) by item, where it is known. */
  readonly answeredAt?: ReadonlyMap<string, string>
}

/**
 * The result of these answers (any order; an item's last answer counts). `focus` is the role whose gap and paths are
 * in it: the target where absent, else the nearest role. Throws a RangeError for an item that is not in the instrument.
 */
export function standingReport(
  framework: Framework,
  instrument: Instrument,
  responses: readonly Response[],
  facts: AssessmentFacts,
  focus: RoleRef | null = facts.target,
): StandingReport {
  const profile = estimateProfile(instrument, responses)
  const competencies = competencyStandings(instrument, profile, responses)
  const readiness = listRoles(framework).map((choice) => readinessFor(framework, profile, choice))
  const opening = openingOf(framework, competencies, readiness, facts.self.role, {
    meetsOf: (role) => metExpectations(framework, profile, findRole(framework, role)!),
    probabilityAbove: (one, other) => probabilityAbove(profile, one, other),
  })
  const focused = findRole(framework, focus ?? opening.nearest?.role ?? opening.stands?.role ?? { role: '' })
  const today = facts.self.role
  return {
    about: aboutOf(framework, instrument, responses, facts),
    fit: fitOf(instrument, profile, responses),
    standing: {
      general: { ...profile.general },
      competencies,
      areas: areaStandings(instrument, competencies),
      opening,
      notKnown: competencies.filter(({ known }) => !known).map(({ competency }) => competency),
    },
    readiness,
    focus: focused ? gapTo(framework, profile, responses, focused) : null,
    paths:
      focused && today && roleKey(today) !== roleKey(focused.ref)
        ? pathsFor(framework, instrument, profile, responses, {
            from: today,
            to: focused.ref,
            ownYears: facts.self.years,
          })
        : null,
    answers: [...lastAnswers(instrument, responses).values()].map(({ item, answer, evidence, carried }) => ({
      item,
      answer,
      evidence: evidence ?? null,
      at: facts.answeredAt?.get(item) ?? null,
      ...(carried ? { carried } : {}),
    })),
    ladder: ladderStanding(
      framework,
      responses,
      (id) => readiness.find(({ role }) => role.role === id && role.variant === null)?.readiness ?? undefined,
    ),
  }
}

/** Whether the answers fit together, with the behaviours' words. */
export function fitOf(instrument: Instrument, profile: Profile, responses: readonly Response[]): Fit {
  const { state, answered, bayesFactor, surprising } = personFit(profile.posterior, responses)
  return {
    state,
    answered,
    sameAnswer: sameAnswerOf(instrument, responses),
    bayesFactor: bayesFactor ?? null,
    surprising: surprising.map(({ item, competency, answer, probability, expected }) => {
      const { level, text } = instrument.items[instrument.itemIndex.get(item)!]!
      return { behaviour: item, competency, level, text, answer, probability, expected }
    }),
  }
}

/** From so many scored answers on it is said that all of them are the same. */
const SAME_FROM = 8

/** The one answer that was given to every question, "no opportunity" left out; null where they differ or are few. */
function sameAnswerOf(instrument: Instrument, responses: readonly Response[]): Fit['sameAnswer'] {
  const given = [...lastAnswers(instrument, responses).values()]
    .map(({ answer }) => answer)
    .filter((answer) => answer !== 'no-opportunity')
  const [first] = given
  return first !== undefined && given.length >= SAME_FROM && given.every((answer) => answer === first)
    ? first
    : null
}

/** The paths of a person, with the strengths that the same answers show. */
export function pathsFor(
  framework: Framework,
  instrument: Instrument,
  profile: Profile,
  responses: readonly Response[],
  request: { from: RoleRef; to: RoleRef; ownYears: number | null },
): Paths {
  const strengths = strengthsOf(competencyStandings(instrument, profile, responses)).map(
    ({ competency }) => competency,
  )
  return planPaths(framework, profile, responses, { ...request, strengths })
}

/** What a result is about. */
export function aboutOf(
  framework: Framework,
  instrument: Instrument,
  responses: readonly Response[],
  facts: AssessmentFacts,
): About {
  const { hash, assessedAt, finished, mode, target, self } = facts
  const answers = [...lastAnswers(instrument, responses).values()].map(({ answer }) => answer)
  const noOpportunity = answers.filter((answer) => answer === 'no-opportunity').length
  const carried = responses.filter((one) => one.carried !== undefined)
  const carriedNone = carried.filter(({ answer }) => answer === 'no-opportunity').length
  return {
    framework: { id: framework.id, version: framework.version, hash, title: framework.title },
    assessedAt,
    finished,
    mode,
    target,
    self,
    answered: answers.length - noOpportunity,
    noOpportunity,
    carried: carried.length - carriedNone,
    carriedNoOpportunity: carriedNone,
    answering: answeringTimeOf([...(facts.answeredAt?.values() ?? [])]),
    selfAssessed: true,
    calibrated: instrument.items.some(({ calibration }) => calibration === 'calibrated'),
  }
}
