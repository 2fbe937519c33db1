// Holds the importing thread: what was dropped, what it made of it, and the corrections so far.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Made, PassageChoices, ResultView } from './import-session.ts'
import type { DroppedFile } from '../../../ui/components/drop-area.tsx'
import type { LadderPart } from '../../../core/ladders/part-source.ts'
import type { Told } from '../../../core/ladders/own-form.ts'
import type { ImportAnswer, ImportRequest, ProposalView, Step } from './import-worker.ts'
import type { SourcePage } from './source-view.ts'

export interface Mapped {
  readonly shape: string
  readonly proposals: readonly ProposalView[]
  readonly chosen: number
  readonly made: Made
  /** Corrections that can be undone. */
  readonly changes: number
}

export interface Review {
  readonly stage: 'review'
  readonly name: string
  /** Ladders that were dropped together with this one and are still to come. */
  readonly rest: readonly LadderPart[]
  readonly form: 'ladder' | 'framework' | 'spreadsheet' | 'case'
  /** Absent for our own formats, which need no mapping. */
  readonly mapped: Mapped | undefined
  readonly result: ResultView | undefined
  readonly notes: readonly Told[]
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
  | { readonly stage: 'refused'; readonly name: string; readonly faults: readonly Told[] }
  | { readonly stage: 'several'; readonly name: string; readonly parts: readonly LadderPart[] }
  | { readonly stage: 'broken'; readonly message: string }
  | Review

export interface ImportControls {
  readonly state: Importing
  readonly read: (files: readonly DroppedFile[], name: string) => void
  /** Goes on with one of the ladders that were dropped together. */
  readonly begin: (part: LadderPart) => void
  /** Takes everything that was dropped as one ladder. */
  readonly together: () => void
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
  const dropped = useRef<readonly DroppedFile[]>([])
  const rest = useRef<readonly LadderPart[]>([])
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
      if (answer.kind === 'several') {
        end()
        rest.current = answer.parts
        return setState({ stage: 'several', name: name.current, parts: answer.parts })
      }
      const fresh = {
        stage: 'review',
        name: name.current,
        rest: rest.current,
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
        const { shape, proposals, chosen, made, changes, result, milliseconds } = answer
        setState((was) => ({
          ...(was.stage === 'review' ? was : fresh),
          form: 'ladder',
          mapped: { shape, proposals, chosen, made, changes },
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

  const read = (files: readonly DroppedFile[], title: string, together: boolean, recipe?: string): void => {
    end()
    name.current = title
    setState({ stage: 'working', name: title, step: 'opening' })
    worker.current = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module' })
    worker.current.addEventListener('message', ({ data }: MessageEvent<ImportAnswer>) => hear(data))
    worker.current.addEventListener('error', (event) => {
      end()
      setState({ stage: 'broken', message: event.message })
    })
    send({ kind: 'read', files, name: title, together, recipe })
  }

  return {
    state,
    read: (files, title) => {
      dropped.current = files
      rest.current = []
      read(files, title, false)
    },
    begin: (part) => {
      rest.current = rest.current.filter((one) => one !== part)
      const own = new Set(part.files)
      read(
        dropped.current.filter(({ path }) => own.has(path)),
        part.name,
        true,
        part.recipe,
      )
    },
    together: () => {
      rest.current = []
      read(dropped.current, name.current, true)
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
