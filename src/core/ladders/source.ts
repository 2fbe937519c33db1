// The neutral source model: what any ladder file becomes before a recipe maps it: named nodes, each with its place.
import type { Encoding } from './decode.ts'

/** One file as it was read from disk or dropped into the browser. */
export interface LadderFile {
  /** Relative to the ladder's folder, with `/` between the parts. */
  readonly path: string
  readonly bytes: Uint8Array
  /** The encoding of a text file as somebody chose it; left out, it is found. */
  readonly encoding?: Encoding
}

/** Where a text stands: line and column count from 1; `where` is the cell, the document path or the heading path. */
export interface SourcePlace {
  readonly file: string
  readonly line?: number
  readonly column?: number
  readonly where?: string
}

/**
 * One node of a source. Its name is what recipes select by: `file`, a key of a map, `-` for an entry of a list, `sheet`,
 * `table`, `header`, `row`, a column's heading for a cell, `h1`…`h6`, `b` (a line that is all bold and so heads what
 * follows), `p`, `li`, `code`, `section`. Its text is only what is visible and its own, not that of its children.
 */
export interface SourceNode {
  readonly name: string
  readonly text: string
  readonly place: SourcePlace
  /** Views of the text or the place: `lead` and `rest` (bold beginning), `link`, `number`, `column`, `filled` … */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: SourceNode[]
  readonly parent: SourceNode | undefined
}

/** A `fault` means that the file could not be read as it stands; a `note` is what the person should know of it. */
export interface SourceProblem {
  readonly severity: 'fault' | 'note'
  readonly place: SourcePlace
  readonly message: string
}

export interface LadderSource {
  /** One `file` node for each file, in the order of their paths. */
  readonly files: readonly SourceNode[]
  readonly problems: readonly SourceProblem[]
}

/** Bounds on what is read, so that no file can exhaust time or memory. Sizes are in bytes. */
export interface LadderLimits {
  readonly fileBytes: number
  readonly totalBytes: number
  readonly files: number
  /** Nodes of one file. */
  readonly nodes: number
  /** How deep maps, lists and elements may nest. */
  readonly depth: number
  /** Unpacked over packed size of a workbook's parts. */
  readonly unpackRatio: number
  readonly unpackedBytes: number
  /** Markdown grows slower than linearly only for sane text, so it has its own limit. */
  readonly documentBytes: number
}

export const LADDER_LIMITS: LadderLimits = {
  fileBytes: 20_000_000,
  totalBytes: 60_000_000,
  files: 2_000,
  nodes: 400_000,
  depth: 100,
  unpackRatio: 100,
  unpackedBytes: 80_000_000,
  documentBytes: 3_000_000,
}

/** What a reader throws when a file cannot be read; the message says what was found and what was expected. */
export class UnreadableFile extends Error {
  constructor(
    message: string,
    readonly place: Omit<SourcePlace, 'file'> = {},
  ) {
    super(message)
  }
}

/** Adds a node under `parent` and counts it against the file's limit. Throws UnreadableFile beyond the limit. */
export class NodeMaker {
  private made = 0
  constructor(
    readonly file: string,
    private readonly limits: LadderLimits,
  ) {}

  add(
    parent: SourceNode | undefined,
    name: string,
    text: string,
    place: Omit<SourcePlace, 'file'>,
    attributes: Readonly<Record<string, string>> = {},
  ): SourceNode {
    this.made += 1
    if (this.made > this.limits.nodes) {
      throw new UnreadableFile(
        `expected at most ${this.limits.nodes} cells, entries and paragraphs, got more`,
        place,
      )
    }
    const node: SourceNode = {
      name,
      text,
      place: { file: this.file, ...place },
      attributes,
      children: [],
      parent,
    }
    parent?.children.push(node)
    return node
  }
}

/** The text that a node stands for: its own, or that of the merged cell which covers it. */
export const valueOf = (node: SourceNode): string => node.text || (node.attributes['filled'] ?? '')

/** A node and all below it, in reading order, without recursion so that depth cannot exhaust the stack. */
export function* walk(node: SourceNode): Generator<SourceNode> {
  const open: SourceNode[] = [node]
  while (open.length > 0) {
    const next = open.pop()!
    yield next
    for (let index = next.children.length - 1; index >= 0; index--) open.push(next.children[index]!)
  }
}

/** A place as people read it: `file:line:column (cell A3)`. */
export function formatPlace({ file, line, column, where }: SourcePlace): string {
  const position = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`
  return `${file}${position}${where === undefined ? '' : ` (${where})`}`
}
