// Recognises trees: where competencies, levels, behaviours and roles stand in YAML, JSON and front matter.
import type { Proposal } from './proposal.ts'
import type { RecipeInput, Value } from './recipe.ts'
import { familyRules, ROLE_LIST, roleRules } from './detect-tree-roles.ts'
import { valueOf, type SourceNode } from './source.ts'
import {
  TITLE,
  KEY,
  PROSE,
  LEVEL_CHILD,
  type Form,
  join,
  at,
  selectorOf,
  isDictionary,
  isProse,
  childNames,
  firstOf,
  isElement,
  findOwner,
  keyOf,
  climbTo,
  climb,
  fileKey,
  severalFiles,
} from './tree-forms.ts'

type Rules = RecipeInput['rules']

const LEVELS = /(?:level|milestone|stage|grade|content|rung|indicator|proficienc)/i
const OWNER_REFERENCE = /^(?:theme|skill|competency|topic|track|dimension|capability)$/i
const EXAMPLES = /^examples?$/i
const SETTING =
  /^(?:\$schema|id|uuid|guid|path|slug|key|url|href|link|icon|colou?r|theme|type|hash|order|rank|yaml|homepage|sidebar\w*|googleSheetId|isLegacy|_\w+)$/i

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
      rules.unshift({
        make: 'level',
        at: selectorOf(where),
        competency: climb(where, owner, key, forms),
        key: level.key ?? level.title,
        level: '.@index',
        title: level.title,
      })
    }
    const last = form.path.at(-1) === '-' ? form.path.at(-2)! : form.path.at(-1)!
    const siblings = all.some(
      (other) =>
        other !== form &&
        isProse(other) &&
        other.path.length > form.path.length &&
        other.path.slice(0, level.at).join('/') === where.join('/'),
    )
    if (inside > 0 && (EXAMPLES.test(last) || (PROSE.test(last) && siblings))) {
      rules.push({
        make: 'level',
        at: selectorOf(form.path),
        competency,
        level: isOwn || level.value !== '.@index' ? value : climbTo(form.path, level.at, '.@index'),
        description: EXAMPLES.test(last) ? { template: 'For example: {.}' } : '.',
      })
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
    if (own !== undefined && !references && findOwner(form.path.slice(0, length), forms) !== undefined)
      return { at: length, value: `./${own}` }
    if (name === '*' && element!.nodes.every((node) => /^\d{1,2}$/.test(node.name)))
      return { at: length, value: '.@name' }
    if (name === '-' && LEVELS.test(container) && length < form.path.length) {
      const title = firstOf(element, TITLE)
      const key = firstOf(element, KEY)
      return {
        at: length,
        value: key ? `./${key}` : '.@index',
        ...(title ? { title: `./${title}` } : {}),
        ...(key ? { key: `./${key}` } : {}),
      }
    }
  }
  return undefined
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
      title: {
        from: `./${title}`,
        else: TITLE.filter((other) => other !== title).reduce<Value>(
          (rest, other) => ({ from: `./${other}`, else: rest }),
          key,
        ),
      },
      ...(description === undefined ? {} : { description: `./${description}` }),
      ...(area !== undefined
        ? { area: `./${area}` }
        : several
          ? { area: name === undefined ? '^file@base' : { from: `^file/${name}`, else: '^file@base' } }
          : {}),
    },
  ]
}

/** Records that point to their level and their competency by id: one list of texts beside lists of both. */
function flatRecords(
  all: readonly Form[],
  forms: ReadonlyMap<string, Form>,
  competencies: Set<string>,
  reasons: string[],
): Rules {
  const rules: Rules = []
  for (const form of all) {
    const names = [...childNames(form)]
    const level = names.find((name) => LEVEL_CHILD.test(name))
    const owner = names.find((name) => OWNER_REFERENCE.test(name))
    const text = names.find((name) => PROSE.test(name))
    if (form.path.at(-1) !== '-' || level === undefined || owner === undefined || text === undefined) continue
    const path = form.path
    const themes =
      at(forms, [...path.slice(0, -2), `${owner}s`, '-']) ??
      at(forms, [...path.slice(0, -2), 'competencies', '-'])
    const steps = at(forms, [...path.slice(0, -2), `${level}s`, '-'])
    const key = severalFiles(forms)
      ? (climbing: string): Value => ({ template: `{^file@base}/{${climbing}/${owner}}` })
      : (climbing: string): Value => `${climbing}/${owner}`
    const number = (climbing: string): Value =>
      steps
        ? {
            find: {
              file: 'same',
              at: selectorOf(steps.path),
              where: keyOf(steps),
              is: `${climbing}/${level}`,
              take: '.@index',
            },
          }
        : `${climbing}/${level}`
    if (themes) {
      rules.push(...competencyRules(themes.path, keyOf(themes), forms))
      competencies.add(join(themes.path))
    }
    const role: { role?: Value } = steps
      ? { role: severalFiles(forms) ? { template: `{^file@base}/{./${level}}` } : `./${level}` }
      : {}
    rules.push({
      make: 'behaviour',
      at: selectorOf(path),
      competency: key('.'),
      level: number('.'),
      text: `./${text}`,
      ...role,
    })
    for (const other of all) {
      const isNote =
        other.path.length > path.length &&
        other.path.slice(0, path.length).join('/') === path.join('/') &&
        other.path.at(-1) !== text
      if (
        !isNote ||
        !other.nodes.some((node) => valueOf(node) !== '') ||
        [level, owner, 'id'].includes(other.path.at(-1)!)
      )
        continue
      const up = '^'.repeat(other.path.length - path.length)
      rules.push({
        make: 'behaviour',
        at: selectorOf(other.path),
        competency: key(up),
        level: number(up),
        text: `${up}/${text}`,
        note: '.',
      })
    }
    reasons.push(`behaviours at ${path.join('/')}, each with its ${level} and ${owner}`)
  }
  return rules
}

/** Identifiers and settings: texts without a space under a key that is known for such. */
function settings(all: readonly Form[]): NonNullable<Proposal['leaveOut']> {
  return all
    .filter(
      ({ path, nodes }) =>
        SETTING.test(path.at(-1)!) &&
        nodes.every(({ text, children }) => children.length === 0 && !/\s/.test(text)),
    )
    .map(({ path }) => ({ at: selectorOf(path), reason: 'an identifier or a setting of the files' }))
}
