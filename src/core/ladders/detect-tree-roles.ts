// Recognises the roles of a tree: lists of them with what they ask for, or a role for each file and level.
import type { RecipeInput, Value } from './recipe.ts'
import { valueOf } from './source.ts'
import {
  TITLE,
  PROSE,
  LEVEL_CHILD,
  type Form,
  join,
  at,
  selectorOf,
  childNames,
  firstOf,
  findOwner,
  keyOf,
  climbTo,
  climb,
  severalFiles,
} from './tree-forms.ts'

type Rules = RecipeInput['rules']

export const ROLES = /^(?:roles|titles|positions|jobs|job_?families|ladders|levels|grades)$/i
export const ROLE_LIST = /^(?:roles|titles|positions|jobs)$/i
/** Lists of roles: entries with a name, under a word for roles or levels, and what they point to. */
export function roleRules(
  all: readonly Form[],
  forms: ReadonlyMap<string, Form>,
  competencies: ReadonlySet<string>,
  reasons: string[],
): Rules {
  const rules: Rules = []
  const isCompetencyPath = (path: readonly string[]) =>
    [...competencies].some((known) => join(path).startsWith(known.slice(0, -1)))
  const candidates = all.filter(
    (form) =>
      form.path.at(-1) === '-' &&
      ROLES.test(form.path.at(-2) ?? '') &&
      firstOf(form, TITLE) !== undefined &&
      !isCompetencyPath(form.path),
  )
  const named = candidates.some(({ path }) => path.some((name) => ROLE_LIST.test(name)))
  for (const form of candidates) {
    // A list inside of a role's entry holds its levels; then those are the roles, and the entry is their track.
    if (
      candidates.some(
        ({ path }) => path.length > form.path.length && join(path).startsWith(join(form.path).slice(0, -1)),
      )
    )
      continue
    if (
      named &&
      !form.path.some((name) => ROLE_LIST.test(name)) &&
      !all.some(({ path }) => path.at(-1) === 'theme')
    )
      continue
    const title = firstOf(form, TITLE)!
    const description = [...childNames(form)].find((name) => PROSE.test(name))
    const key = keyOf(form)
    const outer = candidates.find(
      ({ path }) => path.length < form.path.length && join(form.path).startsWith(join(path).slice(0, -1)),
    )
    const track = outer && climbTo(form.path, outer.path.length, `./${firstOf(outer, TITLE)!}`)
    const outerKey = outer && climbTo(form.path, outer.path.length, keyOf(outer))
    const several = severalFiles(forms)
    const own: Value = outerKey
      ? { template: `{${outerKey}}/{${key}}` }
      : several
        ? { template: `{^file@base}/{${key}}` }
        : key
    rules.push({
      make: 'role',
      at: selectorOf(form.path),
      key: own,
      title: `./${title}`,
      ...(track ? { track } : several ? { track: '^file@base' } : {}),
      ...(description ? { summary: `./${description}` } : {}),
    })
    reasons.push(`roles at ${form.path.join('/')}`)
    for (const reference of all) {
      const below =
        reference.path.length > form.path.length &&
        join(reference.path).startsWith(join(form.path).slice(0, -1))
      if (
        !below ||
        reference.path.at(-1) !== '-' ||
        !reference.nodes.slice(0, 20).every((node) => /^[\w.-]+(?:\/[\w.-]+)+$/.test(valueOf(node)))
      )
        continue
      const up = reference.path.length - form.path.length
      const role: Value = outer
        ? {
            template: `{${'^'.repeat(reference.path.length - outer.path.length)}${keyOf(outer).slice(1)}}/{${'^'.repeat(up)}${key.slice(1)}}`,
          }
        : `${'^'.repeat(up)}${key.slice(1)}`
      rules.push({
        make: 'expectation',
        at: selectorOf(reference.path),
        role,
        competency: { match: '^(.+)/[^/]+$' },
        level: { match: '([^/]+)$' },
      })
    }
  }
  return rules
}

/** Where no roles are listed but each file is a family of levels: a role for each family and level. */
export function familyRules(
  all: readonly Form[],
  forms: ReadonlyMap<string, Form>,
  rules: Rules,
  reasons: string[],
): Rules {
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
    {
      make: 'expectation',
      at: selectorOf(level.path),
      role,
      competency: climb(level.path, owner, key, forms),
      level: '.',
    },
  ]
}
