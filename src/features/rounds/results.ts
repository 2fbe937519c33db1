// Reads what a round says of a person, for those whom its published rule opens it to; each read of another's is audited.
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { positionOf, type LevelScale } from '../../core/assess/level-scale.ts'
import { ratedScale } from '../../core/rounds/cell-location.ts'
import { loadRelation } from '../../platform/load-relation.ts'
import type { RoundAdjustmentTable, RoundResultTable } from '../../db/tables/rounds.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { notFound, refused } from '../../platform/refused.ts'
import { getVersionByHash } from '../frameworks/queries.ts'
import type { resultSchema } from './contract.ts'
import { on } from '../../db/days.ts'
import { isOneOfGroup, resultRight } from './policy.ts'
import { getRound, headsOf, ruleOf, type RoundRow } from './round-heads.ts'

type Result = z.output<typeof resultSchema>
/** The 95th percentile of the normal distribution: 90 % intervals. */
const Z90 = 1.6448536269514722

/**
 * Closed rounds with results of a person that the actor may read, newest first; and those that their right would open to
 * them, had they not rated the person in it.
 */
export async function listResults(context: Context, person: string) {
  const { db, actor, today } = context
  const relation = await loadRelation(context, person, today)
  const rows = await db
    .selectFrom('round as r')
    .selectAll()
    .where('r.organisation_id', '=', actor.organisation)
    .where('r.id', 'in', (inner) =>
      inner
        .selectFrom('round_result')
        .select('round_id')
        .where('organisation_id', '=', actor.organisation)
        .where('subject_id', '=', person),
    )
    .orderBy('r.closed_at', 'desc')
    .execute()
  const rated = relation.self ? [] : await listRated(context, person)
  const closed = (row: RoundRow) =>
    isOneOfGroup(
      rated.filter(({ id }) => id === row.id).map(({ kind }) => kind),
      ruleOf(row),
    )
  const opened = (row: RoundRow) => resultRight(relation, ruleOf(row)) !== undefined
  const kept = [...new Map(rated.map((row) => [row.id, row])).values()]
  return {
    rounds: await headsOf(
      context,
      rows.filter((row) => opened(row) && !closed(row)),
    ),
    rated: await headsOf(
      context,
      kept.filter((row) => opened(row) && closed(row)),
    ),
  }
}

/** Closed rounds in which the actor rated a person, once for each submitted sheet, newest first. */
async function listRated({ db, actor }: Context, person: string) {
  return await db
    .selectFrom('round_rater as s')
    .innerJoin('round as r', (join) =>
      join.onRef('r.organisation_id', '=', 's.organisation_id').onRef('r.id', '=', 's.round_id'),
    )
    .selectAll('r')
    .select('s.kind')
    .where('s.organisation_id', '=', actor.organisation)
    .where('s.rater_id', '=', actor.person)
    .where('s.subject_id', '=', person)
    .where('s.state', '=', 'submitted')
    .where('r.state', '=', 'closed')
    .orderBy('r.closed_at', 'desc')
    .execute()
}

/**
 * Throws NotFound where there is no result, or none that the actor may read; forbidden where they would, had they not rated
 * this person in the round. A read of another's is audited with the right that it is by, and for whom.
 */
export async function getResult(
  context: Context,
  { id, subject }: { id: string; subject: string },
): Promise<Result> {
  return await context.db.transaction().execute(async (transaction) => {
    const inside = { ...context, db: transaction }
    const { actor, today } = context
    const row = await getRound(inside, id)
    const relation = await loadRelation(inside, subject, today)
    const rule = ruleOf(row)
    const right = resultRight(relation, rule)
    if (row.state !== 'closed' || right === undefined) throw notFound('result', subject)
    if (right !== 'self') {
      const rated = (await listRated(inside, subject)).filter((one) => one.id === id)
      if (
        isOneOfGroup(
          rated.map(({ kind }) => kind),
          rule,
        )
      )
        throw refused('forbidden', 'rated-in-group')
    }
    const place = await transaction
      .selectFrom('person')
      .select(['id', 'name'])
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', subject)
      .executeTakeFirst()
    const cells = await transaction
      .selectFrom('round_result')
      .selectAll()
      .where('organisation_id', '=', actor.organisation)
      .where('round_id', '=', id)
      .where('subject_id', '=', subject)
      .orderBy('competency')
      .orderBy('cell')
      .execute()
    const own = await transaction
      .selectFrom('round_subject')
      .select('state')
      .where('organisation_id', '=', actor.organisation)
      .where('round_id', '=', id)
      .where('person_id', '=', subject)
      .executeTakeFirst()
    if (!place || (cells.length === 0 && own === undefined)) throw notFound('result', subject)
    if (right !== 'self')
      await recordAudit(transaction, context, {
        ...{ action: 'result.read', object: { kind: 'round', id }, subject, reason: `as-${right}` },
        details: right === 'delegate' ? { inPlaceOf: await getManager(inside, subject) } : {},
      })
    const adjustments = relation.self ? await listAdjustments(inside, id) : []
    const readsOthers = relation.self && (await readsOtherResults(inside, id))
    const [round] = await headsOf(inside, [row])
    const { framework, instrument } = await getVersionByHash(inside, row.framework_hash)
    const competencies = framework.competencies.flatMap(({ id: competency, title }) => {
      const of = cells.filter((cell) => cell.competency === competency)
      if (of.length === 0) return []
      const scale = ratedScale(instrument.competencies[instrument.competencyIndex.get(competency)!]!.scale)
      const told = adjustments.filter((one) => one.competencies.includes(competency))
      return [{ id: competency, title, levels: scale.levels, ...figuresOf(of, scale, told, relation.self) }]
    })
    const left = own?.state === 'left'
    return { round: round!, subject: place, competencies, rawHidden: readsOthers, left }
  })
}

/** The line manager of today, whom a delegate stands in for. */
async function getManager({ db, actor, today }: Context, person: string): Promise<string> {
  const { manager_id: manager } = await db
    .selectFrom('reporting_line as l')
    .select('manager_id')
    .where('l.organisation_id', '=', actor.organisation)
    .where('l.person_id', '=', person)
    .where('l.kind', '=', 'line')
    .where(on('l', today))
    .executeTakeFirstOrThrow()
  return manager
}

/** The actor's own: none where they read anybody else's result of this round, as the database holds it. */
async function listAdjustments({ db, actor }: Context, round: string): Promise<Adjustment[]> {
  return await db
    .selectFrom('round_adjustment')
    .selectAll()
    .where('organisation_id', '=', actor.organisation)
    .where('round_id', '=', round)
    .where('subject_id', '=', actor.person)
    .execute()
}

async function readsOtherResults({ db, actor }: Context, round: string): Promise<boolean> {
  const other = await db
    .selectFrom('round_result')
    .select('cell')
    .where('organisation_id', '=', actor.organisation)
    .where('round_id', '=', round)
    .where('subject_id', '<>', actor.person)
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

type Adjustment = Selectable<RoundAdjustmentTable>
/** What is said to others of a cell that the person reads: to the person it stands with the cell. */
const OF_OTHERS = ['too-uncertain', 'not-connected']

function figuresOf(
  cells: readonly Selectable<RoundResultTable>[],
  scale: LevelScale,
  adjustments: readonly Adjustment[],
  self: boolean,
) {
  const shown = cells.flatMap(({ kinds, raters, measure, se, leans, disagree, only_subject, ...rests }) => {
    if (measure === null || se === null || raters === null) return []
    const [level, low, high] = [0, -Z90, Z90].map((step) => positionOf(scale, measure + step * se))
    const told = adjustments.find((one) => one.kinds.join() === kinds.join())
    const raw = told
      ? {
          ...{ level: positionOf(scale, measure - told.severity), severity: told.severity, se: told.se },
        }
      : null
    return [
      {
        ...{
          kinds: kinds as ('self' | 'manager' | 'peer' | 'report')[],
          raters,
          measure,
          se,
          leans,
          disagree,
        },
        ...{ answers: rests.answers, leansShare: rests.leans_share, answered: rests.answered },
        misplaced: rests.misplaced,
        ...{ level: level!, low: low!, high: high!, raw },
        onlySubject: only_subject as Result['competencies'][number]['others'][number]['onlySubject'],
      },
    ]
  })
  const own = shown.find(({ kinds }) => kinds[0] === 'self')
  const refusals = cells.flatMap(({ refusal }) =>
    refusal === null || (self && OF_OTHERS.includes(refusal)) ? [] : [refusal],
  )
  return {
    self: own ?? null,
    others: shown.filter((one) => one !== own),
    refusal: refusals[0] ?? null,
  }
}
