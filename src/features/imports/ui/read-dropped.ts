// Tells what dropped files are: a framework of ours, our spreadsheet, a CASE package, or a ladder that a recipe maps.
import type { Framework } from '../../../core/framework/model.ts'
import { faultMessage } from '../../../core/framework/fault.ts'
import { parseFramework } from '../../../core/framework/parse.ts'
import { importCase } from '../../../core/ladders/case-import.ts'
import { decodeText } from '../../../core/ladders/decode.ts'
import type { LadderFile } from '../../../core/ladders/source.ts'
import { importSpreadsheet, isOwnSpreadsheet } from '../../../core/ladders/spreadsheet.ts'

/** Something wrong, with the place that people can find it by. */
export interface ImportFault {
  readonly place: string
  readonly message: string
}

export type Dropped =
  | {
      readonly form: 'framework' | 'spreadsheet' | 'case'
      readonly framework: Framework
      readonly notes: readonly ImportFault[]
      readonly faults?: never
    }
  | {
      readonly form: 'framework' | 'spreadsheet' | 'case'
      readonly faults: readonly ImportFault[]
      readonly framework?: never
    }
  | { readonly form: 'ladder'; readonly faults?: never; readonly framework?: never }

const LADDER: Dropped = { form: 'ladder' }
const SPREADSHEET = /\.(?:xlsx|xlsm|csv)$/i

/** A file whose first lines say that it is a framework of Rungs. */
const isFramework = (text: string): boolean => /^\s*(?:["{\s]*)?rungs["']?\s*:/m.test(text.slice(0, 4000))

/** What the files are. Our own formats come back as a framework or all their faults; anything else is a ladder. */
export function readDropped(files: readonly LadderFile[]): Dropped {
  if (files.length > 0 && files.every(({ path }) => SPREADSHEET.test(path)) && isOwnSpreadsheet(files)) {
    const read = importSpreadsheet(files)
    return read.ok
      ? { form: 'spreadsheet', framework: read.framework, notes: [] }
      : { form: 'spreadsheet', faults: read.faults }
  }
  const [only] = files
  if (files.length !== 1 || !only || !/\.(?:ya?ml|json)$/i.test(only.path)) return LADDER
  const text = decodeText(only.bytes)?.text
  if (text === undefined) return LADDER
  if (isFramework(text)) {
    const parsed = parseFramework(text.replace(/^\uFEFF/, ''), { file: only.path })
    if (parsed.framework) return { form: 'framework', framework: parsed.framework, notes: [] }
    return {
      form: 'framework',
      faults: parsed.faults.map((fault) => ({
        place: `${fault.file}:${fault.line}:${fault.column}`,
        message: faultMessage(fault),
      })),
    }
  }
  if (!/"CFDocument"\s*:/.test(text)) return LADDER
  try {
    const read = importCase(JSON.parse(text))
    const named = (list: readonly { path: string; message: string }[]) =>
      list.map(({ path, message }) => ({ place: `${only.path}: ${path}`, message }))
    return read.ok
      ? { form: 'case', framework: read.framework, notes: named(read.notes) }
      : { form: 'case', faults: named(read.faults) }
  } catch (error) {
    return {
      form: 'case',
      faults: [{ place: only.path, message: error instanceof Error ? error.message : String(error) }],
    }
  }
}
