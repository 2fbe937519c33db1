// Reads the org chart of a day: a few levels below somebody, and the line upward of somebody who was looked for.
import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { reportingGraph } from '../../core/org/reporting-graph.ts'
import type { Context } from '../../platform/procedure.ts'
import type { chartNodeSchema } from './contract.ts'
import { on } from '../../db/days.ts'

type Node = z.output<typeof chartNodeSchema>

interface ChartInput {
  asOf?: string | undefined
  root?: string | undefined
  depth: number
  reveal?: string | undefined
}

/** People whose manager works here on the day too; others stand at the top. */
const lines = (organisation: string, day: string): RawBuilder<unknown> => sql`
  worker as materialized (
    select e.person_id as id from employment e where e.organisation_id = ${organisation} and ${on('e', day)}),
  line as materialized (
    select w.id, m.id as manager from worker w
    left join reporting_line l on l.organisation_id = ${organisation} and l.person_id = w.id and l.kind = 'line'
      and ${on('l', day)}
    left join worker m on m.id = l.manager_id)`

/** The nodes of the chart: managers before their reports, siblings by name. */
export async function getChart(context: Context, { asOf, root, depth, reveal }: ChartInput) {
  const { db, actor } = context
  const day = asOf ?? context.today
  const organisation = actor.organisation
  const from = root === undefined ? sql`manager is null` : sql`id = ${root}`
  const { rows } = await sql<Node & { step: number }>`
    with recursive ${lines(organisation, day)},
    below(id, step) as (
      select id, 0 from line where ${from}
      union all
      select l.id, b.step + 1 from below b join line l on l.manager = b.id where b.step < ${depth - (root === undefined ? 1 : 0)}),
    upward(id) as (
      select ${reveal ?? null}::uuid
      union
      select l.manager from upward u join line l on l.id = u.id where l.manager is not null),
    wanted(id, step) as (
      select id, min(step) from (
        select id, step from below
        union all select l.id, 1000 from line l where l.manager in (select id from upward) or l.id in (select id from upward)) w
      group by id)
    select p.id, p.name, l.manager, w.step, r.title,
      (select count(*)::int from line c where c.manager = p.id) as reports,
      (select n.name from unit_membership s
        join unit u on u.organisation_id = s.organisation_id and u.id = s.unit_id and u.kind <> 'product-line'
        join unit_record n on n.organisation_id = s.organisation_id and n.unit_id = s.unit_id and ${on('n', day)}
        where s.organisation_id = ${organisation} and s.person_id = p.id and ${on('s', day)} limit 1) as unit
    from wanted w join line l on l.id = w.id
    join person p on p.organisation_id = ${organisation} and p.id = w.id
    left join lateral (
      select r.title from position_holder h
      join position_record r on r.organisation_id = h.organisation_id and r.position_id = h.position_id and ${on('r', day)}
      where h.organisation_id = ${organisation} and h.person_id = p.id and ${on('h', day)} limit 1) r on true
    order by w.step, p.name, p.id`.execute(db)
  const circles = root === undefined ? await findCircles(context, day) : []
  return { day, nodes: rows.map(({ step: _step, ...node }) => node), circles }
}

/** People whom no walk from the top reaches: their lines run in a circle, and the chart would hide them. */
async function findCircles({ db, actor }: Context, day: string): Promise<string[][]> {
  const { rows } = await sql<{ person: string; manager: string | null }>`
    with ${lines(actor.organisation, day)} select id as person, manager from line`.execute(db)
  return reportingGraph(rows).loops.map((loop) => [...loop])
}
