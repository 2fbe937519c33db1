// One order at a time; what it answers is what the screen then shows.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { privacyApi, type Keeping } from './privacy-api.ts'

export function useOrder(done: () => void = () => undefined) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (order: () => Promise<Keeping>) => order(),
    onSuccess: (keeping) => {
      queries.setQueryData(privacyApi.keeping.queryKey(), keeping)
      done()
    },
  })
}
