// Frameworks in the forms that Rungs itself exchanges: a workbook or CSV files of ours, or a CASE package.
import type { Framework } from '../../core/framework/model.ts'
import { importCase } from '../../core/ladders/case-import.ts'
import type { LadderFile } from '../../core/ladders/source.ts'
import { importSpreadsheet, isOwnSpreadsheet } from '../../core/ladders/spreadsheet.ts'
import { BadInput } from './exit.ts'

export interface OwnForm {
  readonly form: 'CASE package' | 'spreadsheet of Rungs'
  readonly framework: Framework
  /** What was left out or could not be kept, with its path. */
  readonly notes: readonly string[]
}

/** Undefined where the files are of another form; throws BadInput with all faults where they are ours and broken. */
export function readOwnForm(path: string, files: readonly LadderFile[]): OwnForm | undefined {
  const [first] = files
  if (files.length === 1 && first!.path.endsWith('.json')) {
    const json = parsed(new TextDecoder().decode(first!.bytes))
    if (typeof json !== 'object' || json === null || !('CFDocument' in json)) return undefined
    const result = importCase(json)
    if (!result.ok)
      throw new BadInput(result.faults.map((fault) => `${path}: ${fault.path}: ${fault.message}`).join('\n'))
    const notes = result.notes.map((note) => `${note.path}: ${note.message}`)
    return { form: 'CASE package', framework: result.framework, notes }
  }
  const tables = files.filter((file) => /\.(?:xlsx|csv|tsv)$/i.test(file.path))
  if (tables.length !== files.length || files.length === 0 || !isOwnSpreadsheet(tables)) return undefined
  const result = importSpreadsheet(tables)
  if (!result.ok)
    throw new BadInput(result.faults.map(({ place, message }) => `${place}: ${message}`).join('\n'))
  return { form: 'spreadsheet of Rungs', framework: result.framework, notes: [] }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
