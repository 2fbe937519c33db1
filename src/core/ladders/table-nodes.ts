// Turns a grid of cells into `header` and `row` nodes whose cells carry their column's heading as their name.
import { type NodeMaker, type SourceNode, type SourcePlace } from './source.ts'

export interface GridCell {
  readonly text: string
  readonly place: Omit<SourcePlace, 'file'>
  /** The text of the merged cell that covers this one. */
  readonly filled?: string
  /** Puts further nodes (lists in an HTML cell) under the cell. */
  readonly fill?: (cell: SourceNode) => void
}
export type Grid = readonly (readonly (GridCell | undefined)[])[]

/** A column's name as spreadsheets count: 0 is A, 26 is AA. */
export function columnName(index: number): string {
  let name = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  return name
}

/** Which row heads the columns: the first with at least two texts, or the first of all in a table of one column. */
export function findHeader(grid: Grid): number {
  const filled = (row: Grid[number]) =>
    row.filter((cell) => cell !== undefined && (cell.text || cell.filled) !== '').length
  const wide = grid.findIndex((row) => filled(row) >= 2)
  return wide >= 0 ? wide : grid.findIndex((row) => filled(row) >= 1)
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

/** Adds a grid's rows under `parent`; rows above the header become rows too, with the columns' letters as names. */
export function addGrid(make: NodeMaker, parent: SourceNode, grid: Grid, header = findHeader(grid)): void {
  const names = (grid[header] ?? []).map((cell) => oneLine(cell?.text || cell?.filled || ''))
  grid.forEach((row, index) => {
    const cells = row.flatMap((cell, column) =>
      cell && (cell.text || cell.filled || cell.fill) ? [{ cell, column }] : [],
    )
    if (cells.length === 0) return
    const node = make.add(parent, index === header ? 'header' : 'row', '', cells[0]!.cell.place, {
      number: String(index + 1),
    })
    for (const { cell, column } of cells) {
      const letter = columnName(column)
      const name = index < header ? letter : names[column] || letter
      const added = make.add(node, name, cell.text, cell.place, {
        column: letter,
        ...(cell.text === '' && cell.filled !== undefined ? { filled: cell.filled } : {}),
      })
      cell.fill?.(added)
    }
  })
}
