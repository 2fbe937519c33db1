// The SQL condition for the rows of a table that are about a person.
import { sql, type RawBuilder } from 'kysely'
import type { PersonalTable } from '../../db/personal-table.ts'

/** Of the organisation, where the person is one of `of`, or the row hangs on one of theirs. */
export function rowsOf(
  { table, through }: Pick<PersonalTable, 'table' | 'through'>,
  of: readonly string[],
  { organisation, person }: { organisation: string; person: string },
): RawBuilder<boolean> {
  const named = of.map((column) => sql<boolean>`${sql.ref(`${table}.${column}`)} = ${person}::uuid`)
  const hanging = through
    ? [
        // An array that is read once, and no subquery: the database then looks for these rows first, and asks the policies,
        // which cost much more, about what it found alone.
        sql<boolean>`${sql.ref(`${table}.${through.column}`)} = any (array(
          select ${sql.ref(`o.${through.key}`)} from ${sql.table(through.table)} o
          where o.organisation_id = ${organisation} and ${sql.ref(`o.${through.of}`)} = ${person}::uuid))`,
      ]
    : []
  // Of a set that was read, each is told.
  const set = table === 'audit' ? [sql<boolean>`${person}::uuid = any (audit.subject_ids)`] : []
  const all = [...named, ...hanging, ...set]
  const any = all.length === 0 ? sql`false` : sql.join(all, sql` or `)
  return sql<boolean>`${sql.ref(`${table}.organisation_id`)} = ${organisation} and (${any})`
}
