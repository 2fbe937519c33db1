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
  manager: string | null
  team: string | null
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

/** Who belongs to the unit or one below it today and works here, with the role of their position in the framework. */
async function listPeopleOf(
  { db, actor, today }: Context,
  unit: string,
  framework: string,
): Promise<Member[]> {
  const { rows } = await sql<Member>`
    with recursive below(id) as (
      select ${unit}::uuid
      union
      select c.unit_id from below b join unit_record c
        on c.organisation_id = ${actor.organisation} and c.parent_id = b.id and ${on('c', today)})
    select distinct on (s.person_id) s.person_id as person, r.role, l.manager_id as manager, s.unit_id as team
    from unit_membership s join below b on b.id = s.unit_id
    join employment e on e.organisation_id = s.organisation_id and e.person_id = s.person_id and ${on('e', today)}
    left join position_holder h on h.organisation_id = s.organisation_id and h.person_id = s.person_id
      and ${on('h', today)}
    left join position_record r on r.organisation_id = h.organisation_id and r.position_id = h.position_id
      and r.framework_id = ${framework} and ${on('r', today)}
    left join reporting_line l on l.organisation_id = s.organisation_id and l.person_id = s.person_id
      and l.kind = 'line' and ${on('l', today)}
    where s.organisation_id = ${actor.organisation} and ${on('s', today)}
    order by s.person_id, r.role nulls last, h.valid_from`.execute(db)
  return rows
}

interface Proposed {
  subject: string
  rater: string
  kind: RaterKind | 'self'
}

/** Everybody rates themselves; others come from the lines of today, those with the least to rate first. */
async function proposals(
  { db, actor, today }: Context,
  people: readonly Member[],
  { askManager, mostPeers, mostReports }: OpenInput,
): Promise<Proposed[]> {
  const ids = people.map(({ person }) => person)
  const { rows: around } = await sql<{ person: string; manager: string | null }>`
    select l.person_id as person, l.manager_id as manager from reporting_line l
    join employment e on e.organisation_id = l.organisation_id and e.person_id = l.person_id and ${on('e', today)}
    where l.organisation_id = ${actor.organisation} and l.kind = 'line' and ${on('l', today)}
      and (l.person_id = any(${ids}::uuid[]) or l.manager_id = any(${ids}::uuid[])
        or l.manager_id in (select o.manager_id from reporting_line o where o.organisation_id = ${actor.organisation}
          and o.kind = 'line' and o.person_id = any(${ids}::uuid[]) and ${on('o', today)}))
    order by l.person_id`.execute(db)
  const managers = [...new Set(around.map(({ manager }) => manager).filter((one) => one !== null))]
  const { rows: working } = await sql<{ person: string }>`
    select e.person_id as person from employment e where e.organisation_id = ${actor.organisation}
      and e.person_id = any(${managers}::uuid[]) and ${on('e', today)}`.execute(db)
  const here = new Set([...working.map(({ person }) => person), ...around.map(({ person }) => person)])
  const graph = reportingGraph([...around, ...ids.map((person) => ({ person, manager: null }))])
  const excluded = new Set(managers.filter((manager) => !here.has(manager)))
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
