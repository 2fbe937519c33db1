// Counts tries in the database, so that all processes together allow no more than the limit in any window.
import { createHash } from 'node:crypto'
import type { Pool } from 'pg'

export interface TryLimit {
  /** What the tries are counted for, for example `account:` and an e-mail address; only its hash is stored. */
  readonly key: string
  readonly most: number
  readonly minutes: number
}

/** Fifteen minutes, as NIST SP 800-63B 3.2.2 and OWASP ASVS 5.0 6.3.1 leave to choose: five wrong passwords in each. */
export const ACCOUNT_TRIES = { most: 5, minutes: 15 } as const
/** More than an office behind one address gets wrong, far less than guessing over many accounts needs. */
export const ADDRESS_TRIES = { most: 50, minutes: 15 } as const

export type Reserved = { ok: true } | { ok: false; retryAfterSeconds: number }

/**
 * Takes one try before it is made: two at the same moment never both take the last one. A try counts until
 * `returnTry` gives it back or its window is over. The window slides: no span of `minutes` holds more than `most`.
 */
export async function reserveTry(pool: Pool, { key, most, minutes }: TryLimit): Promise<Reserved> {
  const hash = hashOf(key)
  const { rowCount } = await pool.query(
    `INSERT INTO sign_in.tried AS t (key, at) VALUES ($1, ARRAY[now()])
     ON CONFLICT (key) DO UPDATE
       SET at = ARRAY(SELECT a FROM unnest(t.at) a WHERE a > now() - make_interval(mins => $3)) || now()
       WHERE (SELECT count(*) FROM unnest(t.at) a WHERE a > now() - make_interval(mins => $3)) < $2`,
    [hash, most, minutes],
  )
  if (rowCount === 1) return { ok: true }
  const { rows } = await pool.query<{ seconds: number }>(
    `SELECT ceil(extract(epoch FROM min(a) + make_interval(mins => $2) - now()))::int AS seconds
     FROM sign_in.tried t, unnest(t.at) a WHERE t.key = $1 AND a > now() - make_interval(mins => $2)`,
    [hash, minutes],
  )
  return { ok: false, retryAfterSeconds: Math.max(1, rows[0]?.seconds ?? minutes * 60) }
}

/** Forgets all tries: the right password was given. */
export async function forgetTries(pool: Pool, key: string): Promise<void> {
  await pool.query('DELETE FROM sign_in.tried WHERE key = $1', [hashOf(key)])
}

/** Gives back the newest try of this key: it was no wrong one. */
export async function returnTry(pool: Pool, key: string): Promise<void> {
  await pool.query('UPDATE sign_in.tried SET at = trim_array(at, 1) WHERE key = $1 AND cardinality(at) > 0', [
    hashOf(key),
  ])
}

/** Deletes what no window needs any more. */
export async function dropOldTries(pool: Pool): Promise<void> {
  await pool.query(
    `DELETE FROM sign_in.tried
     WHERE NOT EXISTS (SELECT 1 FROM unnest(at) a WHERE a > now() - interval '1 day')`,
  )
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
