// The import recipes that come with Rungs, as the importing thread of the page has them.
import type { NamedRecipe } from '../../../core/ladders/rank-recipes.ts'
import { parseRecipeText } from '../../../core/ladders/recipe-text.ts'

const TEXTS = import.meta.glob<string>('/recipes/*.yaml', { query: '?raw', import: 'default', eager: true })

/** All of them, each by its file's name without the ending. */
export function knownRecipes(): NamedRecipe[] {
  return Object.entries(TEXTS).flatMap(([path, text]) => {
    const { recipe } = parseRecipeText(text)
    return recipe ? [{ name: path.replace(/^.*\/|\.yaml$/g, ''), recipe }] : []
  })
}
