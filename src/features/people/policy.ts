// Who may see and change what of people. The chart is open inside the organisation; addresses and grades are not.
import type { Relation } from '../../core/org/relation.ts'
import { holdsRole, partnerUnits, type Actor } from '../../platform/actor.ts'

/** What somebody may do about one person. */
export interface PersonRights {
  /** Read the e-mail address. */
  readonly contact: boolean
  /** Read the grade of their position. */
  readonly grade: boolean
  /** Change their place, let them leave, put right what is wrong. */
  readonly keep: boolean
}

/** What somebody may do about the organisation as a whole. */
export interface OrganisationRights {
  /** Add people. */
  readonly add: boolean
  /** Bring people in from a file: it may be about anybody. */
  readonly import: boolean
  /** Load and remove the sample organisation. */
  readonly sample: boolean
}

/** The owner, and partners of all of it, keep the organisation. */
const keepsOrganisation = ({ grants }: Actor): boolean =>
  grants.some(({ role, units }) => role === 'owner' || (role === 'people-partner' && units === 'all'))

/**
 * `keeps` is the database's word on who keeps this person's place: the owner, partners of the whole organisation, partners
 * of a unit that they belong to now or later, or of the last where they belong to none any more, and any partner for
 * somebody who never had a unit.
 */
export function personRights(actor: Actor, relation: Relation, keeps: boolean): PersonRights {
  const { self, directManager, delegate, partner } = relation
  return {
    contact: self || keeps,
    grade: self || directManager || delegate || partner || keepsOrganisation(actor),
    keep: keeps,
  }
}

/** What somebody may do about one unit; null asks about the organisation's top. */
export interface UnitRights {
  /** Rename it, move it, end it: it may be a unit that roles are held for, so whoever keeps the organisation does. */
  readonly keep: boolean
  /** Add units right below it. */
  readonly add: boolean
}

export function unitRights(actor: Actor, unit: string | null): UnitRights {
  return unitRightsOf(actor)(unit)
}

/** The same for many units: what the actor holds is looked through once, not once for each unit. */
export function unitRightsOf(actor: Actor): (unit: string | null) => UnitRights {
  const partnered = partnerUnits(actor)
  const mine = partnered === 'all' ? partnered : new Set(partnered)
  const keep = keepsOrganisation(actor)
  return (unit) => ({ keep, add: keep || mine === 'all' || (unit !== null && mine.has(unit)) })
}

export function organisationRights(actor: Actor): OrganisationRights {
  const keeps = keepsOrganisation(actor)
  return {
    add: keeps || holdsRole(actor, 'people-partner'),
    import: keeps,
    sample: holdsRole(actor, 'owner'),
  }
}
