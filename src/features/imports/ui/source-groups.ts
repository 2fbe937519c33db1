// Groups the passages of a source by where they stand (a column, a heading's paragraphs), which is what people map.
import { compileGlob } from '../../../core/ladders/pattern.ts'
import { parseSelector, select } from '../../../core/ladders/selector.ts'
import { valueOf, walk, type SourceNode } from '../../../core/ladders/source.ts'

/** Passages that stand in the same kind of place; `at` selects them. */
export interface SourceGroup {
  readonly at: string
  /** A pattern of the files that have it; undefined where every file may. */
  readonly file: string | undefined
  readonly files: readonly string[]
  readonly nodes: readonly SourceNode[]
}

const PLAIN = /^[\p{L}\p{N}_-]+$/u
/** From so many files on, what stands in the same place is one group over all of them. */
const MANY_FILES = 6

/** A selector's step for a node's name. */
export function stepOf(name: string): string {
  if (PLAIN.test(name)) return name
  return name.includes('"') || name === '' ? '*' : `"${name}"`
}

/** The selector of everything that stands where a node stands: the names from its file down to it. */
export function pathOf(node: SourceNode): string {
  const steps: string[] = []
  for (let at: SourceNode = node; at.parent; at = at.parent) steps.unshift(stepOf(at.name))
  return steps.join('/')
}

const fileOf = (node: SourceNode): string => node.place.file

/** A pattern that fits exactly the named files, where their names let it. */
export const filePattern = (files: readonly string[]): string | undefined =>
  files.length > 40 || files.some((file) => /[|*]/.test(file)) ? undefined : files.join('|')

/** Groups in reading order. Passages are the nodes that have a text of their own. */
export function groupPassages(files: readonly SourceNode[]): SourceGroup[] {
  const apart = files.length < MANY_FILES
  const groups = new Map<string, { at: string; files: Set<string>; nodes: SourceNode[] }>()
  for (const file of files) {
    for (const node of walk(file)) {
      if (node.text === '' || !node.parent) continue
      const at = pathOf(node)
      const key = apart ? `${fileOf(node)}\n${at}` : at
      let group = groups.get(key)
      if (!group) groups.set(key, (group = { at, files: new Set(), nodes: [] }))
      group.files.add(fileOf(node))
      group.nodes.push(node)
    }
  }
  return [...groups.values()].map(({ at, files: names, nodes }) => ({
    at,
    file: names.size === files.length ? undefined : filePattern([...names]),
    files: [...names],
    nodes,
  }))
}

/** How far a correction reaches: everything in the same place, only under one heading or sheet, or only this text. */
export type Reach = 'all' | 'section' | 'one'

const canCompare = (text: string): boolean => text !== '' && text.length <= 120 && !/["[\]\n/]/.test(text)

/** The nearest node above that has a text by which it can be told from others, such as its sheet or heading. */
export function sectionOf(node: SourceNode): SourceNode | undefined {
  for (let above = node.parent; above?.parent; above = above.parent)
    if (canCompare(above.text) && above.name !== 'row') return above
  return undefined
}

/** What a correction at `node` selects, or undefined where the source gives nothing to tell that reach by. */
export function selectionOf(
  node: SourceNode,
  group: SourceGroup,
  reach: Reach,
): { file?: string; at: string } | undefined {
  const own = filePattern([fileOf(node)])
  if (reach === 'all') return group.file === undefined ? { at: group.at } : { file: group.file, at: group.at }
  const marked = reach === 'one' ? node : sectionOf(node)
  if (!marked || !canCompare(marked.text) || own === undefined) return undefined
  const steps: string[] = []
  for (let at: SourceNode = node; at.parent; at = at.parent)
    steps.unshift(at === marked ? `${stepOf(at.name)}[=${at.text}]` : stepOf(at.name))
  return { file: own, at: steps.join('/') }
}

/** The nodes that a file pattern and a selector name. */
export function selectAll(
  files: readonly SourceNode[],
  { file, at }: { file?: string | undefined; at: string },
): SourceNode[] {
  const pattern = file === undefined ? undefined : compileGlob(file)
  const selector = parseSelector(at)
  return files
    .filter((one) => !pattern || pattern.test(one.place.file))
    .flatMap((one) => (at === 'file' ? [one] : select(one, selector)))
}

/** A place of which a rule may read a value, with what it gives for one node. */
export interface ValueChoice {
  readonly path: string
  readonly kind: 'own' | 'column' | 'above' | 'beside' | 'lead' | 'rest' | 'file' | 'key'
  /** The name of the place: a heading's rank, a column. */
  readonly name: string
  readonly sample: string
}

/** Where a rule at `node` may read from, nearest first, each with its text for this node. */
export function valueChoices(node: SourceNode): ValueChoice[] {
  const choices: ValueChoice[] = []
  const add = (path: string, kind: ValueChoice['kind'], name: string, sample: string | undefined): void => {
    if (sample && choices.length < 30 && !choices.some((each) => each.path === path))
      choices.push({ path, kind, name, sample })
  }
  const rowOf = (cell: SourceNode) =>
    cell.parent?.name === 'row' || cell.parent?.name === 'header' ? cell.parent : undefined
  add('.', 'own', '', valueOf(node))
  add('.@lead', 'lead', '', node.attributes['lead'])
  add('.@rest', 'rest', '', node.attributes['rest'])
  let up = ''
  const seen = new Set<string>()
  for (let at: SourceNode | undefined = node; at?.parent; at = at.parent) {
    const row = rowOf(at)
    if (row) {
      add(at === node ? '.@name' : `${up}@name`, 'column', at.name, at.name)
      for (const cell of row.children)
        if (cell !== at) add(`^row/${stepOf(cell.name)}`, 'beside', cell.name, valueOf(cell))
    } else if (at !== node && valueOf(at) && !seen.has(at.name))
      add(`^${stepOf(at.name)}`, 'above', at.name, valueOf(at))
    else if (!/^(?:h[1-6]|p|li|b|code|section|table|sheet|row|header|-)$/.test(at.name))
      add(at === node ? '.@name' : `${up}@name`, 'key', at.name, at.name)
    const around: SourceNode = at.parent
    if (!row && around.parent && !/^(?:h[1-6]|li|b|section|table|sheet)$/.test(around.name))
      for (const other of around.children)
        if (other !== at && other.children.length === 0 && !/^(?:-|p|li|row|header)$/.test(other.name))
          add(`${up}^/${stepOf(other.name)}`, 'beside', other.name, valueOf(other))
    if (at !== node) seen.add(at.name)
    up += '^'
  }
  let file = node
  while (file.parent) file = file.parent
  add('^file@base', 'file', '', file.attributes['base'])
  return choices
}
