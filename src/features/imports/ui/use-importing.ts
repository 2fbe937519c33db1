// Holds the importing thread: what was dropped, what it made of it, and the corrections so far.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Made, PassageChoices, ResultView } from './import-session.ts'
import type { DroppedFile, ImportAnswer, ImportRequest, Step } from './import-worker.ts'
import type { ImportFault } from './read-dropped.ts'
import type { SourcePage } from './source-view.ts'

export interface Mapped {
  readonly shape: string
  readonly confidence: number | undefined
  readonly reasons: readonly string[]
  readonly made: Made
  /** Corrections that can be undone. */
  readonly changes: number
}

export interface Review {
  readonly stage: 'review'
  readonly name: string
  readonly form: 'ladder' | 'framework' | 'spreadsheet' | 'case'
  /** Absent for our own formats, which need no mapping. */
  readonly mapped: Mapped | undefined
  readonly result: ResultView | undefined
  readonly notes: readonly ImportFault[]
  readonly milliseconds: number
  readonly page: SourcePage | undefined
  /** The passage that was looked up. */
  readonly mark: number | undefined
  readonly onlyMissing: boolean
  readonly choices: PassageChoices | undefined
  /** Why the last correction was not taken. */
  readonly refusals: readonly string[]
  readonly busy: boolean
}

export type Importing =
  | { readonly stage: 'empty'; readonly stopped?: boolean }
  | {
      readonly stage: 'working'
      readonly name: string
      readonly step: Step
      readonly file?: string
      readonly done?: number
      readonly of?: number
    }
  | { readonly stage: 'refused'; readonly name: string; readonly faults: readonly ImportFault[] }
  | { readonly stage: 'broken'; readonly message: string }
  | Review

export interface ImportControls {
  readonly state: Importing
  readonly read: (files: readonly DroppedFile[], name: string) => void
  readonly ask: (request: ImportRequest) => void
  readonly see: (file: number, from: number, onlyMissing: boolean) => void
  readonly closeChoices: () => void
  readonly stop: () => void
  readonly reset: () => void
}

/** After this much silence the person is told that it takes long; the thread can be stopped at any time. */
export function useImporting(): ImportControls {
  const [state, setState] = useState<Importing>({ stage: 'empty' })
  const worker = useRef<Worker | undefined>(undefined)
  const name = useRef('')
  const end = useCallback(() => {
    worker.current?.terminate()
    worker.current = undefined
  }, [])
  useEffect(() => end, [end])

  const send = useCallback((request: ImportRequest) => worker.current?.postMessage(request), [])

  const hear = useCallback(
    (answer: ImportAnswer) => {
      if (answer.kind === 'progress')
        return setState((was) =>
          was.stage === 'working'
            ? {
                ...was,
                step: answer.step,
                ...(answer.name ? { file: answer.name } : {}),
                ...(answer.of ? { done: answer.done ?? 0, of: answer.of } : {}),
              }
            : was,
        )
      if (answer.kind === 'refused') {
        end()
        return setState({ stage: 'refused', name: name.current, faults: answer.faults })
      }
      const fresh = {
        stage: 'review',
        name: name.current,
        notes: [],
        page: undefined,
        mark: undefined,
        onlyMissing: false,
        choices: undefined,
        refusals: [],
        busy: false,
      } as const
      if (answer.kind === 'ready')
        return setState({
          ...fresh,
          form: answer.form,
          mapped: undefined,
          result: answer.result,
          notes: answer.notes,
          milliseconds: answer.milliseconds,
        })
      if (answer.kind === 'mapped') {
        const { shape, confidence, reasons, made, changes, result, milliseconds } = answer
        setState((was) => ({
          ...(was.stage === 'review' ? was : fresh),
          form: 'ladder',
          mapped: { shape, confidence, reasons, made, changes },
          result,
          notes: made.notes,
          milliseconds,
          choices: undefined,
          refusals: [],
          busy: false,
        }))
        setState((was) => {
          if (was.stage === 'review')
            send({
              kind: 'page',
              file: was.page?.file ?? 0,
              from: answer.first ? 0 : (was.page?.from ?? 0),
              onlyMissing: was.onlyMissing,
            })
          return was
        })
        return
      }
      setState((was) => {
        if (was.stage !== 'review') return was
        if (answer.kind === 'page')
          return {
            ...was,
            page: answer.page,
            mark: answer.mark,
            onlyMissing: answer.mark === undefined ? was.onlyMissing : false,
          }
        if (answer.kind === 'choices') return { ...was, choices: answer.choices, refusals: [] }
        return { ...was, refusals: answer.faults, busy: false }
      })
    },
    [end, send],
  )

  return {
    state,
    read: (files, title) => {
      end()
      name.current = title
      setState({ stage: 'working', name: title, step: 'opening' })
      worker.current = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module' })
      worker.current.addEventListener('message', ({ data }: MessageEvent<ImportAnswer>) => hear(data))
      worker.current.addEventListener('error', (event) => {
        end()
        setState({ stage: 'broken', message: event.message })
      })
      send({ kind: 'read', files, name: title })
    },
    ask: (request) => {
      if (request.kind !== 'choices' && request.kind !== 'find')
        setState((was) => (was.stage === 'review' ? { ...was, busy: true } : was))
      send(request)
    },
    see: (file, from, onlyMissing) => {
      setState((was) => (was.stage === 'review' ? { ...was, onlyMissing } : was))
      send({ kind: 'page', file, from, onlyMissing })
    },
    closeChoices: () =>
      setState((was) => (was.stage === 'review' ? { ...was, choices: undefined, refusals: [] } : was)),
    stop: () => {
      end()
      setState({ stage: 'empty', stopped: true })
    },
    reset: () => {
      end()
      setState({ stage: 'empty' })
    },
  }
}
