// What one way of looking at a source proposes for its recipe.
import type { RecipeInput } from './recipe.ts'

/** What one way of looking at a source proposes. */
export interface Proposal {
  readonly rules: RecipeInput['rules']
  readonly scale?: RecipeInput['scale']
  readonly leaveOut?: RecipeInput['leaveOut']
  readonly reasons: string[]
}
