// Brings a people file in, step by step: read, map, preview, apply.
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { z } from 'zod'
import type { Encoding } from '../../../core/ladders/decode.ts'
import {
  detectMapping,
  type PeopleField,
  type PeopleMapping,
} from '../../../core/org/people-import/fields.ts'
import type { PeopleTable, PeopleTableFault } from '../../../core/org/people-import/table.ts'
import type { DroppedFile } from '../../../ui/components/drop-area.tsx'
import type { importPreviewSchema } from '../../../core/org/people-import/preview-model.ts'
import type { FileAnswer, FileRequest } from './people-file-worker.ts'
import { peopleApi, peopleClient } from './people-api.ts'

export type Preview = z.output<typeof importPreviewSchema>

export interface Choices {
  readonly day: string
  readonly missing: 'stay' | 'leave'
  readonly framework: string | undefined
}

export interface Bringing {
  readonly stage: 'empty' | 'reading' | 'mapping' | 'planning' | 'preview' | 'writing' | 'done'
  /** How the file was decoded; null for a workbook. */
  readonly encoding: Encoding | null
  readonly tables: readonly PeopleTable[]
  readonly sheet: number
  readonly mapping: PeopleMapping
  readonly problems: readonly PeopleTableFault[]
  /** What the server answered in place of a preview or of what was written. */
  readonly refused: unknown
  readonly progress: { readonly done: number; readonly total: number } | undefined
  readonly preview: Preview | undefined
  readonly applied: { readonly changes: number; readonly people: number } | undefined
}

const EMPTY: Bringing = {
  ...{ stage: 'empty', encoding: null, tables: [], sheet: 0, mapping: {}, problems: [], refused: undefined },
  ...{ progress: undefined, preview: undefined, applied: undefined },
}

/** What no column means stays in the browser. */
const ifMapped = (mapping: PeopleMapping) => {
  const columns = new Set(Object.values(mapping))
  return (cell: string, column: number) => (columns.has(column) ? cell : '')
}

export function useBringing() {
  const queries = useQueryClient()
  const [state, setState] = useState<Bringing>(EMPTY)
  const worker = useRef<Worker | undefined>(undefined)

  const file = useRef<DroppedFile | undefined>(undefined)
  const readAs = useCallback((encoding?: Encoding) => {
    const dropped = file.current
    if (!dropped) return
    worker.current?.terminate()
    const reading = new Worker(new URL('./people-file-worker.ts', import.meta.url), { type: 'module' })
    worker.current = reading
    setState({ ...EMPTY, stage: 'reading' })
    const end = (next: Bringing) => {
      reading.terminate()
      setState(next)
    }
    reading.addEventListener(
      'message',
      ({ data: { encoding: found, tables, faults } }: MessageEvent<FileAnswer>) => {
        const [table] = tables
        if (!table || faults.length > 0) end({ ...EMPTY, encoding: found, problems: faults })
        else
          end({
            ...EMPTY,
            ...{ stage: 'mapping', encoding: found, tables, mapping: detectMapping(table.headings) },
          })
      },
    )
    reading.addEventListener('error', ({ message }) =>
      end({ ...EMPTY, problems: [{ place: dropped.path, code: 'not-read', values: {}, message }] }),
    )
    const request: FileRequest = {
      ...{ name: dropped.path, file: dropped.file },
      ...(encoding === undefined ? {} : { encoding }),
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread has no origin.
    reading.postMessage(request)
  }, [])
  const read = useCallback(
    ([dropped]: readonly DroppedFile[]) => {
      file.current = dropped
      readAs()
    },
    [readAs],
  )

  const chooseSheet = useCallback(
    (sheet: number) =>
      setState((was) => ({
        ...was,
        ...{ stage: 'mapping', sheet, preview: undefined, problems: [], refused: undefined },
        mapping: detectMapping(was.tables[sheet]?.headings ?? []),
      })),
    [],
  )
  const map = useCallback(
    (field: PeopleField, column: number | undefined) =>
      setState((was) => {
        const { [field]: _before, ...rest } = was.mapping
        const mapping = column === undefined ? rest : { ...rest, [field]: column }
        return { ...was, stage: 'mapping', preview: undefined, problems: [], refused: undefined, mapping }
      }),
    [],
  )
  const changed = useCallback(
    () =>
      setState((was) => ({ ...was, stage: 'mapping', preview: undefined, problems: [], refused: undefined })),
    [],
  )

  const run = async ({ day, missing, framework }: Choices, apply: string | undefined) => {
    const table = state.tables[state.sheet]
    if (!table) return
    setState((was) => ({
      ...was,
      ...{
        stage: apply === undefined ? 'planning' : 'writing',
        problems: [],
        refused: undefined,
        progress: undefined,
      },
    }))
    try {
      const events = await peopleClient.import({
        table: {
          ...table,
          headings: [...table.headings],
          rows: table.rows.map(({ row, cells }) => ({ row, cells: cells.map(ifMapped(state.mapping)) })),
        },
        ...{ mapping: { ...state.mapping }, day, missing },
        ...(framework === undefined ? {} : { framework }),
        ...(apply === undefined ? {} : { apply }),
      })
      for await (const event of events) {
        if (event.kind === 'progress')
          setState((was) => ({
            ...was,
            ...{ stage: event.step === 'write' ? 'writing' : was.stage, progress: event },
          }))
        else if (event.kind === 'preview')
          setState((was) => ({ ...was, stage: 'preview', preview: event.preview }))
        else {
          setState((was) => ({ ...was, stage: 'done', applied: event }))
          await queries.invalidateQueries({ queryKey: peopleApi.key() })
        }
      }
    } catch (error) {
      setState((was) => ({ ...was, stage: 'mapping', preview: undefined, refused: error }))
    }
  }
  const reset = useCallback(() => setState(EMPTY), [])
  return { state, read, readAs, chooseSheet, map, changed, run, reset }
}
