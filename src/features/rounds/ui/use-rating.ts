// Saves ratings one after another; what was not confirmed stays on this device and is sent again until it is.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { troubleOf } from '../../../ui/rpc-link.ts'
import { roundsApi, roundsClient, type Sheet } from './rounds-api.ts'

type Given = Parameters<typeof roundsClient.rate>[0] & { evidence: string | null }
type Said = Pick<Sheet['items'][number], 'answer' | 'evidence'>

const AGAIN_MS = 1000
const placeOf = (sheet: string): string => `rungs.unconfirmed.sheet.${sheet}`

function readUnconfirmed(sheet: string): Given[] {
  try {
    return JSON.parse(localStorage.getItem(placeOf(sheet)) ?? '[]') as Given[]
  } catch {
    return []
  }
}

export interface Rating {
  /** What was said of each behaviour, confirmed or on its way. */
  readonly said: ReadonlyMap<string, Said>
  readonly rate: (item: string, answer: NonNullable<Said['answer']>, evidence: string | null) => void
  /** saving: on its way; waiting: the server does not answer; saved: everything is on its disk. */
  readonly state: 'idle' | 'saving' | 'waiting' | 'saved'
  readonly refused: Error | undefined
}

/** Each write keeps its key, so that sending it twice stores it once. */
export function useRating(sheet: Sheet): Rating {
  const queries = useQueryClient()
  const [said, setSaid] = useState<ReadonlyMap<string, Said>>(
    () => new Map(sheet.items.map(({ id, answer, evidence }) => [id, { answer, evidence }])),
  )
  const [state, setState] = useState<Rating['state']>('idle')
  const [refused, setRefused] = useState<Error>()
  const waiting = useRef<Given[]>([])
  const sending = useRef(false)
  const keep = (): void => localStorage.setItem(placeOf(sheet.id), JSON.stringify(waiting.current))

  const send = async (): Promise<void> => {
    if (sending.current) return
    sending.current = true
    for (let next = waiting.current[0]; next !== undefined; next = waiting.current[0]) {
      try {
        await roundsClient.rate(next)
      } catch (error) {
        if (troubleOf(error) === 'no-answer') {
          setState('waiting')
          await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
          continue
        }
        setRefused(error instanceof Error ? error : new Error(String(error)))
      }
      waiting.current = waiting.current.slice(1)
      keep()
    }
    sending.current = false
    localStorage.removeItem(placeOf(sheet.id))
    setState('saved')
    void queries.invalidateQueries({ queryKey: roundsApi.list.key(), refetchType: 'none' })
    void queries.invalidateQueries({ queryKey: roundsApi.sheet.key({ input: { sheet: sheet.id } }) })
  }

  const say = (given: readonly Given[]): void => {
    setSaid((before) => {
      const after = new Map(before)
      for (const { item, answer, evidence } of given) after.set(item, { answer, evidence })
      return after
    })
    waiting.current = [...waiting.current, ...given]
    keep()
    setState('saving')
    void send()
  }

  useEffect(() => {
    const left = readUnconfirmed(sheet.id)
    if (left.length > 0) say(left)
    // Only when the page opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  return {
    ...{ said, state, refused },
    rate: (item, answer, evidence) =>
      say([{ sheet: sheet.id, key: crypto.randomUUID(), item, answer, evidence }]),
  }
}
