// Formats the text of a framework file: canonical key order, indentation and quoting; comments stay.
import {
  isAlias,
  isCollection,
  isScalar,
  parseDocument,
  Scalar,
  visit,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml'

import type { Fault } from './fault.ts'
import { KEY_ORDER } from './key-order.ts'
import { LINE_WIDTH, writeLevelPlainly } from './format.ts'
import { DEFAULT_LIMITS, newPlaces, readYaml, type Limits } from './yaml-source.ts'

export type Reformatted =
  | { readonly text: string; readonly faults?: never }
  | { readonly faults: Fault[]; readonly text?: never }

/**
 * The same document, formatted: formatting twice changes nothing more. Only well-formed text without duplicate keys
 * is formatted, and only when the result reads back as the same values. JSON stays JSON.
 */
export function reformatText(
  text: string,
  options: { file?: string; limits?: Partial<Limits> } = {},
): Reformatted {
  const file = options.file ?? 'framework.yaml'
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const before = readYaml(text, file, newPlaces(), limits)
  if (before.faults.length > 0) return { faults: before.faults }
  const json = findJson(text)
  const formatted = json === undefined ? settled(text) : `${JSON.stringify(sortKeys(json.value), null, 2)}\n`
  const after = readYaml(formatted, file, newPlaces(), limits)
  if (after.faults.length === 0 && sameValues(before.value, after.value)) return { text: formatted }
  return {
    faults: [
      {
        code: 'FW003',
        file,
        line: 1,
        column: 1,
        path: [],
        expected: 'a text that can be formatted without loss',
        got: 'one that would change its values; nothing was changed',
      },
    ],
  }
}

/** Folding can settle only on the second run (a comment that moves a line): repeat until nothing changes. */
function settled(text: string): string {
  let current = text
  for (let run = 0; run < 4; run++) {
    const next = once(current)
    if (next === current) break
    current = next
  }
  return current
}

function once(text: string): string {
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false })
  let anchored = false
  visit(document, (_, node) => {
    if (isAlias(node) || ((isScalar(node) || isCollection(node)) && node.anchor !== undefined))
      anchored = true
  })
  visit(document, {
    Map(_, map) {
      // An alias must stay below its anchor, so such files keep their order.
      if (!anchored) sortPairs(map, map === document.contents)
    },
    Pair(_, pair) {
      if (isScalar(pair.key)) writeLevelPlainly(pair.key)
    },
    Scalar(_, scalar) {
      const plain =
        typeof scalar.value === 'string' &&
        (scalar.type === Scalar.QUOTE_DOUBLE || scalar.type === Scalar.QUOTE_SINGLE)
      if (plain) delete scalar.type
    },
  })
  return document.toString({
    lineWidth: LINE_WIDTH,
    singleQuote: false,
    flowCollectionPadding: true,
    indent: 2,
    indentSeq: true,
  })
}

function sortPairs(map: YAMLMap, isRoot: boolean): void {
  const items = map.items as Pair<Node, Node | null>[]
  const order = KEY_ORDER
  const ranks = items.map((pair) => order.get(isScalar(pair.key) ? String(pair.key.value) : ''))
  if (ranks.some((rank) => rank === undefined)) return
  map.items = items
    .map((pair, index) => ({ pair, rank: ranks[index]! }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ pair }) => pair)
  if (isRoot) keepHead(items[0]?.key, map.items[0]?.key as Node | undefined)
}

/** A comment at the head of the file is about the file, and stays there when its first key moves. */
function keepHead(before: Node | undefined, now: Node | undefined): void {
  if (!before || !now || before === now || typeof before.commentBefore !== 'string') return
  now.commentBefore = [before.commentBefore, now.commentBefore]
    .filter((comment) => typeof comment === 'string')
    .join('\n')
  before.commentBefore = null
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, entry]) => [key, sortKeys(entry)] as const)
  const known = entries.every(([key]) => KEY_ORDER.has(key))
  return Object.fromEntries(
    known ? entries.toSorted(([a], [b]) => KEY_ORDER.get(a)! - KEY_ORDER.get(b)!) : entries,
  )
}

function findJson(text: string): { value: unknown } | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

function sameValues(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) &&
      sameValues((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  )
}
