// Which assessment is a person's current standing, and which earlier ones it can be compared with.
import { estimateProfile } from '../../core/assess/profile.ts'
import { chooseStanding } from '../../core/growth/current-standing.ts'
import { isDoubtful } from '../../core/growth/fit-text.ts'
import { fitOf } from '../../core/growth/report.ts'
import type { Context } from '../../platform/procedure.ts'
import { lastAnsweredAt, loadOwn, targetOf, type LoadedAssessment } from '../assessments/queries.ts'

/** When an assessment was finished; where it is not, its last answer. */
export function assessedAtOf({ row, held }: LoadedAssessment): Date {
  return row.finished_at ?? lastAnsweredAt(held) ?? row.started_at
}

const newestFirst = (a: LoadedAssessment, b: LoadedAssessment) =>
  assessedAtOf(b).getTime() - assessedAtOf(a).getTime()

/**
 * Stopped early by the person with fewer scored answers than another finished one that is older: such a run says less
 * than what was known already, and never becomes the current standing by itself.
 */
export function isThrowaway(one: LoadedAssessment, all: readonly LoadedAssessment[]): boolean {
  if (one.row.stop_reason !== 'person-stopped') return false
  return all.some(
    (other) =>
      other.row.id !== one.row.id &&
      other.row.finished_at !== null &&
      other.version.framework.id === one.version.framework.id &&
      assessedAtOf(other) <= assessedAtOf(one) &&
      scored(other) > scored(one),
  )
}

function scored({ held }: LoadedAssessment): number {
  return held.filter(({ answer }) => answer !== 'no-opportunity').length
}

/** Current assessments with an answer, newest first. */
export async function loadChoices(context: Context): Promise<LoadedAssessment[]> {
  return (await loadOwn(context))
    .filter(({ place, held }) => place === 'current' && held.length > 0)
    .toSorted(newestFirst)
}

/** The current standing of a framework (the one last assessed where none is named), with the others to choose from. */
export async function findCurrentStanding(context: Context, input: { framework?: string | undefined }) {
  const all = await loadChoices(context)
  const framework =
    input.framework ?? (all.find(({ row }) => row.finished_at !== null) ?? all[0])?.version.framework.id
  const own = all.filter(({ version }) => version.framework.id === framework)
  const current = chooseStanding(
    own
      .filter((one) => !isThrowaway(one, own))
      .map((loaded) => ({
        loaded,
        finishedAt: loaded.row.finished_at,
        answered: scored(loaded),
        isDoubtful: () => isDoubtful(fitOfRun(loaded)),
      })),
  )?.loaded
  return {
    current: current ? choiceOf(current, own) : null,
    passedOver: own
      .filter((one) => current && isPassedOver(one, current))
      .map((one) => ({ ...choiceOf(one, own), doubtful: isDoubtful(fitOfRun(one)) })),
    choices: own.map((one) => choiceOf(one, own)),
  }
}

function fitOfRun({ version: { instrument }, responses }: LoadedAssessment) {
  return fitOf(instrument, estimateProfile(instrument, responses), responses)
}

/** Finished after the current one and yet not in its place: it has too few answers, or they do not fit together. */
function isPassedOver(one: LoadedAssessment, current: LoadedAssessment): boolean {
  return one.row.finished_at !== null && newestFirst(one, current) < 0
}

/** Earlier assessments of the same framework, newest first, each with whether it measured alike; and whether `after` can be compared. */
export async function listRuns(context: Context, after: LoadedAssessment) {
  const own = (await loadChoices(context)).filter(
    ({ version }) => version.framework.id === after.version.framework.id,
  )
  return {
    after: unfitOf(after, own),
    runs: own
      .filter(({ row }) => row.id !== after.row.id && row.started_at < after.row.started_at)
      .map((one) => runOf(one, after, own)),
  }
}

/** One that was named, whatever its place. */
export function runOf(one: LoadedAssessment, after: LoadedAssessment, own: readonly LoadedAssessment[]) {
  const reason = unlike(one, after, own)
  return { ...choiceOf(one, own), comparable: reason === null && unfitOf(after, own) === null, reason }
}

type Unlike = 'unfinished' | 'other-mode' | 'other-target' | 'throwaway'

/** Why one is comparable with none, whatever the other is. */
function unfitOf(one: LoadedAssessment, own: readonly LoadedAssessment[]): 'unfinished' | 'throwaway' | null {
  if (one.row.finished_at === null) return 'unfinished'
  return isThrowaway(one, own) ? 'throwaway' : null
}

/** Why the first, which may be unfit itself, does not measure like the second: adaptive and whole bank do, a quick one only with a quick one, a role with the same role. */
function unlike(
  one: LoadedAssessment,
  after: LoadedAssessment,
  own: readonly LoadedAssessment[],
): Unlike | null {
  const unfit = unfitOf(one, own)
  if (unfit !== null) return unfit
  const kind = ({ row: { mode } }: LoadedAssessment) => (mode === 'whole-bank' ? 'adaptive' : mode)
  if (kind(one) !== kind(after)) return 'other-mode'
  const role = ({ row }: LoadedAssessment) => `${row.target_role}/${row.target_variant}`
  return after.row.mode === 'target' && role(one) !== role(after) ? 'other-target' : null
}

function choiceOf(one: LoadedAssessment, own: readonly LoadedAssessment[]) {
  const { row, version, held } = one
  const { id, title } = version.framework
  const answered = scored(one)
  return {
    assessment: row.id,
    framework: { id, version: version.framework.version, title },
    mode: row.mode,
    target: targetOf(row),
    startedAt: row.started_at.toISOString(),
    assessedAt: assessedAtOf(one).toISOString(),
    finished: row.finished_at !== null,
    stopReason: row.stop_reason,
    answered,
    noOpportunity: held.length - answered,
    throwaway: isThrowaway(one, own),
  }
}
