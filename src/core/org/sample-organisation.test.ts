// The sample organisation: 300 people today, two years of changes, and lines that hold on every day.
import { expect, test } from 'vitest'
import { seededRandom } from '../measure/seeded-random.ts'
import type { PeopleChange } from './people-import/change.ts'
import { reportingGraph } from './reporting-graph.ts'
import { sampleOrganisation } from './sample-organisation.ts'

const TODAY = '2026-03-02'
function make(seed: number) {
  let next = 0
  return sampleOrganisation(TODAY, seededRandom(seed), () => `id${++next}`)
}

/** Who works there for whom after a number of changes. */
function stateAfter(changes: readonly PeopleChange[]) {
  const managers = new Map<string, string | null>()
  for (const change of changes) {
    if (change.kind === 'join' || change.kind === 'rehire')
      managers.set(change.person, change.placement.manager)
    else if (change.kind === 'leave') managers.delete(change.person)
    else if (change.kind === 'manager') managers.set(change.person, change.after)
  }
  return managers
}

test.each([1, 2, 20_260_302])(
  'with seed %i, 300 people work there today, under one CTO, without circles',
  (seed) => {
    const changes = make(seed)
    const managers = stateAfter(changes)
    expect(managers.size).toBe(300)
    const graph = reportingGraph([...managers].map(([person, manager]) => ({ person, manager })))
    expect(graph.roots).toHaveLength(1)
    expect(graph.loops).toEqual([])
    expect(graph.unknownManagers).toEqual([])
    const days = changes.flatMap((change) =>
      'placedFrom' in change ? [change.placedFrom] : 'from' in change ? [change.from] : [],
    )
    expect(days).toEqual(days.toSorted())
    expect(days.at(-1)! <= TODAY).toBe(true)
  },
)

test('at the end of every month everybody has a manager who works there', () => {
  const changes = make(5)
  const dayOf = (change: PeopleChange) =>
    'placedFrom' in change ? change.placedFrom : 'from' in change ? change.from : ''
  for (const [index, change] of changes.entries()) {
    const next = changes[index + 1]
    if (next && dayOf(next) === dayOf(change)) continue
    const managers = stateAfter(changes.slice(0, index + 1))
    const lost = [...managers].filter(([, manager]) => manager !== null && !managers.has(manager))
    expect(lost).toEqual([])
  }
})

test('two years hold moves, promotions, leavers, managers who are followed, and people who come back', () => {
  const changes = make(20_260_302)
  const count = (kind: PeopleChange['kind']) => changes.filter((change) => change.kind === kind).length
  expect(count('rehire')).toBe(2)
  expect(count('leave')).toBeGreaterThan(30)
  expect(count('unit')).toBeGreaterThan(20)
  expect(count('position')).toBeGreaterThan(40)
  expect(count('manager')).toBeGreaterThan(80)
  expect(make(20_260_302)).toEqual(changes)
})
