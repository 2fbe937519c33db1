// A rater's own sheets: read blind, saved answer by answer, submitted or declined.
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Answer } from '../../core/assess/answers.ts'
import type { DeclineReason } from '../../core/rounds/round-state.ts'
import type { RatingTable } from '../../db/tables/rounds.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, notFound, refused } from '../../platform/refused.ts'
import { getVersionByHash } from '../frameworks/queries.ts'
import type { sheetSchema } from './contract.ts'
import { sheetRights, type SheetFacts } from './policy.ts'
import { getRound, ruleOf, sheetsAndSubjects } from './round-heads.ts'

type Sheet = z.output<typeof sheetSchema>

/** Throws NotFound for a sheet of somebody else, and for one that nobody was asked to fill in. */
export async function getSheet(context: Context, id: string): Promise<Sheet> {
  const { db, actor, today } = context
  const row = await sheetsAndSubjects(db)
    .innerJoin('person as p', (join) =>
      join.onRef('p.organisation_id', '=', 's.organisation_id').onRef('p.id', '=', 's.subject_id'),
    )
    .select([
      's.id',
      's.round_id',
      's.subject_id',
      'p.name',
      's.kind',
      's.state',
      'o.form',
      'o.state as subject',
    ])
    .where('s.organisation_id', '=', actor.organisation)
    .where('s.id', '=', id)
    .where('s.rater_id', '=', actor.person)
    .where('s.state', 'not in', ['proposed', 'removed'])
    .executeTakeFirst()
  if (!row) throw notFound('sheet', id)
  const round = await getRound(context, row.round_id)
  const { framework } = await getVersionByHash(context, round.framework_hash)
  const competencies = framework.competencies.flatMap(({ id: competency, title, behaviours }) =>
    behaviours.map(
      (behaviour) => [behaviour.id, { text: behaviour.text, competency: { id: competency, title } }] as const,
    ),
  )
  const known = new Map(competencies)
  const held = new Map((await ratingsOf(context, id)).map((rating) => [rating.item, rating]))
  const items = row.form.map((item, at) => ({
    ...{ id: placeOf(at), ...known.get(item)! },
    ...{ answer: held.get(item)?.answer ?? null, evidence: held.get(item)?.evidence ?? null },
  }))
  const answered = items.filter(({ answer }) => answer !== null).length
  const facts = {
    ...{ rater: actor.person, kind: row.kind, sheet: row.state, round: round.state },
    ...{ subject: row.subject, closesOn: round.closes_on },
  }
  return {
    ...{
      id,
      kind: row.kind,
      state: row.state,
      rule: ruleOf(round),
      items,
      answered,
      behaviours: items.length,
    },
    round: { id: round.id, name: round.name, closesOn: round.closes_on, closedAt: round.closed_at },
    subject: { id: row.subject_id, name: row.name },
    can: sheetRights(actor, facts, today, answered, items.length),
  }
}

/**
 * What a behaviour is called on a sheet: its place on the form. Its own id often says its level, which a rater does not see.
 */
const placeOf = (at: number): string => String(at + 1)

/** The behaviour of a place; one that is called by its own id is taken too. */
function behaviourAt(form: readonly string[], item: string): string | undefined {
  return form.find((_, at) => placeOf(at) === item) ?? form.find((one) => one === item)
}

type Held = Pick<Selectable<RatingTable>, 'item' | 'answer' | 'evidence' | 'position'>

/** The last answer about each behaviour. */
async function ratingsOf({ db, actor }: Context, sheet: string): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select distinct on (item) item, answer, evidence, position from rating
    where organisation_id = ${actor.organisation} and sheet_id = ${sheet}
    order by item, position desc`.execute(db)
  return rows
}

export interface RateInput {
  sheet: string
  key: string
  item: string
  answer: Answer
  evidence: string | null
}

/**
 * Saves an answer or a changed one, and says how full the sheet is. The same key again stores nothing more; for another
 * intent it is a conflict.
 */
export async function giveRating(context: Context, input: RateInput): Promise<Saved> {
  const { sheet, key, answer, evidence } = input
  const { actor, now, today } = context
  return await context.db.transaction().execute(async (transaction) => {
    const inside = { ...context, db: transaction }
    const open = await lockOpen(inside, sheet)
    const form = open?.form ?? (await getForm(inside, sheet))
    const item = behaviourAt(form, input.item)
    const held = await ratingsOf(inside, sheet)
    const repeated = await transaction
      .selectFrom('rating')
      .select(['item', 'answer', 'evidence'])
      .where('organisation_id', '=', actor.organisation)
      .where('sheet_id', '=', sheet)
      .where('key', '=', key)
      .executeTakeFirst()
    if (repeated) {
      if (repeated.item !== item || repeated.answer !== answer || repeated.evidence !== evidence)
        throw refused('conflict', 'key-used')
    } else {
      // Where there is no such sheet for this person, NotFound says so.
      if (!open) await getSheet(inside, sheet)
      if (!open || !sheetRights(actor, open, today, 0, 1).rate) throw closed()
      if (item === undefined) throw invalid('item', 'not-of-sheet', { got: input.item })
      const position = Math.max(0, ...held.map((one) => one.position)) + 1
      const place = { organisation_id: actor.organisation, sheet_id: sheet, rater_id: actor.person }
      await transaction
        .insertInto('rating')
        .values({ ...place, position, key, item, answer, evidence, given_at: now })
        .execute()
      // The row names no subject: who is rated must not find in the audit who rated when.
      await recordAudit(transaction, context, {
        ...{ action: 'rating.give', object: { kind: 'sheet', id: sheet }, details: { position } },
      })
    }
    return { item: input.item, answered: new Set([...held.map((one) => one.item), item]).size }
  })
}

interface Saved {
  item: string
  /** Behaviours of the sheet that have an answer now. */
  answered: number
}

/** Of a sheet that is open no more, so that an answer sent again is known by its key; none where it is not the actor's. */
async function getForm({ db, actor }: Context, sheet: string): Promise<readonly string[]> {
  const row = await sheetsAndSubjects(db)
    .select('o.form')
    .where('s.organisation_id', '=', actor.organisation)
    .where('s.id', '=', sheet)
    .where('s.rater_id', '=', actor.person)
    .executeTakeFirst()
  return row?.form ?? []
}

const closed = () => refused('conflict', 'sheet-closed')

/** What decides about an open sheet of the actor; it stays open until the transaction ends. Undefined for any other. */
async function lockOpen(
  { db, actor }: Context,
  id: string,
): Promise<(SheetFacts & { form: string[] }) | undefined> {
  return await sheetsAndSubjects(db)
    .innerJoin('round as r', (join) =>
      join.onRef('r.organisation_id', '=', 's.organisation_id').onRef('r.id', '=', 's.round_id'),
    )
    .select(['s.rater_id as rater', 's.kind', 's.state as sheet', 'r.state as round', 'o.state as subject'])
    .select(['r.closes_on as closesOn', 'o.form'])
    .where('s.organisation_id', '=', actor.organisation)
    .where('s.id', '=', id)
    .where('s.rater_id', '=', actor.person)
    .where('s.state', '=', 'open')
    .forUpdate(['s'])
    .executeTakeFirst()
}

/** Submits a full sheet; a submitted one stays as it is. What was submitted cannot be changed. */
export async function submitSheet(context: Context, id: string): Promise<Sheet> {
  return await end(context, id, 'submit', { state: 'submitted', submitted_at: context.now })
}

/** Declines; the partner sees the reason's code and may ask somebody else. */
export async function declineSheet(context: Context, id: string, reason: DeclineReason): Promise<Sheet> {
  return await end(context, id, 'decline', { state: 'declined', reason })
}

async function end(
  context: Context,
  id: string,
  act: 'submit' | 'decline',
  values: { state: 'submitted'; submitted_at: Date } | { state: 'declined'; reason: DeclineReason },
): Promise<Sheet> {
  const { actor, now } = context
  await context.db.transaction().execute(async (transaction) => {
    const inside = { ...context, db: transaction }
    await lockOpen(inside, id)
    const sheet = await getSheet(inside, id)
    if (sheet.state === values.state) return
    if (!sheet.can[act]) {
      if (act === 'submit' && sheet.can.rate)
        throw refused('conflict', 'answers-missing', { count: sheet.behaviours - sheet.answered })
      throw closed()
    }
    await transaction
      .updateTable('round_rater')
      .set({ ...values, changed_at: now })
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .execute()
    await recordAudit(transaction, context, { action: `sheet.${act}`, object: { kind: 'sheet', id } })
  })
  return await getSheet(context, id)
}
