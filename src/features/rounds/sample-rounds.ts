// Gives the sample organisation its past: self-assessments, and two closed rounds with published results.
import { createHash, randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { sql, type Transaction } from 'kysely'
import { addDays, type Day } from '../../core/org/day.ts'
import { seededRandom } from '../../core/measure/seeded-random.ts'
import { measureRoundInSteps, type RoundRating } from '../../core/rounds/round-result.ts'
import {
  inventAssessment,
  inventMind,
  inventSheet,
  type SampleMind,
} from '../../core/rounds/sample-answers.ts'
import type { Tables } from '../../db/schema.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { eventsOf } from '../../platform/event-queue.ts'
import { inTurns } from '../../platform/in-turns.ts'
import type { Context } from '../../platform/procedure.ts'
import { refused } from '../../platform/refused.ts'
import { getVersion, type FrameworkVersion } from '../frameworks/queries.ts'
import { SE_LIMIT } from './contract.ts'
import { rowsOfOutcome } from './outcome-rows.ts'
import { planRound, type RoundPlan } from './plan-round.ts'
import { loadsSample } from './policy.ts'

/** The same answers every time, as far as the people are the same. */
const SEED = 20_260_303
const FRAMEWORK = 'coder-to-cto'
const ROWS_AT_ONCE = 4_000
const ASKED = { askManager: true, mostPeers: 6, mostReports: 8 }
const RULE = {
  ...{ minimum_group: 5, manager_named: true, se_limit: SE_LIMIT },
  ...{ opens_to_manager: true, opens_to_partner: true },
}
/** Of the people: who assessed themselves, and who of these had done so a year before. */
const [ASSESSED, BEFORE] = [0.85, 0.3]
/** Of the sheets of a round: those that were declined and those that nobody submitted in time. */
const [DECLINED, LATE] = [0.03, 0.05]

const ROUNDS = [
  { name: 'First round: Payments', unit: 'Payments', opened: -400, closed: -372 },
  { name: 'Second round: everybody', unit: 'Technology', opened: -120, closed: -92 },
] as const
type Round = (typeof ROUNDS)[number]

export type SampleEvent =
  | {
      kind: 'progress'
      step: 'assessments' | 'first-round' | 'second-round'
      share: number
      done: number
      total: number
    }
  | { kind: 'loaded'; assessments: number; rounds: number; ratings: number }

/**
 * Three steps, each whole or not at all; called again it goes on with what is missing. Throws forbidden for others than
 * the owner, and conflict where no people of the sample organisation are.
 */
export async function* loadSampleRounds(context: Context): AsyncGenerator<SampleEvent, void> {
  if (!loadsSample(context.actor)) throw refused('forbidden', 'sample')
  const units = await sampleUnits(context)
  const root = units.get('Technology')
  if (!root) throw refused('conflict', 'sample-people-missing')
  const version = await getVersion(context, { framework: FRAMEWORK })
  const world = new World(version, await listYears(context))
  const total = 1 + ROUNDS.length
  yield* eventsOf<SampleEvent>(async (push) => {
    let [rounds, ratings] = [0, 0]
    push({ kind: 'progress', step: 'assessments', share: 0, done: 0, total })
    const assessments = await loadAssessments(context, world, root)
    for (const [at, round] of ROUNDS.entries()) {
      const step = at === 0 ? 'first-round' : 'second-round'
      const tell: Tell = async (share) => {
        push({ kind: 'progress', step, share, done: at + 1, total })
        // Between long computations the event is sent.
        await setImmediate()
      }
      await tell(0)
      const unit = units.get(round.unit)
      const added = unit === undefined ? 0 : await loadRound(context, world, { ...round, unit }, tell)
      if (added > 0) rounds++
      ratings += added
    }
    return { kind: 'loaded', assessments, rounds, ratings }
  })
}

/** Told how much of a step is done, from 0 to 1. */
type Tell = (share: number) => Promise<void>
/** About the shares of a round's time until its answers are invented, until they are measured, and until all is written. */
const [INVENTED, MEASURED] = [0.1, 0.25]

/** People as they are invented, each once, in the order in which they are met. */
class World {
  readonly random = seededRandom(SEED)
  private readonly minds = new Map<string, SampleMind>()
  constructor(
    readonly version: FrameworkVersion,
    /** Years that somebody has worked there by today. */
    private readonly years: ReadonlyMap<string, number>,
  ) {}

  mindOf(person: string, bar: RoundPlan['subjects'][number]['bar'] = []): SampleMind {
    const known = this.minds.get(person)
    if (known) return known
    const mind = inventMind(this.version.instrument, bar, this.years.get(person) ?? 0, this.random)
    this.minds.set(person, mind)
    return mind
  }
}

/** The units of the sample by their names of today. */
async function sampleUnits({ db, actor, today }: Context): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('unit as u')
    .innerJoin('unit_record as r', (join) =>
      join.onRef('r.organisation_id', '=', 'u.organisation_id').onRef('r.unit_id', '=', 'u.id'),
    )
    .select(['u.id', 'r.name'])
    .where('u.organisation_id', '=', actor.organisation)
    .where('u.sample', '=', true)
    .where('r.valid_from', '<=', today)
    .where('r.corrected_at', 'is', null)
    .execute()
  return new Map(rows.map(({ id, name }) => [name, id]))
}

/** Since somebody's last first day. */
async function listYears({ db, actor, today }: Context): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('employment')
    .select(['person_id', sql<number>`(${today}::date - max(valid_from)) / 365.25::float8`.as('years')])
    .where('organisation_id', '=', actor.organisation)
    .where('corrected_at', 'is', null)
    .groupBy('person_id')
    .execute()
  return new Map(rows.map((row) => [row.person_id, row.years]))
}

async function samplePeople({ db, actor }: Context): Promise<Set<string>> {
  const rows = await db
    .selectFrom('person')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('sample', '=', true)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Whoever was put into a unit of the sample by hand says nothing that they did not say. */
function onlyOf(people: ReadonlySet<string>, { subjects, sheets }: RoundPlan): RoundPlan {
  return {
    subjects: subjects.filter(({ person }) => people.has(person)),
    sheets: sheets.filter(({ subject, rater }) => people.has(subject) && people.has(rater)),
  }
}

/** A result is held against all of its group's sheets when it is written: it takes as long as these many other rows. */
const costOf = (table: string) => (table === 'round_result' ? 12 : 1)

/** Adds rows through the function that takes nothing but rows of the sample; gives how many were new. */
async function load(
  transaction: Transaction<Tables>,
  organisation: string,
  kind: string,
  rows: readonly object[],
  onRows?: (count: number) => Promise<void>,
): Promise<number> {
  let added = 0
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const part = JSON.stringify(rows.slice(at, at + ROWS_AT_ONCE))
    const { rows: counted } = await sql<{ added: number }>`
      select load_sample(${organisation}, ${kind}, ${part}::jsonb) as added`.execute(transaction)
    added += counted[0]!.added
    await onRows?.(Math.min(ROWS_AT_ONCE, rows.length - at))
  }
  return added
}

const noon = (day: Day): Date => new Date(`${day}T12:00:00Z`)
const bySystem = ({ actor }: Context) => actor.kind === 'system'

async function loadAssessments(context: Context, world: World, root: string): Promise<number> {
  const { actor, today } = context
  const { random, version } = world
  const { instrument, framework, hash } = version
  const all = await planRound(context, framework, root, { ...ASKED, mostPeers: 0, mostReports: 0 })
  const plan = onlyOf(await samplePeople(context), all)
  const [assessments, responses]: [object[], object[]] = [[], []]
  for (const { person, role, bar } of plan.subjects) {
    const mind = world.mindOf(person, bar)
    if (bar.length === 0 || random() > ASSESSED) continue
    const last = addDays(today, -1 - Math.floor(random() * 180))
    const days = random() < BEFORE ? [addDays(last, -365), last] : [last]
    for (const [at, day] of days.entries()) {
      // A year ago most people could a little less.
      const selfBias = mind.selfBias - 0.6 * (days.length - 1 - at)
      const id = idFrom(`assessment ${person} ${at} of ${days.length}`)
      const place = { organisation_id: actor.organisation, person_id: person }
      assessments.push({
        ...{ ...place, id, framework_hash: hash, start_key: id, mode: 'whole-bank', self_role: role },
        ...{ started_at: noon(day), finished_at: noon(day), stop_reason: 'person-stopped' },
      })
      for (const [index, { item, answer }] of inventAssessment(
        ...([instrument, { ...mind, selfBias }, bar, random] as const),
      ).entries())
        responses.push({
          ...{ ...place, assessment_id: id, position: index + 1, key: idFrom(`${id} ${item}`) },
          ...{ kind: 'answer', item, answer, given_at: noon(day) },
        })
    }
  }
  return await context.db.transaction().execute(async (transaction) => {
    const added = await load(transaction, actor.organisation, 'assessment', assessments)
    // Ids hang on the people: what is there already stays as it is.
    if (added > 0) await load(transaction, actor.organisation, 'response', responses)
    await recordAudit(transaction, context, {
      ...{ bySystem: bySystem(context), action: 'sample.load', details: { assessments: added } },
      object: { kind: 'organisation', id: actor.organisation },
    })
    return added
  })
}

/** Gives how many ratings it has; 0 where it is there already, or nobody of its unit worked there on its day. */
async function loadRound(
  context: Context,
  world: World,
  { name, unit, opened, closed }: Omit<Round, 'unit'> & { unit: string },
  tell: Tell,
): Promise<number> {
  const { actor, today, db } = context
  const { framework, hash, instrument } = world.version
  const day = addDays(today, opened)
  const [at, end] = [noon(day), noon(addDays(today, closed))]
  const known = await db
    .selectFrom('round')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('unit_id', '=', unit)
    .where('sample', '=', true)
    .executeTakeFirst()
  if (known) return 0
  const plan = onlyOf(
    await samplePeople(context),
    await planRound({ ...context, today: day }, framework, unit, ASKED),
  )
  const head = plan.subjects[0]?.person
  if (head === undefined) return 0
  const id = randomUUID()
  const round = {
    ...{ organisation_id: actor.organisation, id, open_key: id, unit_id: unit, name, framework_hash: hash },
    ...{ ...RULE, state: 'closing', closes_on: addDays(today, closed), sample: true },
    ...{ opened_at: at, opened_by: head, started_at: at },
  }
  const { sheets, ratings, said } = fillIn(world, plan, { id, unit, organisation: actor.organisation, at })
  await tell(INVENTED)
  const items = new Map(
    instrument.items.map((item) => [item.id, { competency: item.competency, location: item.location }]),
  )
  const forms = new Map(plan.subjects.map(({ person, form }) => [person, form]))
  const rule = { minimum: RULE.minimum_group, managerNamed: RULE.manager_named, seLimit: RULE.se_limit }
  const outcome = await inTurns(measureRoundInSteps(said, items, forms, rule))
  const published = rowsOfOutcome(round, outcome, end)
  await tell(MEASURED)
  const subjects = plan.subjects.map(({ person, role, form }) => ({
    ...{ organisation_id: actor.organisation, round_id: id, person_id: person, unit_id: unit, role, form },
    ...{ state: 'rated', changed_at: at },
  }))
  await db.transaction().execute(async (transaction) => {
    const tables = {
      ...{ round: [round], round_subject: subjects, round_rater: sheets, rating: ratings },
      ...{ round_result: published.results, round_adjustment: published.adjustments },
      rater_note: published.notes,
    }
    const all = Object.entries(tables).reduce((sum, [table, rows]) => sum + rows.length * costOf(table), 0)
    let written = 0
    for (const [table, rows] of Object.entries(tables))
      await load(transaction, actor.organisation, table, rows, async (count) => {
        written += count * costOf(table)
        await tell(MEASURED + (1 - MEASURED) * (written / all))
      })
    await sql`select load_sample(${actor.organisation}, 'closed',
      ${JSON.stringify({ round: id, at: end })}::jsonb)`.execute(transaction)
    await recordAudit(transaction, context, {
      ...{ bySystem: bySystem(context), action: 'sample.load', object: { kind: 'round', id } },
      details: { subjects: subjects.length, sheets: sheets.length, ratings: ratings.length },
    })
  })
  return ratings.length
}

/** The sheets of a round with their states, and what was said on those that were submitted. */
function fillIn(
  world: World,
  { subjects, sheets }: RoundPlan,
  { id, unit, organisation, at }: { id: string; unit: string; organisation: string; at: Date },
) {
  const { random, version } = world
  const of = new Map(subjects.map((subject) => [subject.person, subject]))
  for (const { person, bar } of subjects) world.mindOf(person, bar)
  const ratings: object[] = []
  const said: RoundRating[] = []
  const rows = sheets.map(({ subject, rater, kind }) => {
    const chance = random()
    const declined = kind !== 'self' && chance < DECLINED
    const state = declined ? 'declined' : chance < DECLINED + LATE ? 'lapsed' : 'submitted'
    const given = new Date(at.getTime() + Math.floor(random() * 20 * 86_400_000))
    const sheet = randomUUID()
    if (state === 'submitted') {
      const minds = { of: world.mindOf(subject), by: world.mindOf(rater), kind }
      const answers = inventSheet(version.instrument, of.get(subject)!.form, minds, random)
      for (const [index, { item, answer }] of answers.entries()) {
        said.push({ subject, rater, kind, item, answer })
        ratings.push({
          ...{ organisation_id: organisation, sheet_id: sheet, rater_id: rater, position: index + 1 },
          ...{ key: randomUUID(), item, answer, given_at: given },
        })
      }
    }
    return {
      ...{ organisation_id: organisation, id: sheet, round_id: id, unit_id: unit, subject_id: subject },
      ...{ rater_id: rater, kind, state, reason: declined ? 'no-time' : null, proposed_at: at },
      ...{ changed_at: given, submitted_at: state === 'submitted' ? given : null },
    }
  })
  return { sheets: rows, ratings, said }
}

/** The same words give the same id, so that loading twice adds nothing. */
function idFrom(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) % 4]!
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
