// Recipes at work on small ladders of each shape, and what is said of recipes that cannot work.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseFramework } from '../framework/parse.ts'
import { formatFramework } from '../framework/format.ts'
import { detectRecipe } from './detect.ts'
import { importLadder, parseRecipe } from './import-ladder.ts'
import { rankOfTitle } from './level-words.ts'
import { readLadder } from './read-ladder.ts'
import { recipeJsonSchema } from './recipe.ts'
import { parseSelector, select } from './selector.ts'
import { slug } from './stable-id.ts'

const sourceOf = (files: Record<string, string>) =>
  readLadder(Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })))
const recipeOf = (yaml: string) => {
  const { recipe, faults } = parseRecipe(parse(`recipe: 1\nframework: { id: small, title: Small }\n${yaml}`))
  if (!recipe) throw new Error(faults.join('\n'))
  return recipe
}

test('a selector names nodes by step, by either name, by condition and at any depth', () => {
  const [file] = sourceOf({ 'a.md': '# A\n## B\n- one\n- two\n  - deep\n## C\n- three\n' }).files
  const found = (selector: string) => select(file!, parseSelector(selector)).map(({ text }) => text)
  expect(found('h1/h2/li')).toEqual(['one', 'two', 'three'])
  expect(found('h1/h2[=C]/li')).toEqual(['three'])
  expect(found('h1/h2[!=C]/li[~^t]')).toEqual(['two'])
  expect(found('**/li')).toEqual(['one', 'two', 'deep', 'three'])
  expect(found('h1/h2|h3/li[li~.]')).toEqual(['two'])
  expect(() => parseSelector('h1[=a')).toThrow(/closed/)
})

test('a long table: rows make competencies, behaviours, roles and expectations, lines of a cell apart', () => {
  const source = sourceOf({
    'a.csv':
      'Role,Skill,Level,Text\nEngineer,Testing,Working,"You can:\n- write tests\n- fix tests"\nLead,Testing,Expert,- set how tests are written\n',
  })
  const recipe = recipeOf(`
scale: [{ level: 1, title: Working }, { level: 2, title: Expert }]
rules:
  - { make: role, at: row, title: ./Role }
  - { make: behaviour, at: row/Text, lines: true, competency: ^row/Skill, level: ^row/Level, text: . }
  - { make: expectation, at: row, role: ./Role, competency: ./Skill, level: ./Level }
leaveOut:
  - { at: header/*, reason: column headings }
  - { lines: '^You can:$', reason: a lead-in }
`)
  const { framework, report } = importLadder(source, recipe)
  expect(
    framework!.competencies.map(({ title, behaviours }) => [
      title,
      behaviours.map(({ level, text }) => [level, text]),
    ]),
  ).toEqual([
    [
      'Testing',
      [
        [1, 'write tests'],
        [1, 'fix tests'],
        [2, 'set how tests are written'],
      ],
    ],
  ])
  expect(framework!.roles.map(({ id, expectations }) => [id, expectations['testing']?.level])).toEqual([
    ['engineer', 1],
    ['lead', 2],
  ])
  expect(report.characters.share).toBe(1)
  expect(report.pieces.find(({ text }) => text.startsWith('You can'))!.targets[0]).toMatch(
    /^behaviours\.testing\.1\./,
  )
})

test('a tree with references by path and names looked up in another file', () => {
  const source = sourceOf({
    'skills.json': JSON.stringify({
      path: 'core',
      topics: [
        {
          path: 'care',
          title: 'Care',
          levels: [
            { path: 'n00b', criteria: ['Cleans up'] },
            { path: 'pro', criteria: ['Plans upkeep'] },
          ],
        },
      ],
    }),
    'roles.yaml': 'roles:\n  - id: eng\n    requires: [core/care/pro, core/missing/pro]\n',
    'names.yaml': 'names:\n  - { id: eng, label: Engineer }\n',
  })
  const recipe = recipeOf(`
rules:
  - { make: level, file: skills.json, at: topics/-/levels/-, competency: { template: '{^file/path}/{^levels^-/path}' }, key: ./path, level: .@index }
  - { make: competency, file: skills.json, at: topics/-, key: { template: '{^file/path}/{./path}' }, title: ./title }
  - { make: behaviour, file: skills.json, at: topics/-/levels/-/criteria/-, competency: { template: '{^file/path}/{^levels^-/path}' }, level: ^-/path, text: . }
  - make: role
    file: roles.yaml
    at: roles/-
    key: ./id
    title: { find: { file: names.yaml, at: names/-, where: ./id, is: ./id, take: ./label } }
  - { make: expectation, file: roles.yaml, at: roles/-/requires/-, role: ^requires^-/id, competency: { match: '^(.+)/[^/]+$' }, level: { match: '([^/]+)$' } }
`)
  const { framework, report } = importLadder(source, recipe)
  expect(framework!.roles).toMatchObject([
    { id: 'eng', title: 'Engineer', expectations: { 'core-care': { level: 2 } } },
  ])
  expect(
    report.pieces
      .filter(({ outcome }) => outcome === 'missing')
      .map(({ text, reason, place }) => [text, reason, place.where]),
  ).toEqual([
    ['core/missing/pro', 'the competency "core/missing" is not in the ladder', 'roles[0].requires[1]'],
  ])
})

test('a level that is on no scale keeps its behaviour out, and the report says so with its place', () => {
  const { framework, report } = importLadder(
    sourceOf({
      'a.md':
        '# Care\n- **Beginner**\n  - Cleans up after the work is done\n- **Wizard**\n  - Conjures upkeep out of thin air\n',
    }),
    recipeOf(
      'scale: [{ level: 1, title: Beginner }]\nrules:\n  - { make: behaviour, at: h1/li/li, competency: ^h1, level: ^li, text: . }',
    ),
  )
  expect(framework!.competencies[0]!.behaviours).toHaveLength(1)
  expect(
    report.pieces
      .filter(({ outcome }) => outcome === 'missing')
      .map(({ reason, place }) => [reason, place.line]),
  ).toEqual([
    ['the level "Wizard" is on no scale', 4],
    ['the level "Wizard" is on no scale', 5],
  ])
})

test('a recipe that is no recipe, or whose selector cannot be read, is refused with the place in it', () => {
  expect(
    parseRecipe({
      recipe: 1,
      framework: { id: 'a', title: 'A' },
      rules: [{ make: 'behavior', at: 'h1' }],
    }).faults!.join(),
  ).toMatch(/rules\.0\.make/)
  const { framework, report } = importLadder(
    sourceOf({ 'a.md': '# A\n' }),
    recipeOf("rules: [{ make: competency, at: 'h1[=', title: . }]"),
  )
  expect(framework).toBeUndefined()
  expect(report.problems[0]!.message).toMatch(/^rules\[0\]\.at: expected each bracket/)
})

test('what a recipe adds is set over what the rules make, entry by entry', () => {
  const { framework } = importLadder(
    sourceOf({ 'a.csv': 'Skill,Role\nCare,Engineer\n' }),
    recipeOf(
      'rules: [{ make: competency, at: row, title: ./Skill }, { make: role, at: row, title: ./Role }]\nadd: { roles: [{ id: engineer, expectations: { care: 1 } }] }',
    ),
  )
  expect(framework!.roles[0]).toMatchObject({ title: 'Engineer', expectations: { care: { level: 1 } } })
})

test.each([
  [
    'a matrix in a table',
    {
      'a.csv':
        'Skill,Novice,Competent,Expert\nTesting,Writes the tests that were asked for,Plans tests with the team,Sets how tests are written here\nDesign,Follows the design of the module,Designs a module on their own,Designs whole systems of parts\n',
    },
    2,
    6,
  ],
  [
    'a matrix with Chinese words',
    {
      '能力.csv':
        '能力,初级,中级,高级\n沟通,能够主动向团队说明自己的工作进展并及时提出遇到的问题和风险,能够在团队之间协调并就方案的取舍达成一致意见并形成记录,能够让整个部门在重大技术决策上达成共识并推动落实到各团队\n',
    },
    1,
    3,
  ],
  [
    'lists under bold levels',
    {
      'a.md':
        '# Ladder\n## Care\n- **Beginner**\n  - Cleans up after work\n- **Expert**\n  - Plans the upkeep of systems\n',
    },
    1,
    2,
  ],
])('without a recipe, %s is recognised', (_, files, competencies, behaviours) => {
  const detection = detectRecipe(sourceOf(files), 'mine')!
  expect(detection.report.counts).toMatchObject({ competencies, behaviours })
  expect(detection.confidence).toBeGreaterThan(0.5)
  const { framework } = importLadder(sourceOf(files), detection.recipe)
  expect(parseFramework(formatFramework(framework!)).faults).toBeUndefined()
})

test('ids are made of words, and of a fingerprint where there are none in Latin letters', () => {
  expect(slug('🚚 Delivery & Übergabe (C++)')).toBe('delivery-ubergabe-cpp')
  const { framework } = importLadder(
    sourceOf({ 'a.csv': 'Skill\n沟通\n设计\n' }),
    recipeOf('rules: [{ make: competency, at: row, title: ./Skill }]'),
  )
  const ids = framework!.competencies.map(({ id }) => id)
  expect(new Set(ids).size).toBe(2)
  for (const id of ids) expect(id).toMatch(/^x-[a-z0-9]{7}$/)
})

test('a title tells how high a role stands', () => {
  expect(
    [
      'IC3 Engineer',
      'Junior Engineer',
      'Senior Engineer',
      'Staff Engineer',
      'D7 - Developer 7',
      'Engineer',
    ].map(rankOfTitle),
  ).toEqual([3, 1, 3, 4, 7, 1])
})

test('the published JSON Schema of recipes is the one that the code checks by', () => {
  expect(JSON.parse(readFileSync('schema/recipe.schema.json', 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(recipeJsonSchema())),
  )
})

test('the row that a recipe names heads the columns, and 0 leaves them their letters', () => {
  const source = sourceOf({
    'a.csv': 'Our ladder,2024,\n,,\nSkill,Level,What\nTesting,1,Writes tests\nDesign,2,Leads the design\n',
  })
  const rules = (columns: string) => `
rules: [{ make: behaviour, at: row/${columns.split(' ')[2]}, competency: ^row/${columns.split(' ')[0]}, level: ^row/${columns.split(' ')[1]}, text: . }]
`
  const made = (yaml: string) =>
    importLadder(source, recipeOf(yaml)).framework?.competencies.flatMap(({ title, behaviours }) =>
      behaviours.map(({ level }) => [title, level]),
    )
  const skills = [
    ['Testing', 1],
    ['Design', 2],
  ]
  expect(made(rules('Skill Level What'))).toBeUndefined()
  expect(made(`tables: [{ header: 3 }]${rules('Skill Level What')}`)).toEqual(skills)
  expect(made(`tables: [{ file: 'a.*', at: file, header: 0 }]${rules('A B C')}`)).toEqual(skills)
  expect(made(`tables: [{ header: 0 }]${rules('A B C')}`)).toEqual(skills)
  expect(
    importLadder(source, recipeOf(`tables: [{ header: 9 }]${rules('A B C')}`)).report.problems[0],
  ).toMatchObject({
    severity: 'fault',
    message: 'tables[0].header: expected a table with a row 9, got none',
  })
})

describe('a recipe from somebody else cannot hang the import', () => {
  const long = `${'a'.repeat(50_000)}!`
  const source = sourceOf({ 'a.md': `# Title\n\n${long}\n`, [`${'ab'.repeat(100)}.md`]: '# B\n' })
  const timed = (yaml: string) => {
    const started = performance.now()
    importLadder(source, recipeOf(yaml))
    return performance.now() - started
  }
  const rule = 'rules: [{ make: framework, at: "**/p", description: . }]'
  test.each(['(a+)+$', '(a|aa)+$', '(a*)*b', '(.*a){20}b', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
    '%s',
    (pattern) => {
      const text = JSON.stringify(pattern)
      expect(timed(`leaveOut: [{ lines: ${text}, reason: x }]\n${rule}`)).toBeLessThan(3_000)
      expect(
        timed(`rules: [{ make: framework, at: ${JSON.stringify(`**/p[~${pattern}]`)}, description: . }]`),
      ).toBeLessThan(3_000)
      expect(
        timed(`rules: [{ make: framework, at: "**/p", description: { match: ${text}, else: x } }]`),
      ).toBeLessThan(3_000)
      expect(timed(`rules: [{ make: role, at: "**/p", title: x, track: { split: ${text} } }]`)).toBeLessThan(
        3_000,
      )
    },
  )
  test('a file pattern of many stars', () => {
    expect(
      timed(`rules: [{ make: framework, file: "${'*a'.repeat(60)}*c", at: h1, description: . }]`),
    ).toBeLessThan(2_000)
  })
  test.each([
    ['a look-ahead', '(?=a)'],
    ['a reference back', '(a)\\1'],
    ['an open group', '('],
    ['20,001 characters', 'a'.repeat(20_001)],
  ])('%s is refused with what was expected', (_, pattern) => {
    const { report } = importLadder(
      source,
      recipeOf(`leaveOut: [{ lines: ${JSON.stringify(pattern)}, reason: x }]\n${rule}`),
    )
    expect(report.problems[0]!.message).toMatch(
      /^expected a regular expression (without look-around|of at most)/,
    )
  })
})
