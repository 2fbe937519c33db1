// A recipe as the text that people edit, and back.
import { parseDocument, stringify } from 'yaml'
import { parseRecipe } from './import-ladder.ts'
import type { Recipe } from './recipe.ts'

const LONGEST = 1_000_000
const LINE_WIDTH = 100

/** A recipe as YAML, without what is empty; its first line tells editors of the schema. */
export function formatRecipe(recipe: Recipe): string {
  const kept = Object.fromEntries(
    Object.entries(recipe).filter(
      ([, value]) => !(typeof value === 'object' && value !== null && Object.keys(value).length === 0),
    ),
  )
  return `# yaml-language-server: $schema=recipe.schema.json (in the schema folder of Rungs)\n${stringify(kept, { lineWidth: LINE_WIDTH, aliasDuplicateObjects: false })}`
}

/** A recipe from its YAML, or everything that is wrong with it: by line where the YAML is broken, else by path. */
export function parseRecipeText(text: string): ReturnType<typeof parseRecipe> {
  const document = parseDocument(text.slice(0, LONGEST), { prettyErrors: true })
  if (document.errors.length > 0) return { faults: document.errors.map(({ message }) => message) }
  return parseRecipe(document.toJS({ maxAliasCount: 100 }))
}
