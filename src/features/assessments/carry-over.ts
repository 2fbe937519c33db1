// What a new assessment counts on: the person's own finished ones of the same framework version.
import {
  CARRY_DAYS,
  carriedAnswers,
  type CarriedAnswer,
  type EarlierRun,
} from '../../core/assess/carried-answers.ts'
import { nextItem } from '../../core/assess/next-item.ts'
import { resumeAssessment } from '../../core/assess/assessment.ts'
import { estimateProfile } from '../../core/assess/profile.ts'
import { goalFor, type Mode } from '../../core/growth/assessment-goal.ts'
import { isDoubtful } from '../../core/growth/fit-text.ts'
import { fitOf } from '../../core/growth/report.ts'
import type { Context } from '../../platform/procedure.ts'
import { getRoleChoice, getVersion, type FrameworkVersion } from '../frameworks/queries.ts'
import { responsesOf } from './answer-history.ts'
import { carriedCounts, loadFinished, type AssessmentRow, type LoadedAssessment } from './queries.ts'

/**
 * The answers that count on in a new assessment of this version. One in doubt (its answers do not fit together, or are all the
 * same) hands none on, so that a try spoils nothing that comes after it: the rule of the current standing.
 */
export async function loadCarried(
  context: Context,
  { hash, instrument }: FrameworkVersion,
): Promise<CarriedAnswer[]> {
  const runs = (await loadFinished(context, hash))
    .filter(
      ({ responses }) => !isDoubtful(fitOf(instrument, estimateProfile(instrument, responses), responses)),
    )
    .map(({ row, held }): EarlierRun => ({ id: row.id, finishedAt: row.finished_at!, answers: held }))
  return carriedAnswers(runs, context.now)
}

/** The one that would be started from these columns with these answers; it is not stored. */
export function plannedOf(
  loaded: LoadedAssessment,
  columns: Partial<AssessmentRow>,
  carried: readonly CarriedAnswer[],
): LoadedAssessment {
  const row = { ...loaded.row, ...columns, answered_before: carried.length }
  const held = carried.map((one, index) => ({ ...one, position: index + 1 }))
  return { ...loaded, row, held, steps: [], responses: responsesOf(held) }
}

export interface CarryOverInput {
  framework: string
  version?: string | undefined
  mode: Mode
  target?: string | undefined
  targetVariant?: string | undefined
}

/** What would count on in an assessment started now, and whether anything would be left to ask. */
export async function getCarryOver(context: Context, input: CarryOverInput) {
  const version = await getVersion(context, input)
  const { framework, instrument } = version
  const target =
    input.target === undefined
      ? null
      : getRoleChoice(framework, { role: input.target, variant: input.targetVariant }).ref
  const carried = await loadCarried(context, version)
  const mode = input.mode === 'target' && !target ? 'adaptive' : input.mode
  const goal = goalFor(framework, { mode, target, today: null, answeredBefore: carried.length })
  const held = carried.map((one, index) => ({ ...one, position: index + 1 }))
  const counts = carriedCounts(carried)
  return {
    answered: counts.carried,
    noOpportunity: counts.carriedNoOpportunity,
    oldest: carried[0]?.givenAt.toISOString() ?? null,
    newest: carried.at(-1)?.givenAt.toISOString() ?? null,
    days: CARRY_DAYS,
    asksOn: 'item' in nextItem(resumeAssessment(instrument, responsesOf(held)), goal),
  }
}
