// Collects the changes between two frameworks; compares entries by id and fields by meaning.
import { isMapValue, TEXT_KEYS } from '../document.ts'
import { textIn, type Framework, type Scale, type Text, type Years } from '../model.ts'
import type { Change, ChangeKind, ChangeSection } from './change.ts'

export interface Entry {
  readonly id: string
  readonly title?: Text | undefined
}

export class Comparison {
  readonly changes: Change[] = []
  private readonly first: string
  private readonly roleTitles: Map<string, Text>
  private readonly competencyTitles: Map<string, Text>

  constructor(
    before: Framework,
    after: Framework,
    readonly language: string,
  ) {
    this.first = after.languages[0] ?? 'en'
    const titles = (entries: readonly { id: string; title: Text }[]) =>
      entries.map(({ id, title }) => [id, title] as const)
    this.roleTitles = new Map([...titles(before.roles), ...titles(after.roles)])
    this.competencyTitles = new Map([...titles(before.competencies), ...titles(after.competencies)])
  }

  words = (text: Text): string => textIn(text, this.language, this.first)
  roleTitle = (id: string): string => this.words(this.roleTitles.get(id) ?? id)
  competencyTitle = (id: string): string => this.words(this.competencyTitles.get(id) ?? id)
  titleOf = (entry: Entry): string => (entry.title === undefined ? entry.id : this.words(entry.title))

  add(
    kind: ChangeKind,
    section: ChangeSection,
    path: readonly string[],
    message: string,
    before?: unknown,
    after?: unknown,
  ): void {
    this.changes.push({
      kind,
      section,
      path,
      message,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    })
  }

  /** Calls `both` for the entries in both lists, and reports the others and a changed order. */
  pair<E extends Entry>(
    section: ChangeSection,
    path: readonly string[],
    what: string,
    before: readonly E[],
    after: readonly E[],
    both: (before: E, after: E, path: string[]) => void,
  ): void {
    const old = new Map(before.map((entry) => [entry.id, entry]))
    const now = new Map(after.map((entry) => [entry.id, entry]))
    for (const entry of before) {
      if (!now.has(entry.id))
        this.add(
          'removed',
          section,
          [...path, entry.id],
          `${what} "${this.titleOf(entry)}" is removed`,
          entry,
        )
    }
    for (const entry of after) {
      const earlier = old.get(entry.id)
      if (earlier === undefined)
        this.add(
          'added',
          section,
          [...path, entry.id],
          `${what} "${this.titleOf(entry)}" is new`,
          undefined,
          entry,
        )
      else both(earlier, entry, [...path, entry.id])
    }
    const kept = (list: readonly E[]) => list.flatMap(({ id }) => (old.has(id) && now.has(id) ? [id] : []))
    const [was, is] = [kept(before), kept(after)]
    if (!same(was, is))
      this.add('reordered', section, path, `${what}s stand in another order: ${is.join(', ')}`, was, is)
  }

  /** Entries that need no words of their own. */
  entries<E extends Entry>(
    section: ChangeSection,
    path: readonly string[],
    what: string,
    before: readonly E[],
    after: readonly E[],
  ): void {
    this.pair(section, path, what, before, after, (old, now, at) => {
      const transition = section === 'Transitions'
      this.fields(section, at, `${what} "${this.titleOf(now)}"`, old, now, transition ? ['title'] : [])
    })
  }

  /** Every field of a map: titles as renamed, texts as reworded, years and the rest as changed. */
  fields(
    section: ChangeSection,
    path: readonly string[],
    label: string,
    before: object,
    after: object,
    except: readonly string[] = [],
  ): void {
    const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>]
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      const [was, is] = [old[key], now[key]]
      if (except.includes(key) || same(was, is)) continue
      if (TEXT_KEYS.has(key) && !Array.isArray(was) && !Array.isArray(is))
        this.text(section, [...path, key], label, key, was as Text, is as Text)
      else this.add('changed', section, [...path, key], `${label}: ${key} ${fromTo(was, is)}`, was, is)
    }
  }

  text(
    section: ChangeSection,
    path: readonly string[],
    label: string,
    key: string,
    was: Text | undefined,
    is: Text | undefined,
  ): void {
    const kind =
      key === 'title' ? 'renamed' : was === undefined ? 'added' : is === undefined ? 'removed' : 'reworded'
    const what =
      key === 'title' ? `${label} is renamed` : `${label}: ${key} is ${kind === 'added' ? 'new' : kind}`
    this.add(kind, section, path, `${what}${this.textDifference(was, is)}`, was, is)
  }

  /** The languages whose words differ, with both wordings. */
  textDifference(was: Text | undefined, is: Text | undefined): string {
    const [old, now] = [this.byLanguage(was), this.byLanguage(is)]
    const parts = [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((language) => {
      const [from, to] = [old[language], now[language]]
      if (from === to) return []
      return [
        `${language} ${from === undefined ? '' : `"${from}" `}→ ${to === undefined ? 'nothing' : `"${to}"`}`,
      ]
    })
    return parts.length === 0 ? ' (written in another form)' : ` (${parts.join('; ')})`
  }

  private byLanguage(text: Text | undefined): Record<string, string> {
    return text === undefined ? {} : typeof text === 'string' ? { [this.first]: text } : text
  }

  scale(path: readonly string[], label: string, before: Scale | undefined, after: Scale | undefined): void {
    const levels = (scale: Scale | undefined) =>
      (scale?.levels ?? []).map((level) => ({ ...level, id: String(level.level) }))
    const section = path.length === 0 ? 'Framework' : 'Competencies'
    this.entries(section, [...path, 'scale', 'levels'], `${label}: level`, levels(before), levels(after))
  }
}

/** Equal by value; the order of keys does not count. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, index) => same(value, b[index]))
  if (!isMapValue(a) || !isMapValue(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  )
}

export function fromTo(was: unknown, is: unknown): string {
  if (was === undefined) return `is now ${shortly(is)}`
  if (is === undefined) return `is no longer given, was ${shortly(was)}`
  const [old, now] = [shortly(was), shortly(is)]
  return old === now ? 'changed' : `is now ${now}, was ${old}`
}

function shortly(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`
  if (isYears(value))
    return value.max === undefined ? `${value.min}+ years` : `${value.min}–${value.max} years`
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return value.length === 0 ? 'none' : value.join(', ')
  const json = JSON.stringify(value) ?? 'nothing'
  return json.length > 80 ? `${json.slice(0, 77)}…` : json
}

const isYears = (value: unknown): value is Years =>
  isMapValue(value) &&
  typeof value['min'] === 'number' &&
  Object.keys(value).every((key) => key === 'min' || key === 'max')
