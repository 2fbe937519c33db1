// The whole result of one assessment with the framework it is pinned to.
import { useSuspenseQuery } from '@tanstack/react-query'
import type { CompetencyStanding } from '../../../core/growth/model.ts'
import type { StandingReport } from '../../../core/growth/report-model.ts'
import type { RulerMark } from '../../../ui/charts/ruler-places.ts'
import { useFramework } from '../../frameworks/ui/use-framework.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'
import { standingsApi } from './standings-api.ts'

export interface Report {
  readonly report: StandingReport
  readonly view: FrameworkView
}

export function useReport(assessment: string): Report {
  const { data } = useSuspenseQuery(standingsApi.get.queryOptions({ input: { assessment } }))
  const { id, version } = data.about.framework
  return { report: data, view: useFramework(id, version) }
}

/** What the ruler draws for a competency; undefined where it is not known, so that no number is shown. */
export function markOf(standing: Pick<CompetencyStanding, 'known' | 'location'>): RulerMark | undefined {
  return standing.known ? standing.location : undefined
}

/** A role, or a variant of it, as one value of a select and back. */
export const joinRole = (role: string, variant: string | null | undefined): string =>
  variant ? `${role}~${variant}` : role
export function splitRole(value: string): { role: string; variant: string | undefined } {
  const [role = '', variant] = value.split('~')
  return { role, variant }
}
