// What an assessment is asked to find out, and when it ends.
import type { Expectation, Framework } from '../framework/model.ts'
import type { Bar } from './profile.ts'

/** A bar that a goal wants decided; one without a kind counts as a must. */
export interface WantedBar extends Bar {
  readonly kind?: Expectation['kind']
}

/** A role's bar: the level that it expects on each competency. */
export interface RoleBars {
  readonly role: string
  readonly bars: readonly WantedBar[]
}

/** Where the questions open: never a part of the measure, only of what is asked first. */
export interface Opening {
  /** The level that the first questions are about, and the ones after may climb from; 2 where absent. */
  readonly start?: number
}

/** About `length` items over all areas: an outline with wide intervals. */
export interface QuickGoal extends Opening {
  readonly mode: 'quick'
  readonly length?: number
}

/** The bars of the roles nearest to the person as the answers so far place them. */
export interface AdaptiveGoal extends Opening {
  readonly mode: 'adaptive'
  readonly roles: readonly RoleBars[]
  /** How many of the nearest roles count. */
  readonly nearest?: number
  readonly limit?: number
  /** Answers there were when it was gone on with: "no opportunity" in a row counts from there; 0 where absent. */
  readonly from?: number
  readonly sure?: number
  readonly leastGain?: number
}

/** Every item of the bank, those that tell most first. */
export interface WholeGoal extends Opening {
  readonly mode: 'whole'
}

/** The bars of one chosen role, or any other set of bars. */
export interface TargetGoal extends Opening {
  readonly mode: 'target'
  readonly bars: readonly WantedBar[]
  readonly limit?: number
  /** As for the adaptive goal. */
  readonly from?: number
  readonly sure?: number
  readonly leastGain?: number
}

/** Every item of one competency that is left, those that tell most first. */
export interface CompetencyGoal {
  readonly mode: 'competency'
  readonly competency: string
}

export type Goal = QuickGoal | AdaptiveGoal | WholeGoal | TargetGoal | CompetencyGoal

/** The level that the first questions are about where a person said no role. */
export const OPENING_LEVEL = 2
/** So many first questions are about the opening level. */
export const OPENING_QUESTIONS = 2
/** Items that a quick assessment asks. */
export const QUICK_LENGTH = 15
/** The most items that an adaptive or target assessment asks. */
export const LENGTH_LIMIT = 60
/**
 * An item is worth a person's time if it is expected to lower the variance p(1 - p) of undecided bars by this much, which
 * is the square of how far it is expected to move p (root mean square): 0.01 is ten points of a hundred, 0.03 seventeen.
 * Whoever asks about one chosen role is asked further than whoever wants an overview.
 */
export const LEAST_GAIN = { adaptive: 0.03, target: 0.01 } as const
/** Roles that count as nearest: the one a person is in, and a way on along each track. */
export const NEAREST_ROLES = 3

const barsOf = (expectations: Readonly<Record<string, Expectation>>): WantedBar[] =>
  Object.entries(expectations)
    .filter(([, { level }]) => level > 0)
    .map(([competency, { level, kind }]) => ({ competency, level, kind }))

/** Each role's bar, must and should alike. */
export function roleBars(framework: Framework): RoleBars[] {
  return framework.roles.map((role) => ({ role: role.id, bars: barsOf(role.expectations) }))
}
