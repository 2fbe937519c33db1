// Ladders bring their own rule with them: imported by recipe, answered, and scored as their authors state it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { corpusPath } from '../../../test/corpus.ts'
import { readFolder } from '../../../test/golden/ladders/read-folder.ts'
import type { Response } from '../assess/answers.ts'
import { ladderAnswer, type RoleAnswer, type ValueAnswer } from '../assess/scoring/ladder-answer.ts'
import { formatFramework } from '../framework/format.ts'
import type { Framework } from '../framework/model.ts'
import { parseFramework } from '../framework/parse.ts'
import { importLadder, parseRecipe } from './import-ladder.ts'
import { readLadder } from './read-ladder.ts'

const corpus = corpusPath()

/** The framework that a recipe makes of a published ladder, or of those of its files that `keep` names. */
function imported(name: string, keep = (_path: string) => true, notes: string[] = []): Framework {
  const { recipe, faults } = parseRecipe(parse(readFileSync(join('recipes', `${name}.yaml`), 'utf8')))
  if (!recipe) throw new Error(faults.join('; '))
  const files = readFolder(join(corpus!, 'ladders', name)).filter(({ path }) => keep(path))
  const { framework, report } = importLadder(readLadder(files), recipe)
  notes.push(...report.problems.map(({ message }) => message))
  if (!framework) throw new Error(notes.join('; '))
  expect(parseFramework(formatFramework(framework)).faults).toBeUndefined()
  return framework
}

/** Answers that put each competency at a level: all up to it shown on one's own, nothing above it. */
function atLevels({ competencies }: Framework, levels: Readonly<Record<string, number>>): Response[] {
  return competencies.flatMap(({ id, behaviours }) =>
    behaviours.map((behaviour): Response => ({
      item: behaviour.id,
      answer: behaviour.level <= (levels[id] ?? 0) ? 'on-my-own' : 'not-yet',
    })),
  )
}
const answersAt = (framework: Framework, levels: Readonly<Record<string, number>>) =>
  ladderAnswer(framework, framework.scoring!, atLevels(framework, levels)).answers
const titlesOf = ({ bands }: ValueAnswer) =>
  Object.fromEntries(bands.map(({ series, low, high }) => (expect(low).toEqual(high), [series, low])))

const PAGES = (path: string) => path.endsWith('.md')
const WORKBOOK = (path: string) => path.endsWith('.xlsx')

describe.skipIf(corpus === undefined)('published ladders (skipped where the corpus is absent)', () => {
  describe.each([
    ['all files', () => true],
    ['the pages', PAGES],
    ['the workbook alone', WORKBOOK],
  ])('Mews from %s', (_, keep) => {
    test('has the weights of all 21 career tracks and the worked example at 2.55, an IC4', () => {
      const framework = imported('mews', keep)
      const [delivery, domain, problem, communication, leadership] = framework.competencies.map(
        ({ id }) => id,
      )
      const answers = answersAt(framework, {
        [delivery!]: 3,
        [domain!]: 3,
        [problem!]: 2,
        [communication!]: 2,
        [leadership!]: 2,
      }) as ValueAnswer[]
      expect(answers).toHaveLength(21)
      const engineer = answers.find(({ set }) => set!.id === 'engineer')!
      expect(engineer.value).toEqual({ low: 2.55, high: 2.55 })
      expect(titlesOf(engineer)).toEqual({ Grade: 'IC4', 'Job title': 'Senior {Discriminator} Engineer' })
      const analyst = answers.find(({ set }) => set!.id === 'data-analyst')!
      // 25, 25, 25, 20 and 5 percent: (3 + 3 + 2) / 4 + 2 / 5 + 2 / 20.
      expect(analyst.value.low).toBeCloseTo(2.5, 12)
      expect(titlesOf(analyst)).toEqual({ Grade: 'IC4', 'Job title': 'Senior Data Analyst' })
    })
  })

  test('what the Mews recipe writes for the workbook is what the pages state', () => {
    const bySet = (framework: Framework) =>
      framework.scoring?.model === 'weighted-mean'
        ? framework.scoring.sets.map(({ id, title, bands, weights }) => ({
            id,
            title,
            weights: Object.values(weights),
            bands: bands
              .map(({ series, from, title: band }) => `${series} ${from} ${String(band)}`)
              .toSorted(),
          }))
        : []
    expect(bySet(imported('mews', WORKBOOK))).toEqual(bySet(imported('mews', PAGES)))
  })

  test('weights that a company changes in its table count, not those of the recipe', () => {
    const files = readFolder(join(corpus!, 'ladders', 'mews')).map((file) =>
      file.path.endsWith('career-tracks/readme.md')
        ? {
            ...file,
            bytes: new TextEncoder().encode(
              new TextDecoder()
                .decode(file.bytes)
                .replace(/(\[Engineer\]\(engineer\.md\) *\| )25 \| 30/, '$150 | 5 '),
            ),
          }
        : file,
    )
    const { recipe } = parseRecipe(parse(readFileSync('recipes/mews.yaml', 'utf8')))
    const { framework } = importLadder(readLadder(files), recipe!)
    const answers = answersAt(framework!, { delivery: 4 }) as ValueAnswer[]
    expect(answers.find(({ set }) => set!.id === 'engineer')!.value.low).toBe(2)
  })

  test('a competency missing from the files leaves the sets out that weigh it, and says so', () => {
    const notes: string[] = []
    const framework = imported('mews', WORKBOOK, notes)
    expect(framework.scoring).toBeDefined()
    const { recipe } = parseRecipe(parse(readFileSync('recipes/mews.yaml', 'utf8')))
    const less = importLadder(
      readLadder([
        {
          path: 'competencies.md',
          bytes: new TextEncoder().encode('# C\n## Delivery\n- **Beginner**\n  - You plan.\n'),
        },
      ]),
      recipe!,
    )
    expect(less.framework!.scoring).toBeUndefined()
    expect(less.report.problems.map(({ message }) => message)).toContain(
      'the scoring of "engineer" is left out: the ladder has no competency "domain-expertise"',
    )
  })

  describe('Snowflake', () => {
    // Milestones for the first competencies, the points they make, and what Medium's tables say of those points.
    test.each([
      [[], 0, 'Engineer I', undefined, '1.1'],
      [[2, 1], 4, 'Engineer I', undefined, '1.1'],
      [[2, 1, 1], 5, 'Engineer I', undefined, '1.2'],
      [[3, 3, 2, 1], 16, 'Engineer I', undefined, '1.3'],
      [[3, 3, 2, 1, 1], 17, 'Engineer II', undefined, '2.1'],
      [[5, 4, 2], 35, 'Engineer II', undefined, '2.3'],
      [[5, 4, 2, 1], 36, 'Senior Engineer', 'Group Lead', '3.1'],
      [[5, 5, 4, 2, 1, 1], 57, 'Senior Engineer', 'Group Lead', '3.3'],
      [[5, 5, 4, 3], 58, 'Staff Engineer', 'Senior Group Lead', '4.1'],
      [[5, 5, 5, 5, 3, 2], 89, 'Staff Engineer', 'Senior Group Lead', '4.3'],
      [[5, 5, 5, 5, 3, 2, 1], 90, 'Principal Engineer', 'Director of Engineering', '5.1'],
      [[5, 5, 5, 5, 5, 5, 4, 2], 135, 'Principal Engineer', 'Director of Engineering', '5.3'],
      [Array.from({ length: 16 }, () => 5), 320, 'Principal Engineer', 'Director of Engineering', '5.3'],
    ])('milestones %j are %d points: %s, %s, level %s', (milestones, points, title, lead, level) => {
      const framework = imported('medium-snowflake')
      const ids = framework.competencies.map(({ id }) => id)
      const [answer] = answersAt(
        framework,
        Object.fromEntries(milestones.map((milestone, index) => [ids[index]!, milestone])),
      ) as ValueAnswer[]
      expect(answer!.value).toEqual({ low: points, high: points })
      expect(titlesOf(answer!)).toEqual({ Title: title, 'Title of a lead': lead, Level: level })
    })
  })

  describe('Etsy', () => {
    const reached = (levels: readonly number[]) => {
      const framework = imported('etsy')
      const [delivery, domain, problem, communication, leadership] = framework.competencies.map(
        ({ id }) => id,
      )
      const ids = [leadership, delivery, domain, problem, communication]
      expect(ids[0]).toBe('leadership')
      const answers = answersAt(framework, Object.fromEntries(ids.map((id, index) => [id!, levels[index]!])))
      return (answers as RoleAnswer[]).filter((one) => one.reached === 'yes').map(({ role }) => role)
    }
    // Levels of leadership first, then of the four others.
    test.each([
      [[1, 2, 1, 1, 1], []],
      [[1, 2, 2, 1, 1], ['engineer-ii']],
      [
        [1, 3, 2, 1, 1],
        ['engineer-ii', 'senior-engineer-i'],
      ],
      [
        [1, 3, 3, 3, 3],
        ['engineer-ii', 'senior-engineer-i'],
      ],
      // "Experts in one competency or Advanced in all competencies", and Staff Engineer II by the first alone.
      [
        [3, 3, 3, 3, 3],
        ['engineer-ii', 'senior-engineer-i', 'senior-engineer-ii', 'staff-engineer-i'],
      ],
      [
        [3, 3, 3, 3, 2],
        ['engineer-ii', 'senior-engineer-i', 'senior-engineer-ii'],
      ],
      [
        [2, 3, 3, 2, 2],
        ['engineer-ii', 'senior-engineer-i', 'senior-engineer-ii'],
      ],
      [
        [2, 4, 4, 3, 3],
        ['engineer-ii', 'senior-engineer-i', 'senior-engineer-ii', 'staff-engineer-i', 'staff-engineer-ii'],
      ],
    ])('levels %j reach %j', (levels, roles) => expect(reached(levels)).toEqual(roles))

    test('the two upper levels ask for leadership', () => {
      expect(reached([4, 4, 3, 3, 3])).toContain('senior-staff-engineer')
      expect(reached([3, 5, 4, 4, 4])).not.toContain('senior-staff-engineer')
      expect(reached([4, 5, 3, 3, 3])).toContain('principal-engineer')
      expect(reached([5, 3, 3, 3, 3])).not.toContain('principal-engineer')
    })
  })

  test('without a scoring, weights that rules read are missing, not conserved', () => {
    const { recipe } = parseRecipe(parse(readFileSync('recipes/mews.yaml', 'utf8')))
    const { scoring: _, ...plain } = recipe!
    const source = readLadder(readFolder(join(corpus!, 'ladders', 'mews')))
    const missing = importLadder(source, plain).report.pieces.filter(({ outcome }) => outcome === 'missing')
    expect(missing.filter(({ place }) => place.file.endsWith('career-tracks/readme.md'))).toHaveLength(21 * 5)
    expect(missing[0]!.reason).toMatch(/no number of a scoring/)
  })

  test('a position of Engineering Ladders is reached when each of its five axes is', () => {
    const framework = imported('jorgef-engineeringladders')
    const role = framework.roles.find(({ id }) => id.startsWith('d4'))!
    const levels = Object.fromEntries(Object.entries(role.expectations).map(([id, { level }]) => [id, level]))
    expect(Object.keys(levels)).toHaveLength(5)
    const reached = (at: Readonly<Record<string, number>>) =>
      (answersAt(framework, at) as RoleAnswer[]).find((one) => one.role === role.id)!.reached
    expect(reached(levels)).toBe('yes')
    for (const id of Object.keys(levels)) expect(reached({ ...levels, [id]: levels[id]! - 1 })).toBe('no')
  })
})
