// Reads CSV and TSV files: quoted cells over several lines, any usual separator, each cell with its line and column.
import Papa from 'papaparse'
import { addGrid, columnName, type GridCell } from './table-nodes.ts'
import { UnreadableFile, type NodeMaker, type SourceNode } from './source.ts'

const DELIMITERS = [',', '\t', ';', '|']

/** Adds a table's header and rows under `file`. Throws UnreadableFile where a quote is never closed. */
export function readCsv(make: NodeMaker, file: SourceNode, text: string, extension: string): void {
  const result = Papa.parse<string[]>(text, {
    delimiter: extension === 'tsv' ? '\t' : '',
    delimitersToGuess: DELIMITERS,
    skipEmptyLines: false,
  })
  const open = result.errors.find((error) => error.type === 'Quotes')
  let line = 1
  const grid = result.data.map((row, index) => {
    const first = line
    const cells = row.map((cell, column): GridCell => ({
      text: cell.trim(),
      place: { line: first, where: `${columnName(column)}${index + 1}` },
    }))
    line += 1 + row.reduce((count, cell) => count + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0)
    return cells
  })
  if (open) {
    const row = grid[open.row ?? 0]
    throw new UnreadableFile(
      'expected each quoted cell to end with a quote before the separator, got one that does not',
      row?.[0]?.place ?? {},
    )
  }
  addGrid(make, file, grid)
}
