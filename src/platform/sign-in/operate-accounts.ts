// What whoever runs the machine may do with accounts, without being signed in: the database's owner acts, and the audit says so.
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Tables } from '../../db/schema.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Context } from '../procedure.ts'
import { hashToken, makeToken } from './token.ts'

export interface OperatedAccount {
  account: string
  email: string
  /** A UUID. */
  person: string
  personName: string | null
  owner: boolean
  joinedAt: Date
  /** Null while the account may act here. */
  endedAt: Date | null
  sessions: number
  keys: number
}

/** Every account that has or had a place in the organisation. `db` sees all rows. */
export async function listAccounts(db: Kysely<Tables>, organisation: string): Promise<OperatedAccount[]> {
  const { rows } = await sql<OperatedAccount>`
    select m.account_id as account, u.email, m.person_id as person, p.name as "personName",
      exists(select 1 from role_grant g where g.organisation_id = m.organisation_id and g.person_id = m.person_id
        and g.role = 'owner' and g.revoked_at is null and (g.until is null or g.until > now())) as owner,
      m.joined_at as "joinedAt", m.ended_at as "endedAt",
      (select count(*)::int from sign_in.session s where s."userId" = m.account_id and s."expiresAt" > now()) as sessions,
      (select count(*)::int from sign_in.apikey k where k."referenceId" = m.account_id
        and (k."expiresAt" is null or k."expiresAt" > now())) as keys
    from membership m
    join sign_in."user" u on u.id = m.account_id
    join person p on p.organisation_id = m.organisation_id and p.id = m.person_id
    where m.organisation_id = ${organisation} order by m.ended_at is not null, u.email`.execute(db)
  return rows
}

/** Ends the account's place, with its sessions and keys; false where it had ended. The last owner's is refused (RG001). */
export async function disableAccount(
  context: Pick<Context, 'db' | 'actor' | 'now'>,
  account: string,
): Promise<boolean> {
  return await context.db
    .transaction()
    .execute(async (transaction) => await endPlace(transaction, context, account))
}

async function endPlace(
  transaction: Transaction<Tables>,
  context: Pick<Context, 'actor' | 'now'>,
  account: string,
): Promise<boolean> {
  const { rows } = await sql<{ person: string }>`
    update membership set ended_at = greatest(${context.now}, joined_at)
    where organisation_id = ${context.actor.organisation} and account_id = ${account} and ended_at is null
    returning person_id as person`.execute(transaction)
  const [ended] = rows
  if (ended === undefined) return false
  await recordAudit(transaction, context, {
    ...{ action: 'membership.end', object: { kind: 'account', id: account }, subject: ended.person },
    ...{ reason: 'operator', bySystem: true },
  })
  return true
}

/** Signs the account out everywhere; its keys stay. Resolves with how many sessions there were. */
export async function endAccountSessions(
  context: Pick<Context, 'db' | 'actor' | 'now'>,
  { account, person }: Pick<OperatedAccount, 'account' | 'person'>,
): Promise<number> {
  return await context.db.transaction().execute(async (transaction) => {
    const ended = await sql`delete from sign_in.session where "userId" = ${account}`.execute(transaction)
    await recordAudit(transaction, context, {
      ...{ action: 'session.end-all', object: { kind: 'account', id: account }, subject: person },
      ...{ reason: 'operator', bySystem: true },
    })
    return Number(ended.numAffectedRows ?? 0n)
  })
}

const HOURS = 24

/**
 * A new one-time link for an owner who cannot get in any more: the account that they had loses its place in the same
 * transaction. Resolves with the link, good for 24 hours.
 */
export async function replaceOwnerLink(
  context: Pick<Context, 'db' | 'actor' | 'now'>,
  person: string,
  url: string,
): Promise<string> {
  const token = makeToken()
  const { organisation } = context.actor
  await context.db.transaction().execute(async (transaction) => {
    await sql`delete from owner_link where organisation_id = ${organisation} and used_at is null`.execute(
      transaction,
    )
    await sql`insert into owner_link (organisation_id, token_hash, person_id, made_at, expires_at)
      values (${organisation}, ${hashToken(token)}, ${person}, now(), now() + make_interval(hours => ${HOURS}))`.execute(
      transaction,
    )
    const { rows } = await sql<{ account: string }>`
      select account_id as account from membership
      where organisation_id = ${organisation} and person_id = ${person} and ended_at is null`.execute(
      transaction,
    )
    for (const { account } of rows) await endPlace(transaction, context, account)
    await recordAudit(transaction, context, {
      ...{ action: 'owner-link.make', object: { kind: 'person', id: person }, subject: person },
      ...{ reason: 'operator', bySystem: true },
    })
  })
  return new URL(`/set-up/${token}`, url).href
}
