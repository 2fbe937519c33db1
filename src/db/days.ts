// What holds on a day, in SQL.
import { sql, type RawBuilder } from 'kysely'
import type { Day } from '../core/org/day.ts'

/** Whether the row of a dated table holds on a day, as is known now. */
export function on(table: string, day: Day): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return sql<boolean>`(${column('corrected_at')} is null and ${column('valid_from')} <= ${day}::date
    and (${column('valid_to')} is null or ${column('valid_to')} > ${day}::date))`
}
