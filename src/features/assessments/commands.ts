// Writes assessments: each write is one transaction with its audit row, acknowledged after it is on disk.
import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Answer } from '../../core/assess/answers.ts'
import { endingOf, type Ending, type Mode } from '../../core/growth/assessment-goal.ts'
import type { ResponseTable, Tables } from '../../db/schema.ts'
import { recordAudit, type AuditEntry } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, notFound, refused } from '../../platform/refused.ts'
import { getRoleChoice, getVersion } from '../frameworks/queries.ts'
import { findLastAnswer, type HistoryStep } from './answer-history.ts'
import { assessmentRights, type AssessmentRights } from './policy.ts'
import { beginAssessment, getStarted } from './begin-assessment.ts'
import { loadCarried } from './carry-over.ts'
import { askNext, getLoaded, givenAnswerOf, lastPosition, stateOf, type LoadedAssessment } from './queries.ts'

export interface StartInput {
  key: string
  framework: string
  version?: string | undefined
  mode: Mode
  target?: { role: string; variant?: string | undefined } | undefined
  self: { role?: string | undefined; variant?: string | undefined; years?: number | undefined }
  afresh?: boolean | undefined
}

/**
 * Starts an assessment on a framework version that it stays pinned to; the same key again gives the same one. Answers of
 * earlier ones count on unless it is started afresh; where they leave nothing to ask it ends at once.
 */
export async function startAssessment(context: Context, input: StartInput) {
  const { db } = context
  const version = await getVersion(context, input)
  const { target, self } = input
  if (target) getRoleChoice(version.framework, target)
  if (self.role !== undefined) getRoleChoice(version.framework, { role: self.role, variant: self.variant })
  if (input.mode === 'target' && !target) throw invalid('target', 'target-needed')
  if (self.variant !== undefined && self.role === undefined)
    throw invalid('self.variant', 'variant-needs-role')
  const id = await db.transaction().execute(async (transaction) => {
    const inside = { ...context, db: transaction }
    const begun = await beginAssessment(
      inside,
      {
        ...{ hash: version.hash, key: input.key, mode: input.mode },
        ...{ target_role: target?.role ?? null, target_variant: target?.variant ?? null },
        ...{
          self_role: self.role ?? null,
          self_variant: self.variant ?? null,
          self_years: self.years ?? null,
        },
      },
      input.afresh ? [] : await loadCarried(inside, version),
    )
    return begun ?? (await getStarted(inside, input.key))
  })
  return stateOf(context, await getLoaded(context, id))
}

export interface AnswerInput {
  id: string
  key: string
  item: string
  answer: Answer
  evidence?: string | undefined
  after?: number | undefined
}

/** Saves an answer, or changes the one given before; ends the assessment where nothing is left to ask. */
export async function giveAnswer(context: Context, { id, key, item, answer, evidence, after }: AnswerInput) {
  return await write(context, id, async (loaded, transaction) => {
    const { version, steps } = loaded
    const repeated = steps.find((step) => step.key === key)
    if (repeated) return assertSame(repeated, 'answer', { item, answer, evidence: evidence ?? null })
    assertMay(context, loaded, 'answer', 'finished-already')
    assertSeen(loaded, after)
    if (!version.instrument.itemIndex.has(item)) throw invalid('item', 'not-of-framework', { got: item })
    await addStep(context, transaction, loaded, {
      key,
      kind: 'answer',
      item,
      answer,
      evidence: evidence ?? null,
      undoes: null,
    })
    return 'assessment.answer'
  })
}

/** Takes back the last answer that was not taken back yet; a finished assessment goes on by it. */
export async function undoAnswer(
  context: Context,
  { id, key, after }: { id: string; key: string; after?: number | undefined },
) {
  return await write(context, id, async (loaded, transaction) => {
    const repeated = loaded.steps.find((step) => step.key === key)
    if (repeated) return assertSame(repeated, 'undo', {})
    assertSeen(loaded, after)
    const last = findLastAnswer(loaded.steps)
    if (!last) throw refused('conflict', 'nothing-to-undo')
    assertMay(context, loaded, 'undo', 'answer-stays')
    const step = {
      key,
      kind: 'undo' as const,
      item: last.item,
      answer: null,
      evidence: null,
      undoes: last.position,
    }
    await addStep(context, transaction, loaded, step)
    await setEnding(context, transaction, loaded, null)
    return 'assessment.undo'
  })
}

/** Sets or takes away the link of an answer; works on finished assessments too, because it measures nothing. */
export async function setEvidence(
  context: Context,
  { id, item, evidence }: { id: string; item: string; evidence: string | null },
) {
  await write(context, id, async (loaded, transaction) => {
    const answer = loaded.held.find((held) => held.item === item)
    if (!answer) throw notFound('answer', item)
    if (answer.evidence === evidence) return undefined
    const step = { key: randomUUID(), kind: 'evidence' as const, item, answer: null, evidence, undoes: null }
    await addStep(context, transaction, loaded, step)
    return 'assessment.evidence'
  })
  const loaded = await getLoaded(context, id)
  return {
    answer: givenAnswerOf(
      loaded,
      loaded.held.findIndex((held) => held.item === item),
    ),
  }
}

/** Finishes now; a finished one stays as it is. */
export async function finishAssessment(context: Context, id: string) {
  return await write(context, id, async (loaded, transaction) => {
    if (loaded.row.finished_at !== null) return undefined
    const next = askNext(loaded)
    await setEnding(context, transaction, loaded, 'stop' in next ? endingOf(next.stop) : 'person-stopped')
    return 'assessment.finish'
  })
}

/**
 * Goes on with a finished assessment so that answers can be changed, or in another mode, which ends it again at once
 * where that mode has nothing left to ask.
 */
export async function reopenAssessment(
  context: Context,
  { id, mode }: { id: string; mode?: Mode | undefined },
) {
  const endAfter: Action[] = mode === undefined ? [] : ['assessment.reopen']
  const act = async ({ row }: LoadedAssessment, transaction: Transaction<Tables>) => {
    if (row.finished_at === null && (mode === undefined || mode === row.mode)) return undefined
    if (mode === 'target' && row.target_role === null) throw invalid('mode', 'mode-needs-target')
    await transaction
      .updateTable('assessment')
      .set({
        ...{ finished_at: null, stop_reason: null, mode: mode ?? row.mode },
        ...(mode === undefined ? {} : ASKING_NOTHING),
      })
      .where('organisation_id', '=', row.organisation_id)
      .where('id', '=', row.id)
      .execute()
    return 'assessment.reopen' as const
  }
  return await write(context, id, act, endAfter)
}

const ASKING_NOTHING = {
  asking_role: null,
  asking_variant: null,
  asking_competency: null,
  answered_before: null,
}

/** Deletes an assessment with everything in it; the audit keeps only that it happened. */
export async function deleteAssessment(context: Context, id: string): Promise<{ deleted: true }> {
  await context.db.transaction().execute(async (transaction) => {
    const loaded = await getLoaded({ ...context, db: transaction }, id, true)
    assertMay(context, loaded, 'delete', 'not-yours-to-delete')
    const { organisation_id, person_id } = loaded.row
    const { numDeletedRows } = await transaction
      .deleteFrom('assessment')
      .where('organisation_id', '=', organisation_id)
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (numDeletedRows === 0n) throw refused('conflict', 'held-not-deleted')
    await recordAudit(
      transaction,
      context,
      entry('assessment.delete', id, person_id, { steps: loaded.steps.length }),
    )
  })
  return { deleted: true }
}

type Action = AuditEntry['action']

/**
 * One write: locks the assessment, does it, ends the assessment where an action of `endAfter` left nothing to
 * ask, and adds the audit row. `act` returns the action done, or undefined where nothing changed. Returns the state after the commit.
 */
export async function write(
  context: Context,
  id: string,
  act: (loaded: LoadedAssessment, transaction: Transaction<Tables>) => Promise<Action | undefined>,
  endAfter: readonly Action[] = ['assessment.answer'],
) {
  const { after, asked } = await context.db.transaction().execute(async (transaction) => {
    const inside = { ...context, db: transaction }
    const loaded = await getLoaded(inside, id, true)
    assertCurrent(loaded)
    const action = await act(loaded, transaction)
    if (action === undefined) return { after: loaded }
    const changed = await getLoaded(inside, id)
    const next = endAfter.includes(action) ? askNext(changed) : undefined
    if (next && 'stop' in next) await setEnding(context, transaction, changed, endingOf(next.stop))
    const details = { position: changed.steps.at(-1)?.position ?? 0 }
    await recordAudit(transaction, context, entry(action, id, loaded.row.person_id, details))
    return next && 'stop' in next
      ? { after: await getLoaded(inside, id) }
      : { after: changed, ...(next ? { asked: next } : {}) }
  })
  return stateOf(context, after, asked)
}

async function addStep(
  { now }: Context,
  transaction: Transaction<Tables>,
  { row, steps }: LoadedAssessment,
  step: Pick<HistoryStep, 'key' | 'kind' | 'item' | 'answer' | 'evidence' | 'undoes'>,
): Promise<void> {
  const values: { [K in keyof ResponseTable]: HistoryStepValue<K> } = {
    organisation_id: row.organisation_id,
    assessment_id: row.id,
    person_id: row.person_id,
    position: (steps.at(-1)?.position ?? 0) + 1,
    given_at: now,
    carried_from: null,
    ...step,
  }
  await transaction.insertInto('response').values(values).execute()
}

type HistoryStepValue<K extends keyof ResponseTable> = K extends keyof HistoryStep ? HistoryStep[K] : string

async function setEnding(
  { now }: Context,
  transaction: Transaction<Tables>,
  { row }: LoadedAssessment,
  ending: Ending | null,
): Promise<void> {
  await transaction
    .updateTable('assessment')
    .set({ finished_at: ending === null ? null : now, stop_reason: ending })
    .where('organisation_id', '=', row.organisation_id)
    .where('id', '=', row.id)
    .execute()
}

/** The same key for another intent is a fault of the caller; for the same one nothing is left to do. */
function assertSame(step: HistoryStep, kind: HistoryStep['kind'], wanted: Partial<HistoryStep>): undefined {
  const differs = Object.entries(wanted).some(([name, value]) => step[name as keyof HistoryStep] !== value)
  if (step.kind !== kind || differs) {
    throw refused('conflict', 'key-used')
  }
  return undefined
}

/** Throws conflict where another window wrote since: an answer or undo meant for what was shown then is not done. */
function assertSeen(loaded: LoadedAssessment, after: number | undefined): void {
  if (after === undefined || after === lastPosition(loaded)) return
  throw refused('conflict', 'went-on-elsewhere')
}

export function assertCurrent({ place }: LoadedAssessment): void {
  if (place === 'superseded') throw refused('conflict', 'moved-to-newer')
  if (place === 'withdrawn') throw refused('conflict', 'move-undone')
}

function assertMay(
  context: Context,
  { row, steps }: LoadedAssessment,
  right: keyof AssessmentRights,
  code: 'finished-already' | 'answer-stays' | 'not-yours-to-delete',
): void {
  if (!assessmentRights(context.actor, row, findLastAnswer(steps) !== undefined)[right])
    throw refused('conflict', code)
}

function entry(
  action: Action,
  id: string,
  subject: string,
  details: AuditEntry['details'] & object,
): AuditEntry {
  return { action, object: { kind: 'assessment', id }, subject, details }
}
