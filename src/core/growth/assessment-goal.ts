// From the mode that a person chose to what the assessment is asked to find out.
import { roleBars, type Goal } from '../assess/goal.ts'
import type { StopReason } from '../assess/next-item.ts'
import type { Framework } from '../framework/model.ts'
import type { About, RoleRef } from './model.ts'
import { expectationsOf, findRole } from './roles.ts'

export type Mode = About['mode']

/** Throws a RangeError where mode target names no role or variant of the framework. */
export function goalFor(framework: Framework, mode: Mode, target: RoleRef | null): Goal {
  if (mode === 'quick') return { mode: 'quick' }
  if (mode === 'whole-bank') return { mode: 'whole' }
  if (mode === 'adaptive') return { mode: 'adaptive', roles: roleBars(framework) }
  const choice = target && findRole(framework, target)
  if (!choice) throw new RangeError('target: expected a role of the framework for mode target')
  return {
    mode: 'target',
    bars: expectationsOf(framework, choice).map(({ competency, level }) => ({ competency, level })),
  }
}

/** How an assessment ended, by the selection's reason or by the person. */
export type Ending = 'bars-decided' | 'cannot-tell' | 'bank-exhausted' | 'item-limit' | 'person-stopped'

const ENDINGS: Record<StopReason, Ending> = {
  decided: 'bars-decided',
  'cannot tell': 'cannot-tell',
  'nothing left': 'bank-exhausted',
  length: 'item-limit',
}

export function endingOf(reason: StopReason): Ending {
  return ENDINGS[reason]
}
