// Writes a framework as an XLSX workbook or as CSV files, and reads either back.
import { strToU8, zipSync } from 'fflate'
import { toDocument } from '../framework/format.ts'
import { frameworkSchema, type Framework } from '../framework/model.ts'
import { neutralised, restored, writeCsv, type CsvCell } from '../tables/csv.ts'
import { formatPlace, valueOf, type LadderFile, type LadderSource, type SourceNode } from './source.ts'
import {
  documentOfTables,
  frameworkTables,
  type Table,
  type TableFault,
  type TableRow,
} from './spreadsheet-tables.ts'

/** One CSV file a table, UTF-8 with a byte-order mark so that spreadsheets show every script. */
export function exportCsv(framework: Framework): LadderFile[] {
  return frameworkTables(toDocument(framework)).map(({ name, header, rows }) => ({
    path: `${name}.csv`,
    bytes: strToU8(`\uFEFF${writeCsv([header, ...rows].map((row) => row.map(csvCell)))}`),
  }))
}

/** Whole numbers stand bare, as people write them in a spreadsheet; an empty text is an empty cell. */
const csvCell = (cell: string): CsvCell =>
  cell === '' ? null : /^(?:0|[1-9]\d{0,14})$/.test(cell) ? Number(cell) : cell

const escapeXml = (text: string) =>
  text
    // XML 1.0 has no way to write most control characters.
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')

function columnLetters(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : columnLetters(Math.floor(index / 26) - 1) + columnLetters(index % 26)
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

function sheetXml({ header, rows }: Table): string {
  const row = (cells: readonly string[], at: number) => {
    const style = at === 0 ? ' s="1"' : ' s="2"'
    const written = cells.map((cell, column) =>
      cell === ''
        ? ''
        : `<c r="${columnLetters(column)}${at + 1}"${style} t="inlineStr"><is><t xml:space="preserve">${escapeXml(neutralised(cell))}</t></is></c>`,
    )
    return `<row r="${at + 1}">${written.join('')}</row>`
  }
  const widths = header.map((name, column) => {
    const longest = Math.max(name.length, ...rows.map((cells) => cells[column]!.length))
    return `<col min="${column + 1}" max="${column + 1}" width="${Math.min(70, longest + 2)}" customWidth="1"/>`
  })
  return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>${[header, ...rows].map(row).join('')}</sheetData></worksheet>`
}

const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`

/** One workbook, a sheet for each table, every cell text; the same framework gives the same bytes. */
export function exportWorkbook(framework: Framework): Uint8Array {
  const tables = frameworkTables(toDocument(framework))
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${tables.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${tables.map(({ name }, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${tables.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rId${tables.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': STYLES,
    ...Object.fromEntries(tables.map((table, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(table)])),
  }
  // A fixed date keeps the bytes the same from one export to the next.
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, strToU8(xml)])), {
    mtime: '2000-01-01T00:00:00',
  })
}

export type SpreadsheetImport =
  | { readonly ok: true; readonly framework: Framework }
  | { readonly ok: false; readonly faults: readonly TableFault[] }

/** Whether files look like our own tables: a sheet or file named `framework` beside `competencies`. */
export function isOwnSpreadsheet({ files }: LadderSource): boolean {
  const names = new Set(files.flatMap(tablesIn).map(([name]) => name.toLowerCase()))
  return names.has('framework') && names.has('competencies')
}

/** The tables of a file: its sheets, or itself under its name without the ending. */
function tablesIn(file: SourceNode): (readonly [string, SourceNode])[] {
  const sheets = file.children.filter(({ name }) => name === 'sheet')
  return sheets.length > 0
    ? sheets.map((sheet) => [sheet.text, sheet] as const)
    : [[file.place.file.replace(/^.*\//, '').replace(/\.[ct]sv$/i, ''), file] as const]
}

function tablesOf(source: LadderSource): { tables: Map<string, TableRow[]>; faults: TableFault[] } {
  const tables = new Map<string, TableRow[]>()
  const faults = source.problems
    .filter(({ severity }) => severity === 'fault')
    .map(({ place, message }) => ({ place: formatPlace(place), message }))
  for (const file of source.files) {
    for (const [name, table] of tablesIn(file)) {
      const rows = table.children.filter((node) => node.name === 'row')
      const read = rows.map((row) => ({
        place: formatPlace(row.place),
        cells: Object.fromEntries(row.children.map((cell) => [cell.name, restored(valueOf(cell))])),
      }))
      tables.set(name.toLowerCase(), read)
      tables.set(name, read)
    }
  }
  return { tables, faults }
}

/**
 * The framework of the tables that `exportCsv` or `exportWorkbook` wrote, edited or not, as `readLadder` read them. All
 * faults are named with their row.
 */
export function importSpreadsheet(source: LadderSource): SpreadsheetImport {
  const { tables, faults: unreadable } = tablesOf(source)
  if (unreadable.length > 0) return { ok: false, faults: unreadable }
  if (!tables.has('framework') || !tables.has('competencies')) {
    const message = `expected tables named framework and competencies, got ${[...new Set(tables.keys())].join(', ') || 'none'}`
    return { ok: false, faults: [{ place: source.files[0]?.place.file ?? '', message }] }
  }
  const { document, faults } = documentOfTables(tables)
  const parsed = frameworkSchema.safeParse(document)
  const invalid = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => ({ place: path.map(String).join('.'), message }))
  if (faults.length > 0 || !parsed.success) return { ok: false, faults: [...faults, ...invalid] }
  return { ok: true, framework: parsed.data }
}
