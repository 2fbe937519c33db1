// One change at a time: after it, everything that administration shows is asked for anew.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { administrationApi } from './administration-api.ts'

export interface Change {
  readonly busy: boolean
  /** What the last change was refused with. */
  readonly error: unknown
  /** True after a change that went well, until the next begins. */
  readonly done: boolean
  /** Resolves with whether it went well. */
  run(work: () => Promise<unknown>): Promise<boolean>
}

export function useChange(): Change {
  const queries = useQueryClient()
  const [state, setState] = useState<{ busy: boolean; error?: unknown; done: boolean }>({
    ...{ busy: false, done: false },
  })
  return {
    ...{ busy: state.busy, error: state.error, done: state.done },
    run: async (work) => {
      setState({ busy: true, done: false })
      try {
        await work()
      } catch (error) {
        setState({ busy: false, done: false, error })
        return false
      }
      await queries.invalidateQueries({ queryKey: administrationApi.key() })
      setState({ busy: false, done: true })
      return true
    },
  }
}
