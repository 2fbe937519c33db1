// The recipes that come with Rungs, for tests of the core, which itself reads no files.
import type { NamedRecipe } from '../src/core/ladders/rank-recipes.ts'
import { readShippedRecipes } from '../src/platform/shipped-recipes.ts'

/** Every recipe of the repository's folder, by its file's name without the ending. */
export const shippedRecipes: readonly NamedRecipe[] = readShippedRecipes()
