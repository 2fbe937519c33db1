// Where an account may act: the organisations that let it in at this moment.
import type { Pool } from 'pg'
import type { Day } from '../../core/org/day.ts'

/** An organisation that an account may act in now, and the person that it is there. */
export interface Place {
  /** A UUID. */
  readonly organisation: string
  readonly organisationName: string | null
  /** A UUID. */
  readonly person: string
  /** The day of the moment in the organisation's time zone. */
  readonly today: Day
}

/**
 * In the order in which the account joined. A place that was ended, whose person was erased, or whose person has left is
 * none. `pool` connects as rungs_sign_in.
 */
export async function listPlaces(pool: Pool, account: string, now: Date): Promise<Place[]> {
  const { rows } = await pool.query<Place>(
    `SELECT organisation, organisation_name AS "organisationName", person, today FROM sign_in.places($1, $2)`,
    [account, now],
  )
  return rows
}

/** Names one of several organisations of an account, by its id: a caller that is no browser sends it. */
const ORGANISATION_HEADER = 'x-rungs-organisation'
/** The same for a browser, which chose it on the account's page. */
export const ORGANISATION_COOKIE = 'organisation'

/**
 * The place that a request is for: the one that its header names, or none where there is no such place; else the one that
 * the browser chose, while it is there; else the first.
 */
export function placeFor(places: readonly Place[], headers: Headers): Place | undefined {
  const named = headers.get(ORGANISATION_HEADER)
  if (named !== null) return places.find(({ organisation }) => organisation === named)
  const cookie = new RegExp(`(?:^|;\\s*)(?:__Secure-)?rungs\\.${ORGANISATION_COOKIE}=([0-9a-f-]{36})`)
  const chosen = cookie.exec(headers.get('cookie') ?? '')?.[1]
  return places.find(({ organisation }) => organisation === chosen) ?? places[0]
}
