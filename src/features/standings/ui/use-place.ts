// Where the person is on the ladder: their current standing in a framework, and the readiness it gives for each role.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { assessmentsApi } from '../../assessments/ui/assessments-api.ts'
import { isDoubtful } from '../../../core/growth/fit-text.ts'
import type { Place } from '../../frameworks/ui/place.ts'
import { sumOf } from './count-words.ts'
import { usePassedOver } from './run-words.ts'
import { standingsApi } from './standings-api.ts'

export function usePlace(framework: string): Place {
  const { data } = useSuspenseQuery(assessmentsApi.list.queryOptions())
  const mine = data.assessments.filter((each) => each.framework.id === framework)
  const running = mine.find((each) => each.status === 'running')
  const { data: standings } = useQuery({
    ...standingsApi.current.queryOptions({ input: { framework } }),
    enabled: mine.some((each) => each.answered > 0),
  })
  // An unfinished assessment is drawn only where there is no finished one, and is marked as unfinished.
  const shown = standings?.current ?? standings?.choices[0]
  const { data: known } = useQuery({
    ...standingsApi.readiness.queryOptions({ input: { assessment: shown?.assessment ?? '' } }),
    enabled: shown !== undefined,
  })
  const passedOver = usePassedOver(standings?.passedOver ?? [])
  return {
    passedOver,
    doubtful: known !== undefined && isDoubtful(known.fit),
    standing: shown?.assessment,
    finished: shown?.finished ?? true,
    running: running?.id,
    here: mine.find((each) => each.self.role !== null)?.self.role?.role,
    musts: new Map(
      (known?.roles ?? []).flatMap(({ role, tooLittleKnown, musts }) =>
        role.variant === null && tooLittleKnown === null
          ? [[role.role, { good: musts.met + musts.likely, all: sumOf(musts), unknown: musts.notKnown }]]
          : [],
      ),
    ),
    readiness: new Map(
      (known?.roles ?? []).flatMap((each) =>
        each.role.variant === null && each.readiness !== null ? [[each.role.role, each.readiness]] : [],
      ),
    ),
  }
}
