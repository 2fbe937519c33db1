// Goes on towards a goal: a role's bar, one competency, everything, or the nearest bars. After the end that is a new run.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { assessmentsApi, assessmentsClient } from './assessments-api.ts'
import type { AssessmentState } from './assessments-api.ts'

export type Goal = Parameters<typeof assessmentsClient.continue>[0]['goal']

/** Opens the next question where there is one; `nothingLeft` is true where every behaviour of the goal was answered. */
export function useContinue(id: string) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const going = useMutation({
    mutationFn: (goal: Goal) => assessmentsClient.continue({ id, goal }),
    onSuccess: (state: AssessmentState) => {
      const to = state.assessment.id
      queries.setQueryData(assessmentsApi.get.queryKey({ input: { id: to } }), state)
      void queries.invalidateQueries({ queryKey: assessmentsApi.list.key(), refetchType: 'none' })
      void queries.invalidateQueries({ queryKey: assessmentsApi.current.key(), refetchType: 'none' })
      if (!state.question) return
      queries.removeQueries({ queryKey: ['standings'] })
      void navigate({ to: '/assess/$assessment', params: { assessment: to } })
    },
  })
  return {
    ask: (goal: Goal): void => going.mutate(goal),
    busy: going.isPending,
    nothingLeft: going.isSuccess && going.data.question === null,
    error: going.error,
  }
}
