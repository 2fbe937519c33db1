// Keeps a round: raters asked and taken back, subjects taken out, the start, the day of the close, the end without results.
import { randomUUID } from 'node:crypto'
import type { Transaction, Updateable } from 'kysely'
import { allowsSheetAct } from '../../core/rounds/round-state.ts'
import type { RefusalCode } from '../../core/refusals/words-en.ts'
import type { Tables } from '../../db/schema.ts'
import type { RoundTable } from '../../db/tables/rounds.ts'
import { recordAudit, type AuditEntry } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, notFound, refused } from '../../platform/refused.ts'
import { on } from '../../db/days.ts'
import { getBoard } from './board.ts'
import { measureAndPublish } from './close-round.ts'
import { roundRights } from './policy.ts'
import { getRound, type RoundRow } from './round-heads.ts'
import { postInvitations, postReminders } from './round-mails.ts'

type Right = keyof ReturnType<typeof roundRights>

const NO = {
  changeRaters: 'raters-fixed',
  start: 'round-started',
  extend: 'close-day-fixed',
  remind: 'nobody-to-remind',
  close: 'close-running-only',
  cancel: 'round-over',
} as const satisfies Record<Right, RefusalCode>

interface Work {
  context: Context
  transaction: Transaction<Tables>
  round: RoundRow
}

/** One change: locks the round, asks the policy, does it with its audit row. Resolves with the board after the commit. */
async function change(
  context: Context,
  id: string,
  right: Right,
  work: (with_: Work) => Promise<Omit<AuditEntry, 'object'> | undefined>,
) {
  await context.db.transaction().execute(async (transaction) => {
    const inside = { ...context, db: transaction }
    const seen = await getRound(inside, id)
    await getBoardRights(inside, seen, right)
    const round = await getRound(inside, id, true).catch(() => {
      throw refused('conflict', NO[right])
    })
    await getBoardRights(inside, round, right)
    const entry = await work({ context: inside, transaction, round })
    if (entry) await recordAudit(transaction, context, { ...entry, object: { kind: 'round', id } })
  })
  return await getBoard(context, id)
}

async function getBoardRights(context: Context, round: RoundRow, right: Right): Promise<void> {
  const rights = roundRights(context.actor, { unit: round.unit_id, state: round.state })
  if (rights[right]) return
  // Whoever does not keep the round is told so by NotFound, as by every other endpoint.
  await getBoard(context, round.id)
  throw refused('conflict', NO[right])
}

export async function addRater(
  context: Context,
  {
    id,
    subject,
    rater,
    kind,
  }: { id: string; subject: string; rater: string; kind: 'manager' | 'peer' | 'report' },
) {
  const board = await change(context, id, 'changeRaters', async ({ context: inside, transaction, round }) => {
    if (subject === rater) throw invalid('rater', 'rates-self-already')
    const { organisation_id, unit_id } = round
    const rated = await transaction
      .selectFrom('round_subject')
      .select('state')
      .where('organisation_id', '=', organisation_id)
      .where('round_id', '=', id)
      .where('person_id', '=', subject)
      .executeTakeFirst()
    if (rated?.state !== 'rated') throw notFound('round-subject', subject)
    await assertWorksHere(inside, rater)
    const state = round.state === 'running' ? ('open' as const) : ('proposed' as const)
    const known = await listSheets(inside, id, subject, rater)
    if (known.some((sheet) => !['removed', 'declined'].includes(sheet.state)))
      throw refused('conflict', 'asked-already')
    // Whoever was asked as a peer and is the manager by now gets a sheet of their own as manager: what was begun stays a peer's.
    const again = known.find((sheet) => sheet.kind === kind)
    if (again) await setSheet(inside, again.id, { state, reason: null })
    else
      await transaction
        .insertInto('round_rater')
        .values({
          ...{
            organisation_id,
            id: randomUUID(),
            round_id: id,
            unit_id,
            subject_id: subject,
            rater_id: rater,
            kind,
          },
          ...{ state, reason: null, proposed_at: inside.now, changed_at: inside.now },
        })
        .execute()
    return { action: 'round.add-rater', subject: rater, details: { kind } }
  })
  await postInvitations(context, id)
  return board
}

async function assertWorksHere({ db, actor, today }: Context, person: string): Promise<void> {
  const known = await db
    .selectFrom('employment')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('person_id', '=', person)
    .where(on('employment', today))
    .executeTakeFirst()
  if (!known) throw invalid('rater', 'works-here-today')
}

async function listSheets({ db, actor }: Context, round: string, subject: string, rater: string) {
  return await db
    .selectFrom('round_rater')
    .select(['id', 'state', 'kind'])
    .where('organisation_id', '=', actor.organisation)
    .where('round_id', '=', round)
    .where('subject_id', '=', subject)
    .where('rater_id', '=', rater)
    .execute()
}

async function setSheet(
  { db, actor, now }: Context,
  id: string,
  values: { state: 'proposed' | 'open' | 'removed'; reason?: null },
): Promise<void> {
  await db
    .updateTable('round_rater')
    .set({ ...values, changed_at: now })
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', id)
    .execute()
}

export async function removeRater(context: Context, { id, sheet }: { id: string; sheet: string }) {
  return await change(context, id, 'changeRaters', async ({ context: inside, transaction, round }) => {
    const row = await transaction
      .selectFrom('round_rater')
      .select(['state', 'kind', 'rater_id'])
      .where('organisation_id', '=', round.organisation_id)
      .where('round_id', '=', id)
      .where('id', '=', sheet)
      .executeTakeFirst()
    if (!row) throw notFound('sheet', sheet)
    if (row.state === 'removed') return undefined
    const at = { sheet: row.state, kind: row.kind, round: round.state, subject: 'rated' as const }
    if (!allowsSheetAct('remove', { ...at, closesOn: round.closes_on, today: inside.today }))
      throw refused('conflict', 'submitted-stays')
    await setSheet(inside, sheet, { state: 'removed' })
    return { action: 'round.remove-rater', subject: row.rater_id }
  })
}

export async function withdrawSubject(context: Context, { id, subject }: { id: string; subject: string }) {
  return await change(context, id, 'changeRaters', async ({ transaction, round, context: { now } }) => {
    const { numUpdatedRows } = await transaction
      .updateTable('round_subject')
      .set({ state: 'withdrawn', changed_at: now })
      .where('organisation_id', '=', round.organisation_id)
      .where('round_id', '=', id)
      .where('person_id', '=', subject)
      .where('state', '=', 'rated')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw notFound('round-subject', subject)
    return { action: 'round.withdraw-subject', subject }
  })
}

/** Agrees the proposed raters; each gets a mail. */
export async function startRound(context: Context, { id }: { id: string }) {
  const board = await change(
    context,
    id,
    'start',
    async ({ transaction, round, context: { now, today } }) => {
      if (round.closes_on <= today) throw refused('conflict', 'close-day-come')
      await setRound(transaction, round, { state: 'running', started_at: now })
      const opened = await transaction
        .updateTable('round_rater')
        .set({ state: 'open', changed_at: now })
        .where('organisation_id', '=', round.organisation_id)
        .where('round_id', '=', id)
        .where('state', '=', 'proposed')
        .executeTakeFirst()
      return { action: 'round.start', details: { sheets: Number(opened.numUpdatedRows) } }
    },
  )
  await postInvitations(context, id)
  return board
}

export async function extendRound(context: Context, { id, closesOn }: { id: string; closesOn: string }) {
  return await change(context, id, 'extend', async ({ transaction, round, context: { today } }) => {
    if (closesOn <= today) throw invalid('closesOn', 'after-today')
    if (closesOn === round.closes_on) return undefined
    await setRound(transaction, round, { closes_on: closesOn })
    return { action: 'round.extend', details: { from: round.closes_on, to: closesOn } }
  })
}

export async function cancelRound(context: Context, { id }: { id: string }) {
  return await change(context, id, 'cancel', async ({ transaction, round, context: { now } }) => {
    await setRound(transaction, round, { state: 'cancelled', cancelled_at: now })
    return { action: 'round.cancel' }
  })
}

/** Closes now, before its day; a round that was closed meanwhile stays as it is. */
export async function closeRound(context: Context, { id }: { id: string }) {
  await getBoardRights(context, await getRound(context, id), 'close')
  await measureAndPublish(context, id)
  return await getBoard(context, id)
}

export async function remindRaters(context: Context, { id }: { id: string }): Promise<{ mails: number }> {
  const round = await getRound(context, id)
  await getBoardRights(context, round, 'remind')
  return { mails: await postReminders(context, id, context.today) }
}

async function setRound(
  transaction: Transaction<Tables>,
  { organisation_id, id }: RoundRow,
  values: Updateable<RoundTable>,
): Promise<void> {
  await transaction
    .updateTable('round')
    .set(values)
    .where('organisation_id', '=', organisation_id)
    .where('id', '=', id)
    .execute()
}
