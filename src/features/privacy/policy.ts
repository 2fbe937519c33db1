// Who may order what about somebody's data: owners, and people partners for the people of their units.
import type { Relation } from '../../core/org/relation.ts'
import { holdsRole, type Actor } from '../../platform/actor.ts'

export interface PrivacyRights {
  /** Have this person erased. */
  readonly erase: boolean
  /** Place a legal hold on this person's data, and lift one. */
  readonly hold: boolean
}

/** Nobody erases themselves: somebody else must be left who can answer for it. */
export function privacyRights(actor: Actor, relation: Pick<Relation, 'self' | 'partner'>): PrivacyRights {
  const keeps = holdsRole(actor, 'owner') || relation.partner
  return { erase: keeps && !relation.self, hold: keeps }
}

/** How long what is kept is the owner's to say. */
export function canSetRetention(actor: Actor): boolean {
  return holdsRole(actor, 'owner')
}

/** Orders, holds and rules are read by those who give them, and by auditors. */
export function canReadKeeping(actor: Actor): boolean {
  return holdsRole(actor, 'owner') || holdsRole(actor, 'people-partner') || holdsRole(actor, 'auditor')
}
