// Who acts: every query and command takes an actor, and policies judge by it.

export type Role = 'owner' | 'people-partner' | 'framework-editor' | 'auditor'

/** A role held now. `units`: all of the organisation, or these units, with all below each as of today. */
export interface Grant {
  readonly role: Role
  readonly units: 'all' | readonly string[]
}

/** What an API key may do at most, per feature: `assessments:read`. */
export type ApiScope = `${string}:${'read' | 'write' | 'admin'}`

/**
 * Somebody who acts. Being a member or a manager is no grant: whoever is employed today is the former, and whoever has
 * a reporting line to them today is the latter.
 */
export interface Actor {
  /** local: the person at this machine, without sign-in; member: signed in; system: Rungs by itself. */
  readonly kind: 'local' | 'member' | 'system'
  /** The organisation that everything read and written belongs to, a UUID. */
  readonly organisation: string
  /** The acting person, a UUID; the system is nobody. */
  readonly person: string
  /** The account and the session that a member signed in with. */
  readonly account?: string
  readonly session?: string
  readonly grants: readonly Grant[]
  /** For a call with an API key: what of the person's rights the key may use. */
  readonly scopes?: readonly ApiScope[]
}

/** The one organisation of the single-user mode. */
export const LOCAL_ORGANISATION = '6e1d0c5e-52a7-4b0e-9d7c-0a52756e6773'
/** The one person of the single-user mode. */
export const LOCAL_PERSON = '0f5a8b1c-3c1e-4d5f-8a57-1b52756e6773'
/** In place of a person where Rungs acts by itself: no row is theirs. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The single local user owns the organisation. */
export const localActor: Actor = {
  kind: 'local',
  organisation: LOCAL_ORGANISATION,
  person: LOCAL_PERSON,
  grants: [{ role: 'owner', units: 'all' }],
}

/** Rungs by itself, in one organisation. */
export function systemActor(organisation: string): Actor {
  return { kind: 'system', organisation, person: NOBODY, grants: [] }
}

/** True where the actor holds the role, for all of the organisation or for some units. */
export function holdsRole({ grants }: Actor, role: Role): boolean {
  return grants.some((grant) => grant.role === role)
}

/** Publishing frameworks and moving assessments between their versions is for framework editors and owners. */
export function editsFrameworks(actor: Actor): boolean {
  return holdsRole(actor, 'framework-editor') || holdsRole(actor, 'owner')
}

/** The units of which the actor is people partner. */
export function partnerUnits({ grants }: Actor): 'all' | string[] {
  const units = grants.filter(({ role }) => role === 'people-partner').map((grant) => grant.units)
  return units.includes('all') ? 'all' : units.flatMap((some) => some)
}

/** The whole audit is for auditors and owners. */
export function readsAudit(actor: Actor): boolean {
  return holdsRole(actor, 'auditor') || holdsRole(actor, 'owner')
}
