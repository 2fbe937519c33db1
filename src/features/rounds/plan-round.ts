// Who would be rated in a round of a unit as of a day, on which forms, and by whom: worked out, nothing written.
import { sql } from 'kysely'
import { expectationsOf, findRole } from '../../core/growth/roles.ts'
import { proposeRaters, type RaterKind } from '../../core/org/propose-raters.ts'
import { reportingGraph } from '../../core/org/reporting-graph.ts'
import { formsOf, type FormSubject } from '../../core/rounds/round-form.ts'
import type { Framework } from '../../core/framework/model.ts'
import { on } from '../../db/days.ts'
import type { Context } from '../../platform/procedure.ts'

/** Who is asked beside everybody themselves, and how many of them at most. */
export interface AskedRaters {
  askManager: boolean
  mostPeers: number
  mostReports: number
}

export interface RoundPlan {
  /** With the bar of their role, empty where their position names none of this framework, and their form. */
  subjects: (FormSubject & { role: string | null; form: string[] })[]
  sheets: Proposed[]
}

/** As of `context.today`. Nobody where nobody of the unit works there on that day. */
export async function planRound(
  context: Context,
  framework: Framework,
  unit: string,
  asked: AskedRaters,
): Promise<RoundPlan> {
  const people = await listPeopleOf(context, unit, framework.id)
  const subjects = people.map(({ person, role }) => {
    const choice = role === null ? undefined : findRole(framework, { role })
    return { person, role: choice ? role : null, bar: choice ? expectationsOf(framework, choice) : [] }
  })
  const forms = formsOf(framework, subjects)
  return {
    subjects: subjects.map((one) => ({ ...one, form: forms.get(one.person)! })),
    sheets: people.length === 0 ? [] : await proposals(context, people, asked),
  }
}

interface Member {
  person: string
  role: string | null
  team: string
}

/**
 * Who belongs to the unit or one below it today and works here, with the role of their position in the framework. In
 * small steps, each by an index: right after an import the planner knows no sizes, and would join all with all.
 */
async function listPeopleOf(context: Context, unit: string, framework: string): Promise<Member[]> {
  const { db, actor, today } = context
  const { rows: members } = await sql<{ person: string; team: string }>`
    with recursive below(id) as (
      select ${unit}::uuid
      union
      select c.unit_id from below b join unit_record c
        on c.organisation_id = ${actor.organisation} and c.parent_id = b.id and ${on('c', today)})
    select distinct on (s.person_id) s.person_id as person, s.unit_id as team
    from unit_membership s join below b on b.id = s.unit_id
    where s.organisation_id = ${actor.organisation} and ${on('s', today)}
    order by s.person_id, s.valid_from`.execute(db)
  const ids = members.map(({ person }) => person)
  const { rows: held } = await sql<{ person: string; role: string | null }>`
    select h.person_id as person, r.role from position_holder h
    join lateral (
      select o.role from position_record o where o.organisation_id = h.organisation_id
        and o.position_id = h.position_id and o.framework_id = ${framework} and ${on('o', today)}) r on true
    where h.organisation_id = ${actor.organisation} and h.person_id = any(${ids}::uuid[]) and ${on('h', today)}
    order by h.valid_from desc`.execute(db)
  const roles = new Map(held.map(({ person, role }) => [person, role]))
  const working = await listWorking(context, ids)
  return members
    .filter(({ person }) => working.has(person))
    .map(({ person, team }) => ({ person, team, role: roles.get(person) ?? null }))
}

/** Those of these people who work here today. */
async function listWorking({ db, actor, today }: Context, people: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ person: string }>`
    select e.person_id as person from employment e where e.organisation_id = ${actor.organisation}
      and e.person_id = any(${[...people]}::uuid[]) and ${on('e', today)}`.execute(db)
  return new Set(rows.map(({ person }) => person))
}

interface Line {
  person: string
  manager: string
}

/** The lines of today in which one of these people reports, or is reported to. */
async function listLines(
  { db, actor, today }: Context,
  column: 'person_id' | 'manager_id',
  people: readonly string[],
) {
  const { rows } = await sql<Line>`
    select l.person_id as person, l.manager_id as manager from reporting_line l
    where l.organisation_id = ${actor.organisation} and l.kind = 'line' and ${on('l', today)}
      and ${sql.ref(`l.${column}`)} = any(${[...people]}::uuid[])
    order by l.person_id`.execute(db)
  return rows
}

interface Proposed {
  subject: string
  rater: string
  kind: RaterKind | 'self'
}

/** Everybody rates themselves; others come from the lines of today, those with the least to rate first. */
async function proposals(
  context: Context,
  people: readonly Member[],
  { askManager, mostPeers, mostReports }: AskedRaters,
): Promise<Proposed[]> {
  const ids = people.map(({ person }) => person)
  const upward = await listLines(context, 'person_id', ids)
  const managers = [...new Set(upward.map(({ manager }) => manager))]
  const downward = await listLines(context, 'manager_id', [...new Set([...ids, ...managers])])
  const lines = new Map([...upward, ...downward].map((line) => [line.person, line]))
  const named = [...new Set([...lines.values()].flatMap(({ person, manager }) => [person, manager]))]
  const working = await listWorking(context, named)
  const graph = reportingGraph([...lines.values(), ...ids.map((person) => ({ person, manager: null }))])
  const excluded = new Set(named.filter((person) => !working.has(person)))
  const load = new Map<string, number>()
  return people.flatMap(({ person, team }) => {
    const teammates = people
      .filter((one) => one.team === team && one.person !== person)
      .map((one) => one.person)
    const rule = { manager: askManager, mostPeers, mostReports }
    const { raters } = proposeRaters(graph, person, rule, { teammates, load, excluded })
    for (const { person: rater } of raters) load.set(rater, (load.get(rater) ?? 0) + 1)
    return [
      { subject: person, rater: person, kind: 'self' as const },
      ...raters.map(({ person: rater, kind }) => ({ subject: person, rater, kind })),
    ]
  })
}
