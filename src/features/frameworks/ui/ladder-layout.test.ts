// The ladder's layout holds for any framework: no two stations meet, promotions rise, lines pass no stranger.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameworkSchema } from '../../../core/framework/model.ts'
import type { Framework, FrameworkInput } from '../../../core/framework/model.ts'
import { layOutLadder, spread } from './ladder-layout.ts'

function frameworkOf(
  roles: [string, string[]][],
  transitions: [string, string, ('promotion' | 'lateral')?][],
): Framework {
  const input: FrameworkInput = {
    rungs: 1,
    id: 'f',
    version: '1.0.0',
    title: 'F',
    tracks: [
      { id: 'technical', title: 'T' },
      { id: 'management', title: 'M' },
    ],
    scale: { levels: [{ level: 1, title: 'One' }] },
    areas: [{ id: 'a', title: 'A' }],
    competencies: [{ id: 'c', area: 'a', title: 'C' }],
    roles: roles.map(([id, tracks]) => ({ id, title: id, tracks })),
    transitions: transitions.map(([from, to, kind = 'promotion']) => ({ from, to, kind })),
  }
  return frameworkSchema.parse(input)
}

test('a role of both tracks lies between them, and the tracks part and meet again', () => {
  const both = ['technical', 'management']
  const layout = layOutLadder(
    frameworkOf(
      [
        ['junior', both],
        ['senior', both],
        ['expert', ['technical']],
        ['lead', ['management']],
        ['head', both],
      ],
      [
        ['junior', 'senior'],
        ['senior', 'expert'],
        ['senior', 'lead'],
        ['expert', 'head'],
        ['lead', 'head'],
        ['expert', 'lead', 'lateral'],
      ],
    ),
  )
  const at = Object.fromEntries(layout.stations.map(({ role, rank, lane }) => [role, [rank, lane]]))
  expect(at).toEqual({ junior: [0, 1], senior: [1, 1], expert: [2, 0], lead: [2, 2], head: [3, 1] })
})

test('wished places move apart as little as needed', () => {
  expect(spread([0, 2])).toEqual([0, 2])
  expect(spread([1, 1, 1])).toEqual([0, 1, 2])
})

test('in any framework up to 60 roles no two stations meet and every promotion rises unless it closes a cycle', () => {
  const ladders = fc
    .record({
      size: fc.integer({ min: 1, max: 60 }),
      seeds: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 120 }),
    })
    .map(({ size, seeds }) => {
      const roles = Array.from({ length: size }, (_, at): [string, string[]] => [
        `r${at}`,
        [['technical'], ['management'], ['technical', 'management']][at % 3]!,
      ])
      const lines = seeds.map(([a, b, lateral]): [string, string, 'promotion' | 'lateral'] => {
        const [low, high] = [a % size, b % size].toSorted((x, y) => x - y)
        return [`r${low}`, `r${high}`, lateral ? 'lateral' : 'promotion']
      })
      return frameworkOf(
        roles,
        lines.filter(([from, to]) => from !== to),
      )
    })
  fc.assert(
    fc.property(ladders, fc.constantFrom('by-rank' as const, 'own' as const), (framework, rows) => {
      const layout = layOutLadder(framework, rows)
      const places = layout.stations.map(({ rank, lane }) => `${rank}/${lane}`)
      expect(new Set(places).size).toBe(framework.roles.length)
      const rank = new Map(layout.stations.map((station) => [station.role, station.rank]))
      for (const { transition } of layout.lines)
        if (transition.kind === 'promotion')
          expect(rank.get(transition.to)!).toBeGreaterThan(rank.get(transition.from)!)
    }),
    { seed: 20, numRuns: 200 },
  )
})

test('a cycle of promotions is drawn, not followed forever', () => {
  const both = ['technical']
  const layout = layOutLadder(
    frameworkOf(
      [
        ['a', both],
        ['b', both],
      ],
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
    ),
  )
  expect(layout.stations).toHaveLength(2)
  expect(layout.lines).toHaveLength(2)
})
