// A source as the wizard shows it: lines of cells and passages, each with what it became, a page at a time.
import type { Piece } from '../../../core/ladders/conservation.ts'
import type { SourceNode } from '../../../core/ladders/source.ts'
import type { Became } from './meanings.ts'

/** One passage: a text of the source with its number in reading order. */
export interface Passage {
  readonly index: number
  readonly text: string
  readonly became: Became
  readonly targets: readonly string[]
  readonly reason?: string
}

export interface ViewCell {
  readonly column: string
  readonly passages: readonly Passage[]
}

export type ViewLine =
  | {
      readonly kind: 'row'
      readonly table: number
      readonly title: Passage | undefined
      readonly header: boolean
      readonly number: string
      readonly cells: readonly ViewCell[]
    }
  | {
      readonly kind: 'text'
      readonly name: string
      readonly depth: number
      readonly passage: Passage | undefined
    }

export interface SourcePage {
  readonly file: number
  readonly lines: readonly ViewLine[]
  readonly from: number
  readonly total: number
}

export const PAGE_LINES = 80
const LONGEST = 600
const STRUCTURE = /^(?:h[1-6]|p|li|b|code|section|table|sheet|row|header|-|file)$/

/** What each passage is, by its node; `pieces` are in the same reading order. */
export type PassageOf = (node: SourceNode) => Passage | undefined

export function passageOf(index: number, piece: Piece, became: Became): Passage {
  const text = piece.text.length > LONGEST ? `${piece.text.slice(0, LONGEST)} …` : piece.text
  return {
    index,
    text,
    became,
    targets: piece.targets,
    ...(piece.reason === undefined ? {} : { reason: piece.reason }),
  }
}

/** All lines of a file; with `onlyMissing` those that hold a text which nothing took. */
export function linesOf(file: SourceNode, passage: PassageOf, onlyMissing: boolean): ViewLine[] {
  const lines: ViewLine[] = []
  let table = 0
  const below = (node: SourceNode): Passage[] => {
    const own = passage(node)
    return [...(own ? [own] : []), ...node.children.flatMap(below)]
  }
  const visit = (node: SourceNode, depth: number): void => {
    const rows = node.children.filter(({ name }) => name === 'row' || name === 'header')
    if (rows.length > 0) {
      table += 1
      const title = passage(node)
      for (const row of rows)
        lines.push({
          kind: 'row',
          table,
          title,
          header: row.name === 'header',
          number: row.attributes['number'] ?? '',
          cells: row.children.map((cell) => ({
            column: cell.attributes['column'] ?? 'A',
            passages: below(cell),
          })),
        })
    } else if (node.parent) {
      const own = passage(node)
      const key = STRUCTURE.test(node.name) ? '' : node.name
      if (own || key) lines.push({ kind: 'text', name: own ? node.name : key, depth, passage: own })
    }
    const deeper = depth + (node.parent && node.name !== 'section' ? 1 : 0)
    for (const child of node.children)
      if (child.name !== 'row' && child.name !== 'header') visit(child, Math.min(deeper, 8))
  }
  visit(file, 0)
  const isMissing = (one: Passage | undefined) => one?.became === 'missing'
  if (!onlyMissing) return lines
  return lines.filter((line) =>
    line.kind === 'text' ? isMissing(line.passage) : line.cells.some((cell) => cell.passages.some(isMissing)),
  )
}
