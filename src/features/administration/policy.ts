// Who administers what: the owner gives and takes rights, people partners see to the people of their units.
import { holdsRole, partnerUnits, type Actor } from '../../platform/actor.ts'

/** The people whose accounts and invitations the actor sees: all, those of some units, or nobody's. */
export function membersSeen(actor: Actor): 'all' | readonly string[] | undefined {
  if (holdsRole(actor, 'owner') || holdsRole(actor, 'auditor')) return 'all'
  return holdsRole(actor, 'people-partner') ? partnerUnits(actor) : undefined
}

/** Roles are given and taken by the owner alone. */
export function canGrant(actor: Actor): boolean {
  return holdsRole(actor, 'owner')
}

/** What the organisation is called is the owner's to say. */
export function canNameOrganisation(actor: Actor): boolean {
  return holdsRole(actor, 'owner')
}

/** In which time zone its days begin, and how few raters are ever shown together, is the owner's to say too. */
export function canSetOrganisation(actor: Actor): boolean {
  return holdsRole(actor, 'owner')
}

/** Everybody gives their own rights as a manager into another's hands; the owner does so for others as well. */
export function canDelegateFor(actor: Actor, from: string): boolean {
  return from === actor.person || holdsRole(actor, 'owner')
}

/** How one signs in is the owner's to read, and the auditor's. */
export function canSeeSignIn(actor: Actor): boolean {
  return holdsRole(actor, 'owner') || holdsRole(actor, 'auditor')
}

/** Seeing where an account is signed in, and signing it out, is the owner's; one's own is on one's own page. */
export function canEndSessions(actor: Actor, account: string): boolean {
  return holdsRole(actor, 'owner') && account !== actor.account
}

/** What is kept for how long, holds and erasures: for those who order them, and for auditors. */
export function canSeeKeeping(actor: Actor): boolean {
  return holdsRole(actor, 'owner') || holdsRole(actor, 'people-partner') || holdsRole(actor, 'auditor')
}
