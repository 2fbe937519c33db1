// Proposed raters: manager, peers and reports of a day, each once, the least asked first.
import { expect, test } from 'vitest'
import { proposeRaters } from './propose-raters.ts'
import { reportingGraph } from './reporting-graph.ts'

const graph = reportingGraph([
  { person: 'head', manager: null },
  { person: 'lead', manager: 'head' },
  ...['a', 'b', 'c', 'd'].map((person) => ({ person, manager: 'lead' })),
  ...['r1', 'r2'].map((person) => ({ person, manager: 'a' })),
])
const rule = { manager: true, mostPeers: 5, mostReports: 5 }

test('manager, peers and reports come from the chart, and what is short is said', () => {
  const { raters, short } = proposeRaters(graph, 'a', rule)
  expect(raters.map(({ person, kind }) => `${kind} ${person}`)).toEqual([
    'manager lead',
    'peer b',
    'peer c',
    'peer d',
    'report r1',
    'report r2',
  ])
  expect(short).toEqual(['peer', 'report'])
})

test('the least asked come first; teammates fill up; excluded people and the line are never peers', () => {
  const load = new Map([['b', 9]])
  const few = proposeRaters(graph, 'a', { ...rule, mostPeers: 2 }, { load, excluded: new Set(['d']) })
  expect(few.raters.filter(({ kind }) => kind === 'peer').map(({ person }) => person)).toEqual(['c', 'b'])
  const filled = proposeRaters(graph, 'a', rule, { teammates: ['x', 'head', 'r1', 'a', 'b'] })
  expect(filled.raters.filter(({ because }) => because === 'same-team').map(({ person }) => person)).toEqual([
    'x',
  ])
})

test('somebody at the top has no manager and no peers', () => {
  expect(proposeRaters(graph, 'head', rule)).toEqual({
    raters: [{ person: 'lead', kind: 'report', because: 'line' }],
    short: ['manager', 'peer', 'report'],
  })
})
