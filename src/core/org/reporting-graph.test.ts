// The reporting graph and relations: walks that end, spans that add up, and relations that follow from the lines.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportingGraph, spans, type ReportsTo } from './reporting-graph.ts'
import { relationOf, type ManagedPeriod, type RelationFacts } from './relation.ts'

const lines = (text: string): ReportsTo[] =>
  text.split(' ').map((pair) => {
    const [person, manager] = pair.split('>')
    return { person: person!, manager: manager ?? null }
  })

test('lines upward, reports and subtrees of a small organisation', () => {
  const graph = reportingGraph(lines('ceo cto>ceo cfo>ceo a>cto b>cto c>a'))
  expect(graph.lineUpward('c')).toEqual(['a', 'cto', 'ceo'])
  expect(graph.reportsOf('cto')).toEqual(['a', 'b'])
  expect(graph.subtree('cto')).toEqual(['a', 'b', 'c'])
  expect(graph.roots).toEqual(['ceo'])
  expect(graph.isAbove('cto', 'c')).toBe(true)
  expect(graph.isAbove('c', 'cto')).toBe(false)
  expect(spans(graph).get('cto')).toEqual({ direct: 2, below: 3 })
})

test('circles, managers who are not there and two managers are told, each once', () => {
  const graph = reportingGraph(lines('a>b b>c c>a d>a e>nobody f>a f>d g>g'))
  expect(graph.loops).toEqual([['a', 'b', 'c'], ['g']])
  expect(graph.unknownManagers).toEqual([{ person: 'e', manager: 'nobody' }])
  expect(graph.severalManagers).toEqual([{ person: 'f', managers: ['a', 'd'] }])
  expect(graph.lineUpward('d')).toEqual(['a', 'b', 'c'])
})

/** Any assignment of managers, circles and unknown ones included. */
const anyLines = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc.array(fc.integer({ min: -1, max: count }), { minLength: count, maxLength: count }).map((managers) =>
    managers.map((manager, person): ReportsTo => ({
      person: `p${person}`,
      manager: manager < 0 ? null : `p${manager}`,
    })),
  ),
)

test('whatever the lines, every walk ends and upward is the inverse of downward', () => {
  fc.assert(
    fc.property(anyLines, (given) => {
      const graph = reportingGraph(given)
      const inLoop = new Set(graph.loops.flat())
      for (const person of graph.people) {
        for (const above of graph.lineUpward(person))
          if (graph.people.includes(above)) expect(graph.subtree(above)).toContain(person)
        for (const below of graph.subtree(person)) expect(graph.lineUpward(below)).toContain(person)
        expect(graph.lineUpward(person)).not.toContain(person)
      }
      for (const loop of graph.loops)
        loop.forEach((person, at) => expect(graph.managerOf(person)).toBe(loop[(at + 1) % loop.length]))
      const reachable = new Set(graph.roots.flatMap((root) => [root, ...graph.subtree(root)]))
      for (const person of graph.people)
        if (!reachable.has(person))
          expect(
            graph
              .lineUpward(person)
              .concat(person)
              .some((one) => inLoop.has(one)),
          ).toBe(true)
    }),
    { seed: 3, numRuns: 200 },
  )
})

const facts = (given: readonly ManagedPeriod[], more: Partial<RelationFacts> = {}): RelationFacts => ({
  lines: given,
  delegations: [],
  units: [],
  unitAbove: new Map(),
  partnerOf: [],
  employed: () => true,
  ...more,
})
const line = (
  person: string,
  manager: string,
  from = '2025-01-01',
  to: string | null = null,
): ManagedPeriod => ({
  ...{ person, manager, from, to },
})
const DAY = '2026-03-02'
const held = (relation: object) =>
  Object.entries(relation).flatMap(([name, holds]) => (holds === true ? [name] : []))

test('each relation is told from the lines of the day', () => {
  const given = facts([line('eng', 'lead'), line('other', 'lead'), line('lead', 'head'), line('head', 'cto')])
  expect(held(relationOf('eng', 'eng', DAY, given))).toEqual(['self'])
  expect(held(relationOf('lead', 'eng', DAY, given))).toEqual(['directManager'])
  expect(held(relationOf('cto', 'eng', DAY, given))).toEqual(['skipLevel'])
  expect(held(relationOf('other', 'eng', DAY, given))).toEqual(['peer'])
  expect(held(relationOf('eng', 'lead', DAY, given))).toEqual(['report'])
  expect(held(relationOf('eng', 'cto', DAY, given))).toEqual([])
})

test('a manager is one until the day on which the line ends, and an ex-manager from then on', () => {
  const given = facts([line('eng', 'old', '2025-01-01', DAY), line('eng', 'new', DAY)])
  expect(held(relationOf('old', 'eng', '2026-03-01', given))).toEqual(['directManager'])
  expect(held(relationOf('old', 'eng', DAY, given))).toEqual(['exManager'])
  expect(held(relationOf('new', 'eng', '2026-03-01', given))).toEqual([])
  expect(held(relationOf('new', 'eng', DAY, given))).toEqual(['directManager'])
})

test('somebody who has left manages nobody, and neither does their delegate', () => {
  const given = facts([line('eng', 'lead')], {
    delegations: [{ from_person: 'lead', to_person: 'stand-in', from: '2026-03-01', to: '2026-03-10' }],
  })
  expect(held(relationOf('stand-in', 'eng', DAY, given))).toEqual(['delegate'])
  expect(held(relationOf('stand-in', 'eng', '2026-03-10', given))).toEqual([])
  const gone = { ...given, employed: (person: string) => person !== 'lead' }
  expect(held(relationOf('lead', 'eng', DAY, gone))).toEqual([])
  expect(held(relationOf('stand-in', 'eng', DAY, gone))).toEqual([])
})

test('a people partner is one for the units below theirs too', () => {
  const unitAbove = new Map<string, string | null>([
    ['storage', 'platform'],
    ['platform', null],
    ['sales', null],
  ])
  const given = facts([], { units: ['storage'], unitAbove, partnerOf: ['platform'] })
  expect(held(relationOf('partner', 'eng', DAY, given))).toEqual(['partner'])
  expect(held(relationOf('partner', 'eng', DAY, { ...given, partnerOf: ['sales'] }))).toEqual([])
  expect(held(relationOf('partner', 'eng', DAY, { ...given, partnerOf: 'all' }))).toEqual(['partner'])
})

test('random moves: exactly one person is the direct manager on a day, and rights end with the line', () => {
  const moves = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 5 })), {
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(moves, fc.integer({ min: 1, max: 28 }), (parts, date) => {
      const day = `2026-02-${String(date).padStart(2, '0')}`
      const starts = [...new Map(parts.map(([on, who]) => [on, who]))].sort(([a], [b]) => a - b)
      const dayAt = (on: number) => (on > 28 ? '2026-03-01' : `2026-02-${String(on).padStart(2, '0')}`)
      const given = starts.map(([on, who], index) => {
        const next = starts[index + 1]
        return line('x', `m${who}`, dayAt(on), next ? dayAt(next[0]) : null)
      })
      const relations = [0, 1, 2, 3, 4, 5].map((who) => relationOf(`m${who}`, 'x', day, facts(given)))
      const valid = given.filter(({ from, to }) => from <= day && (to === null || day < to))
      expect(relations.filter(({ directManager }) => directManager)).toHaveLength(valid.length > 0 ? 1 : 0)
      for (const relation of relations) expect(relation.directManager && relation.exManager).toBe(false)
    }),
    { seed: 5, numRuns: 300 },
  )
})
