// Reads YAML and JSON into nodes: a map's keys and `-` for a list's entries are names, scalars are texts.
import {
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node as JsonNode,
  type ParseError,
} from 'jsonc-parser'
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node as YamlNode } from 'yaml'
import { UnreadableFile, type LadderLimits, type NodeMaker, type SourceNode } from './source.ts'

/** Aliases of aliases grow without bound, and each has to be looked up. */
const MOST_ALIASES = 1_000

const plainKey = (key: string) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key))
const below = (path: string, key: string | number) =>
  typeof key === 'number' ? `${path}[${key}]` : path === '' ? plainKey(key) : `${path}.${plainKey(key)}`

/** Adds a JSON document under `file`. Comments and trailing commas are accepted, anything else amiss is a fault. */
export function readJson(make: NodeMaker, file: SourceNode, text: string, limits: LadderLimits): void {
  checkDepth(text, limits)
  const starts = lineStarts(text)
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  const first = errors[0]
  if (first) {
    throw new UnreadableFile(
      `expected well-formed JSON, got ${spaced(printParseErrorCode(first.error))}`,
      placeAt(starts, first.offset),
    )
  }
  const add = (node: JsonNode, parent: SourceNode, name: string, path: string): void => {
    const place = { ...placeAt(starts, node.offset), where: path }
    if (node.type === 'object') {
      const map = name === '' ? parent : make.add(parent, name, '', place)
      for (const { children } of node.children ?? []) {
        const [key, value] = children ?? []
        if (key && value) add(value, map, String(key.value), below(path, String(key.value)))
      }
    } else if (node.type === 'array') {
      const list = name === '' ? parent : make.add(parent, name, '', place)
      node.children?.forEach((entry, index) => add(entry, list, '-', below(path, index)))
    } else {
      const value: unknown = getNodeValue(node)
      if (value !== null) make.add(parent, name === '' ? '-' : name, String(value).trim(), place)
    }
  }
  if (root) add(root, file, '', '')
}

const spaced = (code: string) => code.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

/** Adds a YAML document under `file`; `lineOffset` is how many lines stand above it (front matter). */
export function readYaml(
  make: NodeMaker,
  file: SourceNode,
  text: string,
  limits: LadderLimits,
  lineOffset = 0,
): void {
  checkDepth(text, limits)
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    strict: true,
  })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: line + lineOffset, column: col }
  }
  const first = document.errors[0]
  if (first) {
    const tab = first.code === 'TAB_AS_INDENT'
    throw new UnreadableFile(
      tab
        ? 'expected spaces before a YAML entry, got a tab (YAML forbids tabs as indentation)'
        : `expected well-formed YAML, got: ${first.message.split('\n')[0]}`,
      at(first.pos[0]),
    )
  }
  let [depth, aliases] = [0, 0]
  const add = (node: YamlNode | null | undefined, parent: SourceNode, name: string, path: string): void => {
    if (!node || (depth += 1) > limits.depth) {
      if (!node) return
      throw new UnreadableFile(
        `expected at most ${limits.depth} levels of nesting, got more`,
        at(node.range?.[0] ?? 0),
      )
    }
    const place = { ...at(node.range?.[0] ?? 0), where: path }
    if (isAlias(node)) {
      aliases += 1
      if (aliases > MOST_ALIASES)
        throw new UnreadableFile(`expected at most ${MOST_ALIASES} aliases to follow, got more`, place)
      add(node.resolve(document), parent, name, path)
    } else if (isMap(node)) {
      const map = name === '' ? parent : make.add(parent, name, '', place)
      for (const { key, value } of node.items) {
        const word = isScalar(key) ? String(key.value) : String(key)
        add(value as YamlNode | null, map, word, below(path, word))
      }
    } else if (isSeq(node)) {
      const list = name === '' ? parent : make.add(parent, name, '', place)
      node.items.forEach((entry, index) => add(entry as YamlNode, list, '-', below(path, index)))
    } else if (isScalar(node) && node.value !== null) {
      make.add(
        parent,
        name === '' ? '-' : name,
        String(node.source !== undefined && typeof node.value === 'number' ? node.source : node.value).trim(),
        place,
      )
    }
    depth -= 1
  }
  add(document.contents, file, '', '')
}

/** Brackets in flow style and JSON: a quick look that keeps the parsers, which recurse, from exhausting the stack. */
function checkDepth(text: string, limits: LadderLimits): void {
  let [depth, line, quoted] = [0, 1, false]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 10) [line, quoted] = [line + 1, false]
    else if (code === 34) quoted = !quoted
    else if (code === 92) index += 1
    else if (!quoted && (code === 91 || code === 123)) {
      depth += 1
      if (depth > limits.depth)
        throw new UnreadableFile(`expected at most ${limits.depth} levels of nesting, got more`, { line })
    } else if (!quoted && (code === 93 || code === 125)) depth = Math.max(0, depth - 1)
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1))
    starts.push(index + 1)
  return starts
}

function placeAt(starts: readonly number[], offset: number): { line: number; column: number } {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - starts[low]! + 1 }
}
