// Comparing roles: what differs, what is new, what carries over.
import { expect, test } from 'vitest'
import { compareRoles } from './compare.ts'
import { growthFramework } from './fixture.ts'
import { findRole } from './roles.ts'

const framework = growthFramework()
const choice = (role: string, variant?: string) => findRole(framework, { role, variant })!

test('each expectation says how it changes from the first role to the second', () => {
  const { expectations, counts } = compareRoles(framework, choice('senior'), choice('architect'))
  expect(expectations.map(({ competency, change, difference }) => [competency, change, difference])).toEqual([
    ['coding', 'same', 0],
    ['design', 'raised', 2],
    ['testing', 'raised', 1],
    ['planning', 'dropped', -1],
    ['vision', 'new', 2],
  ])
  expect(counts).toEqual({ same: 1, new: 1, changed: 2, dropped: 1 })
})

test('a should that becomes a must at the same level is stricter', () => {
  const changed = growthFramework({
    roles: [
      {
        id: 'a',
        title: 'A',
        tracks: ['technical'],
        expectations: { coding: { level: 2, kind: 'should' }, design: 2 },
      },
      {
        id: 'b',
        title: 'B',
        tracks: ['technical'],
        expectations: { coding: 2, design: { level: 2, kind: 'should' } },
      },
    ],
    transitions: [],
  })
  const { expectations } = compareRoles(
    changed,
    findRole(changed, { role: 'a' })!,
    findRole(changed, { role: 'b' })!,
  )
  expect(expectations.map(({ change }) => change)).toEqual(['stricter', 'looser'])
})

test('duties are shared, new or left behind, and a new one says which of its competencies carry over', () => {
  const { duties } = compareRoles(framework, choice('senior'), choice('architect'))
  expect(duties.map(({ duty, in: where, carried }) => [duty, where, carried])).toEqual([
    ['review', 'both', []],
    ['blueprint', 'b', ['coding']],
    ['mentor', 'a', []],
  ])
})

test('a role compared with itself has nothing that differs, and turned round every change turns round', () => {
  expect(compareRoles(framework, choice('lead'), choice('lead')).counts).toEqual({
    same: 3,
    new: 0,
    changed: 0,
    dropped: 0,
  })
  const there = compareRoles(framework, choice('senior'), choice('head', 'quiet'))
  const back = compareRoles(framework, choice('head', 'quiet'), choice('senior'))
  expect(back.expectations.map(({ difference }) => difference)).toEqual(
    there.expectations.map(({ difference }) => 0 - difference),
  )
  expect([back.counts.new, back.counts.dropped]).toEqual([there.counts.dropped, there.counts.new])
})
