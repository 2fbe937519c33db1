// The forms of a tree: places that have the same shape, and how to reach one from another.
import type { Value } from './recipe.ts'
import { valueOf, type SourceNode } from './source.ts'

export const TITLE = ['title', 'name', 'displayName', 'label']
export const KEY = ['path', 'id', 'key', 'slug', 'code']
export const PROSE = /^(?:description|summary|definition|text|detail|explanation)s?$/i
export const LEVEL_CHILD = /^(?:level|milestone|stage|grade|proficiency)$/i
/** All places of a tree that have the same form: list entries and the keys of dictionaries are not told apart. */
export interface Form {
  readonly path: readonly string[]
  readonly nodes: SourceNode[]
}

export const join = (path: readonly string[]) => JSON.stringify(path)
export const at = (forms: ReadonlyMap<string, Form>, path: readonly string[]): Form | undefined =>
  forms.get(join(path))
export const step = (name: string) =>
  name === '*' || name === '-' || /^[\w-]+$/.test(name) ? name : `"${name}"`
export const selectorOf = (path: readonly string[]) => path.map(step).join('/')

/** A map whose keys are names, not fields: they all hold maps or lists of one form, or they are numbers. */
export function isDictionary(node: SourceNode): boolean {
  const { children } = node
  if (children.length < 2 || children[0]!.name === '-') return false
  if (children.every(({ name }) => /^\d{1,3}$/.test(name))) return true
  if (children.length < 3 || children.some((child) => child.children.length === 0)) return false
  const first = new Set(children[0]!.children.map(({ name }) => name))
  return children.every(
    (child) => child.children.some(({ name }) => first.has(name)) && child.children.length >= first.size / 2,
  )
}

export function isProse({ path, nodes }: Form): boolean {
  const texts = nodes
    .slice(0, 300)
    .map(valueOf)
    .filter((text) => text !== '')
  if (texts.length === 0 || /^(?:url|href|link)s?$/i.test(path.at(-1)!)) return false
  return (
    texts.reduce((sum, text) => sum + text.length, 0) / texts.length >= 25 &&
    texts.some((text) => text.includes(' '))
  )
}

export const childNames = (form: Form | undefined) =>
  new Set(form?.nodes.slice(0, 50).flatMap(({ children }) => children.map(({ name }) => name)) ?? [])
export const firstOf = (form: Form | undefined, names: readonly string[]) =>
  names.find((name) => childNames(form).has(name))
export const isElement = (name: string) => name === '-' || name === '*'

/** The nearest element above a level that has a name: its competency. Gives the length of its path. */
export function findOwner(path: readonly string[], forms: ReadonlyMap<string, Form>): number | undefined {
  for (let length = path.length - 1; length >= 1; length--) {
    if (isElement(path[length - 1]!) && firstOf(at(forms, path.slice(0, length)), TITLE) !== undefined)
      return length
  }
  return undefined
}

export const keyOf = (form: Form | undefined): string => {
  const key = firstOf(form, KEY)
  if (key !== undefined) return `./${key}`
  return form?.path.at(-1) === '*' ? '.@name' : `./${firstOf(form, ['name', ...TITLE]) ?? 'name'}`
}

/** A value of an element above, as a path from the text: one climb for each level of the tree between them. */
export function climbTo(path: readonly string[], length: number, value: string): string {
  const climbs = path.length - length
  if (climbs === 0) return value
  return '^'.repeat(climbs) + value.slice(value.startsWith('./') ? 1 : 1)
}

/** A competency's key: unique across files by the file's own path or name where the ladder has several files. */
export function climb(
  path: readonly string[],
  owner: number,
  key: string,
  forms: ReadonlyMap<string, Form>,
): Value {
  return severalFiles(forms)
    ? { template: `{${fileKey(at(forms, path.slice(0, owner)))}}/{${climbTo(path, owner, key)}}` }
    : climbTo(path, owner, key)
}

/** What tells the files of some entries apart: a key that each file gives itself, else its name. */
export function fileKey(form: Form | undefined): string {
  const files = new Set(form?.nodes.map(fileOf))
  const own = KEY.find((name) =>
    [...files].every((file) => file.children.some((child) => child.name === name && valueOf(child) !== '')),
  )
  return own === undefined ? '^file@base' : `^file/${own}`
}

export function fileOf(node: SourceNode): SourceNode {
  let file = node
  while (file.parent) file = file.parent
  return file
}

export function severalFiles(forms: ReadonlyMap<string, Form>): boolean {
  const files = new Set<string>()
  for (const { nodes } of forms.values()) for (const node of nodes.slice(0, 200)) files.add(node.place.file)
  return files.size > 1
}
