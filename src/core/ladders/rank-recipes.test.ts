// Known recipes find their ladders, whole or in part, and no others; then comes what detection finds.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readdirSync, readFileSync } from 'node:fs'
import { corpusPath } from '../../../test/corpus.ts'
import { LADDERS } from '../../../test/golden/ladders/count.ts'
import { readFolder } from '../../../test/golden/ladders/read-folder.ts'
import { importLadder, parseRecipe } from './import-ladder.ts'
import { proposeRecipes, rankRecipes } from './rank-recipes.ts'
import { readLadder } from './read-ladder.ts'

const corpus = corpusPath()
const recipes = readdirSync('recipes').map((file) => ({
  name: file.replace('.yaml', ''),
  recipe: parseRecipe(parse(readFileSync(join('recipes', file), 'utf8'))).recipe!,
}))
const bytes = (text: string) => new TextEncoder().encode(text)

test('a ladder that no recipe knows is left to detection', () => {
  const source = readLadder([
    {
      path: 'a.csv',
      bytes: bytes(
        'Skill,Beginner,Advanced\nDelivery,Writes the tests that were asked for,Plans tests with the team\n',
      ),
    },
  ])
  expect(rankRecipes(source, recipes)).toEqual([])
  expect(proposeRecipes(source, recipes, 'a').map(({ name }) => name)).toEqual([undefined])
})

test('a recipe that cannot be run is passed over', () => {
  const broken = { ...recipes[0]!.recipe, leaveOut: [{ at: 'h1[~(]', reason: 'x' }] }
  expect(
    rankRecipes(readLadder([{ path: 'a.md', bytes: bytes('# A\n') }]), [{ name: 'x', recipe: broken }]),
  ).toEqual([])
})

describe.skipIf(corpus === undefined)('published ladders (skipped where the corpus is absent)', () => {
  test.each(LADDERS)('%s is known by its own recipe, and by no other', (name) => {
    const ranked = rankRecipes(readLadder(readFolder(join(corpus!, 'ladders', name))), recipes)
    expect(ranked.map((one) => one.name)).toEqual([name])
    expect(ranked[0]!.confidence).toBeGreaterThan(0.75)
  })

  test.each([
    ['mews', 'mews-competencies-template.xlsx', 'weighted-mean'],
    ['mews', 'competencies.md', 'weighted-mean'],
    ['etsy', 'competencies.md', undefined],
  ])('%s is known by %s alone, which brings its rule with it', (name, file, model) => {
    const files = readFolder(join(corpus!, 'ladders', name))
      .filter(({ path }) => path.endsWith(file))
      .map((one) => ({ ...one, path: file }))
    const source = readLadder(files)
    const [first] = proposeRecipes(source, recipes, 'ladder')
    expect(first!.name).toBe(name)
    const { framework } = importLadder(source, first!.recipe)
    // Etsy counts by role, and the page of competencies names no roles.
    expect(framework!.scoring?.model).toBe(model)
  })
})
