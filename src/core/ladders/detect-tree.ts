// Recognises trees: where competencies, levels, behaviours and roles stand in YAML, JSON and front matter.
import type { Proposal } from './detect.ts'
import type { RecipeInput, Value } from './recipe.ts'
import { valueOf, type SourceNode } from './source.ts'

type Rules = RecipeInput['rules']

const TITLE = ['title', 'name', 'displayName', 'label']
const KEY = ['path', 'id', 'key', 'slug', 'code']
const PROSE = /^(?:description|summary|definition|text|detail|explanation)s?$/i
const LEVELS = /(?:level|milestone|stage|grade|content|rung|indicator|proficienc)/i
const LEVEL_CHILD = /^(?:level|milestone|stage|grade|proficiency)$/i
const OWNER_REFERENCE = /^(?:theme|skill|competency|topic|track|dimension|capability)$/i
const ROLES = /^(?:roles|titles|positions|jobs|job_?families|ladders|levels|grades)$/i
const ROLE_LIST = /^(?:roles|titles|positions|jobs)$/i
const EXAMPLES = /^examples?$/i
const SETTING = /^(?:\$schema|id|uuid|guid|path|slug|key|url|href|link|icon|colou?r|theme|type|hash|order|rank|yaml|homepage|sidebar\w*|googleSheetId|isLegacy|_\w+)$/i

/** All places of a tree that have the same form: list entries and the keys of dictionaries are not told apart. */
interface Form {
  readonly path: readonly string[]
  readonly nodes: SourceNode[]
}

/** Rules for all trees among the files; undefined where there are none. */
export function detectTrees(files: readonly SourceNode[]): Proposal | undefined {
  const forms = new Map<string, Form>()
  const collect = (node: SourceNode, path: readonly string[]): void => {
    if (/^(?:h[1-6]|p|li|b|table|section|code|sheet|header|row)$/.test(node.name)) return
    const name = JSON.stringify(path)
    const form = forms.get(name) ?? { path, nodes: [] }
    forms.set(name, form)
    form.nodes.push(node)
    const dictionary = isDictionary(node)
    for (const child of node.children) collect(child, [...path, dictionary ? '*' : child.name])
  }
  for (const file of files) for (const child of file.children) collect(child, [child.name])
  const all = [...forms.values()]
  const rules: Rules = []
  const reasons: string[] = []
  const competencies = new Set<string>()

  for (const form of all.filter(isProse)) {
    if (form.path.some((name) => ROLE_LIST.test(name))) continue
    const level = findLevel(form, forms)
    if (level === undefined) continue
    const owner = findOwner(form.path.slice(0, level.at), forms)
    if (owner === undefined) continue
    const elementPath = form.path.slice(0, owner)
    const key = keyOf(at(forms, elementPath))
    if (!competencies.has(JSON.stringify(elementPath))) {
      competencies.add(JSON.stringify(elementPath))
      rules.unshift(...competencyRules(elementPath, key, forms))
      reasons.push(`competencies at ${elementPath.join('/')}`)
    }
    const competency = climb(form.path, owner, key, forms)
    const where = form.path.slice(0, level.at)
    const inside = form.path.length - level.at
    const isOwn = level.title !== undefined
    const value = climbTo(form.path, level.at, level.value)
    if (isOwn && !rules.some((rule) => rule.make === 'level' && rule.at === selectorOf(where))) {
      rules.unshift({ make: 'level', at: selectorOf(where), competency: climb(where, owner, key, forms), key: level.key ?? level.title!, level: '.@index', title: level.title! })
    }
    const last = form.path.at(-1) === '-' ? form.path.at(-2)! : form.path.at(-1)!
    const siblings = all.some((other) => other !== form && isProse(other) && other.path.length > form.path.length && other.path.slice(0, level.at).join('/') === where.join('/'))
    if (inside > 0 && (EXAMPLES.test(last) || (PROSE.test(last) && siblings))) {
      rules.push({ make: 'level', at: selectorOf(form.path), competency, level: isOwn || level.value !== '.@index' ? value : climbTo(form.path, level.at, '.@index'), description: EXAMPLES.test(last) ? { template: 'For example: {.}' } : '.' })
    } else {
      rules.push({ make: 'behaviour', at: selectorOf(form.path), competency, level: value, text: '.' })
      reasons.push(`behaviours at ${form.path.join('/')}`)
    }
  }
  rules.push(...flatRecords(all, forms, competencies, reasons))
  rules.push(...roleRules(all, forms, competencies, reasons))
  rules.push(...familyRules(all, forms, rules, reasons))
  if (!rules.some((rule) => rule.make === 'competency' || rule.make === 'behaviour')) return undefined
  return { rules, reasons, leaveOut: settings(all) }
}

const join = (path: readonly string[]) => JSON.stringify(path)
const at = (forms: ReadonlyMap<string, Form>, path: readonly string[]): Form | undefined => forms.get(join(path))
const step = (name: string) => (name === '*' || name === '-' || /^[\w-]+$/.test(name) ? name : `"${name}"`)
const selectorOf = (path: readonly string[]) => path.map(step).join('/')

/** A map whose keys are names, not fields: they all hold maps or lists of one form, or they are numbers. */
function isDictionary(node: SourceNode): boolean {
  const { children } = node
  if (children.length < 2 || children[0]!.name === '-') return false
  if (children.every(({ name }) => /^\d{1,3}$/.test(name))) return true
  if (children.length < 3 || children.some((child) => child.children.length === 0)) return false
  const first = new Set(children[0]!.children.map(({ name }) => name))
  return children.every((child) => child.children.some(({ name }) => first.has(name)) && child.children.length >= first.size / 2)
}

function isProse({ path, nodes }: Form): boolean {
  const texts = nodes.slice(0, 300).map(valueOf).filter((text) => text !== '')
  if (texts.length === 0 || /^(?:url|href|link)s?$/i.test(path.at(-1)!)) return false
  return texts.reduce((sum, text) => sum + text.length, 0) / texts.length >= 25 && texts.some((text) => text.includes(' '))
}

const childNames = (form: Form | undefined) => new Set(form?.nodes.slice(0, 50).flatMap(({ children }) => children.map(({ name }) => name)) ?? [])
const firstOf = (form: Form | undefined, names: readonly string[]) => names.find((name) => childNames(form).has(name))
const isElement = (name: string) => name === '-' || name === '*'

interface LevelPlace {
  /** The length of the path to the level's element. */
  readonly at: number
  /** Relative to that element. */
  readonly value: string
  readonly title?: string
  readonly key?: string
}

/** The deepest element above a text that is a level. */
function findLevel(form: Form, forms: ReadonlyMap<string, Form>): LevelPlace | undefined {
  for (let length = form.path.length; length >= 2; length--) {
    const name = form.path[length - 1]!
    if (!isElement(name)) continue
    const element = at(forms, form.path.slice(0, length))
    const container = form.path[length - 2]!
    const names = [...childNames(element)]
    const own = names.find((child) => LEVEL_CHILD.test(child))
    const references = names.some((child) => OWNER_REFERENCE.test(child))
    if (own !== undefined && !references && findOwner(form.path.slice(0, length), forms) !== undefined) return { at: length, value: `./${own}` }
    if (name === '*' && element!.nodes.every((node) => /^\d{1,2}$/.test(node.name))) return { at: length, value: '.@name' }
    if (name === '-' && LEVELS.test(container) && length < form.path.length) {
      const title = firstOf(element, TITLE)
      const key = firstOf(element, KEY)
      return { at: length, value: key ? `./${key}` : '.@index', ...(title ? { title: `./${title}` } : {}), ...(key ? { key: `./${key}` } : {}) }
    }
  }
  return undefined
}

/** The nearest element above a level that has a name: its competency. Gives the length of its path. */
function findOwner(path: readonly string[], forms: ReadonlyMap<string, Form>): number | undefined {
  for (let length = path.length - 1; length >= 1; length--) {
    if (isElement(path[length - 1]!) && firstOf(at(forms, path.slice(0, length)), TITLE) !== undefined) return length
  }
  return undefined
}

const keyOf = (form: Form | undefined): string => {
  const key = firstOf(form, KEY)
  if (key !== undefined) return `./${key}`
  return form?.path.at(-1) === '*' ? '.@name' : `./${firstOf(form, ['name', ...TITLE]) ?? 'name'}`
}

/** A value of an element above, as a path from the text: one climb for each level of the tree between them. */
function climbTo(path: readonly string[], length: number, value: string): string {
  const climbs = path.length - length
  if (climbs === 0) return value
  return '^'.repeat(climbs) + value.slice(value.startsWith('./') ? 1 : 1)
}

/** A competency's key: unique across files by the file's own path or name where the ladder has several files. */
function climb(path: readonly string[], owner: number, key: string, forms: ReadonlyMap<string, Form>): Value {
  return severalFiles(forms) ? { template: `{${fileKey(at(forms, path.slice(0, owner)))}}/{${climbTo(path, owner, key)}}` } : climbTo(path, owner, key)
}

/** What tells the files of some entries apart: a key that each file gives itself, else its name. */
function fileKey(form: Form | undefined): string {
  const files = new Set(form?.nodes.map(fileOf))
  const own = KEY.find((name) => [...files].every((file) => file.children.some((child) => child.name === name && valueOf(child) !== '')))
  return own === undefined ? '^file@base' : `^file/${own}`
}

function fileOf(node: SourceNode): SourceNode {
  let file = node
  while (file.parent) file = file.parent
  return file
}

function severalFiles(forms: ReadonlyMap<string, Form>): boolean {
  const files = new Set<string>()
  for (const { nodes } of forms.values()) for (const node of nodes.slice(0, 200)) files.add(node.place.file)
  return files.size > 1
}

function competencyRules(path: readonly string[], key: string, forms: ReadonlyMap<string, Form>): Rules {
  const form = at(forms, path)
  const title = firstOf(form, TITLE)!
  const description = [...childNames(form)].find((name) => PROSE.test(name))
  const area = firstOf(form, ['category', 'area', 'domain', 'group'])
  const several = severalFiles(forms)
  const name = TITLE.concat(['path', 'id']).find((candidate) => at(forms, [candidate]))
  return [
    {
      make: 'competency',
      at: selectorOf(path),
      key: several ? { template: `{${fileKey(form)}}/{${key}}` } : key,
      title: { from: `./${title}`, else: TITLE.filter((other) => other !== title).reduce<Value>((rest, other) => ({ from: `./${other}`, else: rest }), key) },
      ...(description === undefined ? {} : { description: `./${description}` }),
      ...(area !== undefined ? { area: `./${area}` } : several ? { area: name === undefined ? '^file@base' : { from: `^file/${name}`, else: '^file@base' } } : {}),
    },
  ]
}

/** Records that point to their level and their competency by id: one list of texts beside lists of both. */
function flatRecords(all: readonly Form[], forms: ReadonlyMap<string, Form>, competencies: Set<string>, reasons: string[]): Rules {
  const rules: Rules = []
  for (const form of all) {
    const names = [...childNames(form)]
    const level = names.find((name) => LEVEL_CHILD.test(name))
    const owner = names.find((name) => OWNER_REFERENCE.test(name))
    const text = names.find((name) => PROSE.test(name))
    if (form.path.at(-1) !== '-' || level === undefined || owner === undefined || text === undefined) continue
    const path = form.path
    const themes = at(forms, [...path.slice(0, -2), `${owner}s`, '-']) ?? at(forms, [...path.slice(0, -2), 'competencies', '-'])
    const steps = at(forms, [...path.slice(0, -2), `${level}s`, '-'])
    const key = severalFiles(forms) ? (climbing: string): Value => ({ template: `{^file@base}/{${climbing}/${owner}}` }) : (climbing: string): Value => `${climbing}/${owner}`
    const number = (climbing: string): Value =>
      steps ? { find: { file: 'same', at: selectorOf(steps.path), where: keyOf(steps), is: `${climbing}/${level}`, take: '.@index' } } : `${climbing}/${level}`
    if (themes) {
      rules.push(...competencyRules(themes.path, keyOf(themes), forms))
      competencies.add(join(themes.path))
    }
    const role: { role?: Value } = steps ? { role: severalFiles(forms) ? { template: `{^file@base}/{./${level}}` } : `./${level}` } : {}
    rules.push({ make: 'behaviour', at: selectorOf(path), competency: key('.'), level: number('.'), text: `./${text}`, ...role })
    for (const other of all) {
      const isNote = other.path.length > path.length && other.path.slice(0, path.length).join('/') === path.join('/') && other.path.at(-1) !== text
      if (!isNote || !other.nodes.some((node) => valueOf(node) !== '') || [level, owner, 'id'].includes(other.path.at(-1)!)) continue
      const up = '^'.repeat(other.path.length - path.length)
      rules.push({ make: 'behaviour', at: selectorOf(other.path), competency: key(up), level: number(up), text: `${up}/${text}`, note: '.' })
    }
    reasons.push(`behaviours at ${path.join('/')}, each with its ${level} and ${owner}`)
  }
  return rules
}

/** Lists of roles: entries with a name, under a word for roles or levels, and what they point to. */
function roleRules(all: readonly Form[], forms: ReadonlyMap<string, Form>, competencies: ReadonlySet<string>, reasons: string[]): Rules {
  const rules: Rules = []
  const isCompetencyPath = (path: readonly string[]) => [...competencies].some((known) => join(path).startsWith(known.slice(0, -1)))
  const candidates = all.filter((form) => form.path.at(-1) === '-' && ROLES.test(form.path.at(-2) ?? '') && firstOf(form, TITLE) !== undefined && !isCompetencyPath(form.path))
  const named = candidates.some(({ path }) => path.some((name) => ROLE_LIST.test(name)))
  for (const form of candidates) {
    // A list inside of a role's entry holds its levels; then those are the roles, and the entry is their track.
    if (candidates.some(({ path }) => path.length > form.path.length && join(path).startsWith(join(form.path).slice(0, -1)))) continue
    if (named && !form.path.some((name) => ROLE_LIST.test(name)) && !all.some(({ path }) => path.at(-1) === 'theme')) continue
    const title = firstOf(form, TITLE)!
    const description = [...childNames(form)].find((name) => PROSE.test(name))
    const key = keyOf(form)
    const outer = candidates.find(({ path }) => path.length < form.path.length && join(form.path).startsWith(join(path).slice(0, -1)))
    const track = outer && climbTo(form.path, outer.path.length, `./${firstOf(outer, TITLE)!}`)
    const outerKey = outer && climbTo(form.path, outer.path.length, keyOf(outer))
    const several = severalFiles(forms)
    const own: Value = outerKey ? { template: `{${outerKey}}/{${key}}` } : several ? { template: `{^file@base}/{${key}}` } : key
    rules.push({ make: 'role', at: selectorOf(form.path), key: own, title: `./${title}`, ...(track ? { track } : several ? { track: '^file@base' } : {}), ...(description ? { summary: `./${description}` } : {}) })
    reasons.push(`roles at ${form.path.join('/')}`)
    for (const reference of all) {
      const below = reference.path.length > form.path.length && join(reference.path).startsWith(join(form.path).slice(0, -1))
      if (!below || reference.path.at(-1) !== '-' || !reference.nodes.slice(0, 20).every((node) => /^[\w.-]+(?:\/[\w.-]+)+$/.test(valueOf(node)))) continue
      const up = reference.path.length - form.path.length
      const role: Value = outer
        ? { template: `{${'^'.repeat(reference.path.length - outer.path.length)}${keyOf(outer).slice(1)}}/{${'^'.repeat(up)}${key.slice(1)}}` }
        : `${'^'.repeat(up)}${key.slice(1)}`
      rules.push({ make: 'expectation', at: selectorOf(reference.path), role, competency: { match: '^(.+)/[^/]+$' }, level: { match: '([^/]+)$' } })
    }
  }
  return rules
}

/** Where no roles are listed but each file is a family of levels: a role for each family and level. */
function familyRules(all: readonly Form[], forms: ReadonlyMap<string, Form>, rules: Rules, reasons: string[]): Rules {
  if (rules.some(({ make }) => make === 'role') || !severalFiles(forms)) return []
  const title = TITLE.find((name) => at(forms, [name]))
  const level = all.find(({ path }) => LEVEL_CHILD.test(path.at(-1)!) && path.at(-2) === '-')
  if (title === undefined || level === undefined) return []
  const owner = findOwner(level.path.slice(0, -1), forms)
  if (owner === undefined) return []
  const key = keyOf(at(forms, level.path.slice(0, owner)))
  reasons.push(`a role for each file and ${level.path.at(-1)}`)
  const role: Value = { template: `{^file/${title}}: {.}` }
  return [
    { make: 'role', at: selectorOf(level.path), key: role, title: role, track: `^file/${title}` },
    { make: 'expectation', at: selectorOf(level.path), role, competency: climb(level.path, owner, key, forms), level: '.' },
  ]
}

/** Identifiers and settings: texts without a space under a key that is known for such. */
function settings(all: readonly Form[]): NonNullable<Proposal['leaveOut']> {
  return all
    .filter(({ path, nodes }) => SETTING.test(path.at(-1)!) && nodes.every(({ text, children }) => children.length === 0 && !/\s/.test(text)))
    .map(({ path }) => ({ at: selectorOf(path), reason: 'an identifier or a setting of the files' }))
}
