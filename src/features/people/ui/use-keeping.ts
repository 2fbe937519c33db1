// Sends one change of people or units; after it, everything that shows people is asked for anew.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { peopleApi } from './people-api.ts'

export interface Keeping {
  readonly busy: boolean
  readonly error: unknown
  /** Resolves with whether it went well. */
  run(work: () => Promise<unknown>): Promise<boolean>
}

export function useKeeping(): Keeping {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  return {
    ...{ busy, error },
    run: async (work) => {
      setBusy(true)
      setError(undefined)
      try {
        await work()
        await queries.invalidateQueries({ queryKey: peopleApi.key() })
        return true
      } catch (reason) {
        setError(reason)
        return false
      } finally {
        setBusy(false)
      }
    },
  }
}
