// Reads XLSX workbooks: each sheet as a table, merged cells filled in, formulas by their last value and never run.
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { addGrid, columnName, type GridCell } from './table-nodes.ts'
import { UnreadableFile, type LadderLimits, type NodeMaker, type SourceNode } from './source.ts'
import { unpack } from './unpack.ts'

const PART = /^xl\/(?:workbook\.xml|sharedStrings\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/
const MOST_COLUMNS = 1_000

interface Handlers {
  open?: (name: string, attributes: Record<string, string>) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

/** Runs handlers over one part; XML that is not well formed is a fault of the file, entities are never expanded. */
function scan(part: string, bytes: Uint8Array, { open, close, text }: Handlers): void {
  const parser = new SaxesParser({ xmlns: false })
  const local = (name: string) => name.slice(name.indexOf(':') + 1)
  parser.on('error', (error) => {
    throw new UnreadableFile(`expected well-formed XML in the workbook, got ${error.message}`, {
      where: part,
    })
  })
  parser.on('doctype', () => {
    throw new UnreadableFile('expected a workbook without a document type, got one', { where: part })
  })
  if (open) parser.on('opentag', (tag: SaxesTagPlain) => open(local(tag.name), tag.attributes))
  if (close) parser.on('closetag', (tag) => close(local(tag.name)))
  if (text) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  parser.write(new TextDecoder().decode(bytes)).close()
}

/** The strings that cells share; the phonetic readings beside some are not part of the text. */
function readSharedStrings(bytes: Uint8Array | undefined): string[] {
  const strings: string[] = []
  if (bytes === undefined) return strings
  let [current, inText, phonetic] = ['', false, 0]
  scan('xl/sharedStrings.xml', bytes, {
    open: (name) => {
      if (name === 'si') current = ''
      else if (name === 'rPh') phonetic += 1
      else if (name === 't') inText = phonetic === 0
    },
    close: (name) => {
      if (name === 'si') strings.push(current)
      else if (name === 'rPh') phonetic -= 1
      else if (name === 't') inText = false
    },
    text: (text) => {
      if (inText) current += text
    },
  })
  return strings
}

const reference = (cell: string): { row: number; column: number } | undefined => {
  const match = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(cell)
  if (!match) return undefined
  const column = [...match[1]!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { row: Number(match[2]) - 1, column }
}

interface Sheet {
  readonly rows: Map<number, GridCell[]>
  readonly merges: string[]
}

function readSheet(part: string, bytes: Uint8Array, strings: readonly string[]): Sheet {
  const sheet: Sheet = { rows: new Map(), merges: [] }
  let [row, column, type, value, taking] = [-1, -1, '', '', false]
  scan(part, bytes, {
    open: (name, attributes) => {
      if (name === 'row')
        [row, column] = [attributes['r'] === undefined ? row + 1 : Number(attributes['r']) - 1, -1]
      else if (name === 'c') {
        const at = reference(attributes['r'] ?? '')
        if (at) [row, column] = [at.row, at.column]
        else column += 1
        ;[type, value] = [attributes['t'] ?? 'n', '']
      } else if (name === 'v' || name === 't') taking = true
      else if (name === 'mergeCell') sheet.merges.push(attributes['ref'] ?? '')
    },
    close: (name) => {
      if (name === 'v' || name === 't') taking = false
      if (name !== 'c' || value === '') return
      const text = (type === 's' ? (strings[Number(value)] ?? '') : value).trim()
      if (text === '' || column >= MOST_COLUMNS || !Number.isInteger(row) || row < 0) return
      const cells = sheet.rows.get(row) ?? []
      sheet.rows.set(row, cells)
      cells[column] = { text, place: { where: `cell ${columnName(column)}${row + 1}` } }
    },
    text: (text) => {
      if (taking) value += text
    },
  })
  return sheet
}

/** Gives the cells under a merged one its text, so that each row and column of it knows what it belongs to. */
function fillMerged({ rows, merges }: Sheet): void {
  let filled = 0
  for (const merge of merges) {
    const [from, to] = merge.split(':').map(reference)
    if (!from || !to) continue
    const text = rows.get(from.row)?.[from.column]?.text
    if (text === undefined) continue
    for (let row = from.row; row <= to.row; row++) {
      const cells = rows.get(row)
      if (!cells) continue
      for (let column = from.column; column <= Math.min(to.column, MOST_COLUMNS); column++) {
        if (cells[column] !== undefined || (filled += 1) > 100_000) continue
        cells[column] = { text: '', filled: text, place: { where: `cell ${columnName(column)}${row + 1}` } }
      }
    }
  }
}

/** Adds a `sheet` node for each visible or hidden sheet under `file`. Throws UnreadableFile for what cannot be read. */
export function readWorkbook(
  make: NodeMaker,
  file: SourceNode,
  bytes: Uint8Array,
  limits: LadderLimits,
): void {
  const parts = unpack(bytes, (name) => PART.test(name), limits)
  const workbook = parts.get('xl/workbook.xml')
  if (!workbook)
    throw new UnreadableFile('expected an .xlsx workbook, got an archive without xl/workbook.xml')
  const sheets: { name: string; link: string }[] = []
  const targets = new Map<string, string>()
  scan('xl/workbook.xml', workbook, {
    open: (name, attributes) => {
      if (name === 'sheet') sheets.push({ name: attributes['name'] ?? '', link: attributes['r:id'] ?? '' })
    },
  })
  const links = parts.get('xl/_rels/workbook.xml.rels')
  if (links) {
    scan('xl/_rels/workbook.xml.rels', links, {
      open: (name, attributes) => {
        if (name === 'Relationship')
          targets.set(attributes['Id'] ?? '', (attributes['Target'] ?? '').replace(/^\/?(xl\/)?/, 'xl/'))
      },
    })
  }
  const strings = readSharedStrings(parts.get('xl/sharedStrings.xml'))
  for (const { name, link } of sheets) {
    const part = targets.get(link)
    const content = part === undefined ? undefined : parts.get(part)
    if (part === undefined || content === undefined) continue
    const sheet = readSheet(part, content, strings)
    fillMerged(sheet)
    const node = make.add(file, 'sheet', name, { where: `sheet ${name}` })
    const grid = [...sheet.rows]
      .toSorted(([a], [b]) => a - b)
      .map(([, cells]) =>
        Array.from(
          cells,
          (cell) => cell && { ...cell, place: { where: `sheet ${name}, ${cell.place.where}` } },
        ),
      )
    addGrid(make, node, grid)
  }
}
