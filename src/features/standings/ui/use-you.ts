// The reader's own role and their place by competency, in words,, from their current standing in a framework.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { assessmentsApi } from '../../assessments/ui/assessments-api.ts'
import { standingsApi } from './standings-api.ts'
import { useLocationWords } from './use-location-words.ts'

interface You {
  readonly role: string | undefined
  readonly places: ReadonlyMap<string, string>
}

/** A competency that is not known is absent. */
export function useYou(framework: string): You {
  const { place } = useLocationWords()
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
    places: new Map(
      (report?.standing.competencies ?? []).flatMap((each) =>
        each.known ? [[each.competency, place(each.location)]] : [],
      ),
    ),
  }
}
