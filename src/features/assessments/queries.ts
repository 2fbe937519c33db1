// Reads assessments; what to ask next is worked out anew from the stored answers each time.
import { sql, type Kysely, type Selectable } from 'kysely'
import type { Response } from '../../core/assess/answers.ts'
import { resumeAssessment } from '../../core/assess/assessment.ts'
import { nextItem, type Ask, type Stop } from '../../core/assess/next-item.ts'
import { goalFor, type Asking } from '../../core/growth/assessment-goal.ts'
import type { Goal } from '../../core/assess/goal.ts'
import type { RoleRef } from '../../core/growth/model.ts'
import { askedAbout } from '../../core/growth/asked-about.ts'
import { barOutcomes } from '../../core/growth/decided-bars.ts'
import { progressOf } from '../../core/growth/progress.ts'
import type { AssessmentTable, Tables } from '../../db/schema.ts'
import type { Context } from '../../platform/procedure.ts'
import { notFound } from '../../platform/refused.ts'
import { getVersionByHash, type FrameworkVersion } from '../frameworks/queries.ts'
import {
  findLastAnswer,
  heldAnswers,
  responsesOf,
  type HeldAnswer,
  type HistoryStep,
} from './answer-history.ts'
import { assessmentRights, canRead, placeOf } from './policy.ts'

export type AssessmentRow = Selectable<AssessmentTable>

/** An assessment with its framework version and everything that was done in it. */
export interface LoadedAssessment {
  readonly row: AssessmentRow
  readonly version: FrameworkVersion
  readonly steps: readonly HistoryStep[]
  readonly held: readonly HeldAnswer[]
  /** The answers that hold, as the measurement takes them. */
  readonly responses: readonly Response[]
  /** superseded: a migration made a copy that stands in its place; withdrawn: a copy whose migration was undone. */
  readonly place: 'current' | 'superseded' | 'withdrawn'
  /** For a copy: the assessment that it was made from, and the migration that made it. */
  readonly copiedFrom: { readonly assessment: string; readonly migration: string } | null
}

/** Loads one that the actor may read; throws NotFound for any other. `forUpdate` needs a transaction as `db`. */
export async function getLoaded(context: Context, id: string, forUpdate = false): Promise<LoadedAssessment> {
  let query = context.db
    .selectFrom('assessment')
    .selectAll()
    .where('organisation_id', '=', context.actor.organisation)
    .where('id', '=', id)
  if (forUpdate) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  if (!row || !canRead(context.actor, row)) throw notFound('assessment', id)
  return await withSteps(context, row)
}

/**
 * One that its person shared with the actor, while that holds; throws NotFound for any other. Whoever calls it records
 * the read.
 */
export async function getShared(context: Context, id: string): Promise<LoadedAssessment> {
  const row = await context.db
    .selectFrom('assessment')
    .selectAll()
    .where('organisation_id', '=', context.actor.organisation)
    .where('id', '=', id)
    .where(sql<boolean>`is_shared_with_me(id)`)
    .executeTakeFirst()
  if (!row) throw notFound('assessment', id)
  return await withSteps(context, row)
}

async function withSteps(context: Context, row: AssessmentRow): Promise<LoadedAssessment> {
  const steps = await stepsOf(context.db, row)
  const held = heldAnswers(steps)
  return {
    row,
    version: await getVersionByHash(context, row.framework_hash),
    steps,
    held,
    responses: responsesOf(held),
    place: placeOf(row),
    copiedFrom: await findOrigin(context.db, row),
  }
}

async function findOrigin(
  db: Kysely<Tables>,
  { organisation_id, id }: AssessmentRow,
): Promise<LoadedAssessment['copiedFrom']> {
  const origin = await db
    .selectFrom('migration_assessment')
    .select(['from_assessment as assessment', 'migration_id as migration'])
    .where('organisation_id', '=', organisation_id)
    .where('to_assessment', '=', id)
    .executeTakeFirst()
  return origin ?? null
}

/**
 * Everybody's current assessments of a framework version, locked until the transaction that is `context.db` ends.
 * For migrations, whose policy decides who may move them.
 */
export async function listCurrentOf(context: Context, hash: string): Promise<LoadedAssessment[]> {
  const rows = await context.db
    .selectFrom('assessment')
    .selectAll()
    .where('organisation_id', '=', context.actor.organisation)
    .where('framework_hash', '=', hash)
    .where('superseded_by', 'is', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const loaded: LoadedAssessment[] = []
  for (const row of rows) loaded.push(await withSteps(context, row))
  return loaded
}

async function stepsOf(db: Kysely<Tables>, { organisation_id, id }: AssessmentRow): Promise<HistoryStep[]> {
  return await db
    .selectFrom('response')
    .select(['position', 'key', 'kind', 'item', 'answer', 'evidence', 'undoes', 'given_at', 'carried_from'])
    .where('organisation_id', '=', organisation_id)
    .where('assessment_id', '=', id)
    .orderBy('position')
    .execute()
}

/** The actor's own assessments with their answers, newest first, a copy before what it was made from. */
export async function loadOwn(context: Context): Promise<LoadedAssessment[]> {
  const rows = await context.db
    .selectFrom('assessment')
    .selectAll()
    .where('organisation_id', '=', context.actor.organisation)
    .where('person_id', '=', context.actor.person)
    .orderBy('started_at', 'desc')
    .orderBy((order) => order('superseded_by', 'is', null).and('withdrawn_at', 'is', null), 'desc')
    .orderBy('id')
    .execute()
  return await Promise.all(rows.map((row) => withSteps(context, row)))
}

/** The actor's own finished assessments of a framework version that no other stands in the place of. */
export async function loadFinished(context: Context, hash: string): Promise<LoadedAssessment[]> {
  const rows = await ownOf(context, hash).where('finished_at', 'is not', null).execute()
  return await Promise.all(rows.map((row) => withSteps(context, row)))
}

/** The actor's own running assessment with just these columns, the newest if there are several. */
export async function findRunning(
  context: Context,
  hash: string,
  wanted: Partial<AssessmentRow>,
): Promise<string | undefined> {
  const rows = await ownOf(context, hash).where('finished_at', 'is', null).execute()
  return rows
    .toSorted((a, b) => b.started_at.getTime() - a.started_at.getTime())
    .find((row) =>
      Object.entries(wanted).every(([name, value]) => row[name as keyof AssessmentRow] === value),
    )?.id
}

function ownOf({ db, actor }: Context, hash: string) {
  return db
    .selectFrom('assessment')
    .selectAll()
    .where('organisation_id', '=', actor.organisation)
    .where('person_id', '=', actor.person)
    .where('framework_hash', '=', hash)
    .where('superseded_by', 'is', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
}

export async function listAssessments(context: Context) {
  return { assessments: (await loadOwn(context)).map((loaded) => assessmentOf(context, loaded)) }
}

/** The newest current assessment that is not finished. */
export async function findCurrent(context: Context) {
  const row = await context.db
    .selectFrom('assessment')
    .selectAll()
    .where('organisation_id', '=', context.actor.organisation)
    .where('person_id', '=', context.actor.person)
    .where('finished_at', 'is', null)
    .where('superseded_by', 'is', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return { current: row ? stateOf(context, await withSteps(context, row)) : null }
}

export async function getState(context: Context, id: string) {
  return stateOf(context, await getLoaded(context, id))
}

export async function listAnswers(context: Context, id: string) {
  const loaded = await getLoaded(context, id)
  return { answers: loaded.held.map((_, index) => givenAnswerOf(loaded, index)) }
}

/** One of the answers that hold, by its place among them. */
export function givenAnswerOf({ version, held }: LoadedAssessment, index: number) {
  const { item, answer, evidence, givenAt, carriedFrom } = held[index]!
  const { competency, area, text } = version.instrument.items[version.instrument.itemIndex.get(item)!]!
  return {
    item,
    competency,
    area,
    text,
    answer,
    evidence,
    answeredAt: givenAt.toISOString(),
    carriedFrom,
    position: index + 1,
  }
}

/** What to ask next, or why to stop; the same answers always give the same question. */
export function askNext(loaded: LoadedAssessment): Ask | Stop {
  const { version, responses } = loaded
  return nextItem(resumeAssessment(version.instrument, responses), goalOf(loaded))
}

function goalOf({ row, version }: LoadedAssessment): Goal {
  return goalFor(version.framework, {
    mode: row.mode,
    target: targetOf(row),
    today: selfRoleOf(row),
    asking: askingOf(row),
    answeredBefore: row.answered_before ?? 0,
  })
}

/** The competencies whose every behaviour has an answer that holds. */
function fullyAsked({ version: { instrument }, responses }: LoadedAssessment): string[] {
  const given = new Set(responses.map(({ item }) => item))
  return instrument.competencies
    .filter(({ items }) => items.every((index) => given.has(instrument.items[index]!.id)))
    .map(({ id }) => id)
}

/**
 * The whole state that screens need while answering: never a bar, never a level. `known` is what to ask next where it was
 * worked out already.
 */
export function stateOf(context: Context, loaded: LoadedAssessment, known?: Ask | Stop) {
  const { row, version, steps, responses } = loaded
  const { framework, instrument } = version
  const next = row.finished_at === null ? (known ?? askNext(loaded)) : undefined
  const ask = next && 'item' in next ? next : undefined
  const progress = progressOf(resumeAssessment(instrument, responses), goalOf(loaded))
  const areaTitle = (id: string) => framework.areas.find((area) => area.id === id)?.title ?? id
  const last = findLastAnswer(steps)
  return {
    assessment: assessmentOf(context, loaded),
    question: ask
      ? {
          item: ask.item.id,
          competency: ask.item.competency,
          competencyTitle:
            framework.competencies.find(({ id }) => id === ask.item.competency)?.title ?? ask.item.competency,
          area: ask.item.area,
          areaTitle: areaTitle(ask.item.area),
          text: ask.item.text,
          reason: {
            aim: ask.reason.aim,
            ...askedAbout(instrument, loaded.held, ask.item.competency, last?.item),
          },
        }
      : null,
    progress: {
      areas: progress.areas.map(({ area, ...rest }) => ({ area, title: areaTitle(area), ...rest })),
      filled: progress.filled,
      asked: progress.asked,
      atMost: progress.atMost,
      minutesLeft: ask ? progress.minutesLeft : null,
    },
    step: lastPosition(loaded),
    lastAnswer: last?.answer ? { item: last.item, answer: last.answer } : null,
    outcome: row.finished_at === null ? null : outcomeOf(loaded),
    fullyAsked: fullyAsked(loaded),
  }
}

/** The bars that the assessment was about, as its answers leave them; null for one that was about none. */
function outcomeOf(loaded: LoadedAssessment) {
  const assessment = resumeAssessment(loaded.version.instrument, loaded.responses)
  const bars = barOutcomes(assessment, goalOf(loaded)) ?? []
  if (bars.length === 0) return null
  return bars.map(({ competency, area, level, kind, decision, decided, known, left }) => ({
    ...{ competency, area, level, kind, decision, decided, known, left },
  }))
}

function assessmentOf({ actor }: Context, loaded: LoadedAssessment) {
  const { row, version, steps, held, place, copiedFrom } = loaded
  const { id, title } = version.framework
  const noOpportunity = held.filter(({ answer }) => answer === 'no-opportunity').length
  return {
    id: row.id,
    framework: { id, version: version.framework.version, hash: version.hash, title },
    mode: row.mode,
    target: targetOf(row),
    asking: askingOf(row),
    self: { role: selfRoleOf(row), years: row.self_years },
    status: row.finished_at === null ? ('running' as const) : ('finished' as const),
    startedAt: row.started_at.toISOString(),
    lastAnsweredAt: lastAnsweredAt(held)?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    answered: held.length - noOpportunity,
    noOpportunity,
    ...carriedCounts(held),
    stopReason: row.stop_reason,
    place,
    supersededBy: row.superseded_by,
    copiedFrom,
    can: assessmentRights(actor, row, findLastAnswer(steps) !== undefined),
  }
}

/** How many of these answers were given in earlier assessments, "no opportunity" apart. */
export function carriedCounts(answers: readonly Pick<HeldAnswer, 'answer' | 'carriedFrom'>[]) {
  const carried = answers.filter(({ carriedFrom }) => carriedFrom !== null)
  const none = carried.filter(({ answer }) => answer === 'no-opportunity').length
  return { carried: carried.length - none, carriedNoOpportunity: none }
}

/** When the newest of the answers that hold was given; those carried from earlier come before those given here. */
export function lastAnsweredAt(held: readonly HeldAnswer[]): Date | undefined {
  return held.at(-1)?.givenAt
}

/** Position of the last write, 0 before the first: what a screen must have seen before it writes the next. */
export function lastPosition({ steps }: Pick<LoadedAssessment, 'steps'>): number {
  return steps.at(-1)?.position ?? 0
}

export function targetOf({ target_role, target_variant }: AssessmentRow): RoleRef | null {
  return target_role === null ? null : { role: target_role, variant: target_variant }
}

export function askingOf({ asking_role, asking_variant, asking_competency }: AssessmentRow): Asking | null {
  if (asking_competency !== null) return { competency: asking_competency }
  return asking_role === null ? null : { role: { role: asking_role, variant: asking_variant } }
}

export function selfRoleOf({ self_role, self_variant }: AssessmentRow): RoleRef | null {
  return self_role === null ? null : { role: self_role, variant: self_variant }
}
