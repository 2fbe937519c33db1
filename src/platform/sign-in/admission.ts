// Takes an account into an organisation by a link: an invitation, or the first owner's link of the console.
import { randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'

export interface Admission {
  kind: 'invitation' | 'owner'
  /** A UUID. */
  organisation: string
  organisationName: string | null
  /** A UUID. */
  person: string
  personName: string | null
  /** The address that the invitation went to; an owner link has none. */
  email: string | null
  expiresAt: Date
}

export type AdmissionRefusal =
  | 'UNKNOWN_LINK'
  | 'USED_LINK'
  | 'EXPIRED_LINK'
  | 'PERSON_HAS_ACCOUNT'
  | 'ACCOUNT_EXISTS'
  | 'ACCOUNT_HAS_PERSON'

/** Thrown where a link lets nobody in; the code says why, for the screen to say it in words. */
export class AdmissionError extends Error {
  override readonly name = 'AdmissionError'
  readonly code: AdmissionRefusal
  constructor(code: AdmissionRefusal) {
    super(code)
    this.code = code
  }
}

interface NewAccount {
  name: string
  email: string
  passwordHash: string
}

/** What a link, given by the hash of its token, stands for. Throws an AdmissionError when it is unknown, used, withdrawn or too old. */
export function readAdmission(pool: Pool, link: string, now: Date): Promise<Admission> {
  return withLink(pool, { link, account: '', now }, (client) => lookUp(client, link, now))
}

/**
 * Makes an account with a password and gives it the link's place, in one transaction: both or neither. The address of an
 * invitation is proven by the link that was sent to it. Resolves with the account's id.
 */
export async function openAccount(pool: Pool, link: string, given: NewAccount, now: Date): Promise<string> {
  const account = randomUUID()
  await withLink(pool, { link, account, now }, async (client) => {
    const admission = await lookUp(client, link, now)
    const email = (admission.email ?? given.email).toLowerCase()
    const made = await client.query(
      `INSERT INTO sign_in."user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt")
       VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT ("email") DO NOTHING`,
      [account, given.name, email, admission.kind === 'invitation', now],
    )
    if (made.rowCount !== 1) throw new AdmissionError('ACCOUNT_EXISTS')
    await client.query(
      `INSERT INTO sign_in."account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
       VALUES ($1, $2, 'credential', $2, $3, $4, $4)`,
      [randomUUID(), account, given.passwordHash, now],
    )
    await join(client, admission, { account, name: given.name, link, now })
  })
  return account
}

/** Gives the link's place to an account that there is already, or has just been made by another way of signing in. */
export function joinAccount(pool: Pool, link: string, account: string, now: Date): Promise<Admission> {
  return withLink(pool, { link, account, now }, async (client) => {
    const admission = await lookUp(client, link, now)
    await join(client, admission, { account, name: null, link, now })
    return admission
  })
}

async function lookUp(client: PoolClient, link: string, now: Date): Promise<Admission> {
  const { rows } = await client.query<Omit<Admission, 'kind'> & { kind: string; used: boolean }>(
    `SELECT l.kind, l.organisation, o.name AS "organisationName", l.person, p.name AS "personName", l.email,
       l.expires_at AS "expiresAt", l.used
     FROM (
       SELECT 'invitation' AS kind, organisation_id AS organisation, person_id AS person, email, expires_at,
         used_at IS NOT NULL OR withdrawn_at IS NOT NULL AS used
       FROM public.invitation WHERE token_hash = $1
       UNION ALL
       SELECT 'owner', organisation_id, person_id, NULL, expires_at, used_at IS NOT NULL
       FROM public.owner_link WHERE token_hash = $1) l
     LEFT JOIN public.organisation o ON o.id = l.organisation
     LEFT JOIN public.person p ON p.organisation_id = l.organisation AND p.id = l.person`,
    [link],
  )
  const found = rows[0]
  if (found === undefined) throw new AdmissionError('UNKNOWN_LINK')
  if (found.used) throw new AdmissionError('USED_LINK')
  if (found.expiresAt <= now) throw new AdmissionError('EXPIRED_LINK')
  const { used: _, kind, ...rest } = found
  return { ...rest, kind: kind === 'owner' ? 'owner' : 'invitation' }
}

interface Joining {
  account: string
  /** Replaces the person's name where they have none yet. */
  name: string | null
  link: string
  now: Date
}

/** Uses up the link first: its row is then locked, and of two at the same moment the second finds it used. */
async function join(
  client: PoolClient,
  admission: Admission,
  { account, name, link, now }: Joining,
): Promise<void> {
  const { organisation, person, kind } = admission
  const table = kind === 'owner' ? 'public.owner_link' : 'public.invitation'
  const used = await client.query(
    `UPDATE ${table} SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL`,
    [link, now],
  )
  if (used.rowCount !== 1) throw new AdmissionError('USED_LINK')
  const taken = await client.query<{ account_id: string; person_id: string; ended: boolean }>(
    `SELECT account_id, person_id, ended_at IS NOT NULL AS ended FROM public.membership
     WHERE organisation_id = $1 AND (person_id = $2 OR account_id = $3)`,
    [organisation, person, account],
  )
  if (taken.rows.some((row) => !row.ended && row.person_id === person))
    throw new AdmissionError('PERSON_HAS_ACCOUNT')
  if (taken.rows.some((row) => row.account_id === account && row.person_id !== person))
    throw new AdmissionError('ACCOUNT_HAS_PERSON')
  await client.query(
    `INSERT INTO public.membership (organisation_id, account_id, person_id, joined_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (organisation_id, account_id) DO UPDATE SET joined_at = excluded.joined_at, ended_at = NULL`,
    [organisation, account, person, now],
  )
  // An invitation goes to an address that is known; a first owner's is known to nobody yet.
  if (kind === 'owner') await client.query('SELECT sign_in.keep_address($1, $2)', [account, now])
  if (name !== null)
    await client.query(
      'UPDATE public.person SET name = $3 WHERE organisation_id = $1 AND id = $2 AND name IS NULL',
      [organisation, person, name],
    )
  await client.query(
    `INSERT INTO public.audit (organisation_id, at, actor_kind, actor_id, action, object_kind, object_id, subject_id, reason, details)
     VALUES ($1, $2, 'person', $3, 'membership.join', 'account', $4, $3, $5, '{}')`,
    [organisation, now, person, account, kind === 'owner' ? 'owner-link' : 'invitation'],
  )
}

/** One transaction in which row security knows the link in hand, the account and the time. */
async function withLink<T>(
  pool: Pool,
  { link, account, now }: { link: string; account: string; now: Date },
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(`BEGIN; ${settings(link, account, now)}`)
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((reason: Error) => (broken = reason))
    throw error
  } finally {
    client.release(broken)
  }
}

/** SET takes no parameters: what stands in it is a hash, an id of letters, digits and hyphens, and a time. */
function settings(link: string, account: string, now: Date): string {
  if (!/^[A-Za-z0-9-]{0,64}$/.test(account)) throw new Error('expected the id of an account')
  if (!/^[0-9a-f]{64}$/.test(link)) throw new AdmissionError('UNKNOWN_LINK')
  return `SET LOCAL citus.propagate_set_commands = 'local'; SET LOCAL app.admission = '${link}';
    SET LOCAL app.account = '${account}'; SET LOCAL app.now = '${now.toISOString()}'`
}
