// People as lists show them: name, units, manager and title of a day, in one query.
import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { Day } from '../../core/org/day.ts'
import type { Context } from '../../platform/procedure.ts'
import type { personRowSchema } from './contract.ts'
import { on } from '../../db/days.ts'

export type PersonRow = z.output<typeof personRowSchema>

/** What is beside `person p` in a query: the employment of the day as `e`, the position's title as `r.title`. */
export const placesOf = (day: Day): RawBuilder<unknown> => sql`
  left join employment e on e.organisation_id = p.organisation_id and e.person_id = p.id and ${on('e', day)}
  left join lateral (
    select r.title, r.framework_id, r.role, h.position_id from position_holder h
    join position_record r on r.organisation_id = h.organisation_id and r.position_id = h.position_id and ${on('r', day)}
    where h.organisation_id = p.organisation_id and h.person_id = p.id and ${on('h', day)}
    order by h.valid_from limit 1) r on true
  left join reporting_line l on l.organisation_id = p.organisation_id and l.person_id = p.id and l.kind = 'line'
    and ${on('l', day)}
  left join person m on m.organisation_id = l.organisation_id and m.id = l.manager_id`

/**
 * The first day from which anything of a person's place is written down, where that is after the day: before it a place
 * is not known, which is not the same as none.
 */
export const placeKnownFrom = (organisation: RawBuilder<unknown>, person: RawBuilder<unknown>, day: Day) => {
  const first = (table: string) => sql`(select min(k.valid_from) from ${sql.table(table)} k
    where k.organisation_id = ${organisation} and k.person_id = ${person} and k.corrected_at is null)`
  return sql<Day | null>`(select case when k.first > ${day}::date then k.first end from (select least(
    ${first('unit_membership')}, ${first('reporting_line')}, ${first('position_holder')}) as first) k)`
}

/** The columns of a `PersonRow` beside `placesOf`. */
export const rowColumns = (day: Day): RawBuilder<PersonRow> => sql<PersonRow>`
  p.id, p.name, r.title, p.external_id as "externalId", e.valid_from as since, p.sample,
  case when r.position_id is null and m.id is null
    then ${placeKnownFrom(sql`p.organisation_id`, sql`p.id`, day)} end as "placeKnownFrom",
  case when m.id is null then null else jsonb_build_object('id', m.id, 'name', m.name) end as manager,
  (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'kind', u.kind, 'name', n.name)
      order by u.kind = 'product-line', n.name), '[]'::jsonb)
    from unit_membership s
    join unit u on u.organisation_id = s.organisation_id and u.id = s.unit_id
    join unit_record n on n.organisation_id = s.organisation_id and n.unit_id = s.unit_id and ${on('n', day)}
    where s.organisation_id = p.organisation_id and s.person_id = p.id and ${on('s', day)}) as units`

/** People by ids, in the order of their names. */
export async function listRows(
  { db, actor }: Context,
  ids: readonly string[],
  day: Day,
): Promise<PersonRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<PersonRow>`select ${rowColumns(day)} from person p ${placesOf(day)}
    where p.organisation_id = ${actor.organisation} and p.id = any(${[...ids]}::uuid[])
    order by coalesce(p.name, ''), p.id`.execute(db)
  return rows
}
