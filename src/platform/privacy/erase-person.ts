// Erases a person: every personal column as src/db/personal-data.ts says, in one transaction; what is left names nobody.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql, type Transaction } from 'kysely'
import { PERSONAL_DATA } from '../../db/personal-data.ts'
import type { Tables } from '../../db/schema.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Context } from '../procedure.ts'
import { appendErasure, type Erased } from './erasure-log.ts'
import { rowsOf } from './person-rows.ts'

export interface OutsideFolders {
  /** Where the list of erasures is kept. */
  erasures: string
  /** Where mails go that are not sent; undefined where they are sent. */
  mail: string | undefined
}

/**
 * Carries out an order. The line outside of the database comes first: whatever happens after it, the erasure is done in the
 * end. Resolves with false where a legal hold keeps the person, or where it is done already. `context` is the system's.
 */
export async function erasePerson(
  context: Context,
  person: string,
  { erasures, mail }: OutsideFolders,
): Promise<boolean> {
  const { organisation } = context.actor
  const order = await findOrder(context, person)
  if (!order) return false
  const at = (order.replay_of ?? context.now).toISOString()
  if (order.replay_of === null)
    await appendErasure(erasures, { organisation, person, reason: order.reason, at })
  const mails = await context.db.transaction().execute(async (transaction) => {
    // Who corrects this person at the same time is either before us, and erased too, or finds nobody.
    await sql`select from person where organisation_id = ${organisation} and id = ${person} for update`.execute(
      transaction,
    )
    await eraseRows(transaction, { organisation, person })
    const gone = await takeRightsAway(transaction, context, person)
    await sql`update person set name = null, external_id = null, erased_at = ${at}
      where organisation_id = ${organisation} and id = ${person}`.execute(transaction)
    await sql`update erasure set done_at = ${context.now}
      where organisation_id = ${organisation} and person_id = ${person}`.execute(transaction)
    await recordAudit(transaction, context, {
      ...{ action: 'person.erased', object: { kind: 'person', id: person }, subject: person, bySystem: true },
      reason: order.reason,
    })
    return gone
  })
  if (mail !== undefined) for (const id of mails) await rm(join(mail, `${id}.eml`), { force: true })
  return true
}

async function findOrder({ db, actor }: Context, person: string) {
  return await db
    .selectFrom('erasure')
    .select(['reason', 'replay_of'])
    .where('organisation_id', '=', actor.organisation)
    .where('person_id', '=', person)
    .where('done_at', 'is', null)
    .where(sql<boolean>`is_to_be_erased(person_id)`)
    .executeTakeFirst()
}

/** What follows its row goes by the foreign key; columns of a kept row are emptied where their own person is meant. */
async function eraseRows(
  db: Transaction<Tables>,
  who: { organisation: string; person: string },
): Promise<void> {
  for (const described of PERSONAL_DATA) {
    const { table, of, rows, emptiedFor } = described
    if (table.includes('.')) continue
    if (rows === 'deleted')
      await sql`delete from ${sql.table(table)} where ${rowsOf(described, of, who)}`.execute(db)
    if (table === 'person') continue
    for (const column of new Set(Object.values(emptiedFor))) {
      const emptied = Object.keys(emptiedFor).filter((name) => emptiedFor[name] === column)
      const empty = sql.join(emptied.map((name) => sql`${sql.ref(name)} = null`))
      await sql`update ${sql.table(table)} set ${empty} where ${rowsOf({ table }, [column], who)}`.execute(db)
    }
  }
}

/** Resolves with the mails that were deleted, by their ids. */
async function takeRightsAway(
  db: Transaction<Tables>,
  { actor, now }: Context,
  person: string,
): Promise<string[]> {
  const { organisation } = actor
  await sql`select erase_accounts(${person}::uuid)`.execute(db)
  await sql`update membership set ended_at = greatest(${now}, joined_at)
    where organisation_id = ${organisation} and person_id = ${person} and ended_at is null`.execute(db)
  await sql`update role_grant set revoked_at = ${now}
    where organisation_id = ${organisation} and person_id = ${person} and revoked_at is null`.execute(db)
  await sql`update delegation set revoked_at = ${now}, revoked_by = ${person}
    where organisation_id = ${organisation} and revoked_at is null and ${person}::uuid in (from_person, to_person)`.execute(
    db,
  )
  const { rows } = await sql<{ id: string }>`
    delete from mail.outbox where organisation_id = ${organisation} and person_id = ${person} returning id`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/**
 * After an older database was restored: orders again what the list outside of the database has and this database does not
 * know. Resolves with how many.
 */
export async function replayErasures(context: Context, erased: readonly Erased[]): Promise<number> {
  const { db, now } = context
  const { organisation } = context.actor
  const own = erased.filter((each) => each.organisation === organisation)
  if (own.length === 0) return 0
  return await db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ person_id: string }>`
      insert into erasure (organisation_id, person_id, reason, ordered_at, replay_of)
      select p.organisation_id, p.id, e.reason, ${now}, e.at
      from unnest(${own.map(({ person }) => person)}::uuid[], ${own.map(({ reason }) => reason)}::text[],
        ${own.map(({ at }) => at)}::timestamptz[]) as e(person, reason, at)
      join person p on p.organisation_id = ${organisation} and p.id = e.person and p.erased_at is null
      on conflict do nothing returning person_id`.execute(transaction)
    for (const { person_id: id } of rows)
      await recordAudit(transaction, context, {
        ...{ action: 'person.erase', object: { kind: 'person', id }, subject: id, bySystem: true },
        reason: 'restored',
      })
    return rows.length
  })
}
