// Whether this instance has accounts, and how one signs in: asked once for a whole visit.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { askSignIn, type Ways } from './sign-in-api.ts'

export const waysQuery = queryOptions({
  queryKey: ['sign-in', 'ways'],
  queryFn: () => askSignIn<Ways>('ways'),
  staleTime: Infinity,
})

/** Undefined until the server has answered. */
export function useHasAccounts(): boolean | undefined {
  return useQuery(waysQuery).data?.accounts
}
