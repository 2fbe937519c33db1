// Loads what the acting person is to another on a day.
import { sql } from 'kysely'
import type { Day } from '../core/org/day.ts'
import { relationOf, type ManagedPeriod, type Relation } from '../core/org/relation.ts'
import { on } from '../db/days.ts'
import { partnerUnits } from './actor.ts'
import type { Context } from './procedure.ts'

/** What the actor is to `other` on a day. Reads the lines of the two and of those above, never the organisation. */
export async function loadRelation({ db, actor }: Context, other: string, day: Day): Promise<Relation> {
  const { organisation, person } = actor
  const { rows: lines } = await sql<ManagedPeriod>`
    with recursive above(id, step) as (
      select ${other}::uuid, 0
      union
      select l.manager_id, a.step + 1 from above a join reporting_line l
        on l.organisation_id = ${organisation} and l.person_id = a.id and l.kind = 'line'
        and ${on('l', day)} and a.step < 200)
    select person_id as person, manager_id as manager, valid_from as from, valid_to as to from reporting_line l
    where l.organisation_id = ${organisation} and l.kind = 'line' and l.corrected_at is null
      and l.person_id = any(array[${other}::uuid, ${person}::uuid])
    union
    select l.* from above a cross join lateral (
      select l.person_id, l.manager_id, l.valid_from, l.valid_to from reporting_line l
      where l.organisation_id = ${organisation} and l.person_id = a.id and l.kind = 'line'
        and ${on('l', day)} offset 0) l`.execute(db)
  const { rows: delegations } = await sql<{ from_person: string; to_person: string; from: Day; to: Day }>`
    select from_person, to_person, starts as from, ends as to from delegation
    where organisation_id = ${organisation} and to_person = ${person} and revoked_at is null`.execute(db)
  // Asked unit by unit: nobody can tell beforehand how few these are, and all units would be read.
  const parents = sql`select p.parent_id from unit_record p where p.organisation_id = ${organisation} and p.unit_id = a.id
    and ${on('p', day)} offset 0`
  const { rows: units } = await sql<{ id: string; parent: string | null; own: boolean }>`
    with recursive above(id) as (
      select m.unit_id from unit_membership m
      where m.organisation_id = ${organisation} and m.person_id = ${other} and ${on('m', day)}
      union
      select r.parent_id from above a cross join lateral (${parents}) r where r.parent_id is not null)
    select a.id, r.parent_id as parent, exists(select 1 from unit_membership m
      where m.organisation_id = ${organisation} and m.person_id = ${other} and m.unit_id = a.id and ${on('m', day)}) as own
    from above a left join lateral (${parents}) r on true`.execute(db)
  const asked = [person, ...lines.filter((line) => line.person === other).map(({ manager }) => manager)]
  const { rows: employed } = await sql<{ person: string }>`
    select distinct person_id as person from employment e
    where e.organisation_id = ${organisation} and e.person_id = any(${asked}::uuid[]) and ${on('e', day)}`.execute(
    db,
  )
  const working = new Set(employed.map((row) => row.person))
  return relationOf(person, other, day, {
    ...{ lines, delegations },
    units: units.filter(({ own }) => own).map(({ id }) => id),
    unitAbove: new Map(units.map(({ id, parent }) => [id, parent])),
    partnerOf: partnerUnits(actor),
    employed: (one) => working.has(one),
  })
}

/** Whether the actor keeps a person's place, as the database judges of every write to it. */
export async function loadKeeps({ db }: Context, person: string): Promise<boolean> {
  const { rows } = await sql<{ keeps: boolean }>`select keeps_person(${person}::uuid) as keeps`.execute(db)
  return rows[0]!.keeps
}

/** Whether the actor is partner of the unit that a person belonged to last, where that person belongs to none any more. */
export async function loadWasPartner({ db }: Context, person: string): Promise<boolean> {
  const { rows } = await sql<{ was: boolean }>`select was_partner_for(${person}::uuid) as was`.execute(db)
  return rows[0]!.was
}
