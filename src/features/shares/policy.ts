// Who shares an assessment, and who reads one that was shared: its own person shares, whom they named reads, until the day.
import type { Day } from '../../core/org/day.ts'
import type { Actor } from '../../platform/actor.ts'

/** An instance for one person has nobody to share with. */
export function hasOthers(actor: Actor): boolean {
  return actor.kind === 'member'
}

/** Nobody shares what is another's: not who reads it, nor who keeps the organisation. */
export function canShare(actor: Actor, assessment: { person_id: string }): boolean {
  return hasOthers(actor) && assessment.person_id === actor.person
}

export interface SharedState {
  until: Day
  revoked_at: Date | null
}

/** `until` is the first day on which it does not hold any more. */
export function stateOf({ until, revoked_at }: SharedState, today: Day): 'open' | 'over' | 'taken back' {
  if (revoked_at !== null) return 'taken back'
  return until > today ? 'open' : 'over'
}
