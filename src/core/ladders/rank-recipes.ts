// Finds among known recipes those that fit a source: a published ladder brings its own recipe, and with it its scoring.
import { applyRules } from './apply-rules.ts'
import { LeftOut } from './conservation.ts'
import { detectRecipe, type Detection } from './detect.ts'
import { importLadder } from './import-ladder.ts'
import { shareInPlace } from './in-place.ts'
import { SelectorError } from './pattern.ts'
import type { Recipe } from './recipe.ts'
import { walk, type LadderSource } from './source.ts'
import { nameColumns } from './table-header.ts'

export interface NamedRecipe {
  readonly name: string
  readonly recipe: Recipe
}

/** A recipe for a source with what it makes; `name` where it is a known one, undefined where it was made by detection. */
export interface Proposed extends Detection {
  readonly name: string | undefined
}

/** From this share in place on, a known recipe is taken to be the ladder's own. */
const FITS = 0.75
/** Under this share in place a recipe is not worth proposing. */
export const WORTH = 0.5

/**
 * The recipes that fit a source, best first. `confidence` is the share of the ladder's characters that the recipe puts
 * in place, 0.5 to 1; a recipe that makes no behaviours or no framework is not proposed.
 */
export function rankRecipes(source: LadderSource, recipes: readonly NamedRecipe[]): Proposed[] {
  return recipes
    .filter(({ recipe }) => couldFit(source, recipe))
    .flatMap(({ name, recipe }): Proposed[] => {
      const { framework, report } = importLadder(source, recipe)
      const confidence = shareInPlace(report.pieces)
      if (!framework || report.counts.competencies === 0 || confidence < WORTH) return []
      const reasons = [
        `the recipe "${name}" puts ${Math.floor(confidence * 100)} % of the text in its place`,
        ...(framework.scoring
          ? [`it brings the ladder's own rule with it (${framework.scoring.model})`]
          : []),
      ]
      return [{ name, recipe, confidence, reasons, report }]
    })
    .toSorted((a, b) => b.confidence - a.confidence)
}

/**
 * All proposals for a source, the one to take first: a known recipe that fits, else what detection finds. `title`
 * becomes the id and title of a detected framework.
 */
export function proposeRecipes(
  source: LadderSource,
  recipes: readonly NamedRecipe[],
  title?: string,
): Proposed[] {
  const known = rankRecipes(source, recipes)
  const detection = detectRecipe(source, title)
  const detected = detection ? [{ ...detection, name: undefined }] : []
  const fits = known.filter(({ confidence }) => confidence >= FITS)
  const rest = [...known.filter(({ confidence }) => confidence < FITS), ...detected]
  return [...fits, ...rest.toSorted((a, b) => b.confidence - a.confidence)]
}

/** Whether the rules take enough text that the whole account, which costs more, is worth making. */
function couldFit(source: LadderSource, recipe: Recipe): boolean {
  const shares = [...takenByFile(source, recipe).values()]
  const sum = (of: 'ladder' | 'taken') => shares.reduce((total, share) => total + share[of], 0)
  return sum('ladder') > 0 && sum('taken') / sum('ladder') >= WORTH
}

/**
 * For each file (by its path) the characters that a recipe does not leave out, and those of them that its rules put in
 * a place of their own. Empty where the recipe cannot be run on the source.
 */
export function takenByFile(
  source: LadderSource,
  recipe: Recipe,
): ReadonlyMap<string, { readonly ladder: number; readonly taken: number }> {
  const shares = new Map<string, { ladder: number; taken: number }>()
  try {
    const files = nameColumns(source.files, recipe.tables)
    const leftOut = new LeftOut(recipe.leaveOut, files)
    const { uses } = applyRules(recipe, files, leftOut.has, leftOut.hasLine)
    for (const file of files) {
      const share = { ladder: 0, taken: 0 }
      for (const node of walk(file)) {
        if (node.text === '' || leftOut.has(node)) continue
        const found = uses.of(node)
        share.ladder += node.text.length
        if (found.some(({ target, failure }) => target !== 'framework' && failure === undefined))
          share.taken += node.text.length
      }
      shares.set(file.place.file, share)
    }
    return shares
  } catch (error) {
    if (error instanceof SelectorError) return new Map()
    throw error
  }
}
