// Which day it is for an organisation, and what holds on a day in SQL.
import { sql, type RawBuilder } from 'kysely'
import { dayOf, type Day } from '../../core/org/day.ts'
import type { Context } from '../../platform/procedure.ts'

/** The day that it is now where the organisation is. */
export async function todayOf({ db, actor, now }: Context): Promise<Day> {
  const row = await db
    .selectFrom('organisation')
    .select('time_zone')
    .where('id', '=', actor.organisation)
    .executeTakeFirst()
  return dayOf(now, row?.time_zone ?? 'UTC')
}

/** Whether the row of a dated table holds on a day, as is known now. */
export function on(table: string, day: Day): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return sql<boolean>`(${column('corrected_at')} is null and ${column('valid_from')} <= ${day}::date
    and (${column('valid_to')} is null or ${column('valid_to')} > ${day}::date))`
}
