// Tells whether files are a framework already: our YAML or JSON, our spreadsheet, or a CASE package; anything else is a ladder.
import { faultMessage } from '../framework/fault.ts'
import type { Framework } from '../framework/model.ts'
import { parseFramework } from '../framework/parse.ts'
import { importCase } from './case-import.ts'
import { decodeText } from './decode.ts'
import type { LadderFile, LadderSource } from './source.ts'
import { importSpreadsheet, isOwnSpreadsheet } from './spreadsheet.ts'

/** Something wrong, or worth knowing, with the place that people can find it by. */
export interface Told {
  readonly place: string
  readonly message: string
}

export type OwnForm = { readonly form: 'framework' | 'spreadsheet' | 'case' } & (
  | { readonly framework: Framework; readonly notes: readonly Told[]; readonly faults?: never }
  | { readonly faults: readonly Told[]; readonly framework?: never }
)

const SPREADSHEET = /\.(?:xlsx|xlsm|csv|tsv)$/i

/** A file whose first lines say that it is a framework of Rungs. */
const isFramework = (text: string): boolean => /^\s*(?:["{\s]*)?rungs["']?\s*:/m.test(text.slice(0, 4000))

/**
 * The framework that the files hold as they are, or all their faults; undefined where they are a ladder that a recipe
 * has to map. `source` is what was read of the same files.
 */
export function readOwnForm(files: readonly LadderFile[], source: LadderSource): OwnForm | undefined {
  if (files.length > 0 && files.every(({ path }) => SPREADSHEET.test(path)) && isOwnSpreadsheet(source)) {
    const read = importSpreadsheet(source)
    return read.ok
      ? { form: 'spreadsheet', framework: read.framework, notes: [] }
      : { form: 'spreadsheet', faults: read.faults }
  }
  const [only] = files
  if (files.length !== 1 || !only || !/\.(?:ya?ml|json)$/i.test(only.path)) return undefined
  const text = decodeText(only.bytes)?.text
  if (text === undefined) return undefined
  if (isFramework(text)) {
    const parsed = parseFramework(text.replace(/^\uFEFF/, ''), { file: only.path })
    if (parsed.framework) return { form: 'framework', framework: parsed.framework, notes: [] }
    const faults = parsed.faults.map((fault) => ({
      place: `${fault.file}:${fault.line}:${fault.column}`,
      message: faultMessage(fault),
    }))
    return { form: 'framework', faults }
  }
  if (!/"CFDocument"\s*:/.test(text)) return undefined
  const json = parsedJson(text)
  if (json === undefined) return undefined
  const read = importCase(json)
  const named = (list: readonly { path: string; message: string }[]) =>
    list.map(({ path, message }) => ({ place: `${only.path}: ${path}`, message }))
  return read.ok
    ? { form: 'case', framework: read.framework, notes: named(read.notes) }
    : { form: 'case', faults: named(read.faults) }
}

/** Undefined where it is no JSON: the reader of ladders says so with its line. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
