// Reads the values that a recipe's rules name: a path from a node, narrowed, mapped or looked up elsewhere.
import type { Value, ValueObject } from './recipe.ts'
import { compileGlob, compileRegExp, SelectorError, type Pattern } from './pattern.ts'
import { findAbove, parseSelector, select, type Selector } from './selector.ts'
import { valueOf, type SourceNode } from './source.ts'

export interface ReadValue {
  readonly text: string
  /** The nodes that the text came from. */
  readonly nodes: readonly SourceNode[]
}

interface Path {
  /** One step up for each, to the nearest node that it names. */
  readonly above: readonly Selector[]
  readonly down: Selector
  readonly attribute: string | undefined
}

const isPath = (text: string) => /^(?:\.(?:$|[/@])|\^|\$[a-z])/.test(text)

/** A path: `.`, or `^step` once or more, then steps down, then perhaps `@attribute`. Throws SelectorError. */
function parsePath(text: string): Path {
  const match = /^(.*?)(?:@([a-z]+))?$/s.exec(text)!
  const steps = match[1]!
  const attribute = match[2]
  if (steps === '' || steps === '.') return { above: [], down: [], attribute }
  if (steps.startsWith('./')) return { above: [], down: parseSelector(steps.slice(2)), attribute }
  if (!steps.startsWith('^'))
    throw new SelectorError(`expected a path that begins with . or ^, got ${JSON.stringify(text)}`)
  const climbs = steps.slice(1).split('^')
  const final = climbs.pop()!
  const [last, ...down] = parseSelector(final === '' || final.startsWith('/') ? `*${final}` : final)
  return { above: [...climbs.map((step) => parseSelector(step || '*')), [last!]], down, attribute }
}

/** Reads values from one source; keeps what it has compiled and looked up. */
export class ValueReader {
  private readonly paths = new Map<string, Path>()
  private readonly patterns = new Map<string, Pattern>()
  private readonly indexes = new Map<string, Map<string, SourceNode>>()

  constructor(
    private readonly files: readonly SourceNode[],
    private readonly names: Readonly<Record<string, Value>> = {},
  ) {}

  /** The value for `node`, or undefined where it finds nothing; `line` stands for the node's text where it was split. */
  read(value: Value, node: SourceNode, line?: string): ReadValue | undefined {
    if (typeof value === 'number') return { text: String(value), nodes: [] }
    if (typeof value === 'string')
      return isPath(value) ? this.follow(value, node, line) : { text: value, nodes: [] }
    const found = this.readObject(value, node, line)
    return found ?? (value.else === undefined ? undefined : this.read(value.else, node, line))
  }

  /** Several values out of one text, by `split`; one otherwise. */
  readAll(value: Value, node: SourceNode, line?: string): ReadValue[] {
    const found = this.read(value, node, line)
    if (!found) return []
    if (typeof value !== 'object' || value.split === undefined) return [found]
    return this.pattern(value.split)
      .split(found.text)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((text) => ({ text, nodes: found.nodes }))
  }

  private readObject(value: ValueObject, node: SourceNode, line?: string): ReadValue | undefined {
    let found: ReadValue | undefined
    if (value.text !== undefined) found = { text: String(value.text), nodes: [] }
    else if (value.template !== undefined) found = this.fillTemplate(value.template, node, line)
    else if (value.find !== undefined) found = this.find(value.find, node, line)
    else found = this.follow(value.from ?? '.', node, line, value.fill === 'down')
    if (found && value.match !== undefined) {
      const text = (this.pattern(value.match).find(found.text) ?? '').trim()
      found = text === '' ? undefined : { ...found, text }
    }
    if (found && value.map !== undefined) {
      const mapped = value.map[found.text] ?? value.map['*']
      if (mapped !== '.') found = mapped === undefined ? undefined : { ...found, text: String(mapped) }
    }
    return found
  }

  private follow(text: string, node: SourceNode, line?: string, fill = false): ReadValue | undefined {
    if (text.startsWith('$')) {
      const named = this.names[text.slice(1)]
      if (named === undefined)
        throw new SelectorError(`expected a name that the recipe's let gives, got ${text}`)
      return this.read(named, node, line)
    }
    const path = this.path(text)
    const start = path.above.reduce<SourceNode | undefined>(
      (from, step) => from && findAbove(from, step),
      node,
    )
    if (!start) return undefined
    if (line !== undefined && start === node && path.down.length === 0 && path.attribute === undefined)
      return { text: line, nodes: [node] }
    const nodes = path.down.length === 0 ? [start] : select(start, path.down)
    for (const target of nodes) {
      const found = path.attribute === undefined ? valueOf(target) : attributeOf(target, path.attribute)
      if (found)
        return { text: found, nodes: path.attribute === 'name' ? [target, ...headingOf(target)] : [target] }
    }
    return fill ? this.fillDown(start, path) : undefined
  }

  private fillDown(start: SourceNode, path: Path): ReadValue | undefined {
    const siblings = start.parent?.children ?? []
    for (let index = siblings.indexOf(start) - 1; index >= 0; index--) {
      const above = siblings[index]!
      if (above.name !== start.name) continue
      const target = select(above, path.down).find((candidate) => valueOf(candidate) !== '')
      if (target) return { text: valueOf(target), nodes: [target] }
    }
    return undefined
  }

  private fillTemplate(template: string, node: SourceNode, line?: string): ReadValue | undefined {
    const nodes: SourceNode[] = []
    let whole = true
    const text = template.replaceAll(/\{([^{}]+)\}/g, (_, path: string) => {
      const found = this.follow(path, node, line)
      if (!found) whole = false
      nodes.push(...(found?.nodes ?? []))
      return found?.text ?? ''
    })
    return whole ? { text, nodes } : undefined
  }

  private find(
    find: NonNullable<ValueObject['find']>,
    node: SourceNode,
    line?: string,
  ): ReadValue | undefined {
    const wanted = this.read(find.is, node, line)
    if (!wanted) return undefined
    const own = find.file === 'same' ? fileOf(node).place.file : undefined
    const name = JSON.stringify([own ?? find.file, find.at, find.where])
    let index = this.indexes.get(name)
    if (!index) {
      index = new Map()
      this.indexes.set(name, index)
      const pattern = find.file === undefined || own !== undefined ? undefined : compileGlob(find.file)
      for (const file of this.files) {
        if (own === undefined ? pattern && !pattern.test(file.place.file) : file.place.file !== own) continue
        for (const candidate of select(file, parseSelector(find.at))) {
          const key = this.follow(find.where, candidate)?.text
          if (key !== undefined && !index.has(key)) index.set(key, candidate)
        }
      }
    }
    const hit = index.get(wanted.text)
    const taken = hit && this.follow(find.take, hit)
    return (
      taken && {
        text: taken.text,
        nodes: [...taken.nodes, ...wanted.nodes, ...(this.follow(find.where, hit)?.nodes ?? [])],
      }
    )
  }

  private path(text: string): Path {
    let path = this.paths.get(text)
    if (!path) this.paths.set(text, (path = parsePath(text)))
    return path
  }

  private pattern(text: string): Pattern {
    let pattern = this.patterns.get(text)
    if (!pattern) this.patterns.set(text, (pattern = compileRegExp(text)))
    return pattern
  }
}

function fileOf(node: SourceNode): SourceNode {
  let file = node
  while (file.parent) file = file.parent
  return file
}

/** The cell that heads a cell's column: reading the column's name is reading that cell. */
function headingOf(cell: SourceNode): SourceNode[] {
  if (cell.parent?.name !== 'row') return []
  const header = cell.parent.parent?.children.find(({ name }) => name === 'header')
  const heading = header?.children.find(
    ({ attributes }) => attributes['column'] === cell.attributes['column'],
  )
  return heading ? [heading] : []
}

/** `name`, `index` (from 1 among siblings of that name), or one of the node's own views. */
function attributeOf(node: SourceNode, attribute: string): string | undefined {
  if (attribute === 'name') return node.name
  if (attribute === 'index') {
    return String(
      (node.parent?.children ?? [node]).filter(({ name }) => name === node.name).indexOf(node) + 1,
    )
  }
  return node.attributes[attribute]
}
