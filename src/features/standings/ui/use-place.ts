// Where the person is on the ladder: their newest assessment of a framework, and the readiness it gives for each role.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { assessmentsApi } from '../../assessments/ui/assessments-api.ts'
import type { Place } from '../../frameworks/ui/place.ts'
import { standingsApi } from './standings-api.ts'

export function usePlace(framework: string): Place {
  const { data } = useSuspenseQuery(assessmentsApi.list.queryOptions())
  const mine = data.assessments.filter((each) => each.framework.id === framework)
  const answered = mine.find((each) => each.answered > 0)
  const running = mine.find((each) => each.status === 'running')
  const { data: known } = useQuery({
    ...standingsApi.readiness.queryOptions({ input: { assessment: answered?.id ?? '' } }),
    enabled: answered !== undefined,
  })
  const roles =
    known?.roles.filter((each) => each.role.variant === null && each.certainty !== 'not-known') ?? []
  return {
    standing: answered?.id,
    running: running?.id,
    here: mine.find((each) => each.self.role !== null)?.self.role?.role,
    readiness: new Map(roles.map((each) => [each.role.role, each.readiness])),
  }
}
