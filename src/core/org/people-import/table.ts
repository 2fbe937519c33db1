// Reads people files (CSV, TSV, XLSX) into plain tables of text, each row with its number.
import { findEncoding, type Encoding } from '../../ladders/decode.ts'
import { readLadder } from '../../ladders/read-ladder.ts'
import {
  formatPlace,
  LADDER_LIMITS,
  valueOf,
  type LadderFile,
  type SourceNode,
} from '../../ladders/source.ts'
import { restored } from '../../tables/csv.ts'

export interface PeopleRow {
  /** As the spreadsheet counts: the heading is usually row 1. */
  readonly row: number
  /** One text a column, in the order of the headings; an empty cell is an empty text. */
  readonly cells: readonly string[]
}

export interface PeopleTable {
  /** The file's name, with the sheet's after it where it is a workbook. */
  readonly file: string
  /** True where dates may stand as spreadsheet day numbers. */
  readonly workbook: boolean
  readonly headings: readonly string[]
  readonly rows: readonly PeopleRow[]
}

export interface PeopleTables {
  /** How a text file was decoded; null for a workbook and for what is no table. */
  readonly encoding: Encoding | null
  /** The sheets with a heading and at least one row, the largest first. */
  readonly tables: readonly PeopleTable[]
  /** What could not be read, with its place. */
  readonly faults: readonly PeopleTableFault[]
}

export interface PeopleTableFault {
  readonly place: string
  /** `not-read`: what the reader of the format found, told by the message alone. */
  readonly code: 'not-a-table' | 'too-many-rows' | 'no-rows' | 'not-read'
  readonly values: Readonly<Record<string, number>>
  /** In English: what was expected, what was there. */
  readonly message: string
}

const LIMITS = { ...LADDER_LIMITS, nodes: 3_000_000 }
export const MOST_PEOPLE_ROWS = 50_000

/** The number of a column's letters: A is 0, AA is 26. */
const columnIndex = (letters: string) =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

/** The name of a column as spreadsheets show it: 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : columnLetters(Math.floor(index / 26) - 1) + columnLetters(index % 26)
}

const faultAt = (
  place: string,
  code: PeopleTableFault['code'],
  values: PeopleTableFault['values'],
  message: string,
): PeopleTableFault => ({ place, code, values, message })

/** Never throws: what cannot be read is a fault. */
export function readPeopleTables(file: LadderFile): PeopleTables {
  if (!/\.(csv|tsv|xlsx|xlsm)$/i.test(file.path))
    return {
      ...{ encoding: null, tables: [] },
      faults: [faultAt(file.path, 'not-a-table', {}, 'expected a .csv, .tsv or .xlsx file')],
    }
  const encoding = /\.(csv|tsv)$/i.test(file.path) ? (file.encoding ?? findEncoding(file.bytes)) : undefined
  const source = readLadder([encoding === undefined ? file : { ...file, encoding }], LIMITS)
  const faults = source.problems
    .filter(({ severity }) => severity === 'fault')
    .map(({ place, message }) => faultAt(formatPlace(place), 'not-read', {}, message))
  const tables: PeopleTable[] = []
  for (const node of source.files) {
    const sheets = node.children.filter(({ name }) => name === 'sheet')
    const workbook = sheets.length > 0
    for (const sheet of workbook ? sheets : [node]) {
      const table = tableOf(sheet, workbook ? `${file.path}, ${sheet.text}` : file.path, workbook)
      if (table.rows.length > MOST_PEOPLE_ROWS)
        faults.push(
          faultAt(
            ...([table.file, 'too-many-rows', { most: MOST_PEOPLE_ROWS, got: table.rows.length }] as const),
            `expected at most ${MOST_PEOPLE_ROWS} rows, got ${table.rows.length}`,
          ),
        )
      else if (table.rows.length > 0) tables.push(table)
    }
  }
  if (tables.length === 0 && faults.length === 0)
    faults.push(
      faultAt(file.path, 'no-rows', {}, 'expected a heading and at least one row below it, got neither'),
    )
  tables.sort((a, b) => b.rows.length - a.rows.length)
  return { encoding: encoding ?? null, tables, faults }
}

function tableOf(node: SourceNode, file: string, workbook: boolean): PeopleTable {
  const header = node.children.find(({ name }) => name === 'header')
  const rows: PeopleRow[] = []
  let width = 0
  const cellsOf = (row: SourceNode) => {
    const cells: string[] = []
    for (const cell of row.children) {
      const column = columnIndex(cell.attributes['column'] ?? 'A')
      while (cells.length < column) cells.push('')
      cells[column] = restored(valueOf(cell)).normalize('NFC')
    }
    width = Math.max(width, cells.length)
    return cells
  }
  const headings = header ? cellsOf(header) : []
  let below = false
  for (const child of node.children) {
    if (child === header) below = true
    // What stands above the heading is a title or a note, not a person.
    else if (below && child.name === 'row')
      rows.push({ row: Number(child.attributes['number']), cells: cellsOf(child) })
  }
  while (headings.length < width) headings.push('')
  return { file, workbook, headings, rows }
}
