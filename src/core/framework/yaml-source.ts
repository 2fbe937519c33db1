// Reads YAML (and so JSON) text into plain values that still know their places, within hard limits.
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'

import { describeValue, type Fault, type FaultCode, type FaultPath, type Place } from './fault.ts'
import { findJsonFault, isMeantAsJson } from './json-syntax.ts'

export interface Limits {
  /** Most characters in one text. */
  readonly characters: number
  /** Most levels of nesting. */
  readonly depth: number
  /** Most values that aliases may add. */
  readonly aliasValues: number
}

export const DEFAULT_LIMITS: Limits = { characters: 4_000_000, depth: 40, aliasValues: 50_000 }

/** One text that was read, able to turn offsets into places. */
export interface SourceText {
  readonly file: string
  placeAt(offset: number): Place
}

/** Where an entry of a map or list stands: the key's own node where it has one, and the value's. */
export interface Spot {
  readonly source: SourceText
  readonly key?: Node | undefined
  readonly value?: Node | undefined
}

/** Remembers, for every map and list, the node that it was written as, or for merged ones where each entry is from. */
export interface Places {
  readonly written: Map<object, { readonly source: SourceText; readonly node: YAMLMap | YAMLSeq }>
  readonly entries: Map<object, Map<string, Spot>>
}

export const newPlaces = (): Places => ({ written: new Map(), entries: new Map() })

export interface ReadValue {
  readonly value: unknown
  readonly source: SourceText
  readonly faults: Fault[]
  /** Offset of the first fault that can make all that follows look wrong. */
  readonly damagedFrom: number | undefined
}

// oxlint-disable-next-line no-control-regex
const UNCLEAN = /[\0\p{Surrogate}]/u

/** Reads one text. Never throws; a value may be partial when there are faults. Places are added to `places`. */
export function readYaml(text: string, file: string, places: Places, limits: Limits): ReadValue {
  const lines = new LineCounter()
  const source: SourceText = {
    file,
    placeAt: (offset) => {
      const { line, col } = lines.linePos(Math.max(0, offset))
      return { file, line: Math.max(1, line), column: Math.max(1, col) }
    },
  }
  const faults: Fault[] = []
  const fail = (code: FaultCode, offset: number, expected: string, got: string, path: FaultPath = []) =>
    faults.push({ code, ...source.placeAt(offset), path, expected, got })

  if (text.length > limits.characters) {
    lines.addNewLine(0)
    fail('FW001', 0, `at most ${limits.characters} characters`, `${text.length} characters`)
    return { value: undefined, source, faults, damagedFrom: 0 }
  }
  const unclean = text.search(UNCLEAN)
  if (unclean >= 0) {
    for (let at = 0; at >= 0 && at <= unclean; at = text.indexOf('\n', at) + 1 || -1) lines.addNewLine(at)
    const what = text[unclean] === '\0' ? 'a NUL character' : 'half of a surrogate pair'
    fail('FW002', unclean, 'clean Unicode text (UTF-8 in files)', what)
    return { value: undefined, source, faults, damagedFrom: 0 }
  }

  const tower = findTower(text)
  if (tower !== undefined) {
    for (let at = 0; at >= 0 && at <= tower; at = text.indexOf('\n', at) + 1 || -1) lines.addNewLine(at)
    fail('FW006', tower, `at most ${limits.depth} levels of nesting`, 'hundreds')
    return { value: undefined, source, faults, damagedFrom: 0 }
  }

  let damagedFrom: number | undefined
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'error',
    })
    const problems = [...document.errors, ...document.warnings]
    // Of JSON it is said what JSON expects there, not what YAML makes of it.
    const json = problems.length > 0 && isMeantAsJson(text, file) ? findJsonFault(text) : undefined
    if (json) {
      fail('FW003', json.offset, json.expected, json.got, json.path)
      damagedFrom = Math.min(json.from, ...problems.map(({ pos: [offset] }) => offset))
    }
    for (const problem of json ? [] : problems) {
      const [offset] = problem.pos
      const deep = problem.code === 'RESOURCE_EXHAUSTION'
      fail(
        deep ? 'FW006' : 'FW003',
        offset,
        deep ? `at most ${limits.depth} levels` : 'well-formed YAML 1.2 or JSON',
        yamlProblem(problem),
      )
      damagedFrom = Math.min(damagedFrom ?? offset, offset)
    }
    const value =
      document.contents === null ? undefined : toValue(document.contents, source, places, limits, fail)
    return { value, source, faults, damagedFrom }
  } catch (error) {
    // The YAML reader recurses: what defeats it is nesting far beyond our own limit.
    if (!(error instanceof RangeError)) throw error
    fail('FW006', 0, `at most ${limits.depth} levels of nesting`, 'far deeper nesting')
    return { value: undefined, source, faults, damagedFrom: 0 }
  }
}

const MOST_OPEN = 500
/** Block nesting on one line, or more directives than any file needs (reading them takes quadratic time). */
const TOWER = /(?:[-?:][ \t]+){200}|^(?:%[^\n]*\n){100}/

/** Offset of nesting so deep that reading it would cost much before it is refused; undefined for anything ordinary. */
function findTower(text: string): number | undefined {
  let open = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 0x5b || code === 0x7b) {
      if (++open > MOST_OPEN) return index
    } else if ((code === 0x5d || code === 0x7d) && open > 0) open--
  }
  const tower = TOWER.exec(text)
  return tower?.index
}

function yamlProblem(problem: { code: string; message: string }): string {
  if (problem.code === 'TAB_AS_INDENT') return 'a tab used as indentation (YAML allows only spaces)'
  if (problem.code === 'MULTIPLE_DOCS') return 'a second document in one file'
  const message = problem.message.replace(/\s+/g, ' ')
  return message.length > 160 ? `${message.slice(0, 157)}…` : message
}

/** Turns nodes into plain values, counting what aliases add, and remembers where each map and list stands. */
function toValue(
  root: Node,
  source: SourceText,
  places: Places,
  limits: Limits,
  fail: (code: FaultCode, offset: number, expected: string, got: string, path?: FaultPath) => unknown,
): unknown {
  const anchors = new Map<string, Node>()
  const path: (string | number)[] = []
  const inside = new Set<Node>()
  let aliased = 0
  let spent = 0
  let stopped = false

  const walk = (node: Node | null): unknown => {
    if (node === null || stopped) return null
    const offset = node.range?.[0] ?? 0
    if (aliased > 0 && ++spent > limits.aliasValues) {
      stopped = true
      fail('FW005', offset, `aliases that add at most ${limits.aliasValues} values`, 'more', [...path])
      return null
    }
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (target === undefined || inside.has(target)) {
        const got = target
          ? `*${node.source} inside of itself`
          : `*${node.source}, which is not defined above`
        fail('FW005', offset, 'an alias of an anchor that stands above it', got, [...path])
        return null
      }
      aliased++
      const value = walk(target)
      aliased--
      return value
    }
    const anchor = (node as { anchor?: string }).anchor
    if (anchor !== undefined) anchors.set(anchor, node)
    if (isScalar(node)) {
      const value = node.value
      if (typeof value === 'string' && node.type === 'QUOTE_DOUBLE' && UNCLEAN.test(value)) {
        fail('FW002', offset, 'clean Unicode text', 'an escaped NUL or half of a surrogate pair', [...path])
      }
      return value
    }
    if (path.length >= limits.depth) {
      stopped = true
      fail('FW006', offset, `at most ${limits.depth} levels of nesting`, 'deeper nesting', path.slice(0, 3))
      return null
    }
    inside.add(node)
    const value = isSeq(node) ? walkSeq(node) : isMap(node) ? walkMap(node) : null
    inside.delete(node)
    return value
  }

  const walkSeq = (node: YAMLSeq): unknown[] => {
    const list: unknown[] = []
    places.written.set(list, { source, node })
    for (let index = 0; index < node.items.length; index++) {
      path.push(index)
      list.push(walk(node.items[index] as Node))
      path.pop()
    }
    return list
  }

  const walkMap = (node: YAMLMap): Record<string, unknown> => {
    const map: Record<string, unknown> = {}
    places.written.set(map, { source, node })
    for (const pair of node.items) {
      const keyNode = pair.key as Node | null
      const offset = keyNode?.range?.[0] ?? node.range?.[0] ?? 0
      const key = keyOf(keyNode)
      if (key === undefined || key === '__proto__') {
        fail('FW007', offset, 'a plain word or number as key', key ?? describeKey(keyNode), [...path])
        continue
      }
      if (Object.hasOwn(map, key)) {
        fail('FW004', offset, 'each key once in a map', `"${key}" again`, [...path, key])
        continue
      }
      path.push(key)
      map[key] = walk(pair.value as Node | null)
      path.pop()
    }
    return map
  }
  return walk(root)
}

function keyOf(node: Node | null): string | undefined {
  if (!isScalar(node)) return undefined
  const { value } = node
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined
}

function describeKey(node: Node | null): string {
  return isScalar(node)
    ? describeValue(node.value)
    : isAlias(node)
      ? 'an alias'
      : node === null
        ? 'no key'
        : 'a list or map'
}
