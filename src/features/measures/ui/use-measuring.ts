// Holds the measuring thread: what was asked of it, what it answered, and the changes that can be undone.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { MeasuringProgress } from '../../../core/measure/measuring-progress.ts'
import type { Ratings } from '../../../core/measure/ratings.ts'
import type { Refusal } from '../../../core/measure/refusals.ts'
import { saveFile } from '../../../ui/charts/copy-picture.ts'
import type { Answer, Request, TimedMeasured } from './measure-worker.ts'
import type { HowToMeasure } from './measuring-session.ts'

export interface Change {
  readonly rating: number
  readonly from: number
  readonly to: number
}

export type Measuring =
  | { readonly stage: 'empty'; readonly said?: 'stopped' }
  | { readonly stage: 'working'; readonly name: string; readonly progress?: MeasuringProgress }
  | { readonly stage: 'refused'; readonly name: string; readonly refusals: readonly Refusal[] }
  | { readonly stage: 'broken'; readonly message: string }
  | {
      readonly stage: 'measured'
      readonly name: string
      readonly simulated: boolean
      readonly ratings: Ratings
      readonly now: TimedMeasured
      /** Before the last change; undefined at first. */
      readonly before?: TimedMeasured
      readonly changes: readonly Change[]
      readonly refusals: readonly Refusal[]
    }

export interface MeasuringControls {
  readonly state: Measuring
  readonly read: (name: string, text: string, how: HowToMeasure) => void
  readonly example: (name: string, how: HowToMeasure) => void
  readonly again: (how: HowToMeasure) => void
  readonly change: (rating: number, score: number) => void
  readonly undo: () => void
  readonly download: (request: Request) => void
  readonly stop: () => void
  readonly reset: () => void
}

/** A rating's score (from 0) after the changes. */
export function scoreNow(ratings: Ratings, changes: readonly Change[], rating: number): number {
  return changes.findLast((one) => one.rating === rating)?.to ?? ratings.score[rating]!
}

export function useMeasuring(): MeasuringControls {
  const [state, setState] = useState<Measuring>({ stage: 'empty' })
  const worker = useRef<Worker | undefined>(undefined)
  const asked = useRef<{ name: string; simulated: boolean }>({ name: '', simulated: false })
  const end = useCallback(() => {
    worker.current?.terminate()
    worker.current = undefined
  }, [])
  useEffect(() => end, [end])

  const hear = useCallback((answer: Answer) => {
    if (answer.kind === 'file') return saveFile(answer.name, new Blob([answer.text], { type: answer.type }))
    if (answer.kind === 'progress')
      return setState((was) => (was.stage === 'working' ? { ...was, progress: answer.progress } : was))
    if (answer.kind === 'measured') {
      const { ratings, ...now } = answer
      return setState({ stage: 'measured', ...asked.current, ratings, now, changes: [], refusals: [] })
    }
    if (answer.kind === 'refused')
      return setState({ stage: 'refused', name: asked.current.name, refusals: answer.refusals })
    setState((was) => {
      if (was.stage !== 'measured') return was
      if (answer.kind === 'change-refused') return { ...was, refusals: answer.refusals }
      const last = was.changes.at(-1)
      const undone = answer.undo && last?.rating === answer.rating
      const from = scoreNow(was.ratings, was.changes, answer.rating)
      const changes = undone
        ? was.changes.slice(0, -1)
        : [...was.changes, { rating: answer.rating, from, to: answer.score }]
      return { ...was, now: answer, before: was.now, changes, refusals: [] }
    })
  }, [])

  const ask = useCallback(
    (request: Request) => {
      if (!worker.current) {
        worker.current = new Worker(new URL('./measure-worker.ts', import.meta.url), { type: 'module' })
        worker.current.addEventListener('message', ({ data }: MessageEvent<Answer>) => hear(data))
        worker.current.addEventListener('error', (event) => {
          end()
          setState({ stage: 'broken', message: event.message })
        })
      }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
      worker.current.postMessage(request)
    },
    [hear, end],
  )

  const begin = (name: string, simulated: boolean, request: Request) => {
    end()
    asked.current = { name, simulated }
    setState({ stage: 'working', name })
    ask(request)
  }
  return {
    state,
    read: (name, text, how) => begin(name, false, { kind: 'read', text, ...how }),
    example: (name, how) => begin(name, true, { kind: 'example', ...how }),
    again: (how) => ask({ kind: 'again', ...how }),
    change: (rating, score) => ask({ kind: 'change', rating, score, undo: false }),
    undo: () => {
      const last = state.stage === 'measured' ? state.changes.at(-1) : undefined
      if (!last) return
      ask({ kind: 'change', rating: last.rating, score: last.from, undo: true })
    },
    download: ask,
    stop: () => {
      end()
      setState({ stage: 'empty', said: 'stopped' })
    },
    reset: () => {
      end()
      setState({ stage: 'empty' })
    },
  }
}
