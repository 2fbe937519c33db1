// Changes rights, signs out: decide by policy, write, audit, in one transaction.
import { sql, type Kysely, type Transaction } from 'kysely'
import { addDays } from '../../core/org/day.ts'
import { on } from '../../db/days.ts'
import type { Tables } from '../../db/schema.ts'
import type { GrantedRole } from '../../db/tables/access.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, notFound, refused } from '../../platform/refused.ts'
import { canDelegateFor, canGrant } from './policy.ts'
import { findMember } from './queries.ts'

interface Grant {
  key: string
  person: string
  role: GrantedRole
  unit: string | null
  lastDay: string | null
}

/** One change of rights at a time in an organisation: two owners must not take each other's role at once. */
async function lockRights(transaction: Transaction<Tables>, { actor }: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rights ${actor.organisation}`}, 0))`.execute(
    transaction,
  )
}

/** Throws conflict where the person holds this role for the same unit already. */
export async function grantRole(context: Context, { key, person, role, unit, lastDay }: Grant) {
  const { db, actor, now, today } = context
  if (!canGrant(actor)) throw refused('forbidden', 'give-roles')
  if (unit !== null && role !== 'people-partner') throw invalid('unit', 'unit-of-partner-only')
  if (lastDay !== null && lastDay < today) throw invalid('lastDay', 'today-or-later', { today, got: lastDay })
  await db.transaction().execute(async (transaction) => {
    await lockRights(transaction, context)
    const known = await transaction
      .selectFrom('role_grant')
      .select('id')
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', key)
      .executeTakeFirst()
    if (known) return
    await assertPerson(transaction, context, person)
    if (unit !== null) await assertUnit(transaction, context, unit)
    const held = await transaction
      .selectFrom('role_grant')
      .select('id')
      .where('organisation_id', '=', actor.organisation)
      .where('person_id', '=', person)
      .where('role', '=', role)
      .where('unit_id', unit === null ? 'is' : '=', unit)
      .where('revoked_at', 'is', null)
      .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
      .executeTakeFirst()
    if (held) throw refused('conflict', 'holds-role-already')
    // A role ends with its last day where the organisation is, not where the server is.
    const until =
      lastDay === null
        ? sql<null>`null`
        : sql<Date>`(select (${addDays(lastDay, 1)}::date)::timestamp at time zone time_zone from organisation
            where id = ${actor.organisation})`
    await transaction
      .insertInto('role_grant')
      .values({
        ...{ organisation_id: actor.organisation, id: key, person_id: person, role, unit_id: unit, until },
        ...{ granted_at: now, granted_by: actor.person, revoked_at: null, revoked_by: null },
      })
      .execute()
    await recordAudit(transaction, context, {
      ...{ action: 'role.grant', object: { kind: 'role-grant', id: key }, subject: person },
      details: { role, unit, lastDay },
    })
  })
  return { id: key }
}

/** Throws conflict for the role of the last owner that has no end: somebody must be able to give roles. */
export async function revokeRole(context: Context, id: string) {
  const { db, actor, now } = context
  if (!canGrant(actor)) throw refused('forbidden', 'take-roles')
  return await db.transaction().execute(async (transaction) => {
    await lockRights(transaction, context)
    const row = await transaction
      .selectFrom('role_grant')
      .select(['person_id', 'role', 'revoked_at', 'until'])
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row) throw notFound('role', id)
    if (row.revoked_at !== null || (row.until !== null && row.until <= now)) return { revoked: false }
    if (row.role === 'owner') await assertAnotherOwner(transaction, context, id)
    await transaction
      .updateTable('role_grant')
      .set({ revoked_at: now, revoked_by: actor.person })
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .execute()
    await recordAudit(transaction, context, {
      ...{ action: 'role.revoke', object: { kind: 'role-grant', id }, subject: row.person_id },
      details: { role: row.role },
    })
    return { revoked: true }
  })
}

/** Another owner who can come in: without an end, not erased, and with an account where there are accounts. */
async function assertAnotherOwner(transaction: Transaction<Tables>, { actor }: Context, id: string) {
  const { rows } = await sql`
    select 1 from role_grant g join person p on p.organisation_id = g.organisation_id and p.id = g.person_id
    where g.organisation_id = ${actor.organisation} and g.role = 'owner' and g.id <> ${id}
      and g.revoked_at is null and g.until is null and p.erased_at is null
      and (${actor.kind !== 'member'} or exists(select 1 from membership m where m.organisation_id = g.organisation_id
        and m.person_id = g.person_id and m.ended_at is null)) limit 1`.execute(transaction)
  if (rows.length === 0) throw refused('conflict', 'last-owner')
}

interface Delegation {
  key: string
  from: string
  to: string
  starts: string
  lastDay: string
}

/** At most a year at once: whoever is away longer hands over their reports. */
const LONGEST_DAYS = 366

export async function delegate(context: Context, { key, from, to, starts, lastDay }: Delegation) {
  const { db, actor, now, today } = context
  if (!canDelegateFor(actor, from)) throw refused('forbidden', 'delegate-own')
  // Before what else may be wrong: whoever is of another organisation is nobody here.
  await assertPerson(db, context, from)
  if (to === from) throw invalid('to', 'somebody-else')
  if (starts < today) throw invalid('starts', 'today-or-later', { today, got: starts })
  if (lastDay < starts) throw invalid('lastDay', 'day-or-later', { first: starts, got: lastDay })
  if (lastDay > addDays(starts, LONGEST_DAYS - 1))
    throw invalid('lastDay', 'delegation-too-long', {
      ...{ days: LONGEST_DAYS, last: addDays(starts, LONGEST_DAYS - 1) },
    })
  await db.transaction().execute(async (transaction) => {
    const known = await transaction
      .selectFrom('delegation')
      .select('id')
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', key)
      .executeTakeFirst()
    if (known) return
    await assertEmployed(transaction, context, from, starts, 'from')
    await assertEmployed(transaction, context, to, starts, 'to')
    await transaction
      .insertInto('delegation')
      .values({
        ...{ organisation_id: actor.organisation, id: key, from_person: from, to_person: to, starts },
        ...{ ends: addDays(lastDay, 1), made_at: now, made_by: actor.person },
        ...{ revoked_at: null, revoked_by: null },
      })
      .execute()
    await recordAudit(transaction, context, {
      ...{ action: 'delegation.make', object: { kind: 'delegation', id: key }, subjects: [from, to] },
      details: { starts, lastDay },
    })
  })
  return { id: key }
}

export async function takeBack(context: Context, id: string) {
  const { db, actor, now, today } = context
  const row = await db
    .selectFrom('delegation')
    .select(['from_person', 'to_person', 'ends', 'revoked_at'])
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound('delegation', id)
  if (!canDelegateFor(actor, row.from_person)) throw refused('forbidden', 'take-back-delegation')
  if (row.revoked_at !== null || row.ends <= today) return { takenBack: false }
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('delegation')
      .set({ revoked_at: now, revoked_by: actor.person })
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .execute()
    const subjects = [row.from_person, row.to_person]
    await recordAudit(transaction, context, {
      ...{ action: 'delegation.take-back', object: { kind: 'delegation', id }, subjects },
    })
  })
  return { takenBack: true }
}

/** The sessions end in the transaction that has the audit's row: both or neither. */
export async function endSessions(context: Context, account: string) {
  const person = await findMember(context, account)
  return await context.db.transaction().execute(async (transaction) => {
    const object = { kind: 'account', id: account }
    await recordAudit(transaction, context, { action: 'session.end-all', object, subject: person })
    const { rows } = await sql<{ ended: number }>`select end_sessions(${account}) as ended`.execute(
      transaction,
    )
    return { ended: rows[0]!.ended }
  })
}

async function assertPerson(db: Kysely<Tables>, { actor }: Context, person: string) {
  const row = await db
    .selectFrom('person')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', person)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw notFound('person', person)
}

async function assertUnit(transaction: Transaction<Tables>, { actor, today }: Context, unit: string) {
  const row = await transaction
    .selectFrom('unit_record')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('unit_id', '=', unit)
    .where(on('unit_record', today))
    .executeTakeFirst()
  if (!row) throw notFound('unit', unit)
}

async function assertEmployed(
  transaction: Transaction<Tables>,
  { actor }: Context,
  person: string,
  day: string,
  path: string,
) {
  const row = await transaction
    .selectFrom('employment')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('person_id', '=', person)
    .where(on('employment', day))
    .executeTakeFirst()
  if (!row) throw invalid(path, 'works-here-on', { day })
}
