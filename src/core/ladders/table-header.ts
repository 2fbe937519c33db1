// Names the columns of tables by the row that a recipe says heads them, where the reader's guess is not it.
import { SelectorError, compileGlob } from './pattern.ts'
import type { Recipe } from './recipe.ts'
import { parseSelector, select } from './selector.ts'
import { valueOf, walk, type SourceNode } from './source.ts'

const isRow = ({ name }: SourceNode) => name === 'row' || name === 'header'
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

/**
 * The files with the columns of the tables that `tables` selects named by the row it gives, counted from 1; by 0 they
 * keep their letters. Files that it does not touch are the same nodes. Throws SelectorError where there is no such row.
 */
export function nameColumns(files: readonly SourceNode[], tables: Recipe['tables']): readonly SourceNode[] {
  const headers = new Map<SourceNode, number>()
  for (const [index, { file: pattern, at, header }] of tables.entries()) {
    const found = files
      .filter((file) => pattern === undefined || compileGlob(pattern).test(file.place.file))
      .flatMap((file) =>
        at === undefined ? [...walk(file)] : at === 'file' ? [file] : select(file, parseSelector(at)),
      )
      .filter(({ children }) => children.some(isRow))
    if (
      header > 0 &&
      !found.some(({ children }) => children.some((row) => isRow(row) && rowNumber(row) === header))
    )
      throw new SelectorError(`tables[${index}].header: expected a table with a row ${header}, got none`)
    for (const table of found) headers.set(table, header)
  }
  if (headers.size === 0) return files
  return files.map((file) =>
    [...headers.keys()].some((table) => table.place.file === file.place.file)
      ? copy(file, undefined, headers)
      : file,
  )
}

const rowNumber = ({ attributes }: SourceNode) => Number(attributes['number'])

function copy(
  node: SourceNode,
  parent: SourceNode | undefined,
  headers: ReadonlyMap<SourceNode, number>,
  name = node.name,
): SourceNode {
  const made: SourceNode = { ...node, name, parent, children: [] }
  const header = headers.get(node)
  const head = node.children.find((row) => isRow(row) && rowNumber(row) === header)
  const titles = new Map(head?.children.map((cell) => [cell.attributes['column'], oneLine(valueOf(cell))]))
  for (const child of node.children) {
    if (header === undefined || !isRow(child)) {
      made.children.push(copy(child, made, headers))
      continue
    }
    const row: SourceNode = {
      ...child,
      name: child === head ? 'header' : 'row',
      parent: made,
      children: [],
    }
    for (const cell of child.children) {
      const letter = cell.attributes['column'] ?? cell.name
      const title = rowNumber(child) < header ? undefined : titles.get(letter)
      row.children.push(copy(cell, row, headers, title || letter))
    }
    made.children.push(row)
  }
  return made
}
