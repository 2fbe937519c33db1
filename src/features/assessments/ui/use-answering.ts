// Sends answers one by one, keeps what was not confirmed on this device, and sends it again until it is.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { NoAnswerError, troubleOf } from '../../../ui/rpc-link.ts'
import { assessmentsApi, assessmentsClient } from './assessments-api.ts'
import type { AssessmentState } from './assessments-api.ts'

type Given = Parameters<typeof assessmentsClient.answer>[0]

const placeOf = (id: string): string => `rungs.unconfirmed.${id}`

function readUnconfirmed(id: string): Given | undefined {
  try {
    const kept = localStorage.getItem(placeOf(id))
    return kept === null ? undefined : (JSON.parse(kept) as Given)
  } catch {
    return undefined
  }
}

export interface Answering {
  readonly answer: (answer: Given['answer'], evidence: string | undefined) => void
  /** Changes an answer to another behaviour than the one asked about. */
  readonly change: (item: string, answer: Given['answer']) => void
  readonly undo: () => void
  readonly finish: () => void
  readonly reopen: (mode?: AssessmentState['assessment']['mode']) => void
  readonly busy: boolean
  /** True while an answer waits because the server does not answer. */
  readonly waiting: boolean
  readonly refused: Error | null
}

/** An unconfirmed answer keeps its key, so that sending it twice stores it once. */
export function useAnswering(state: AssessmentState): Answering {
  const id = state.assessment.id
  const item = state.question?.item
  const queries = useQueryClient()
  const [waiting, setWaiting] = useState(false)
  const settle = (next: AssessmentState): void => {
    setWaiting(false)
    queries.setQueryData(assessmentsApi.get.queryKey({ input: { id } }), next)
    void queries.invalidateQueries({ queryKey: assessmentsApi.list.key(), refetchType: 'none' })
    void queries.invalidateQueries({ queryKey: assessmentsApi.current.key(), refetchType: 'none' })
    queries.removeQueries({ queryKey: ['standings'] })
  }
  const persist = {
    retry: (_count: number, error: Error): boolean => {
      const silent = error instanceof NoAnswerError
      setWaiting(silent)
      return silent
    },
    retryDelay: 1000,
    onSuccess: settle,
  }
  const give = useMutation({
    mutationFn: (given: Given) => assessmentsClient.answer(given),
    ...persist,
    onSettled: (_next, error) => {
      if (!error || troubleOf(error) !== 'no-answer') localStorage.removeItem(placeOf(id))
      // Another window may have answered it: what the server has is what is true.
      if (error) void queries.invalidateQueries({ queryKey: assessmentsApi.get.key({ input: { id } }) })
    },
  })
  const undo = useMutation({
    mutationFn: (input: { key: string; after: number }) => assessmentsClient.undo({ id, ...input }),
    ...persist,
    onError: () => queries.invalidateQueries({ queryKey: assessmentsApi.get.key({ input: { id } }) }),
  })
  const finish = useMutation({ mutationFn: () => assessmentsClient.finish({ id }), ...persist })
  const reopen = useMutation({
    mutationFn: (mode: AssessmentState['assessment']['mode'] | undefined) =>
      assessmentsClient.reopen({ id, ...(mode ? { mode } : {}) }),
    ...persist,
  })
  const busy = give.isPending || undo.isPending || finish.isPending || reopen.isPending
  useEffect(() => {
    const kept = readUnconfirmed(id)
    if (!kept || busy) return
    if (kept.item === item) give.mutate(kept)
    else localStorage.removeItem(placeOf(id))
    // Only when the page opens: afterwards the mutation itself repeats.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  return {
    answer: (answer, evidence) => {
      if (busy || item === undefined) return
      const given: Given = {
        ...{ id, key: crypto.randomUUID(), item, answer, after: state.step },
        ...(evidence ? { evidence } : {}),
      }
      localStorage.setItem(placeOf(id), JSON.stringify(given))
      give.mutate(given)
    },
    change: (other, answer) => {
      if (!busy) give.mutate({ id, key: crypto.randomUUID(), item: other, answer, after: state.step })
    },
    undo: () => {
      if (!busy && state.assessment.can.undo) undo.mutate({ key: crypto.randomUUID(), after: state.step })
    },
    finish: () => finish.mutate(),
    reopen: (mode) => reopen.mutate(mode),
    busy,
    waiting,
    refused: give.error ?? undo.error ?? finish.error ?? reopen.error,
  }
}
