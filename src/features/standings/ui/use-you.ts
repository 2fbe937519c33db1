// The reader's own role and their place by competency, in words, from their current standing in a framework.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { assessmentsApi } from '../../assessments/ui/assessments-api.ts'
import type { Fit } from '../../../core/growth/report-model.ts'
import type { You } from '../../frameworks/ui/place.ts'
import { isInferred } from './is-inferred.ts'
import { standingsApi } from './standings-api.ts'
import { useLocationWords } from './use-location-words.ts'

/** A competency that is not known is absent; `fit` says whether a warning stands over these places. */
export function useYou(framework: string): You & { readonly fit: Fit | undefined } {
  const { place, range } = useLocationWords()
  const { data: mine } = useSuspenseQuery(assessmentsApi.list.queryOptions())
  const { data } = useSuspenseQuery(standingsApi.current.queryOptions({ input: { framework } }))
  const shown = data.current ?? data.choices[0]
  const { data: report } = useQuery({
    ...standingsApi.get.queryOptions({ input: { assessment: shown?.assessment ?? '' } }),
    enabled: shown !== undefined,
  })
  return {
    fit: report?.fit,
    role: mine.assessments.find((each) => each.framework.id === framework && each.self.role !== null)?.self
      .role?.role,
    places: new Map(
      (report?.standing.competencies ?? []).flatMap((each) =>
        each.known
          ? [
              [
                each.competency,
                {
                  place: place(each.location),
                  range: range(each.location),
                  inferred: isInferred(each),
                },
              ],
            ]
          : [],
      ),
    ),
  }
}
