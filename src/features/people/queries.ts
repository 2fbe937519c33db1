// Reads lists of people, units and the reporting lines of a day.
import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { Day } from '../../core/org/day.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, notFound } from '../../platform/refused.ts'
import { readTogether } from '../../platform/read-together.ts'
import type { unitSchema } from './contract.ts'
import { on } from '../../db/days.ts'
import { findPeople, type Found } from './find-people.ts'
import { listRows } from './people-rows.ts'
import { organisationRights, unitRights, unitRightsOf } from './policy.ts'
import { membersBelow, unitsBelow } from './units-below.ts'

type Unit = z.output<typeof unitSchema>

export async function getSummary(context: Context) {
  const { db, actor } = context
  const today = context.today
  const of = actor.organisation
  const { rows } = await sql<{ people: number; units: number; first: string | null; sample: number }>`
    select
      ${employedOn(of, today)} as people,
      (select count(*)::int from unit_record r where r.organisation_id = ${of} and ${on('r', today)}) as units,
      (select min(valid_from) from employment e where e.organisation_id = ${of} and e.corrected_at is null) as first,
      (select count(*)::int from person p where p.organisation_id = ${of} and p.sample) as sample`.execute(db)
  return { today, ...rows[0]!, me: actor.person, can: organisationRights(actor) }
}

/** How many people work here on a day: read from the days alone. A person is employed at most once at a time. */
const employedOn = (organisation: string, day: Day) => sql<number>`(
  (select count(*) from employment e where e.organisation_id = ${organisation} and ${on('e', day)})
  - (select count(*) from person p join employment e on e.organisation_id = p.organisation_id and e.person_id = p.id
      and ${on('e', day)} where p.organisation_id = ${organisation} and p.erased_at is not null))::int`

interface ListInput {
  asOf?: string | undefined
  search?: string | undefined
  unit?: string | undefined
  after?: string | undefined
  limit: number
}

/** A page of the people of a day, by name. */
export async function listPeople(context: Context, input: ListInput) {
  return await readTogether(context, async (inside) => {
    const day = input.asOf ?? context.today
    const { ids, total } = await pageOf(inside, day, input)
    // What is shown of a person is looked up for those of the page alone.
    const people = await listRows(inside, ids.slice(0, input.limit), day)
    const last = people.at(-1)
    const next = ids.length > input.limit && last ? `${last.id} ${last.name ?? ''}` : null
    return { day, people, total, next }
  })
}

/** The ids of a page and of one more, where everybody is asked for: from the index of names. */
async function pageOfAll({ db, actor }: Context, day: Day, { after, limit }: ListInput) {
  const of = actor.organisation
  const { rows } = await sql<{ id: string }>`select p.id from person p cross join lateral (
      select 1 from employment e where e.organisation_id = ${of} and e.person_id = p.id and ${on('e', day)} offset 0) e
    where p.organisation_id = ${of} and p.erased_at is null ${behind(after)}
    order by coalesce(p.name, ''), p.id limit ${limit + 1}`.execute(db)
  const { rows: counted } = await sql<{ total: number }>`select ${employedOn(of, day)} as total`.execute(db)
  return { ids: rows.map(({ id }) => id), total: counted[0]!.total }
}

const behind = (after: string | undefined): RawBuilder<unknown> => {
  if (after === undefined) return sql``
  const { id, name } = cursorOf(after)
  return sql`and (coalesce(p.name, ''), p.id) > (${name}, ${id}::uuid)`
}

/** The same of those of a unit: all of them are found once, counted, and a page is taken. */
async function pageOfUnit({ db, actor }: Context, day: Day, unit: string, { after, limit }: ListInput) {
  const of = actor.organisation
  const { rows } = await sql<{ total: number; ids: string[] }>`
    with found as materialized (
      select p.id, p.name from person p cross join lateral (
        select 1 from employment e where e.organisation_id = ${of} and e.person_id = p.id and ${on('e', day)} offset 0) e
      where p.organisation_id = ${of} and p.erased_at is null and p.id = any(array(
        with recursive ${unitsBelow(of, unit, day)} ${membersBelow(of, day)})))
    select (select count(*)::int from found) as total,
      array(select p.id from found p where true ${behind(after)}
        order by coalesce(p.name, ''), p.id limit ${limit + 1}) as ids`.execute(db)
  return rows[0]!
}

/** The ids of a page and of one more, of those whom the list is asked for. */
async function pageOf(context: Context, day: Day, input: ListInput): Promise<Found> {
  const { search, unit, after, limit } = input
  if (search) return await findPeople(context, { day, search, unit, behind: behind(after), limit })
  return unit === undefined
    ? await pageOfAll(context, day, input)
    : await pageOfUnit(context, day, unit, input)
}

function cursorOf(after: string): { id: string; name: string } {
  const id = after.slice(0, 36)
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id))
    throw invalid('after', 'page-mark')
  return { id, name: after.slice(37) }
}

const unitColumns = (day: Day) => sql<Unit>`u.id, u.kind, r.name, r.parent_id as parent,
  (select count(*)::int from unit_membership s where s.organisation_id = u.organisation_id and s.unit_id = u.id
    and ${on('s', day)}) as people`

export async function listUnits(context: Context, { asOf }: { asOf?: string | undefined }) {
  const day = asOf ?? context.today
  const { actor, db } = context
  const of = actor.organisation
  // Members are counted for all units in one pass.
  const { rows } = await sql<Unit>`
    with counted as materialized (
      select s.unit_id, count(*)::int as people from unit_membership s
      where s.organisation_id = ${of} and ${on('s', day)} group by s.unit_id)
    select u.id, u.kind, r.name, r.parent_id as parent, coalesce(c.people, 0) as people from unit u
    join unit_record r on r.organisation_id = u.organisation_id and r.unit_id = u.id and ${on('r', day)}
    left join counted c on c.unit_id = u.id
    where u.organisation_id = ${of} order by r.name, u.id`.execute(db)
  const rightsOn = unitRightsOf(actor)
  return { day, units: rows.map((unit) => ({ ...unit, can: rightsOn(unit.id) })), can: rightsOn(null) }
}

/** A unit with its members, the units above it and those right below. Throws NotFound where it is not there on the day. */
export async function getUnit(context: Context, { id, asOf }: { id: string; asOf?: string | undefined }) {
  return await readTogether(context, async (inside) => await readUnit(inside, id, asOf ?? context.today))
}

async function readUnit(context: Context, id: string, day: Day) {
  const { db, actor } = context
  const of = actor.organisation
  const described = sql`cross join lateral (
    select r.name, r.parent_id from unit_record r where r.organisation_id = ${of} and r.unit_id = u.id
      and ${on('r', day)} offset 0) r`
  const { rows } = await sql<Unit & { step: number }>`
    with recursive above(id, step) as (
      select ${id}::uuid, 0
      union
      select r.parent_id, a.step + 1 from above a cross join lateral (
        select r.parent_id from unit_record r where r.organisation_id = ${of} and r.unit_id = a.id and ${on('r', day)}
          and r.parent_id is not null and a.step < 50 offset 0) r)
    select ${unitColumns(day)}, a.step from above a cross join lateral (
      select u.* from unit u where u.organisation_id = ${of} and u.id = a.id offset 0) u ${described}
    order by a.step`.execute(db)
  const [own, ...above] = rows
  if (!own || own.step !== 0) throw notFound('unit', id)
  const { rows: below } = await sql<Unit>`select ${unitColumns(day)} from unit u
    join unit_record r on r.organisation_id = u.organisation_id and r.unit_id = u.id and ${on('r', day)}
    where u.organisation_id = ${of} and r.parent_id = ${id} order by r.name, u.id`.execute(db)
  const { rows: members } = await sql<{ id: string }>`select s.person_id as id from unit_membership s
    where s.organisation_id = ${of} and s.unit_id = ${id} and ${on('s', day)}`.execute(db)
  const { rows: counted } = await sql<{ count: number }>`
    with recursive ${unitsBelow(of, id, day)}
    select count(distinct m.person_id)::int as count from (${membersBelow(of, day)}) m`.execute(db)
  const plain = ({ step: _step, ...unit }: Unit & { step: number }): Unit => unit
  return {
    ...{ day, unit: plain(own), below, allPeople: counted[0]!.count, can: unitRights(actor, id) },
    path: above.reverse().map(({ id: unit, kind, name }) => ({ id: unit, kind, name })),
    members: await listRows(
      context,
      members.map((member) => member.id),
      day,
    ),
  }
}
