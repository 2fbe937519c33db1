// The import recipes that come with Rungs, from its recipes folder.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NamedRecipe } from '../core/ladders/rank-recipes.ts'
import { parseRecipeText } from '../core/ladders/recipe-text.ts'
import { packageRoot } from './package-root.ts'

/** All recipes of the folder, each by its file's name without the ending. Throws where one of them is broken. */
export function readShippedRecipes(folder: string = join(packageRoot, 'recipes')): NamedRecipe[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => {
      const { recipe, faults } = parseRecipeText(readFileSync(join(folder, file), 'utf8'))
      if (!recipe) throw new Error(`${file}: ${faults.join('; ')}`)
      return { name: file.slice(0, -'.yaml'.length), recipe }
    })
}
