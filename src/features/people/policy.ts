// Who may see and change what of people. The chart is open inside the organisation; addresses and grades are not.
import type { Relation } from '../../core/org/relation.ts'
import { holdsRole, type Actor } from '../../platform/actor.ts'

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

export function personRights(actor: Actor, relation: Relation): PersonRights {
  const keeps = keepsOrganisation(actor) || relation.partner
  return {
    contact: relation.self || keeps,
    grade: relation.self || relation.directManager || relation.delegate || keeps,
    keep: keeps,
  }
}

export function organisationRights(actor: Actor): OrganisationRights {
  const keeps = keepsOrganisation(actor)
  return {
    add: keeps || holdsRole(actor, 'people-partner'),
    import: keeps,
    sample: holdsRole(actor, 'owner'),
  }
}
