// The reader's own role and their position by competency, from their current standing in a framework.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { assessmentsApi } from '../../assessments/ui/assessments-api.ts'
import { standingsApi } from './standings-api.ts'

interface You {
  readonly role: string | undefined
  readonly levels: ReadonlyMap<string, number>
}

/** Positions are in levels; a competency that is not known is absent. */
export function useYou(framework: string): You {
  const { data: mine } = useSuspenseQuery(assessmentsApi.list.queryOptions())
  const { data } = useSuspenseQuery(standingsApi.current.queryOptions({ input: { framework } }))
  const shown = data.current ?? data.choices[0]
  const { data: report } = useQuery({
    ...standingsApi.get.queryOptions({ input: { assessment: shown?.assessment ?? '' } }),
    enabled: shown !== undefined,
  })
  return {
    role: mine.assessments.find((each) => each.framework.id === framework && each.self.role !== null)?.self
      .role?.role,
    levels: new Map(
      (report?.standing.competencies ?? []).flatMap((each) =>
        each.known ? [[each.competency, each.location.level]] : [],
      ),
    ),
  }
}
