// Who acts: every query and command takes an actor. Today there is one kind, the single local user.

/** The person at this machine, in the single-user mode that has no sign-in and is bound to loopback. */
export interface LocalActor {
  kind: 'local'
  /** The organisation that everything written belongs to, a UUID. */
  organisation: string
  /** The acting person, a UUID. */
  person: string
}

export type Actor = LocalActor

/** The one organisation of the single-user mode. */
export const LOCAL_ORGANISATION = '6e1d0c5e-52a7-4b0e-9d7c-0a52756e6773'
/** The one person of the single-user mode. */
export const LOCAL_PERSON = '0f5a8b1c-3c1e-4d5f-8a57-1b52756e6773'

export const localActor: LocalActor = {
  kind: 'local',
  organisation: LOCAL_ORGANISATION,
  person: LOCAL_PERSON,
}
