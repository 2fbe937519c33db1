// Reads one person as of a day, with what the acting person may see and do, and their places over time.
import { sql } from 'kysely'
import type { z } from 'zod'
import { addDays, type Day } from '../../core/org/day.ts'
import { STRANGER } from '../../core/org/relation.ts'
import type { Context } from '../../platform/procedure.ts'
import { notFound } from '../../platform/refused.ts'
import { readTogether } from '../../platform/read-together.ts'
import type { historyEntrySchema, personRefSchema, personSchema } from './contract.ts'
import { on } from '../../db/days.ts'
import { placesOf, rowColumns, type PersonRow } from './people-rows.ts'
import { personRights } from './policy.ts'
import { loadKeeps, loadRelation } from '../../platform/load-relation.ts'

export type Person = z.output<typeof personSchema>
type Ref = z.output<typeof personRefSchema>
type HistoryEntry = z.output<typeof historyEntrySchema>

/** A person as of a day (today without one); throws NotFound for nobody of this organisation and for the erased. */
export async function getPerson(
  context: Context,
  { id, asOf }: { id: string; asOf?: string | undefined },
): Promise<{ person: Person }> {
  return await readTogether(context, async (inside) => await readPerson(inside, id, asOf))
}

async function readPerson(context: Context, id: string, asOf?: Day): Promise<{ person: Person }> {
  const { db, actor } = context
  const today = context.today
  const day = asOf ?? today
  const { rows } = await sql<
    PersonRow & {
      framework: string | null
      role: string | null
      position: string | null
      ends: string | null
    }
  >`
    select ${rowColumns(day)}, r.framework_id as framework, r.role, r.position_id as position, e.valid_to as ends
    from person p ${placesOf(day)}
    where p.organisation_id = ${actor.organisation} and p.id = ${id} and p.erased_at is null`.execute(db)
  const [row] = rows
  if (!row) throw notFound('person', id)
  const relation = await loadRelation(context, id, today)
  const can = personRights(actor, relation, await loadKeeps(context, id))
  const email = can.contact
    ? await db
        .selectFrom('person_contact')
        .select('email')
        .where('organisation_id', '=', actor.organisation)
        .where('person_id', '=', id)
        .executeTakeFirst()
    : undefined
  const grade =
    can.grade && row.position !== null
      ? await db
          .selectFrom('position_grade')
          .select('grade')
          .where('organisation_id', '=', actor.organisation)
          .where('position_id', '=', row.position)
          .where(on('position_grade', day))
          .executeTakeFirst()
      : undefined
  const { framework, role, position: _position, ends, ...shown } = row
  const { rows: around } = await sql<Ref & { what: 'above' | 'below' | 'dotted' }>`
    with recursive above(id, step) as (
      select ${id}::uuid, 0
      union
      select l.manager_id, a.step + 1 from above a join reporting_line l
        on l.organisation_id = ${actor.organisation} and l.person_id = a.id and l.kind = 'line'
        and ${on('l', day)} and a.step < 50),
    around(id, what, step) as (
      select a.id, 'above', min(a.step) from above a where a.id <> ${id} group by a.id
      union all
      select l.person_id, 'below', 0 from reporting_line l where l.organisation_id = ${actor.organisation}
        and l.manager_id = ${id} and l.kind = 'line' and ${on('l', day)}
      union all
      select l.manager_id, 'dotted', 0 from reporting_line l where l.organisation_id = ${actor.organisation}
        and l.person_id = ${id} and l.kind = 'dotted' and ${on('l', day)})
    select p.id, p.name, w.what, r.title from around w
    cross join lateral (
      select p.organisation_id, p.id, p.name from person p
      where p.organisation_id = ${actor.organisation} and p.id = w.id offset 0) p
    left join lateral (
      select r.title from position_holder h
      join position_record r on r.organisation_id = h.organisation_id and r.position_id = h.position_id and ${on('r', day)}
      where h.organisation_id = p.organisation_id and h.person_id = p.id and ${on('h', day)} limit 1) r on true
    order by w.step, p.name, p.id`.execute(db)
  const refs = (wanted: string) =>
    around
      .filter(({ what }) => what === wanted)
      .map(({ id: other, name, title }) => ({ id: other, name, title }))
  const lastDay =
    ends === null ? await lastDayOf(context, id, row.since === null ? day : null) : dayBefore(ends)
  return {
    person: {
      ...shown,
      ...{ day, employed: row.since !== null, lastDay },
      position: row.title === null ? null : { title: row.title, framework, role },
      ...{ email: email?.email ?? null, grade: grade?.grade ?? null },
      ...{ lineUpward: refs('above'), dotted: refs('dotted'), reports: refs('below') },
      ...{ relation: { ...STRANGER, ...relation }, can },
    },
  }
}

const dayBefore = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

/** For somebody who does not work here on the day: the last day before it on which they did. */
async function lastDayOf({ db, actor }: Context, id: string, before: string | null): Promise<string | null> {
  if (before === null) return null
  const row = await db
    .selectFrom('employment')
    .select('valid_to')
    .where('organisation_id', '=', actor.organisation)
    .where('person_id', '=', id)
    .where('corrected_at', 'is', null)
    .where('valid_to', '<=', before)
    .orderBy('valid_to', 'desc')
    .executeTakeFirst()
  return row?.valid_to ? dayBefore(row.valid_to) : null
}

/**
 * All places of a person over time, corrected ones marked; grades only where the acting person sees them. With `knownAt`
 * only what was believed at the end of that day, where the organisation is: recorded by then, and not corrected by then.
 */
export async function getHistory(
  context: Context,
  { id, knownAt }: { id: string; knownAt?: Day | undefined },
): Promise<{ entries: HistoryEntry[] }> {
  return await readTogether(context, async (inside) => await readHistory(inside, id, knownAt))
}

async function endOf({ db, actor }: Context, day: Day): Promise<Date> {
  const { rows } = await sql<{
    moment: Date
  }>`select (${addDays(day, 1)}::date)::timestamp at time zone time_zone
    as moment from organisation where id = ${actor.organisation}`.execute(db)
  return rows[0]!.moment
}

async function readHistory(
  context: Context,
  id: string,
  knownAt?: Day,
): Promise<{ entries: HistoryEntry[] }> {
  const { db, actor } = context
  const moment = knownAt === undefined ? undefined : await endOf(context, knownAt)
  const believed = ({ recorded, corrected }: { recorded: Date; corrected: Date | null }): boolean =>
    moment === undefined || (recorded < moment && (corrected === null || corrected >= moment))
  const { person } = await getPerson(context, { id })
  const organisation = actor.organisation
  const dates = (
    table: string,
  ) => sql`${sql.ref(`${table}.valid_from`)} as "from", ${sql.ref(`${table}.valid_to`)} as "to",
    ${sql.ref(`${table}.recorded_at`)} as recorded, ${sql.ref(`${table}.corrected_at`)} as corrected`
  const unitName = sql`(select n.name from unit_record n where n.organisation_id = ${organisation} and n.unit_id = m.unit_id
    and n.corrected_at is null order by n.valid_from desc limit 1)`
  type Found = Omit<HistoryEntry, 'recordedAt' | 'correctedAt'> & { recorded: Date; corrected: Date | null }
  const { rows } = await sql<Found>`
    select 'employment' as kind, null as what, null::uuid as id, ${dates('e')} from employment e
      where e.organisation_id = ${organisation} and e.person_id = ${id}
    union all
    select 'unit', ${unitName}, m.unit_id, ${dates('m')} from unit_membership m
      where m.organisation_id = ${organisation} and m.person_id = ${id}
    union all
    select case l.kind when 'line' then 'manager' else 'dotted' end, p.name, p.id, ${dates('l')} from reporting_line l
      join person p on p.organisation_id = l.organisation_id and p.id = l.manager_id
      where l.organisation_id = ${organisation} and l.person_id = ${id}
    union all
    select 'position', r.title, null::uuid, greatest(r.valid_from, h.valid_from), least(r.valid_to, h.valid_to),
      greatest(r.recorded_at, h.recorded_at), least(r.corrected_at, h.corrected_at)
      from position_holder h join position_record r on r.organisation_id = h.organisation_id
        and r.position_id = h.position_id and daterange(r.valid_from, r.valid_to) && daterange(h.valid_from, h.valid_to)
      where h.organisation_id = ${organisation} and h.person_id = ${id}
    union all
    select 'grade', g.grade, null::uuid, greatest(g.valid_from, h.valid_from), least(g.valid_to, h.valid_to),
      greatest(g.recorded_at, h.recorded_at), least(g.corrected_at, h.corrected_at)
      from position_holder h join position_grade g on g.organisation_id = h.organisation_id
        and g.position_id = h.position_id and daterange(g.valid_from, g.valid_to) && daterange(h.valid_from, h.valid_to)
      where h.organisation_id = ${organisation} and h.person_id = ${id} and ${person.can.grade}
    order by "from" desc, kind`.execute(db)
  return {
    entries: rows
      // A row that was corrected before it held together with the other one never was to be seen.
      .filter((row) => (row.corrected === null || row.recorded < row.corrected) && believed(row))
      .map(({ recorded, corrected, ...entry }) => ({
        ...entry,
        recordedAt: recorded.toISOString(),
        correctedAt: corrected?.toISOString() ?? null,
      })),
  }
}
