// Migrations: what is proposed between two versions, what is refused, and that no result is ever invented.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameworkSchema, type Framework } from '../model.ts'
import { migrateAnswers } from './migrate-answers.ts'
import { migrationFaults } from './migration.ts'
import { proposeMigration } from './propose.ts'

type Statements = Record<string, Record<number, Record<string, string>>>

/** A framework of competency -> level -> behaviour id -> statement. */
function version(number: string, statements: Statements, roles: readonly string[] = ['engineer']): Framework {
  return frameworkSchema.parse({
    rungs: 1,
    id: 'ladder',
    version: number,
    title: 'Ladder',
    tracks: [{ id: 'line', title: 'Line' }],
    areas: [{ id: 'all', title: 'All' }],
    scale: { levels: [1, 2, 3].map((level) => ({ level, title: `Level ${level}` })) },
    competencies: Object.entries(statements).map(([id, levels]) => ({
      id,
      area: 'all',
      title: id,
      behaviours: Object.fromEntries(
        Object.entries(levels).map(([level, list]) => [
          level,
          Object.entries(list).map(([key, text]) => ({ id: key, text })),
        ]),
      ),
    })),
    roles: roles.map((id) => ({ id, title: id, tracks: ['line'] })),
  })
}

const OLD = version(
  '1.0.0',
  {
    design: { 1: { d1: 'Draws the module' }, 2: { d2: 'Writes the trade-offs down' } },
    testing: { 1: { t1: 'Adds a failing test' } },
    delivery: { 1: { p1: 'Splits a feature' }, 2: { p2: 'Keeps a risk list' } },
    tooling: { 1: { o1: 'Scripts a chore' } },
    cobol: { 1: { c1: 'Reads a copybook' } },
  },
  ['engineer', 'operator'],
)

const NEW = version('2.0.0', {
  architecture: { 1: { d1: 'Draws the module.' }, 3: { a9: 'Writes the  trade-offs down' } },
  quality: { 1: { t1: 'Adds a failing test', o1: 'Scripts a chore' } },
  planning: { 1: { p1: 'Splits a feature' } },
  risk: { 1: { p2: 'Keeps a risk list' } },
  security: { 1: { s1: 'Rotates a key' } },
})

test('a renamed, two merged, a split and a dropped competency are proposed as what they are', () => {
  expect(proposeMigration(OLD, NEW)).toEqual({
    framework: 'ladder',
    from: '1.0.0',
    to: '2.0.0',
    competencies: [
      { kind: 'renamed', from: 'design', to: 'architecture', levels: { 1: 1, 2: 3, 3: 3 } },
      { kind: 'merged', from: ['testing', 'tooling'], to: 'quality' },
      { kind: 'split', from: 'delivery', to: ['planning', 'risk'] },
      { kind: 'dropped', from: 'cobol' },
    ],
    behaviours: { d1: 'd1', d2: 'a9', t1: 't1', o1: 'o1', p1: 'p1', p2: 'p2' },
    roles: { engineer: 'engineer', operator: null },
  })
})

test('a proposal has no fault', () => {
  expect(migrationFaults(proposeMigration(OLD, NEW), OLD, NEW)).toEqual([])
})

test('answers follow their statements; what was split or dropped is not known, and its answers stay behind', () => {
  const answers = ['d1', 'd2', 't1', 'o1', 'p1', 'p2', 'c1'].map((item) => ({ item, answer: 'on-my-own' }))
  const moved = migrateAnswers(proposeMigration(OLD, NEW), OLD, NEW, answers)
  expect(moved.answers.map(({ item }) => item)).toEqual(['d1', 'a9', 't1', 'o1'])
  expect(moved.leftBehind.map(({ answer, reason }) => [answer.item, reason])).toEqual([
    ['p1', 'split'],
    ['p2', 'split'],
    ['c1', 'dropped'],
  ])
  expect(moved.notKnown).toEqual([
    { competency: 'planning', reason: 'split' },
    { competency: 'risk', reason: 'split' },
    { competency: 'security', reason: 'new' },
  ])
})

test('an answer to a reworded behaviour does not count for the new words until a person says it is the same', () => {
  const reworded = version(
    '1.1.0',
    { design: { 1: { d1: 'Draws the whole system' } }, testing: {}, delivery: {}, tooling: {}, cobol: {} },
    ['engineer', 'operator'],
  )
  const proposed = proposeMigration(OLD, reworded)
  expect(proposed.behaviours).not.toHaveProperty('d1')
  const answers = [{ item: 'd1', answer: 'on-my-own' }]
  expect(migrateAnswers(proposed, OLD, reworded, answers).leftBehind[0]!.reason).toBe(
    'not the same statement',
  )
  const reviewed = { ...proposed, behaviours: { ...proposed.behaviours, d1: 'd1' } }
  expect(migrateAnswers(reviewed, OLD, reworded, answers).answers).toEqual(answers)
})

test('every fault of a hand-made migration is named with its path', () => {
  const faults = migrationFaults(
    {
      framework: 'ladder',
      from: '1.0.0',
      to: '2.0.0',
      competencies: [
        { kind: 'renamed', from: 'design', to: 'architecture', levels: { 1: 3, 2: 1, 3: 9 } },
        { kind: 'same', from: 'testing', to: 'testing', levels: { 1: 1, 2: 2, 3: 3 } },
        { kind: 'renamed', from: 'tooling', to: 'architecture', levels: { 1: 1, 2: 2, 3: 3 } },
        { kind: 'dropped', from: 'design' },
      ],
      behaviours: { d1: 'a9', d2: 'a9', x: 'y' },
      roles: { engineer: 'nobody' },
    },
    OLD,
    NEW,
  )
  expect(faults.map(({ path }) => path)).toEqual([
    'competencies[0].levels.2',
    'competencies[0].levels.3',
    'competencies[1].to',
    'competencies[2].to',
    'competencies[3].from',
    'competencies',
    'competencies',
    'behaviours.d2',
    'behaviours.x',
    'behaviours.x',
    'roles',
    'roles.engineer',
  ])
})

test('whatever two versions hold, a proposal is without fault, moves no answer twice and loses none', () => {
  const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta']
  const statements = fc
    .dictionary(
      fc.constantFrom('one', 'two', 'three', 'four'),
      fc.array(fc.tuple(fc.constantFrom(...words), fc.integer({ min: 1, max: 3 })), { maxLength: 4 }),
      { minKeys: 1 },
    )
    .map((shape): Statements => {
      let n = 0
      return Object.fromEntries(
        Object.entries(shape).map(([competency, list]) => {
          const levels: Record<number, Record<string, string>> = {}
          for (const [word, level] of list) (levels[level] ??= {})[`${word}-${n++ % 7}-${competency}`] = word
          return [competency, levels]
        }),
      )
    })
  fc.assert(
    fc.property(statements, statements, (a, b) => {
      const [before, after] = [version('1.0.0', a), version('2.0.0', b)]
      const migration = proposeMigration(before, after)
      expect(migrationFaults(migration, before, after)).toEqual([])
      const answers = before.competencies.flatMap(({ behaviours }) =>
        behaviours.map(({ id }) => ({ item: id })),
      )
      const moved = migrateAnswers(migration, before, after, answers)
      expect(moved.answers.length + moved.leftBehind.length).toBe(answers.length)
      expect(new Set(moved.answers.map(({ item }) => item)).size).toBe(moved.answers.length)
      const lost = migration.competencies.flatMap((mapping) =>
        mapping.kind === 'split' || mapping.kind === 'dropped' ? [mapping.from] : [],
      )
      const home = new Map(
        before.competencies.flatMap((competency) =>
          competency.behaviours.map(({ id }) => [id, competency.id]),
        ),
      )
      const movedFrom = answers.filter((answer) => !moved.leftBehind.some((left) => left.answer === answer))
      expect(movedFrom.some(({ item }) => lost.includes(home.get(item)!))).toBe(false)
    }),
    { seed: 21, numRuns: 300 },
  )
})
