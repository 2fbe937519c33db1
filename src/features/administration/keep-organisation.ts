// Names the organisation and changes what holds in it: decide by policy, write, audit, in one transaction.
import { sql, type Transaction } from 'kysely'
import { isTimeZone } from '../../core/org/time-zones.ts'
import type { Tables } from '../../db/schema.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, refused } from '../../platform/refused.ts'
import { canNameOrganisation, canSetOrganisation } from './policy.ts'

/** A name stands in the subject of mails: a line of its own would be another header there. */
const NOT_ONE_LINE = /[\p{Cc}\p{Zl}\p{Zp}]/u

/** The audit's row says that it was named, not how. */
export async function nameOrganisation(context: Context, name: string) {
  const { db, actor } = context
  if (!canNameOrganisation(actor)) throw refused('forbidden', 'name-organisation')
  if (NOT_ONE_LINE.test(name)) throw invalid('name', 'control-characters')
  return await db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('organisation')
      .set({ name })
      .where('id', '=', actor.organisation)
      .where('name', 'is distinct from', name)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return { named: false }
    await recordAudit(transaction, context, {
      ...{ action: 'organisation.name', object: { kind: 'organisation', id: actor.organisation } },
    })
    return { named: true }
  })
}

interface Settings {
  timeZone?: string | undefined
  minimumGroup?: number | undefined
}

/**
 * From the next request on, today is the day of the new time zone; rounds that are there keep the minimum that they
 * published. Throws invalid for a time zone that this server or its database does not know.
 */
export async function setOrganisation(context: Context, { timeZone, minimumGroup }: Settings) {
  const { db, actor } = context
  if (!canSetOrganisation(actor)) throw refused('forbidden', 'set-organisation')
  if (timeZone !== undefined && !isTimeZone(timeZone)) throw invalid('timeZone', 'time-zone')
  return await db.transaction().execute(async (transaction) => {
    const before = await transaction
      .selectFrom('organisation')
      .select(['time_zone', 'minimum_group'])
      .where('id', '=', actor.organisation)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const changed = {
      ...(timeZone !== undefined && timeZone !== before.time_zone && { timeZone }),
      ...(minimumGroup !== undefined && minimumGroup !== before.minimum_group && { minimumGroup }),
    }
    if (Object.keys(changed).length === 0) return { changed: false }
    if (changed.timeZone !== undefined) await assertKnown(transaction, changed.timeZone)
    await transaction
      .updateTable('organisation')
      .set({
        ...(changed.timeZone !== undefined && { time_zone: changed.timeZone }),
        ...(changed.minimumGroup !== undefined && { minimum_group: changed.minimumGroup }),
      })
      .where('id', '=', actor.organisation)
      .execute()
    const object = { kind: 'organisation', id: actor.organisation }
    await recordAudit(transaction, context, { action: 'organisation.set', object, details: changed })
    return { changed: true }
  })
}

/** The database works out days as well: at sign-in, and where a role ends. */
async function assertKnown(transaction: Transaction<Tables>, timeZone: string): Promise<void> {
  const { rows } = await sql`select 1 from pg_timezone_names where name = ${timeZone}`.execute(transaction)
  if (rows.length === 0) throw invalid('timeZone', 'time-zone')
}
