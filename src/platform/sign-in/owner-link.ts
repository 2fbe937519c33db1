// The link by which the first owner of an organisation comes in, made with the rights of the database's owner at a start.
import type { Pool } from 'pg'
import { hashToken, makeToken } from './token.ts'

const HOURS = 24

interface Place {
  /** A UUID. */
  organisation: string
  /** The person that the owner's account is tied to, a UUID: what they did without an account stays theirs. */
  person: string
}

/**
 * A new link, valid for 24 hours, unless an account of an owner is in the organisation already. Several may be open, as
 * several processes may start at once; the first use ends all of them. Needs the database owner's pool.
 */
export async function makeOwnerLink(
  pool: Pool,
  place: Place,
  url: string,
  now: Date,
): Promise<string | undefined> {
  const token = makeToken()
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query("SET LOCAL app.maintenance = 'on'")
    const { rows } = await client.query(
      `SELECT 1 FROM membership m JOIN role_grant g ON g.organisation_id = m.organisation_id AND g.person_id = m.person_id
       WHERE m.organisation_id = $1 AND m.ended_at IS NULL AND g.role = 'owner' AND g.revoked_at IS NULL
         AND (g.until IS NULL OR g.until > $2) LIMIT 1`,
      [place.organisation, now],
    )
    if (rows.length > 0) {
      await client.query('ROLLBACK')
      return undefined
    }
    await client.query('DELETE FROM public.owner_link WHERE organisation_id = $1 AND expires_at <= $2', [
      place.organisation,
      now,
    ])
    await client.query(
      `INSERT INTO public.owner_link (token_hash, organisation_id, person_id, made_at, expires_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [hashToken(token), place.organisation, place.person, now, new Date(now.getTime() + HOURS * 3_600_000)],
    )
    await client.query('COMMIT')
    return new URL(`/set-up/${token}`, url).href
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}
