// Imports a ladder: a source and a recipe in, a framework and an account of every text of the source out.
import { frameworkSchema, type Framework, type FrameworkInput } from '../framework/model.ts'
import { applyRules } from './apply-rules.ts'
import { accountFor, LeftOut, type Account, type Piece } from './conservation.ts'
import { SelectorError } from './pattern.ts'
import { parseSelector } from './selector.ts'
import type { LadderSource, SourceProblem } from './source.ts'
import { recipeSchema, type Recipe } from './recipe.ts'
import { nameColumns } from './table-header.ts'
import { isMapValue } from '../framework/document.ts'

export interface ImportReport {
  readonly characters: Account
  readonly counts: {
    readonly tracks: number
    readonly roles: number
    readonly levels: number
    readonly areas: number
    readonly competencies: number
    readonly behaviours: number
    readonly expectations: number
  }
  /** One for each visible text of the source, in reading order. */
  readonly pieces: readonly Piece[]
  /** What stands in the way of a framework (`fault`) or should be known (`note`). */
  readonly problems: readonly SourceProblem[]
}

export interface ImportResult {
  /** Absent where the source or the recipe does not make a whole framework; the report's faults say why. */
  readonly framework: Framework | undefined
  readonly report: ImportReport
}

/**
 * The framework that a recipe makes of a source, and the report on it. Pure and deterministic: the same source and
 * recipe give the same framework, ids included. Never throws; a recipe that cannot be run is a fault in the report.
 */
export function importLadder(source: LadderSource, recipe: Recipe): ImportResult {
  const problems: SourceProblem[] = [...source.problems]
  const fault = (message: string) => problems.push({ severity: 'fault', place: { file: 'recipe' }, message })
  try {
    for (const [index, { at }] of recipe.rules.entries()) {
      try {
        parseSelector(at)
      } catch (error) {
        throw new SelectorError(
          `rules[${index}].at: ${error instanceof Error ? error.message : String(error)}`,
        )
      }
    }
    const files = nameColumns(source.files, recipe.tables)
    const leftOut = new LeftOut(recipe.leaveOut, files)
    const { draft, uses } = applyRules(recipe, files, leftOut.has, leftOut.hasLine)
    const input = withAdded(draft.toInput(), recipe.add)
    for (const message of draft.notes) problems.push({ severity: 'note', place: { file: 'recipe' }, message })
    const parsed = frameworkSchema.safeParse(input)
    const { account, pieces } = accountFor(files, parsed.success ? input : undefined, leftOut, uses)
    if (!parsed.success) {
      for (const issue of parsed.error.issues.slice(0, 20)) fault(`${issue.path.join('.')}: ${issue.message}`)
    }
    const framework = parsed.success ? parsed.data : undefined
    return { framework, report: { characters: account, counts: countEntries(framework), pieces, problems } }
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error
    fault(error.message)
    const { account, pieces } = {
      account: { visible: 0, leftOut: 0, ladder: 0, conserved: 0, asStructure: 0, share: 0 },
      pieces: [],
    }
    return {
      framework: undefined,
      report: { characters: account, counts: countEntries(undefined), pieces, problems },
    }
  }
}

function countEntries(framework: Framework | undefined): ImportReport['counts'] {
  const competencies = framework?.competencies ?? []
  const roles = framework?.roles ?? []
  return {
    tracks: framework?.tracks.length ?? 0,
    roles: roles.length,
    levels: Math.max(
      0,
      ...(framework && competencies.some(({ scale }) => !scale) ? [framework.scale.levels.length] : []),
      ...competencies.map(({ scale }) => scale?.levels.length ?? 0),
    ),
    areas: framework?.areas.length ?? 0,
    competencies: competencies.length,
    behaviours: competencies.reduce((count, { behaviours }) => count + behaviours.length, 0),
    expectations: roles.reduce((count, { expectations }) => count + Object.keys(expectations).length, 0),
  }
}

/** The framework with the recipe's own additions; its scoring is taken whole, two models cannot be mixed. */
function withAdded(input: FrameworkInput, add: Recipe['add']): FrameworkInput {
  if (!add) return input
  const { scoring, ...rest } = add
  const whole = overlay(input, rest) as FrameworkInput
  return scoring === undefined ? whole : { ...whole, scoring: scoring as FrameworkInput['scoring'] }
}

/** Sets one document over another: maps key by key, lists of entries with ids entry by entry, all else replaced. */
function overlay(base: unknown, over: unknown): unknown {
  if (isMapValue(base) && isMapValue(over)) {
    return {
      ...base,
      ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, overlay(base[key], value)])),
    }
  }
  const ids = (list: unknown): list is Record<string, unknown>[] =>
    Array.isArray(list) && list.every((entry) => isMapValue(entry) && typeof entry['id'] === 'string')
  if (ids(base) && ids(over)) {
    const known = new Set(base.map(({ id }) => id))
    return [
      ...base.map((entry) => overlay(entry, over.find(({ id }) => id === entry['id']) ?? {})),
      ...over.filter(({ id }) => !known.has(id)),
    ]
  }
  return over
}

/** A recipe from its document (YAML or JSON already read), or what is wrong with it, each with its path. */
export function parseRecipe(
  document: unknown,
): { recipe: Recipe; faults?: never } | { faults: string[]; recipe?: never } {
  const parsed = recipeSchema.safeParse(document)
  if (parsed.success) return { recipe: parsed.data }
  return {
    faults: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'recipe'}: ${message}`),
  }
}
