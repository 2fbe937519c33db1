// Goes on with an assessment towards a goal: a running one itself, after the end in a new one that counts on its answers.
import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Framework } from '../../core/framework/model.ts'
import type { Tables } from '../../db/schema.ts'
import type { Context } from '../../platform/procedure.ts'
import { notFound } from '../../platform/refused.ts'
import { getRoleChoice } from '../frameworks/queries.ts'
import { beginAssessment } from './begin-assessment.ts'
import { loadCarried, plannedOf } from './carry-over.ts'
import { assertCurrent, write } from './commands.ts'
import { askNext, findRunning, getLoaded, stateOf, type LoadedAssessment } from './queries.ts'

export type Continuation =
  | { role: string; variant?: string | undefined }
  | { competency: string }
  | 'whole-bank'
  | 'adaptive'

/**
 * Goes on with a goal. A running assessment goes on itself: answers given are kept, a role or competency is asked about
 * beside its own mode. A finished one stays finished: a new one counts on its answers, or the one that is running already
 * with this goal. Where the goal has nothing left to ask nothing is started. The same goal again changes nothing.
 */
export async function continueAssessment(context: Context, { id, goal }: { id: string; goal: Continuation }) {
  const after = await context.db.transaction().execute(async (transaction) => {
    const inside = { ...context, db: transaction }
    const loaded = await getLoaded(inside, id, true)
    assertCurrent(loaded)
    return loaded.row.finished_at === null ? undefined : await goOnAnew(inside, loaded, goal)
  })
  return after ? stateOf(context, after) : await goOnRunning(context, id, goal)
}

/** The new run for the goal, the one that runs with it already, or the finished one itself where nothing is left to ask. */
async function goOnAnew(
  context: Context & { db: Transaction<Tables> },
  loaded: LoadedAssessment,
  goal: Continuation,
): Promise<LoadedAssessment> {
  const { row, version } = loaded
  const asking = askedColumns(version.framework, goal)
  const ofRole = asking.asking_role !== null
  const wanted = {
    ...asking,
    mode: typeof goal === 'string' ? goal : ofRole ? ('target' as const) : row.mode,
    target_role: ofRole ? asking.asking_role : row.target_role,
    target_variant: ofRole ? asking.asking_variant : row.target_variant,
  }
  const carried = await loadCarried(context, version)
  if ('stop' in askNext(plannedOf(loaded, wanted, carried))) return loaded
  const running = await findRunning(context, version.hash, wanted)
  if (running) return await getLoaded(context, running)
  const { self_role, self_variant, self_years } = row
  const start = { hash: version.hash, key: randomUUID(), self_role, self_variant, self_years, ...wanted }
  return await getLoaded(context, (await beginAssessment(context, start, carried))!)
}

async function goOnRunning(context: Context, id: string, goal: Continuation) {
  const act = async (loaded: LoadedAssessment, transaction: Transaction<Tables>) => {
    const { row, held, version } = loaded
    const wanted = askedColumns(version.framework, goal)
    const same = Object.entries(wanted).every(([name, value]) => row[name as keyof typeof wanted] === value)
    if (row.finished_at !== null || (same && (typeof goal !== 'string' || goal === row.mode)))
      return undefined
    await transaction
      .updateTable('assessment')
      .set({
        ...{ answered_before: held.length, ...wanted },
        mode: typeof goal === 'string' ? goal : row.mode,
      })
      .where('organisation_id', '=', row.organisation_id)
      .where('id', '=', row.id)
      .execute()
    return 'assessment.reopen' as const
  }
  return await write(context, id, act, ['assessment.reopen'])
}

/** Throws NotFound for a role, variant or competency that the framework lacks. */
function askedColumns(framework: Framework, goal: Continuation) {
  const nothing = { asking_role: null, asking_variant: null, asking_competency: null }
  if (typeof goal === 'string') return nothing
  if ('competency' in goal) {
    if (!framework.competencies.some(({ id }) => id === goal.competency))
      throw notFound('competency', goal.competency)
    return { ...nothing, asking_competency: goal.competency }
  }
  const { role, variant } = getRoleChoice(framework, goal).ref
  return { ...nothing, asking_role: role, asking_variant: variant }
}
