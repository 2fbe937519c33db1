// Translations written apart: a tree of ids that mirrors the document, laid into its texts.
import { entryKey, isMapValue, listOf, mapOf, own, TEXT_KEYS, type RawMap } from './document.ts'
import type { FaultPath } from './fault.ts'
import { findSpot } from './places.ts'
import type { Places, Spot } from './yaml-source.ts'

/** A translation that belongs to no text: its path below the language, and what could stand there instead. */
export interface Untranslatable {
  readonly path: FaultPath
  readonly problem: 'no such entry' | 'no text here'
  readonly candidates: readonly string[]
}

/**
 * Lays `tree` into the texts of `root` as `language`, changing `root` in place (it is ours, freshly read).
 * Lists are addressed by id, level, `from>to`, or position from 1; behaviours also by id alone, at the top.
 */
export function translateInto(
  root: RawMap,
  tree: RawMap,
  language: string,
  places: Places,
): Untranslatable[] {
  const problems: Untranslatable[] = []
  const first = listOf(own(root, 'languages'))[0]
  const original = typeof first === 'string' ? first : 'en'

  const setText = (
    container: RawMap | unknown[],
    key: string | number,
    words: string,
    spot: Spot | undefined,
  ): void => {
    const held = container as Record<string | number, unknown>
    const before = held[key]
    const text: RawMap = typeof before === 'string' ? { [original]: before } : { ...mapOf(before) }
    text[language] = words
    const entries = new Map<string, Spot>()
    const old = findSpot(container, key, places)
    for (const tag of Object.keys(text)) {
      const at = tag === language ? spot : isMapValue(before) ? findSpot(before, tag, places) : old
      if (at) entries.set(tag, at)
    }
    places.entries.set(text, entries)
    held[key] = text
  }

  const enter = (target: unknown, branch: unknown, path: FaultPath): void => {
    if (!isMapValue(branch) || typeof target !== 'object' || target === null) {
      problems.push({ path, problem: 'no text here', candidates: [] })
      return
    }
    for (const [name, value] of Object.entries(branch)) {
      const at = [...path, name]
      const key = Array.isArray(target)
        ? indexIn(target, name)
        : Object.hasOwn(target, name)
          ? name
          : undefined
      if (key === undefined) {
        problems.push({ path: at, problem: 'no such entry', candidates: candidatesIn(target) })
        continue
      }
      const next = (target as Record<string | number, unknown>)[key]
      const isText = Array.isArray(target)
        ? typeof next === 'string' || isLanguageMap(next)
        : TEXT_KEYS.has(String(key)) && !Array.isArray(next)
      if (isText && typeof value === 'string')
        setText(target as RawMap, key, value, findSpot(branch, name, places))
      else enter(next, value, at)
    }
  }

  const { behaviours, ...rest } = tree
  const passed = rest
  places.entries.set(
    passed,
    new Map(
      Object.keys(passed).flatMap((key) => {
        const spot = findSpot(tree, key, places)
        return spot ? [[key, spot] as const] : []
      }),
    ),
  )
  enter(root, passed, [])
  if (behaviours !== undefined) enterBehaviours(root, behaviours)

  function enterBehaviours(whole: RawMap, branch: unknown): void {
    const known = new Map<string, RawMap>()
    for (const competency of listOf(own(whole, 'competencies'))) {
      for (const list of Object.values(mapOf(own(mapOf(competency), 'behaviours')))) {
        for (const behaviour of listOf(list)) {
          const id = entryKey(behaviour)
          if (id !== undefined && isMapValue(behaviour)) known.set(id, behaviour)
        }
      }
    }
    for (const [id, value] of Object.entries(mapOf(branch))) {
      const behaviour = known.get(id)
      const words = typeof value === 'string' ? value : own(mapOf(value), 'text')
      if (behaviour === undefined)
        problems.push({ path: ['behaviours', id], problem: 'no such entry', candidates: [...known.keys()] })
      else if (typeof words !== 'string')
        problems.push({ path: ['behaviours', id], problem: 'no text here', candidates: [] })
      else setText(behaviour, 'text', words, findSpot(mapOf(branch), id, places))
    }
  }
  return problems
}

const isLanguageMap = (value: unknown): boolean =>
  isMapValue(value) && !Object.hasOwn(value, 'text') && entryKey(value) === undefined

function indexIn(list: unknown[], name: string): number | undefined {
  const keyed = list.findIndex((entry) => entryKey(entry) === name)
  if (keyed >= 0) return keyed
  if (!/^[1-9]\d{0,4}$/.test(name) || list.some((entry) => entryKey(entry) !== undefined)) return undefined
  const index = Number(name) - 1
  return index < list.length ? index : undefined
}

const candidatesIn = (target: object): string[] =>
  Array.isArray(target) ? target.flatMap((entry) => entryKey(entry) ?? []) : Object.keys(target)
