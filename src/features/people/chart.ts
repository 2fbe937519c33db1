// Reads the org chart of a day: a few levels below somebody, and the line upward of somebody who was looked for.
import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { Day } from '../../core/org/day.ts'
import { reportingGraph } from '../../core/org/reporting-graph.ts'
import type { Context } from '../../platform/procedure.ts'
import { readTogether } from '../../platform/read-together.ts'
import type { chartNodeSchema } from './contract.ts'
import { on } from '../../db/days.ts'
import { placeKnownFrom } from './people-rows.ts'

type Node = z.output<typeof chartNodeSchema>

interface ChartInput {
  asOf?: string | undefined
  root?: string | undefined
  depth: number
  reveal?: string | undefined
}

/** Whether a person works here on the day, asked by itself: `offset 0` keeps the planner from reading everybody. */
const works = (
  organisation: string,
  person: RawBuilder<unknown>,
  day: Day,
): RawBuilder<boolean> => sql<boolean>`exists (
  select 1 from employment e where e.organisation_id = ${organisation} and e.person_id = ${person} and ${on('e', day)} offset 0)`

/** The people who work here and report to `manager` on the day, as `id`; asked manager by manager. */
const reportsOf = (organisation: string, manager: RawBuilder<unknown>, day: Day): RawBuilder<unknown> => sql`
  select c.person_id as id from reporting_line c where c.organisation_id = ${organisation} and c.manager_id = ${manager}
    and c.kind = 'line' and ${on('c', day)} and ${works(organisation, sql`c.person_id`, day)} offset 0`

/** The manager of a person on the day, as `id`, where that manager works here. */
const managerOf = (organisation: string, person: RawBuilder<unknown>, day: Day): RawBuilder<unknown> => sql`
  select l.manager_id as id from reporting_line l where l.organisation_id = ${organisation} and l.person_id = ${person}
    and l.kind = 'line' and ${on('l', day)} and ${works(organisation, sql`l.manager_id`, day)} offset 0`

/** The nodes of the chart: managers before their reports, siblings by name. */
export async function getChart(context: Context, input: ChartInput) {
  return await readTogether(context, async (inside) => await readChart(inside, input))
}

async function readChart(context: Context, { asOf, root, depth, reveal }: ChartInput) {
  const { db, actor } = context
  const day = asOf ?? context.today
  const of = actor.organisation
  const top = root === undefined ? await findTop(context, day) : { roots: [root], circles: [] }
  const steps = root === undefined ? depth - 1 : depth
  const { rows } = await sql<Node & { step: number }>`
    with recursive below(id, step) as (
      select r.id, 0 from unnest(${[...top.roots]}::uuid[]) r(id) where ${works(of, sql`r.id`, day)}
      union all
      select c.id, b.step + 1 from below b cross join lateral (${reportsOf(of, sql`b.id`, day)}) c
      where b.step < ${steps}),
    upward(id) as (
      select ${reveal ?? null}::uuid where ${works(of, sql`${reveal ?? null}::uuid`, day)}
      union
      select m.id from upward u cross join lateral (${managerOf(of, sql`u.id`, day)}) m),
    wanted(id, step) as (
      select id, min(step) from (
        select id, step from below
        union all select u.id, 1000 from upward u
        union all select c.id, 1000 from upward u cross join lateral (${reportsOf(of, sql`u.id`, day)}) c) w
      group by id)
    select p.id, p.name, m.id as manager, w.step, r.title,
      (select count(*)::int from (${reportsOf(of, sql`w.id`, day)}) c) as reports,
      case when m.id is null and r.title is null
        then ${placeKnownFrom(sql`p.organisation_id`, sql`p.id`, day)} end as "placeKnownFrom",
      (select n.name from unit_membership s
        join unit u on u.organisation_id = s.organisation_id and u.id = s.unit_id and u.kind <> 'product-line'
        join unit_record n on n.organisation_id = s.organisation_id and n.unit_id = s.unit_id and ${on('n', day)}
        where s.organisation_id = ${of} and s.person_id = w.id and ${on('s', day)} limit 1) as unit
    from wanted w
    cross join lateral (
      select p.organisation_id, p.id, p.name from person p
      where p.organisation_id = ${of} and p.id = w.id offset 0) p
    left join lateral (${managerOf(of, sql`w.id`, day)}) m on true
    left join lateral (
      select r.title from position_holder h
      join position_record r on r.organisation_id = h.organisation_id and r.position_id = h.position_id and ${on('r', day)}
      where h.organisation_id = ${of} and h.person_id = w.id and ${on('h', day)} limit 1) r on true
    order by w.step, p.name, p.id`.execute(db)
  return { day, nodes: rows.map(({ step: _step, ...node }) => node), circles: top.circles }
}

/**
 * Who stands at the top, and the circles: people whom no walk from the top reaches, whom the chart would hide. The only
 * question about the chart that needs every line; the database walks those between managers, of whom a circle is made, and
 * tells nothing of those it reaches.
 */
async function findTop({ db, actor }: Context, day: Day): Promise<{ roots: string[]; circles: string[][] }> {
  const of = actor.organisation
  const { rows } = await sql<{ person: string; manager: string | null }>`
    with recursive line as materialized (
      select l.person_id as id, l.manager_id as manager from reporting_line l
      where l.organisation_id = ${of} and l.kind = 'line' and ${on('l', day)}),
    boss as materialized (
      select d.id from (select distinct manager as id from line) d
      join employment e on e.organisation_id = ${of} and e.person_id = d.id and ${on('e', day)}),
    above as materialized (
      select b.id, m.id as manager from boss b left join (line l join boss m on m.id = l.manager) on l.id = b.id),
    reached(id) as (
      select id from above where manager is null
      union all
      select b.id from reached r join above b on b.manager = r.id)
    select e.person_id as person, null::uuid as manager from employment e
    where e.organisation_id = ${of} and ${on('e', day)}
      and not exists (select 1 from line l join boss m on m.id = l.manager where l.id = e.person_id)
    union all
    select b.id, b.manager from above b left join reached r on r.id = b.id
    where b.manager is not null and r.id is null`.execute(db)
  return {
    roots: rows.filter(({ manager }) => manager === null).map(({ person }) => person),
    circles: reportingGraph(rows.filter(({ manager }) => manager !== null)).loops.map((loop) => [...loop]),
  }
}
