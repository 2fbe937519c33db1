// Puts a new assessment into the database, with the answers of earlier ones that count on in it.
import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { CarriedAnswer } from '../../core/assess/carried-answers.ts'
import { endingOf, type Mode } from '../../core/growth/assessment-goal.ts'
import type { Tables } from '../../db/schema.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { askNext, getLoaded } from './queries.ts'

/** What an assessment is started with; `key` names the wish to start it. */
export interface Beginning {
  hash: string
  key: string
  mode: Mode
  target_role: string | null
  target_variant: string | null
  self_role: string | null
  self_variant: string | null
  self_years: number | null
  asking_role?: string | null
  asking_variant?: string | null
  asking_competency?: string | null
}

/**
 * Starts it within the transaction that `context.db` is, or gives undefined where the key has started one before. Where
 * the carried answers leave nothing to ask it is finished at once.
 */
export async function beginAssessment(
  context: Context & { db: Transaction<Tables> },
  { hash, key, ...columns }: Beginning,
  carried: readonly CarriedAnswer[],
): Promise<string | undefined> {
  const { db, actor, now } = context
  const { organisation: organisation_id, person: person_id } = actor
  const inserted = await db
    .insertInto('assessment')
    .values({
      ...{ organisation_id, id: randomUUID(), person_id, framework_hash: hash, start_key: key, ...columns },
      ...{ started_at: now, finished_at: null, stop_reason: null, superseded_by: null, withdrawn_at: null },
      answered_before: carried.length > 0 ? carried.length : null,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'person_id', 'start_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return undefined
  const { id } = inserted
  if (carried.length > 0)
    await db
      .insertInto('response')
      .values(
        carried.map(({ item, answer, evidence, givenAt, carriedFrom }, index) => ({
          ...{ organisation_id, assessment_id: id, person_id, position: index + 1, key: randomUUID() },
          ...{ kind: 'answer' as const, item, answer, evidence, undoes: null },
          ...{ given_at: givenAt, carried_from: carriedFrom },
        })),
      )
      .execute()
  const next = carried.length > 0 ? askNext(await getLoaded(context, id)) : undefined
  if (next && 'stop' in next)
    await db
      .updateTable('assessment')
      .set({ finished_at: now, stop_reason: endingOf(next.stop) })
      .where('organisation_id', '=', organisation_id)
      .where('id', '=', id)
      .execute()
  await recordAudit(db, context, {
    ...{ action: 'assessment.start', object: { kind: 'assessment', id }, subject: person_id },
    details: { mode: columns.mode, hash, carried: carried.length },
  })
  return id
}

/** The one that a key has started. */
export async function getStarted({ db, actor }: Context, key: string): Promise<string> {
  const { id } = await db
    .selectFrom('assessment')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('person_id', '=', actor.person)
    .where('start_key', '=', key)
    .executeTakeFirstOrThrow()
  return id
}
