// From what a person chose to what the assessment is asked to find out.
import { LENGTH_LIMIT, OPENING_LEVEL, QUICK_LENGTH, roleBars, type Goal } from '../assess/goal.ts'
import type { StopReason } from '../assess/next-item.ts'
import type { Framework } from '../framework/model.ts'
import type { About, RoleRef } from './model.ts'
import { expectationsOf, findRole } from './roles.ts'

export type Mode = About['mode']

/** What a finished assessment is gone on with, beside its mode: one role's bar or one competency. */
export type Asking = { readonly role: RoleRef } | { readonly competency: string }

/** What decides which questions are asked. */
export interface GoalChoice {
  readonly mode: Mode
  readonly target: RoleRef | null
  /** Today's role as the person said: where the questions open; it never enters the measure. */
  readonly today: RoleRef | null
  readonly asking?: Asking | null
  /** Answers there were when the assessment was gone on with: its limit counts from there. */
  readonly answeredBefore?: number
}

/** Throws a RangeError where mode target, or what is asked, names no role, variant or competency of the framework. */
export function goalFor(framework: Framework, choice: GoalChoice): Goal {
  const { mode, target, asking, answeredBefore = 0 } = choice
  const start = openingLevel(framework, choice.today)
  if (asking && 'competency' in asking) {
    if (!framework.competencies.some(({ id }) => id === asking.competency))
      throw new RangeError('asking: expected a competency of the framework')
    return { mode: 'competency', competency: asking.competency }
  }
  if (asking) {
    const limit = answeredBefore + LENGTH_LIMIT
    return { mode: 'target', bars: barOf(framework, asking.role), limit, from: answeredBefore, start }
  }
  if (mode === 'quick') return { mode: 'quick', length: answeredBefore + QUICK_LENGTH, start }
  if (mode === 'whole-bank') return { mode: 'whole', start }
  const going = { limit: answeredBefore + LENGTH_LIMIT, from: answeredBefore, start }
  if (mode === 'adaptive') return { mode: 'adaptive', roles: roleBars(framework), ...going }
  return { mode: 'target', bars: barOf(framework, target), ...going }
}

function barOf(framework: Framework, ref: RoleRef | null) {
  const choice = ref && findRole(framework, ref)
  if (!choice) throw new RangeError('target: expected a role of the framework for mode target')
  return expectationsOf(framework, choice).map(({ competency, level, kind }) => ({ competency, level, kind }))
}

/** The middle of what the musts of today's role ask, to the whole level; where no role was said, level 2. */
export function openingLevel(framework: Framework, today: RoleRef | null): number {
  const choice = today && findRole(framework, today)
  const levels = choice
    ? expectationsOf(framework, choice)
        .filter(({ kind }) => kind === 'must')
        .map(({ level }) => level)
    : []
  if (levels.length === 0) return OPENING_LEVEL
  return Math.round(levels.reduce((sum, level) => sum + level, 0) / levels.length)
}

/** How an assessment ended, by the selection's reason or by the person. */
export type Ending =
  | 'bars-decided'
  | 'cannot-tell'
  | 'bank-exhausted'
  | 'item-limit'
  | 'no-opportunity'
  | 'person-stopped'

const ENDINGS: Record<StopReason, Ending> = {
  decided: 'bars-decided',
  'cannot tell': 'cannot-tell',
  'nothing left': 'bank-exhausted',
  length: 'item-limit',
  'no opportunity': 'no-opportunity',
}

/** An ending with what it was an ending of: "nothing left" of one competency is not all there is. */
export type EndingSaid =
  | Ending
  | 'role-decided'
  | 'role-exhausted'
  | 'near-exhausted'
  | 'competency-exhausted'

/** What may truly be said of an ending, given what was asked about. */
export function endingSaid(
  ending: Ending,
  { mode, asking }: Pick<GoalChoice, 'mode' | 'asking'>,
): EndingSaid {
  const role = asking ? 'role' in asking : mode === 'target'
  if (ending === 'bars-decided') return role ? 'role-decided' : ending
  if (ending !== 'bank-exhausted') return ending
  if (asking && 'competency' in asking) return 'competency-exhausted'
  if (role) return 'role-exhausted'
  return mode === 'adaptive' ? 'near-exhausted' : ending
}

export function endingOf(reason: StopReason): Ending {
  return ENDINGS[reason]
}
