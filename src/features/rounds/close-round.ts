// Closes a round exactly once: in one transaction its ratings are read, measured and published, or nothing happens.
import { sql, type Transaction } from 'kysely'
import type { Answer } from '../../core/assess/answers.ts'
import { measureRoundInSteps, type RoundOutcome, type RoundRating } from '../../core/rounds/round-result.ts'
import { isDue, planClose, type ClosePlan } from '../../core/rounds/round-state.ts'
import type { Tables } from '../../db/schema.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { inTurns } from '../../platform/in-turns.ts'
import type { Context } from '../../platform/procedure.ts'
import { getVersionByHash } from '../frameworks/queries.ts'
import { on } from '../../db/days.ts'
import type { RoundRow } from './round-heads.ts'
import { rowsOfOutcome } from './outcome-rows.ts'
import { postResults, postRoundMails } from './round-mails.ts'

const ROWS_AT_ONCE = 1_000

/**
 * Measures a running round and publishes what its rule lets be seen; resolves with false where it does not run (any
 * more). Runs as the job, which reads ratings in this transaction alone. A process that dies in it leaves the round
 * running, to be closed by the next.
 */
export async function measureAndPublish(context: Context, id: string): Promise<boolean> {
  return await context.jobs.transaction().execute(async (transaction) => {
    const inside = { ...context, db: transaction }
    const { actor, now, today } = context
    const round = await transaction
      .selectFrom('round')
      .selectAll()
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .where('state', '=', 'running')
      .forUpdate()
      .executeTakeFirst()
    if (!round) return false
    await setState(transaction, round, { state: 'closing' })
    const subjects = await transaction
      .selectFrom('round_subject')
      .select(['person_id as person', 'state', 'form'])
      .where('organisation_id', '=', actor.organisation)
      .where('round_id', '=', id)
      .execute()
    const sheets = await transaction
      .selectFrom('round_rater')
      .select(['id', 'subject_id as subject', 'rater_id as rater', 'kind', 'state'])
      .where('organisation_id', '=', actor.organisation)
      .where('round_id', '=', id)
      .execute()
    const { rows: working } = await sql<{ person: string }>`
      select e.person_id as person from employment e join round_subject s
        on s.organisation_id = e.organisation_id and s.person_id = e.person_id
      where e.organisation_id = ${actor.organisation} and s.round_id = ${id} and ${on('e', today)}`.execute(
      transaction,
    )
    const plan = planClose(subjects, sheets, new Set(working.map(({ person }) => person)))
    const ratings = await readRatings(transaction, round, plan)
    const { instrument } = await getVersionByHash(inside, round.framework_hash)
    const items = new Map(
      instrument.items.map((item) => [item.id, { competency: item.competency, location: item.location }]),
    )
    const gone = new Set(plan.left)
    const forms = new Map(
      subjects
        .filter(({ person, state }) => state === 'rated' && !gone.has(person))
        .map(({ person, form }) => [person, form]),
    )
    const rule = {
      ...{ minimum: round.minimum_group, managerNamed: round.manager_named, seLimit: round.se_limit },
    }
    const outcome = await inTurns(measureRoundInSteps(ratings, items, forms, rule))
    await endSheets(inside, round, plan)
    await publish(transaction, round, outcome, now)
    await postResults(transaction, round, today)
    await setState(transaction, round, { state: 'closed', closed_at: now })
    await recordAudit(transaction, context, {
      ...{ action: 'round.close', object: { kind: 'round', id }, bySystem: actor.kind === 'system' },
      details: { counted: plan.counted.length, lapsed: plan.lapsed.length, cells: outcome.cells.length },
    })
    return true
  })
}

/**
 * Closes every round whose day has come, and posts the mails that are due. For a clock that calls it every minute in any
 * number of processes: whoever comes second finds nothing to do. Resolves with how many it closed.
 */
export async function closeDueRounds(context: Context): Promise<number> {
  const running = await context.jobs
    .selectFrom('round')
    .select(['id', 'state', 'closes_on as closesOn'])
    .where('organisation_id', '=', context.actor.organisation)
    .where('state', '=', 'running')
    .orderBy('closes_on')
    .execute()
  let closed = 0
  for (const round of running)
    if (isDue(round, context.today) && (await measureAndPublish(context, round.id))) closed++
  await postRoundMails(context)
  return closed
}

async function setState(
  transaction: Transaction<Tables>,
  { organisation_id, id }: RoundRow,
  values: { state: 'closing' | 'closed'; closed_at?: Date },
): Promise<void> {
  await transaction
    .updateTable('round')
    .set(values)
    .where('organisation_id', '=', organisation_id)
    .where('id', '=', id)
    .execute()
}

/** The last answer about each behaviour of the sheets that count. */
async function readRatings(
  transaction: Transaction<Tables>,
  { organisation_id, id }: RoundRow,
  { counted }: ClosePlan,
): Promise<RoundRating[]> {
  const { rows } = await sql<RoundRating & { answer: Answer }>`
    select distinct on (g.sheet_id, g.item) s.subject_id as subject, s.rater_id as rater, s.kind, g.item, g.answer
    from round_rater s join rating g on g.organisation_id = s.organisation_id and g.sheet_id = s.id
    where s.organisation_id = ${organisation_id} and s.round_id = ${id} and s.id = any(${[...counted]}::uuid[])
    order by g.sheet_id, g.item, g.position desc`.execute(transaction)
  return rows
}

async function endSheets({ db, now }: Context, round: RoundRow, { lapsed, left }: ClosePlan): Promise<void> {
  const { organisation_id, id } = round
  if (lapsed.length > 0)
    await db
      .updateTable('round_rater')
      .set({ state: 'lapsed', changed_at: now })
      .where('organisation_id', '=', organisation_id)
      .where('round_id', '=', id)
      .where('state', 'in', ['open', 'proposed'])
      .execute()
  if (left.length > 0)
    await db
      .updateTable('round_subject')
      .set({ state: 'left', changed_at: now })
      .where('organisation_id', '=', organisation_id)
      .where('round_id', '=', id)
      .where('person_id', 'in', [...left])
      .execute()
}

async function publish(
  transaction: Transaction<Tables>,
  round: RoundRow,
  outcome: RoundOutcome,
  now: Date,
): Promise<void> {
  const { results, notes, adjustments } = rowsOfOutcome(round, outcome, now)
  for (let at = 0; at < results.length; at += ROWS_AT_ONCE)
    await transaction
      .insertInto('round_result')
      .values(results.slice(at, at + ROWS_AT_ONCE))
      .execute()
  for (let at = 0; at < notes.length; at += ROWS_AT_ONCE)
    await transaction
      .insertInto('rater_note')
      .values(notes.slice(at, at + ROWS_AT_ONCE))
      .execute()
  for (let at = 0; at < adjustments.length; at += ROWS_AT_ONCE)
    await transaction
      .insertInto('round_adjustment')
      .values(adjustments.slice(at, at + ROWS_AT_ONCE))
      .execute()
}
