// The places of people over time as they are known now, loaded to be compared and changed.
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Stretch } from '../../core/org/dated.ts'
import type { Tables } from '../../db/schema.ts'

/** A dated row with the value that it holds. */
export interface Row<V> extends Stretch<V> {
  readonly id: string
}

export interface PositionDescription {
  readonly title: string
  readonly framework: string | null
  readonly role: string | null
  readonly variant: string | null
  readonly unit: string | null
}

export type Lines<V> = Map<string, Row<V>[]>

/** What is written down of people and positions, each line in the order of its days. */
export interface Timelines {
  /** By person. */
  readonly employment: Lines<true>
  readonly line: Lines<string>
  readonly holder: Lines<string>
  /** By person and then by unit or manager: several hold at once. */
  readonly membership: Map<string, Lines<string>>
  readonly dotted: Map<string, Lines<string>>
  /** By position. */
  readonly description: Lines<PositionDescription>
  readonly grade: Lines<string>
  /** Of the units that these people belong to and of those that were named; of everybody's, every unit. */
  readonly unitKind: Map<string, 'department' | 'team' | 'product-line'>
}

interface Dated {
  id: string
  valid_from: string
  valid_to: string | null
  key: string
}

function byKey<R extends Dated, V>(rows: readonly R[], value: (row: R) => V): Lines<V> {
  const lines: Lines<V> = new Map()
  for (const row of rows) {
    const one = { id: row.id, from: row.valid_from, to: row.valid_to, value: value(row) }
    const line = lines.get(row.key)
    if (line) line.push(one)
    else lines.set(row.key, [one])
  }
  return lines
}

function byTwo(rows: readonly (Dated & { other: string })[]): Map<string, Lines<string>> {
  const found = new Map<string, (Dated & { other: string })[]>()
  for (const row of rows) {
    const list = found.get(row.key)
    if (list) list.push(row)
    else found.set(row.key, [row])
  }
  return new Map(
    [...found].map(([key, list]) => [
      key,
      byKey(
        list.map((row) => ({ ...row, key: row.other })),
        ({ other }) => other,
      ),
    ]),
  )
}

/**
 * The timelines of some people, with the lines of those who report to them and the positions that they hold; `all` for
 * everybody. `named`: units that they are to belong to. Grades that the acting person may not read are not in it.
 */
export async function loadTimelines(
  db: Kysely<Tables>,
  organisation: string,
  people: readonly string[] | 'all',
  named: readonly string[] = [],
): Promise<Timelines> {
  const ids = people === 'all' ? [] : [...people]
  const all = people === 'all'
  const read = async <R extends Dated>(
    table: string,
    key: string,
    columns: RawBuilder<unknown>,
    where = sql`true`,
  ) => {
    const { rows } = await sql<R>`
      select id, valid_from, valid_to, ${sql.ref(key)} as key, ${columns} from ${sql.table(table)}
      where organisation_id = ${organisation} and corrected_at is null and ${where}
      order by valid_from`.execute(db)
    return rows
  }
  const own = (column = 'person_id') => (all ? sql`true` : sql`${sql.ref(column)} = any(${ids}::uuid[])`)
  const theirs = all ? sql`true` : sql`(person_id = any(${ids}::uuid[]) or manager_id = any(${ids}::uuid[]))`
  const held = all
    ? sql`true`
    : sql`position_id in (select position_id from position_holder
        where organisation_id = ${organisation} and person_id = any(${ids}::uuid[]))`
  type Two = Dated & { other: string }
  const employment = await read<Dated>('employment', 'person_id', sql`1 as one`, own())
  const membership = await read<Two>('unit_membership', 'person_id', sql`unit_id as other`, own())
  const lines = await read<Two & { kind: string }>(
    'reporting_line',
    'person_id',
    sql`manager_id as other, kind`,
    theirs,
  )
  const holder = await read<Two>('position_holder', 'person_id', sql`position_id as other`, own())
  const description = await read<Dated & PositionDescription>(
    'position_record',
    'position_id',
    sql`title, framework_id as framework, role, variant, unit_id as unit`,
    held,
  )
  const grade = await read<Dated & { grade: string }>('position_grade', 'position_id', sql`grade`, held)
  const wanted = [...new Set([...membership.map(({ other }) => other), ...named])]
  const { rows: units } = await sql<{ id: string; kind: 'department' | 'team' | 'product-line' }>`
    select id, kind from unit
    where organisation_id = ${organisation} and ${all ? sql`true` : sql`id = any(${wanted}::uuid[])`}`.execute(
    db,
  )
  return {
    employment: byKey(employment, () => true as const),
    membership: byTwo(membership),
    line: byKey(
      lines.filter(({ kind }) => kind === 'line'),
      ({ other }) => other,
    ),
    dotted: byTwo(lines.filter(({ kind }) => kind === 'dotted')),
    holder: byKey(holder, ({ other }) => other),
    description: byKey(description, ({ title, framework, role, variant, unit }) => ({
      ...{ title, framework, role, variant, unit },
    })),
    grade: byKey(grade, (row) => row.grade),
    unitKind: new Map(units.map(({ id, kind }) => [id, kind])),
  }
}
