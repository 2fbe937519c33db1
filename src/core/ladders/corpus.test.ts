// Twelve published ladders: each imports by its recipe and by detection alone, held to counts made without the importer.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { corpusPath } from '../../../test/corpus.ts'
import { countLadder, LADDERS } from '../../../test/golden/ladders/count.ts'
import { readFolder } from '../../../test/golden/ladders/read-folder.ts'
import { diffFrameworks } from '../framework/diff/diff.ts'
import { formatFramework } from '../framework/format.ts'
import { parseFramework } from '../framework/parse.ts'
import { detectRecipe } from './detect.ts'
import { shareInPlace } from './in-place.ts'
import { importLadder, parseRecipe } from './import-ladder.ts'
import { readLadder } from './read-ladder.ts'
import type { LadderSource } from './source.ts'

const corpus = corpusPath()
const readRecipe = (name: string) => {
  const { recipe, faults } = parseRecipe(parse(readFileSync(join('recipes', `${name}.yaml`), 'utf8')))
  if (!recipe) throw new Error(`recipes/${name}.yaml: ${faults.join('; ')}`)
  return recipe
}
const readSource = (name: string): LadderSource => readLadder(readFolder(join(corpus!, 'ladders', name)))

test.each(LADDERS)('the recipe for %s is a valid recipe', (name) => {
  expect(readRecipe(name).rules.length).toBeGreaterThan(0)
})

describe.skipIf(corpus === undefined)(
  'published ladders (skipped where the corpus is absent: see RUNGS_CORPUS)',
  () => {
    const sources = new Map<string, LadderSource>()
    beforeAll(() => {
      for (const name of LADDERS) sources.set(name, readSource(name))
    })

    test.each(LADDERS)(
      '%s imports by its recipe with its own counts and at least 98 percent of its text',
      (name) => {
        const { framework, report } = importLadder(sources.get(name)!, readRecipe(name))
        expect(report.problems.filter(({ severity }) => severity === 'fault')).toEqual([])
        const { roles, levels, competencies, behaviours } = report.counts
        expect({ roles, levels, competencies, behaviours }).toEqual(
          countLadder(name, join(corpus!, 'ladders')),
        )
        expect(report.characters.share).toBeGreaterThanOrEqual(0.98)
        const parsed = parseFramework(formatFramework(framework!))
        expect(parsed.faults).toBeUndefined()
        expect(parsed.framework).toEqual(framework)
      },
    )

    test('at least eight of the twelve import by detection alone with at least 90 % of their text in its place', () => {
      const shares = LADDERS.map(
        (name) => [name, shareInPlace(detectRecipe(sources.get(name)!, name)?.report.pieces ?? [])] as const,
      )
      expect(
        shares.filter(([, share]) => share >= 0.9).length,
        JSON.stringify(shares),
      ).toBeGreaterThanOrEqual(8)
    })

    test.each(['etsy', 'medium-snowflake', 'financial-times', 'unidays'])(
      'detection alone finds the very competencies and behaviours of %s',
      (name) => {
        const { competencies, behaviours } = detectRecipe(sources.get(name)!, name)!.report.counts
        const counts = countLadder(name, join(corpus!, 'ladders'))
        expect({ competencies, behaviours }).toEqual({
          competencies: counts.competencies,
          behaviours: counts.behaviours,
        })
      },
    )

    test('importing the same files twice gives the same framework, and an edited file a diff of what was edited', () => {
      const recipe = readRecipe('etsy')
      const files = readFolder(join(corpus!, 'ladders', 'etsy'))
      const before = importLadder(readLadder(files), recipe).framework!
      expect(importLadder(readLadder(files), recipe).framework).toEqual(before)
      const edited = files.map((file) =>
        file.path === 'competencies.md'
          ? {
              ...file,
              bytes: new TextEncoder().encode(
                new TextDecoder()
                  .decode(file.bytes)
                  .replace(/ *<li>You test your work following relevant examples\.<\/li>\n/, ''),
              ),
            }
          : file,
      )
      const changes = diffFrameworks(before, importLadder(readLadder(edited), recipe).framework!, {
        language: 'en',
      })
      expect(changes).toHaveLength(1)
      expect(JSON.stringify(changes[0])).toContain('You test your work following relevant examples.')
    })

    test('a text that is taken out of the framework is no longer counted as conserved', () => {
      const recipe = readRecipe('etsy')
      const whole = importLadder(sources.get('etsy')!, recipe).report.characters
      const less = importLadder(sources.get('etsy')!, {
        ...recipe,
        rules: recipe.rules.filter(({ make }) => make !== 'fact'),
      }).report
      expect(less.characters.conserved).toBeLessThan(whole.conserved - 1000)
      expect(less.pieces.find(({ text }) => text.startsWith("You've met the above"))).toMatchObject({
        outcome: 'missing',
        reason: 'no rule takes it',
        place: { file: 'index.md', line: 40 },
      })
    })
  },
)
