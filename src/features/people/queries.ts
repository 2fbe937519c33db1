// Reads lists of people, units and the reporting lines of a day.
import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { notFound, RungsError } from '../../platform/errors.ts'
import type { Context } from '../../platform/procedure.ts'
import type { unitSchema } from './contract.ts'
import { on } from '../../db/days.ts'
import { listRows } from './people-rows.ts'
import { organisationRights, unitRights } from './policy.ts'

type Unit = z.output<typeof unitSchema>

export async function getSummary(context: Context) {
  const { db, actor } = context
  const today = context.today
  const { rows } = await sql<{ people: number; units: number; first: string | null; sample: number }>`
    select
      (select count(*)::int from employment e where e.organisation_id = ${actor.organisation} and ${on('e', today)}) as people,
      (select count(*)::int from unit_record r where r.organisation_id = ${actor.organisation} and ${on('r', today)}) as units,
      (select min(valid_from) from employment e where e.organisation_id = ${actor.organisation} and e.corrected_at is null) as first,
      (select count(*)::int from person p where p.organisation_id = ${actor.organisation} and p.sample) as sample`.execute(
    db,
  )
  return { today, ...rows[0]!, me: actor.person, can: organisationRights(actor) }
}

interface ListInput {
  asOf?: string | undefined
  search?: string | undefined
  unit?: string | undefined
  after?: string | undefined
  limit: number
}

/** A page of the people of a day, by name. */
export async function listPeople(context: Context, { asOf, search, unit, after, limit }: ListInput) {
  const { db, actor } = context
  const day = asOf ?? context.today
  const where: RawBuilder<unknown>[] = [
    sql`p.organisation_id = ${actor.organisation} and p.erased_at is null`,
  ]
  const words = (search ?? '').split(/\s+/).filter((word) => word !== '')
  for (const word of words.slice(0, 8)) {
    const like = `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    // Sets that do not hang on the person are found once; asked person by person, large organisations take minutes.
    where.push(sql`(p.name ilike ${like} or p.external_id ilike ${like} or p.id = any(array(
      select h.person_id from position_record r join position_holder h
        on h.organisation_id = r.organisation_id and h.position_id = r.position_id and ${on('h', day)}
      where r.organisation_id = ${actor.organisation} and ${on('r', day)} and r.title ilike ${like}
      union
      select s.person_id from unit_record n join unit_membership s
        on s.organisation_id = n.organisation_id and s.unit_id = n.unit_id and ${on('s', day)}
      where n.organisation_id = ${actor.organisation} and ${on('n', day)} and n.name ilike ${like})))`)
  }
  if (unit !== undefined)
    where.push(sql`p.id = any(array(
      with recursive below(id) as (
        select ${unit}::uuid
        union
        select c.unit_id from below b join unit_record c
          on c.organisation_id = ${actor.organisation} and c.parent_id = b.id and ${on('c', day)})
      select s.person_id from unit_membership s join below b on b.id = s.unit_id
      where s.organisation_id = ${actor.organisation} and ${on('s', day)}))`)
  const all = sql.join(where, sql` and `)
  const start = after === undefined ? undefined : cursorOf(after)
  const page = start ? sql` and (coalesce(p.name, ''), p.id) > (${start.name}, ${start.id}::uuid)` : sql``
  const working = sql`from person p join employment e
    on e.organisation_id = p.organisation_id and e.person_id = p.id and ${on('e', day)} where ${all}`
  const { rows } = await sql<{ id: string }>`select p.id ${working}${page}
    order by coalesce(p.name, ''), p.id limit ${limit + 1}`.execute(db)
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total ${working}`.execute(db)
  // What is shown of a person is looked up for those of the page alone.
  const ids = rows.slice(0, limit).map(({ id }) => id)
  const people = await listRows(context, ids, day)
  const last = people.at(-1)
  return {
    ...{ day, people, total: counted[0]!.total },
    next: rows.length > limit && last ? `${last.id} ${last.name ?? ''}` : null,
  }
}

function cursorOf(after: string): { id: string; name: string } {
  const id = after.slice(0, 36)
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id))
    throw new RungsError('invalid', 'after: expected `next` of the page before.')
  return { id, name: after.slice(37) }
}

const unitColumns = (day: string) => sql<Unit>`u.id, u.kind, r.name, r.parent_id as parent,
  (select count(*)::int from unit_membership s where s.organisation_id = u.organisation_id and s.unit_id = u.id
    and ${on('s', day)}) as people`

export async function listUnits(context: Context, { asOf }: { asOf?: string | undefined }) {
  const day = asOf ?? context.today
  const { rows } = await sql<Unit>`select ${unitColumns(day)} from unit u
    join unit_record r on r.organisation_id = u.organisation_id and r.unit_id = u.id and ${on('r', day)}
    where u.organisation_id = ${context.actor.organisation} order by r.name, u.id`.execute(context.db)
  const { actor } = context
  const units = rows.map((unit) => ({ ...unit, can: unitRights(actor, unit.id) }))
  return { day, units, can: unitRights(actor, null) }
}

/** A unit with its members, the units above it and those right below. Throws NotFound where it is not there on the day. */
export async function getUnit(context: Context, { id, asOf }: { id: string; asOf?: string | undefined }) {
  const { db, actor } = context
  const day = asOf ?? context.today
  const { rows } = await sql<Unit & { step: number }>`
    with recursive above(id, step) as (
      select ${id}::uuid, 0
      union
      select r.parent_id, a.step + 1 from above a join unit_record r on r.organisation_id = ${actor.organisation}
        and r.unit_id = a.id and ${on('r', day)} and r.parent_id is not null and a.step < 50)
    select ${unitColumns(day)}, a.step from above a join unit u on u.organisation_id = ${actor.organisation} and u.id = a.id
    join unit_record r on r.organisation_id = u.organisation_id and r.unit_id = u.id and ${on('r', day)}
    order by a.step`.execute(db)
  const [own, ...above] = rows
  if (!own || own.step !== 0) throw notFound('unit', id)
  const { rows: below } = await sql<Unit>`select ${unitColumns(day)} from unit u
    join unit_record r on r.organisation_id = u.organisation_id and r.unit_id = u.id and ${on('r', day)}
    where u.organisation_id = ${actor.organisation} and r.parent_id = ${id} order by r.name, u.id`.execute(db)
  const members = await db
    .selectFrom('unit_membership')
    .select('person_id')
    .where('organisation_id', '=', actor.organisation)
    .where('unit_id', '=', id)
    .where(on('unit_membership', day))
    .execute()
  const { rows: counted } = await sql<{ count: number }>`
    with recursive below(id) as (
      select ${id}::uuid
      union
      select c.unit_id from below b join unit_record c
        on c.organisation_id = ${actor.organisation} and c.parent_id = b.id and ${on('c', day)})
    select count(distinct s.person_id)::int as count from unit_membership s join below b on b.id = s.unit_id
    where s.organisation_id = ${actor.organisation} and ${on('s', day)}`.execute(db)
  const plain = ({ step: _step, ...unit }: Unit & { step: number }): Unit => unit
  return {
    ...{ day, unit: plain(own), below, allPeople: counted[0]!.count, can: unitRights(actor, id) },
    path: above.reverse().map(({ id: unit, kind, name }) => ({ id: unit, kind, name })),
    members: await listRows(
      context,
      members.map(({ person_id }) => person_id),
      day,
    ),
  }
}
