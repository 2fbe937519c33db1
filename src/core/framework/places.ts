// Finds the place in a file of a path in a document, merged or as written.
import { isMap, isScalar, isSeq, type Node } from 'yaml'

import type { FaultPath, Place } from './fault.ts'
import type { Places, SourceText, Spot } from './yaml-source.ts'

/** Where the entry `key` of a map or list stands, if it was written anywhere. */
export function findSpot(container: object, key: string | number, places: Places): Spot | undefined {
  const merged = places.entries.get(container)
  if (merged !== undefined) return merged.get(String(key))
  const written = places.written.get(container)
  if (written === undefined) return undefined
  const { node, source } = written
  if (isSeq(node)) {
    const value = node.items[Number(key)] as Node | null | undefined
    return value === undefined ? undefined : { source, value: value ?? undefined }
  }
  if (!isMap(node)) return undefined
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
  return pair && { source, key: pair.key as Node, value: (pair.value as Node | null) ?? undefined }
}

export type Aim = 'key' | 'value'

/**
 * The nearest written place of `path` in `root`: of its value, or of its key when `aim` is 'key'. A path that leads
 * to nothing has the place of the deepest part that exists.
 */
export function placeAndOffset(
  root: unknown,
  path: FaultPath,
  places: Places,
  fallback: SourceText,
  aim: Aim = 'value',
): { place: Place; source: SourceText; offset: number } {
  let source = fallback
  let offset = 0
  if (typeof root === 'object' && root !== null) {
    const own = places.written.get(root)
    if (own) {
      source = own.source
      offset = own.node.range?.[0] ?? 0
    }
  }
  let current: unknown = root
  for (const [index, key] of path.entries()) {
    if (typeof current !== 'object' || current === null) break
    const spot = findSpot(current, key, places)
    if (spot === undefined) break
    source = spot.source
    const last = index === path.length - 1
    const node = last && aim === 'key' ? (spot.key ?? spot.value) : (spot.value ?? spot.key)
    offset = node?.range?.[0] ?? offset
    current = (current as Record<string | number, unknown>)[key]
  }
  return { place: source.placeAt(offset), source, offset }
}
