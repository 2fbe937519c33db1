// Tables as organisations keep them, recognised without a recipe: roles or levels across, competencies down, or turned.
import { strToU8 } from 'fflate'
import { expect, test } from 'vitest'
import type { Framework } from '../framework/model.ts'
import { detectRecipe } from './detect.ts'
import { importLadder } from './import-ladder.ts'
import { readLadder } from './read-ladder.ts'

const ROLES = ['Engineer I', 'Senior Engineer', 'Director']
const ASKS: Record<string, string[]> = {
  Delivery: ['Finishes small tickets', 'Breaks epics down', 'Plans across teams'],
  'Code quality': ['Writes unit tests', 'Sets the testing approach', 'Audits all teams'],
}

function imported(path: string, rows: string[][]): Framework {
  const separator = path.endsWith('.md') ? ' | ' : ','
  const lines = rows.map((row) => row.join(separator))
  if (path.endsWith('.md')) lines.splice(1, 0, rows[0]!.map(() => '---').join(separator))
  const source = readLadder([{ path, bytes: strToU8(`${lines.join('\n')}\n`) }])
  const { framework } = importLadder(source, detectRecipe(source)!.recipe)
  return framework!
}

const told = (framework: Framework) =>
  framework.competencies.map(({ title, behaviours }) => [
    title,
    behaviours.map(({ level, text }) => `${level} ${text as string}`),
  ])

const EXPECTED = Object.entries(ASKS).map(([title, texts]) => [
  title,
  texts.map((text, at) => `${at + 1} ${text}`),
])

test.each(['ladder.csv', 'ladder.md'])(
  'roles across and competencies down: roles, levels, behaviours and bars (%s)',
  (path) => {
    const framework = imported(path, [
      ['Competency', ...ROLES],
      ...Object.entries(ASKS).map(([name, texts]) => [name, ...texts]),
    ])
    expect(told(framework)).toEqual(EXPECTED)
    expect(
      framework.roles.map(({ title, expectations }) => [
        title,
        Object.values(expectations).map(({ level }) => level),
      ]),
    ).toEqual(ROLES.map((role, at) => [role, [at + 1, at + 1]]))
  },
)

test.each(['Role', 'Competency'])('turned, with the corner named %s', (corner) => {
  const rows = ROLES.map((role, at) => [role, ...Object.values(ASKS).map((texts) => texts[at]!)])
  const framework = imported('ladder.csv', [[corner, ...Object.keys(ASKS)], ...rows])
  expect(told(framework)).toEqual(EXPECTED)
  expect(framework.roles.map(({ title }) => title)).toEqual(ROLES)
})

test('a row for each competency and level, with short statements', () => {
  const rows = Object.entries(ASKS).flatMap(([name, texts]) =>
    texts.map((text, at) => [name, `L${at + 1}`, text]),
  )
  expect(told(imported('long.csv', [['Competency', 'Level', 'Behaviour'], ...rows]))).toEqual(EXPECTED)
})
