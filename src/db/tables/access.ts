// The tables of rights: roles, delegations, which account is whom, invitations, and what people share themselves.
import type { Day, Fixed, Later } from './columns.ts'

export type GrantedRole = 'owner' | 'people-partner' | 'framework-editor' | 'auditor'

/** A role that somebody was given. Open inside the organisation: people must know who may look at what. */
export interface RoleGrantTable {
  organisation_id: Fixed<string>
  id: Fixed<string>
  person_id: Fixed<string>
  role: Fixed<GrantedRole>
  /** For a people partner: the unit, with all below it; null for the whole organisation. */
  unit_id: Fixed<string | null>
  granted_at: Fixed<Date>
  /** Who granted it; null for the first owner, who was there before anybody. */
  granted_by: Fixed<string | null>
  /** When it ends by itself; null for never. */
  until: Fixed<Date | null>
  revoked_at: Later<Date>
  revoked_by: Later<string>
}

/** A manager's rights in another's hands for some days. */
export interface DelegationTable {
  organisation_id: Fixed<string>
  id: Fixed<string>
  /** Whose reports it is about. */
  from_person: Fixed<string>
  /** Who acts in their place. */
  to_person: Fixed<string>
  /** The first day on which it holds. */
  starts: Fixed<Day>
  /** The first day on which it no longer holds: there is always one. */
  ends: Fixed<Day>
  made_at: Fixed<Date>
  made_by: Fixed<string>
  revoked_at: Later<Date>
  revoked_by: Later<string>
}

/** Which person of the organisation an account is: the bridge from signing in to everything here. */
export interface MembershipTable {
  organisation_id: Fixed<string>
  /** The account's id in the schema sign_in. */
  account_id: Fixed<string>
  person_id: Fixed<string>
  joined_at: Fixed<Date>
  /** When the account stopped acting for the person; null while it does. */
  ended_at: Later<Date>
}

/** That a person was asked to make an account. Their roles are granted to the person, not written here. */
export interface InvitationTable {
  organisation_id: Fixed<string>
  id: Fixed<string>
  person_id: Fixed<string>
  /** Where it was sent to; the account must have this address. */
  email: Fixed<string>
  /** SHA-256 of the link's secret in hex: the database alone opens no link. */
  token_hash: Fixed<string>
  made_at: Fixed<Date>
  /** Who invited; null for the first owner's link. */
  made_by: Fixed<string | null>
  expires_at: Fixed<Date>
  used_at: Later<Date>
  withdrawn_at: Later<Date>
}

/** That somebody let a named person read one of their assessments. */
export interface AssessmentShareTable {
  organisation_id: Fixed<string>
  id: Fixed<string>
  assessment_id: Fixed<string>
  /** Whose assessment it is, as the assessment itself says. */
  person_id: Fixed<string>
  /** Who may read it. */
  with_person: Fixed<string>
  /** The first day on which they may not any more: there is always one. */
  until: Fixed<Day>
  made_at: Fixed<Date>
  /** When it was taken back before that day. */
  revoked_at: Later<Date>
}
