// Corrects a recipe as a person corrects a mapping: what a passage means, what is left out, what something is called.
import type { Recipe, RecipeInput, Rule, Value } from '../../../core/ladders/recipe.ts'
import { parseRecipe } from '../../../core/ladders/import-ladder.ts'
import type { SourceNode } from '../../../core/ladders/source.ts'
import { MEANINGS, type Meaning } from './meanings.ts'
import { selectAll } from './source-groups.ts'

export interface Selection {
  readonly file?: string
  readonly at: string
}

/** What the person says of a selection: what it becomes and where its parts are read, or why it is left out. */
export type Correction =
  | {
      readonly kind: 'means'
      readonly meaning: Meaning
      readonly from: Readonly<Record<string, Value>>
      readonly lines?: boolean
    }
  | { readonly kind: 'leave-out'; readonly reason: string }

export type Corrected =
  | { readonly recipe: Recipe; readonly faults?: never }
  | { readonly faults: readonly string[]; readonly recipe?: never }

const check = (input: RecipeInput): Corrected => parseRecipe(JSON.parse(JSON.stringify(input)))

function isSameSet(a: readonly SourceNode[], b: ReadonlySet<SourceNode>): boolean {
  return a.length === b.size && a.every((node) => b.has(node))
}

/** The recipe with one correction: older rules pass the selection over, a new rule or reason takes it. */
export function correctRecipe(
  recipe: Recipe,
  files: readonly SourceNode[],
  selection: Selection,
  correction: Correction,
): Corrected {
  const nodes = new Set(selectAll(files, selection))
  const leaveOut = recipe.leaveOut.filter(
    (one) =>
      one.at === undefined ||
      one.lines !== undefined ||
      !isSameSet(selectAll(files, { file: one.file, at: one.at }), nodes),
  )
  if (correction.kind === 'leave-out') {
    const { reason } = correction
    if (reason.trim() === '') return { faults: ['leaveOut.reason: expected why it is left out, got nothing'] }
    return check({ ...recipe, leaveOut: [...leaveOut, { ...selection, reason: reason.trim() }] })
  }
  const { make, own, needs } = MEANINGS[correction.meaning]
  const missing = needs.filter((need) => correction.from[need] === undefined || correction.from[need] === '')
  if (missing.length > 0)
    return { faults: missing.map((need) => `${need}: expected where it is read, got nothing`) }
  const parts = Object.fromEntries(needs.map((need) => [need, correction.from[need]]))
  const rule = {
    make,
    ...selection,
    ...parts,
    [own]: '.',
    ...(correction.lines ? { lines: true } : {}),
  } as unknown as Rule
  const older = recipe.rules.flatMap((one): Rule[] => {
    if (one.unused) return [one]
    const taken = selectAll(files, one)
    if (taken.length > 0 && taken.every((node) => nodes.has(node))) return []
    return taken.some((node) => nodes.has(node))
      ? [{ ...one, except: [...(one.except ?? []), { ...selection }] }]
      : [one]
  })
  const rest = older.findIndex((one) => one.unused)
  const at = rest < 0 ? older.length : rest
  return check({ ...recipe, leaveOut, rules: [...older.slice(0, at), rule, ...older.slice(at)] })
}

type NamedList = 'competencies' | 'roles' | 'areas' | 'tracks'

/** The recipe that gives an entry of the framework another title; its id, and so its history, stays. */
export function renameEntry(recipe: Recipe, list: NamedList, id: string, title: string): Corrected {
  const known = (recipe.add?.[list] ?? []) as { id: string }[]
  const others = known.filter((entry) => entry.id !== id)
  const entry = { ...known.find((one) => one.id === id), id, title }
  return check({ ...recipe, add: { ...recipe.add, [list]: [...others, entry] } })
}

/**
 * The recipe with a scoring set over the framework, or without one. Where rules read weights or limits from the source
 * it is the recipe's own scoring instead, so that what they read takes the place of what is written.
 */
export function withScoring(recipe: Recipe, scoring: unknown): Corrected {
  const { scoring: _old, ...rest } = recipe.add ?? {}
  const { scoring: _written, ...plain } = recipe
  const reads = recipe.rules.some(({ make }) => make === 'weight' || make === 'band')
  if (reads && scoring !== undefined) return check({ ...plain, add: rest, scoring: scoring as never })
  return check({ ...plain, add: scoring === undefined ? rest : { ...rest, scoring } })
}
