// Mapping by hand and correcting: what a person says of a text is what the framework then has.
import { expect, test } from 'vitest'
import { parseRecipe } from '../../../core/ladders/import-ladder.ts'
import { detectRecipe } from '../../../core/ladders/detect.ts'
import { readLadder } from '../../../core/ladders/read-ladder.ts'
import { correctRecipe, renameEntry, withScoring, type Correction } from './correct-recipe.ts'
import { ImportSession } from './import-session.ts'

const TABLE =
  'Skill,Beginner,Advanced,Expert,Score\nDelivery,Ships small changes,Plans releases,Sets how we ship,7\nQuality,Tests own work,Reviews tests,Sets how we test,8\n'
const sourceOf = (text: string) => readLadder([{ path: 'ladder.csv', bytes: new TextEncoder().encode(text) }])

function begin(text: string): ImportSession {
  const source = sourceOf(text)
  const recipe = parseRecipe({
    recipe: 1,
    framework: { id: 'hand', title: 'Hand' },
    rules: [{ make: 'framework', at: '**/*[~\\p{L}]', unused: true, description: '.' }],
  }).recipe!
  return new ImportSession(source, recipe)
}

function correct(
  session: ImportSession,
  text: string,
  correction: Correction,
  reach: 'all' | 'section' | 'one' = 'all',
) {
  const { files } = session.source
  const page = session.page(0, 0, false)
  const all = page.lines.flatMap((line) =>
    line.kind === 'row' ? line.cells.flatMap(({ passages }) => passages) : (line.passage ?? []),
  )
  const passage = all.find((each) => each.text === text)!
  const corrected = correctRecipe(session.recipe, files, session.selection(passage.index, reach)!, correction)
  if (corrected.faults) throw new Error(corrected.faults.join('\n'))
  return session.run(corrected.recipe)
}

test('a table that nobody recognises can be mapped by hand, cell by cell', () => {
  const session = begin(TABLE)
  expect(session.hasFramework).toBe(false)
  for (const level of ['Beginner', 'Advanced', 'Expert'])
    correct(session, level, { kind: 'means', meaning: 'level', from: {} })
  correct(session, 'Delivery', { kind: 'means', meaning: 'competency', from: {} })
  for (const text of ['Ships small changes', 'Plans releases', 'Sets how we ship'])
    correct(session, text, {
      kind: 'means',
      meaning: 'behaviour',
      from: { competency: '^row/Skill', level: '.@name' },
    })
  const { made, result } = correct(session, '7', { kind: 'leave-out', reason: 'scores of one person' })
  expect(
    result!.framework.competencies.map(({ title, behaviours }) => [
      title,
      behaviours.map(({ level }) => level),
    ]),
  ).toEqual([
    ['Delivery', [1, 2, 3]],
    ['Quality', [1, 2, 3]],
  ])
  expect(made.characters.share).toBe(1)
  expect(made.missingCount).toBe(0)
  expect(made.leftOut).toEqual([{ reason: 'scores of one person', characters: 2 }])
})

test('a correction takes its cells from the older rule and leaves the rest to it', () => {
  const source = sourceOf(TABLE)
  const session = new ImportSession(source, detectRecipe(source, 'hand')!.recipe)
  const before = session.run(session.recipe)
  expect(before.made.counts.behaviours).toBe(6)
  const { made, result } = correct(session, 'Sets how we ship', {
    kind: 'means',
    meaning: 'competency-text',
    from: { key: '^row/Skill' },
  })
  expect(made.counts.behaviours).toBe(4)
  expect(result!.framework.competencies.map(({ description }) => description)).toEqual([
    'Sets how we ship',
    'Sets how we test',
  ])
  expect(session.recipe.rules.some(({ except }) => except?.[0]?.at === 'row/Expert')).toBe(true)
})

test('what a meaning needs and does not get is named, and the recipe stays', () => {
  const session = begin(TABLE)
  const { files } = session.source
  expect(
    correctRecipe(
      session.recipe,
      files,
      { at: 'row/Beginner' },
      { kind: 'means', meaning: 'behaviour', from: { level: '.@name' } },
    ).faults,
  ).toEqual(['competency: expected where it is read, got nothing'])
  expect(
    correctRecipe(session.recipe, files, { at: 'row/Beginner' }, { kind: 'leave-out', reason: ' ' }).faults,
  ).toHaveLength(1)
})

test('renaming keeps the id, and a scoring can be set and taken away', () => {
  const source = sourceOf(TABLE)
  const session = new ImportSession(source, detectRecipe(source, 'hand')!.recipe)
  const { id } = session.run(session.recipe).result!.framework.competencies[0]!
  const renamed = session.run(renameEntry(session.recipe, 'competencies', id, 'Shipping').recipe!).result!
    .framework.competencies[0]!
  expect([renamed.id, renamed.title]).toEqual([id, 'Shipping'])
  const scored = withScoring(session.recipe, { model: 'points', levelPoints: [0, 1, 2, 3] }).recipe!
  expect(session.run(scored).result!.framework.scoring?.model).toBe('points')
  expect(session.run(withScoring(scored, undefined).recipe!).result!.framework.scoring).toBeUndefined()
})

test('columns are called as the recipe says, and corrections by those names hold', () => {
  const table = `Our ladder,2026\nSkill,Beginner,Expert\nDelivery,Ships small changes,Sets how we ship\n`
  const source = sourceOf(table)
  const make = (header: number) =>
    parseRecipe({
      recipe: 1,
      framework: { id: 'hand', title: 'Hand' },
      tables: [{ file: 'ladder.csv', at: 'file', header }],
      rules: [{ make: 'competency', at: 'row', title: './Skill' }],
    }).recipe!
  const session = new ImportSession(source, make(2))
  const columns = () =>
    session.outcome.made.groups.map(({ steps }) => steps.join('/')).filter((at) => at.startsWith('row/'))
  expect(columns()).toEqual(['row/A', 'row/B', 'row/Skill', 'row/Beginner', 'row/Expert'])
  const { made } = correct(session, 'Sets how we ship', {
    kind: 'means',
    meaning: 'competency-text',
    from: { key: '^row/Skill' },
  })
  expect(made.groups.find(({ steps }) => steps.join('/') === 'row/Expert')!.became).toEqual([
    { became: 'competency', count: 1 },
  ])
  // Another heading row names them anew, and one that is not there leaves them as they were read.
  session.run(make(0))
  expect(columns()).toEqual(['row/A', 'row/B', 'row/C'])
  expect(session.run(make(9)).made.faults[0]!.message).toContain('expected a table with a row 9')
})

test('weights and titles that rules read are part of the rule, and a rule set by hand takes them', () => {
  const source = sourceOf(
    'Skill,Weight,Beginner,Expert\nDelivery,3,Ships,Sets how\nQuality,1,Tests,Sets how too\n',
  )
  const recipe = parseRecipe({
    recipe: 1,
    framework: { id: 'hand', title: 'Hand' },
    scale: [
      { level: 1, title: 'Beginner' },
      { level: 2, title: 'Expert' },
    ],
    rules: [
      { make: 'competency', at: 'row', title: './Skill' },
      { make: 'behaviour', at: 'row/Beginner|Expert', competency: '^row/Skill', level: '.@name', text: '.' },
    ],
  }).recipe!
  const session = new ImportSession(source, recipe)
  correct(session, '3', { kind: 'means', meaning: 'weight', from: { competency: '^row/Skill' } })
  const scored = session.run(withScoring(session.recipe, { model: 'points', levelPoints: [0, 1, 2] }).recipe!)
  expect(scored.result!.framework.scoring).toMatchObject({
    model: 'points',
    weights: { delivery: 3, quality: 1 },
  })
  const weights = scored.made.groups.find(({ steps }) => steps.join('/') === 'row/Weight')!
  expect(weights.became).toEqual([{ became: 'scoring', count: 2 }])
})
