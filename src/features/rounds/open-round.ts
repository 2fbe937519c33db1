// Opens a round for a unit: who works there today is rated, on a form around their role's bar, by proposed raters.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import { proposeRaters, type RaterKind } from '../../core/org/propose-raters.ts'
import { reportingGraph } from '../../core/org/reporting-graph.ts'
import { formsOf } from '../../core/rounds/round-form.ts'
import { expectationsOf, findRole } from '../../core/growth/roles.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { notFound, RungsError } from '../../platform/errors.ts'
import type { Context } from '../../platform/procedure.ts'
import { getVersion } from '../frameworks/queries.ts'
import { on } from '../../db/days.ts'
import { getBoard } from './board.ts'
import type { ruleSchema } from './contract.ts'
import { keepsRounds } from './policy.ts'

/** The most people of one round: more are rated in several. */
const MOST_SUBJECTS = 2_000
const ROWS_AT_ONCE = 1_000

export interface OpenInput {
  key: string
  unit: string
  name: string
  framework: string
  version?: string | undefined
  rule: z.output<typeof ruleSchema>
  closesOn: string
  askManager: boolean
  mostPeers: number
  mostReports: number
}

/** The same key again is the same round. Throws invalid for a rule under the organisation's own, and for an empty unit. */
export async function openRound(context: Context, input: OpenInput) {
  const { actor, db, now, today } = context
  const { rule, unit } = input
  const version = await getVersion(context, input)
  const id = await db.transaction().execute(async (transaction) => {
    const inside = { ...context, db: transaction }
    const known = await transaction
      .selectFrom('round')
      .select('id')
      .where('organisation_id', '=', actor.organisation)
      .where('open_key', '=', input.key)
      .executeTakeFirst()
    if (known) return known.id
    await assertUnit(inside, unit)
    if (!keepsRounds(actor, unit))
      throw new RungsError('forbidden', 'Only people partners of the unit and the owner open rounds for it.')
    if (input.closesOn <= today) throw invalid('closesOn', 'expected a day after today')
    const { minimum_group: least } = await transaction
      .selectFrom('organisation')
      .select('minimum_group')
      .where('id', '=', actor.organisation)
      .executeTakeFirstOrThrow()
    if (rule.minimumGroup < least)
      throw invalid('rule.minimumGroup', `expected at least ${least}, the minimum of this organisation`)
    const people = await listPeopleOf(inside, unit, version.framework.id)
    if (people.length === 0) throw invalid('unit', 'expected a unit in which somebody works today')
    if (people.length > MOST_SUBJECTS)
      throw invalid(
        'unit',
        `expected at most ${MOST_SUBJECTS} people, got ${people.length}: choose units below it`,
      )
    const round = randomUUID()
    await transaction
      .insertInto('round')
      .values({
        ...{ organisation_id: actor.organisation, id: round, open_key: input.key, unit_id: unit },
        ...{ name: input.name, framework_hash: version.hash, minimum_group: rule.minimumGroup },
        ...{ manager_named: rule.managerNamed, opens_to_manager: rule.opensToManager },
        ...{ opens_to_partner: rule.opensToPartner, state: 'preparing', closes_on: input.closesOn },
        ...{ opened_at: now, opened_by: actor.person },
      })
      .execute()
    const { framework } = version
    const roles = new Map(
      people.map((one) => [one.person, one.role && findRole(framework, { role: one.role })]),
    )
    const forms = formsOf(
      framework,
      people.map(({ person }) => {
        const choice = roles.get(person)
        return { person, bar: choice ? expectationsOf(framework, choice) : [] }
      }),
    )
    const place = { organisation_id: actor.organisation, round_id: round, unit_id: unit }
    const subjects = people.map(({ person, role }) => ({
      ...place,
      ...{ person_id: person, role: roles.get(person) ? role : null, variant: null, state: 'rated' as const },
      ...{ form: JSON.stringify(forms.get(person)!), changed_at: now },
    }))
    const sheets = (await proposals(inside, people, input)).map(({ subject, rater, kind }) => ({
      ...place,
      ...{ id: randomUUID(), subject_id: subject, rater_id: rater, kind, state: 'proposed' as const },
      ...{ reason: null, proposed_at: now, changed_at: now },
    }))
    for (let at = 0; at < subjects.length; at += ROWS_AT_ONCE)
      await transaction
        .insertInto('round_subject')
        .values(subjects.slice(at, at + ROWS_AT_ONCE))
        .execute()
    for (let at = 0; at < sheets.length; at += ROWS_AT_ONCE)
      await transaction
        .insertInto('round_rater')
        .values(sheets.slice(at, at + ROWS_AT_ONCE))
        .execute()
    await recordAudit(transaction, context, {
      ...{ action: 'round.open', object: { kind: 'round', id: round } },
      details: { unit, subjects: subjects.length, sheets: sheets.length, minimum: rule.minimumGroup },
    })
    return round
  })
  return await getBoard(context, id)
}

interface Member {
  person: string
  role: string | null
  team: string
}

async function assertUnit({ db, actor }: Context, unit: string): Promise<void> {
  const known = await db
    .selectFrom('unit')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', unit)
    .executeTakeFirst()
  if (!known) throw notFound('unit', unit)
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
  { askManager, mostPeers, mostReports }: OpenInput,
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

export function invalid(path: string, message: string): RungsError {
  return new RungsError('invalid', `${path}: ${message}.`, { faults: [{ path, message }] })
}
