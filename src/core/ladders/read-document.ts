// Reads Markdown and HTML into nodes: headings, bold lines and list items hold what follows or stands inside them.
import type { Element, Nodes, Parents, Root } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { raw } from 'hast-util-raw'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toHast } from 'mdast-util-to-hast'
import { gfm } from 'micromark-extension-gfm'
import { VFile } from 'vfile'
import {
  UNSEEN,
  INLINE,
  isElement,
  property,
  placeOf,
  isHidden,
  tidy,
  span,
  boldText,
  headsWhatFollows,
  findLink,
} from './page-elements.ts'
import { addGrid, type GridCell } from './table-nodes.ts'
import {
  UnreadableFile,
  type LadderLimits,
  type NodeMaker,
  type SourceNode,
  type SourceProblem,
} from './source.ts'

const SECTIONS = new Set(['nav', 'header', 'footer', 'aside', 'main', 'article', 'section'])
/** How deep a bold line stands among the headings 1 to 6. */
const BOLD = 7

/** Adds a Markdown text under `file`; HTML inside of it is read as HTML. */
export function readMarkdown(
  make: NodeMaker,
  file: SourceNode,
  text: string,
  limits: LadderLimits,
): SourceProblem[] {
  checkSize(text, limits)
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const page = raw(toHast(tree, { allowDangerousHtml: true }), { file: new VFile(text) })
  return readHast(make, file, page as Root, limits)
}

/** Adds an HTML page under `file`. */
export function readHtml(
  make: NodeMaker,
  file: SourceNode,
  text: string,
  limits: LadderLimits,
): SourceProblem[] {
  checkSize(text, limits)
  return readHast(make, file, fromHtml(text), limits)
}

function checkSize(text: string, limits: LadderLimits): void {
  if (text.length > limits.documentBytes) {
    throw new UnreadableFile(
      `expected a document of at most ${limits.documentBytes} characters, got ${text.length}`,
    )
  }
}

function readHast(make: NodeMaker, file: SourceNode, root: Root, limits: LadderLimits): SourceProblem[] {
  const reader = new DocumentReader(make, limits)
  reader.blocks(root, file, 0)
  return reader.problems(file)
}

class DocumentReader {
  private scripts = 0
  constructor(
    private readonly make: NodeMaker,
    private readonly limits: LadderLimits,
  ) {}

  problems(file: SourceNode): SourceProblem[] {
    if (this.scripts === 0) return []
    const what =
      this.scripts === 1 ? 'a script or style, which was' : `${this.scripts} scripts and styles, which were`
    return [
      {
        severity: 'note',
        place: { file: file.place.file },
        message: `the page holds ${what} left out and never run`,
      },
    ]
  }

  /** The blocks of an element, under `holder`; headings hold what follows them up to the next of their rank. */
  blocks(parent: Parents, holder: SourceNode, depth: number): void {
    const scope: Scope = { headings: [{ rank: 0, node: holder }], run: [] }
    this.into(parent, scope, depth)
    this.flush(scope)
  }

  private into(parent: Parents, scope: Scope, depth: number): void {
    if (depth > this.limits.depth) {
      throw new UnreadableFile(
        `expected at most ${this.limits.depth} levels of nesting, got more`,
        placeOf(parent),
      )
    }
    for (const child of parent.children) {
      if (
        child.type === 'text' ||
        (isElement(child) && INLINE.has(child.tagName) && !this.holdsBlocks(child, 0))
      ) {
        scope.run.push(child)
        continue
      }
      if (!isElement(child)) continue
      this.flush(scope)
      this.block(child, scope, depth + 1)
    }
  }

  private holdsBlocks(element: Element, depth: number): boolean {
    if (depth > this.limits.depth) return false
    return element.children.some(
      (child) =>
        isElement(child) &&
        !UNSEEN.has(child.tagName) &&
        (!INLINE.has(child.tagName) || this.holdsBlocks(child, depth + 1)),
    )
  }

  private block(element: Element, scope: Scope, depth: number): void {
    const name = element.tagName
    if (UNSEEN.has(name)) {
      if (name === 'script' || name === 'style') this.scripts += 1
      if (name === 'head')
        this.scripts += element.children.filter(
          (child) => isElement(child) && /^(?:script|style)$/.test(child.tagName),
        ).length
      return
    }
    if (isHidden(element)) return
    const heading = /^h([1-6])$/.exec(name)
    if (heading) this.heading(Number(heading[1]), element, scope)
    else if (name === 'p' || name === 'dt' || name === 'dd' || name === 'summary' || name === 'figcaption') {
      if (this.holdsBlocks(element, 0)) this.into(element, scope, depth)
      else this.paragraph(element.children, element, scope)
    } else if (name === 'ul' || name === 'ol' || name === 'menu') this.list(element, scope, depth)
    else if (name === 'li') this.item(element, 1, scope, depth)
    else if (name === 'table') this.table(element, scope, depth)
    else if (name === 'pre') {
      const text = this.textOf(element.children, 0).trim()
      if (text) this.make.add(top(scope), 'code', text, placeOf(element))
    } else if (SECTIONS.has(name) || property(element, 'id') !== '') this.section(element, scope, depth)
    else this.into(element, scope, depth)
  }

  /** A part of the page that has an id or a role of its own, with headings that do not reach out of it. */
  private section(element: Element, scope: Scope, depth: number): void {
    const section = this.make.add(top(scope), 'section', '', placeOf(element), {
      tag: element.tagName,
      id: property(element, 'id'),
      class: property(element, 'className'),
    })
    this.blocks(element, section, depth)
  }

  private heading(rank: number, element: Element, scope: Scope): void {
    const text = tidy(this.textOf(element.children, 0)).replaceAll('\n', ' ')
    if (text === '') return
    this.open(rank, `h${rank}`, text, element, scope, this.views(element.children))
  }

  private open(
    rank: number,
    name: string,
    text: string,
    at: Nodes,
    scope: Scope,
    attributes: Record<string, string>,
  ): void {
    while (scope.headings.at(-1)!.rank >= rank) scope.headings.pop()
    const node = this.make.add(top(scope), name, text, placeOf(at), attributes)
    scope.headings.push({ rank, node })
  }

  private paragraph(content: readonly Nodes[], at: Nodes, scope: Scope): void {
    const text = tidy(this.textOf(content, 0))
    if (text === '') return
    const views = this.views(content)
    if (headsWhatFollows(content) && top(scope).name !== 'li') this.open(BOLD, 'b', text, at, scope, views)
    else this.make.add(top(scope), 'p', text, placeOf(at), views)
  }

  private flush(scope: Scope): void {
    if (scope.run.length === 0) return
    const run = scope.run.splice(0)
    const first = run.find((node) => node.type !== 'text' || node.value.trim() !== '')
    if (first) this.paragraph(run, first, scope)
  }

  private list(element: Element, scope: Scope, depth: number): void {
    const start = Number(property(element, 'start') || '1')
    let number = Number.isFinite(start) ? start : 1
    for (const child of element.children) {
      if (isElement(child) && child.tagName === 'li')
        this.item(child, number++, scope, depth + 1, element.tagName === 'ol')
      else if (isElement(child) && !UNSEEN.has(child.tagName)) this.block(child, scope, depth + 1)
    }
  }

  private item(element: Element, number: number, scope: Scope, depth: number, ordered = false): void {
    const { own, rest } = this.ownContent(element)
    const text = tidy(this.textOf(own, 0))
    const node = this.make.add(top(scope), 'li', text, placeOf(element), {
      number: String(number),
      ...(ordered ? { ordered: 'true' } : {}),
      ...this.views(own),
    })
    this.blocks({ type: 'root', children: rest } as Root, node, depth + 1)
  }

  /** What a list item or cell says itself (inline content, or its first paragraph), and the blocks inside it. */
  private ownContent(element: Element): { own: Nodes[]; rest: Nodes[] } {
    const isBlock = (node: Nodes) =>
      isElement(node) && (!INLINE.has(node.tagName) || this.holdsBlocks(node, 0))
    const blank = (node: Nodes) =>
      (node.type === 'text' && node.value.trim() === '') || node.type === 'comment'
    const children = element.children as Nodes[]
    const first = children.findIndex((child) => !blank(child))
    const opening = children[first]
    if (opening && isElement(opening) && opening.tagName === 'p' && !this.holdsBlocks(opening, 0)) {
      return { own: opening.children, rest: children.slice(first + 1) }
    }
    const block = children.findIndex(isBlock)
    return block < 0
      ? { own: children, rest: [] }
      : { own: children.slice(0, block), rest: children.slice(block) }
  }

  private table(element: Element, scope: Scope, depth: number): void {
    const rows: Element[] = []
    const collect = (parent: Element) => {
      for (const child of parent.children) {
        if (!isElement(child)) continue
        if (child.tagName === 'tr') rows.push(child)
        else if (/^(?:thead|tbody|tfoot)$/.test(child.tagName)) collect(child)
        else if (child.tagName === 'caption') this.paragraph(child.children, child, scope)
      }
    }
    collect(element)
    const grid: (GridCell | undefined)[][] = rows.map(() => [])
    rows.forEach((row, y) => {
      let x = 0
      for (const cell of row.children) {
        if (!isElement(cell) || !/^t[dh]$/.test(cell.tagName)) continue
        while (grid[y]![x] !== undefined) x += 1
        const { own, rest } = this.ownContent(cell)
        const text = tidy(this.textOf(own, 0))
        const fill =
          rest.length === 0
            ? {}
            : {
                fill: (node: SourceNode) =>
                  this.blocks({ type: 'root', children: rest } as Root, node, depth + 2),
              }
        const place = placeOf(cell)
        grid[y]![x] = { text, place, ...fill }
        const [wide, high] = [span(cell, 'colSpan'), Math.min(span(cell, 'rowSpan'), rows.length - y)]
        for (let down = 0; down < high; down++) {
          for (let right = 0; right < wide; right++) {
            if (down > 0 || right > 0) grid[y + down]![x + right] ??= { text: '', filled: text, place }
          }
        }
        x += wide
      }
    })
    if (grid.length > 0) addGrid(this.make, this.make.add(top(scope), 'table', '', placeOf(element)), grid)
  }

  private textOf(nodes: readonly Nodes[], depth: number): string {
    if (depth > this.limits.depth) return ''
    let text = ''
    for (const node of nodes) {
      if (node.type === 'text') text += node.value.replaceAll(/\s+/g, ' ')
      else if (isElement(node) && node.tagName === 'br') text += '\n'
      else if (isElement(node) && !UNSEEN.has(node.tagName) && !isHidden(node)) {
        const inner = this.textOf(node.children, depth + 1)
        text += INLINE.has(node.tagName) ? inner : ` ${inner} `
      } else if (isElement(node) && node.tagName === 'script') this.scripts += 1
    }
    return text
  }

  /** The bold beginning of a text and what stands after it, and the first link. */
  private views(content: readonly Nodes[]): Record<string, string> {
    const views: Record<string, string> = {}
    const seen = content.filter((node) => node.type !== 'text' || node.value.trim() !== '')
    const lead = seen[0] && boldText(seen[0])
    if (lead) {
      views['lead'] = tidy(this.textOf([seen[0]!], 0)).replace(/\s*:$/, '')
      const rest = tidy(this.textOf(seen.slice(1), 0)).replace(/^\s*[:–—-]\s*/, '')
      if (rest) views['rest'] = rest
    }
    const link = findLink(content)
    if (link) views['link'] = link
    return views
  }
}

interface Scope {
  readonly headings: { rank: number; node: SourceNode }[]
  /** Inline content that stands between blocks. */
  readonly run: Nodes[]
}
const top = (scope: Scope): SourceNode => scope.headings.at(-1)!.node
