// Who may invite people and end the place of an account.
import { holdsRole, type Actor } from '../../platform/actor.ts'

/** An instance for one person has no accounts to invite anybody to. */
export function hasAccounts(actor: Actor): boolean {
  return actor.kind !== 'local'
}

/** `keepsPerson`: the actor owns the organisation or partners a unit of the person, as the database says. */
export function canInvite(actor: Actor, keepsPerson: boolean): boolean {
  return hasAccounts(actor) && keepsPerson
}

/** The owner ends places, their own too: the database sees to it that another owner stays. */
export function canEnd(actor: Actor, member: { ended_at: Date | null }): boolean {
  return holdsRole(actor, 'owner') && member.ended_at === null
}
