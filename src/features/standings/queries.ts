// Reads standings: loads an assessment that its policy lets the actor read, and lets the core work out the result.
import { estimateProfile } from '../../core/assess/profile.ts'
import { changeBetween, type AssessedProfile } from '../../core/growth/change.ts'
import { gapTo, readinessFor } from '../../core/growth/gap.ts'
import type { RoleRef } from '../../core/growth/model.ts'
import { aboutOf, fitOf, pathsFor, standingReport, type AssessmentFacts } from '../../core/growth/report.ts'
import { listRoles } from '../../core/growth/roles.ts'
import { takeAway, type TakeAwayFormat } from '../../core/growth/take-away.ts'
import { whyOf } from '../../core/growth/why.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, notFound } from '../../platform/refused.ts'
import { getLoaded, selfRoleOf, targetOf, type LoadedAssessment } from '../assessments/queries.ts'
import { getRoleChoice } from '../frameworks/queries.ts'
import { assessedAtOf, listRuns, runOf } from './choices.ts'

type RoleInput = { role: string; variant?: string | undefined }

/** What the core needs of a loaded assessment. */
function inputsOf(loaded: LoadedAssessment) {
  const { row, version, responses } = loaded
  const { framework, instrument, hash } = version
  const facts: AssessmentFacts = {
    hash,
    assessedAt: assessedAtOf(loaded).toISOString(),
    answeredAt: answeredAtOf(loaded),
    finished: row.finished_at !== null,
    mode: row.mode,
    target: targetOf(row),
    self: { name: null, role: selfRoleOf(row), years: row.self_years },
  }
  return { framework, instrument, responses, facts }
}

/** When the answers that were given here, and not carried, were given. */
function answeredAtOf({ held }: Pick<LoadedAssessment, 'held'>): ReadonlyMap<string, string> {
  const own = held.filter(({ carriedFrom }) => carriedFrom === null)
  return new Map(own.map(({ item, givenAt }) => [item, givenAt.toISOString()]))
}

export async function getStanding(context: Context, assessment: string) {
  return reportOf(await getLoaded(context, assessment))
}

/** The whole result of an assessment that was loaded by whoever may read it. */
export function reportOf(loaded: LoadedAssessment) {
  const { framework, instrument, responses, facts } = inputsOf(loaded)
  return standingReport(framework, instrument, responses, facts)
}

export async function listReadiness(context: Context, assessment: string) {
  const { framework, instrument, responses, facts } = inputsOf(await getLoaded(context, assessment))
  const profile = estimateProfile(instrument, responses)
  return {
    about: aboutOf(framework, instrument, responses, facts),
    fit: fitOf(instrument, profile, responses),
    roles: listRoles(framework).map((choice) => readinessFor(framework, profile, choice)),
  }
}

export async function getGap(context: Context, input: { assessment: string } & RoleInput) {
  const { framework, instrument, responses, facts } = inputsOf(await getLoaded(context, input.assessment))
  const choice = getRoleChoice(framework, input)
  const profile = estimateProfile(instrument, responses)
  return {
    about: aboutOf(framework, instrument, responses, facts),
    fit: fitOf(instrument, profile, responses),
    gap: gapTo(framework, profile, responses, choice),
  }
}

export interface PathsInput {
  assessment: string
  to: string
  toVariant?: string | undefined
  from?: string | undefined
  fromVariant?: string | undefined
  years?: number | undefined
}

export async function getPaths(context: Context, input: PathsInput) {
  const { framework, instrument, responses, facts } = inputsOf(await getLoaded(context, input.assessment))
  const from: RoleRef | null =
    input.from === undefined ? facts.self.role : { role: input.from, variant: input.fromVariant ?? null }
  if (!from) throw invalid('from', 'own-role-needed')
  const request = {
    from: getRoleChoice(framework, from).ref,
    to: getRoleChoice(framework, { role: input.to, variant: input.toVariant }).ref,
    ownYears: input.years ?? facts.self.years,
  }
  const profile = estimateProfile(instrument, responses)
  return {
    about: aboutOf(framework, instrument, responses, facts),
    fit: fitOf(instrument, profile, responses),
    paths: pathsFor(framework, instrument, profile, responses, request),
  }
}

export async function getWhy(context: Context, input: { assessment: string; competency: string }) {
  const { instrument, responses } = inputsOf(await getLoaded(context, input.assessment))
  if (!instrument.competencyIndex.has(input.competency)) throw notFound('competency', input.competency)
  return whyOf(instrument, responses, input.competency)
}

/** Against an earlier assessment of the same person: the one named, else the latest that measured alike. */
export async function getChanges(
  context: Context,
  input: { assessment: string; since?: string | undefined },
) {
  const after = await getLoaded(context, input.assessment)
  const { runs, after: itself } = await listRuns(context, after)
  const { instrument, profile, responses } = assessedProfileOf(after)
  const said = { fit: fitOf(instrument, profile, responses), after: itself, runs }
  const since = input.since ?? runs.find(({ comparable }) => comparable)?.assessment
  if (since === undefined) return { change: null, before: null, ...said }
  if (since === after.row.id) throw invalid('since', 'another-assessment')
  const before = await getLoaded(context, since)
  return {
    change: changeBetween(assessedProfileOf(before), assessedProfileOf(after)),
    before: runs.find(({ assessment }) => assessment === since) ?? runOf(before, after, [before, after]),
    ...said,
  }
}

function assessedProfileOf(loaded: LoadedAssessment): AssessedProfile {
  const { framework, instrument, responses, facts } = inputsOf(loaded)
  const profile = estimateProfile(instrument, responses)
  return {
    framework,
    version: loaded.version.hash,
    instrument,
    profile,
    responses,
    assessedAt: facts.assessedAt,
  }
}

export interface ExportInput {
  assessment: string
  format: TakeAwayFormat
  language: string
  role?: string | undefined
  variant?: string | undefined
}

export async function exportStanding(context: Context, input: ExportInput) {
  const { framework, instrument, responses, facts } = inputsOf(await getLoaded(context, input.assessment))
  const focus =
    input.role === undefined
      ? undefined
      : getRoleChoice(framework, { role: input.role, variant: input.variant }).ref
  const report = standingReport(framework, instrument, responses, facts, focus)
  return takeAway(report, framework, input.format, input.language)
}
