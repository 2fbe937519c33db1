// The rule of a ladder in its framework: written short, extended, translated, compared, and a number for the change.
import { expect, test } from 'vitest'
import { growthFramework } from '../growth/fixture.ts'
import { diffFrameworks } from './diff/diff.ts'
import { suggestVersion } from './diff/suggest-version.ts'
import { formatFault } from './fault.ts'
import { formatFramework } from './format.ts'
import type { FrameworkInput } from './model.ts'
import { parseFramework } from './parse.ts'

const points = {
  model: 'points',
  levelPoints: [0, 1, 3],
  bands: [{ from: 2, title: 'Engineer' }],
} satisfies FrameworkInput['scoring']
const base = growthFramework({ scoring: points })
const load = () => ({ file: 'base.yaml', text: formatFramework(base) })
const extended = (scoring: string) =>
  parseFramework(`rungs: 1\nextends: ./base.yaml\nid: child\nversion: 1.0.0\nscoring: ${scoring}\n`, { load })

test('defaults are left out of the text', () => {
  const scoring = formatFramework(base).split('scoring:\n')[1]
  expect(scoring).toBe(
    '  model: points\n  levelPoints: [ 0, 1, 3 ]\n  bands:\n    - from: 2\n      title: Engineer\n',
  )
})

test('a child changes one parameter, or names another model and leaves nothing of the old one', () => {
  expect(extended('{ weights: { coding: 2 } }').framework?.scoring).toMatchObject({
    ...points,
    weights: { coding: 2 },
  })
  expect(extended('{ model: minimum-vector }').framework?.scoring).toEqual({
    model: 'minimum-vector',
    levelRule: { answerPoints: [0, 0, 1, 1, 1] },
  })
})

test.each([
  [
    '{ levelPoints: [ 3, 1 ] }',
    'scoring.levelPoints: expected points that never fall from one level to the next',
  ],
  [
    '{ levelRule: { answerPoints: [ 0, 1 ] } }',
    'scoring.levelRule.answerPoints: expected a list of at least 5',
  ],
  [
    '{ model: k-of-n, roles: { senior: [ { k: 9, level: 2 } ] } }',
    'scoring.roles.senior[0].k: expected at most 6',
  ],
  [
    '{ model: k-of-n, roles: { senior: [ { anyOf: [ { k: all, level: 2 }, { k: 1, level: 9 } ] } ] } }',
    'scoring.roles.senior[0].anyOf[1].level: expected a level of the scale',
  ],
  [
    '{ model: k-of-n, roles: { senior: [ { anyOf: [ { k: 1, level: 2 } ] } ] } }',
    'scoring.roles.senior[0].anyOf: expected a list of at least 2',
  ],
  [
    '{ model: k-of-n, roles: { senior: [ { k: many, level: 2 } ] } }',
    'scoring.roles.senior[0].k: expected a number or "all", got "many"',
  ],
  [
    '{ model: k-of-n, roles: { senior: [ { k: 1, level: 6 } ] } }',
    'scoring.roles.senior[0].level: expected a level',
  ],
  ['{ model: checklist, roles: { senior: [ coding-1z ] } }', 'did you mean "coding-1'],
  [
    '{ model: weighted-mean, sets: [ { id: a, title: A, weights: { coding: 0 } } ] }',
    'expected a weight above 0',
  ],
])('%s is refused: %s', (scoring, message) => {
  expect(extended(scoring).faults?.map(formatFault).join('\n')).toContain(message)
})

test('conditions of which one is enough come back from their text as they were', () => {
  const scoring = {
    model: 'k-of-n',
    roles: {
      senior: [
        {
          anyOf: [
            { level: 4, k: 1 },
            { level: 3, k: 'all' },
          ],
        },
        { level: 2, k: 'all' },
      ],
    },
  } satisfies FrameworkInput['scoring']
  const framework = growthFramework({ scoring })
  const text = formatFramework(framework)
  expect(text).toContain('anyOf')
  expect(parseFramework(text).framework?.scoring).toEqual(framework.scoring)
  expect(framework.scoring).toMatchObject(scoring)
})

test('a change of the rule is told, and asks for a new number', () => {
  const told = (scoring: FrameworkInput['scoring'] | undefined) =>
    diffFrameworks(base, growthFramework(scoring ? { scoring } : {})).map(({ message }) => message)
  expect(told(points)).toEqual([])
  expect(told({ model: 'minimum-vector' })).toEqual([
    "The ladder's own rule is now minimum-vector, was points",
  ])
  expect(told(undefined)).toEqual(["The ladder's own rule (points) is removed"])
  expect(told({ ...points, levelPoints: [0, 2, 4] })).toEqual([
    expect.stringContaining("The ladder's own rule (points)"),
  ])
})

test('a number is major for what is gone, minor for what is new, else patch, and never one that is taken', () => {
  const change = (kind: 'removed' | 'added' | 'reworded') =>
    [{ kind, section: 'Roles', path: [], message: '' }] as const
  expect(suggestVersion('1.2.3', change('removed'), ['1.2.3', '2.0.0'])).toBe('3.0.0')
  expect(suggestVersion('1.2.3', change('added'), ['1.2.3'])).toBe('1.3.0')
  expect(suggestVersion('1.2.3-rc.1', change('reworded'), [])).toBe('1.2.4')
})
