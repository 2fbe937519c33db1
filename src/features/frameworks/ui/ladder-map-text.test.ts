// What the map says of a line's years: who says them, and nothing where nobody does.
import { expect, test } from 'vitest'
import { builtInFramework } from '../../../../test/built-in.ts'
import type { Framework, Transition } from '../../../core/framework/model.ts'
import { growthFramework } from '../../../core/growth/fixture.ts'
import { growthOf, yearsOf } from './ladder-map-text.ts'

const line = (changes: Partial<Transition> = {}): Transition => ({
  from: 'junior',
  to: 'senior',
  kind: 'promotion',
  ...changes,
})

const small = growthFramework()
const withExperience = (experience: Framework['roles'][number]['experience']): Framework => ({
  ...small,
  roles: small.roles.map((role) => (role.id === 'senior' ? { ...role, experience } : role)),
})

const sourced = { years: { min: 3, max: 5 }, source: 'book' }
const ours = { years: { min: 4, max: 6 } }

test('a line with sourced years of its own says these alone', () => {
  const own = line({ years: { min: 2, max: 3 }, source: 'book' })
  expect(yearsOf(withExperience([sourced, ours]), own)).toEqual([
    { years: { min: 2, max: 3 }, source: 'book' },
  ])
})

test('a promotion without them says all that sources give for the role it leads to, before any estimate of ours', () => {
  expect(yearsOf(withExperience([ours, sourced]), line())).toEqual([sourced])
  expect(yearsOf(withExperience([ours, sourced]), line({ years: { min: 1, max: 9 } }))).toEqual([sourced])
})

test("without any source it says the line's own estimate, else the role's first", () => {
  const own = { min: 1, max: 9 }
  expect(yearsOf(withExperience([ours]), line({ years: own }))).toEqual([{ years: own, source: undefined }])
  expect(yearsOf(withExperience([ours, { years: { min: 7 } }]), line())).toEqual([
    { years: { min: 4, max: 6 }, source: undefined },
  ])
  expect(yearsOf(withExperience([]), line())).toEqual([])
})

test("a step sideways or back says nothing of a role's years", () => {
  for (const kind of ['lateral', 'return'] as const)
    expect(yearsOf(withExperience([sourced]), line({ kind })), kind).toEqual([])
})

test('every promotion of the built-in ladder says years, and where articles give them their source', () => {
  const framework = builtInFramework('coder-to-cto')
  for (const transition of framework.transitions.filter(({ kind }) => kind === 'promotion')) {
    const claims = yearsOf(framework, transition)
    expect(claims.length, `${transition.from} > ${transition.to}`).toBeGreaterThan(0)
    const role = framework.roles.find(({ id }) => id === transition.to)!
    const bySource = role.experience.some(({ source }) => source !== undefined)
    if (bySource) for (const { source } of claims) expect(source, transition.to).toBeDefined()
  }
})

test('how a bar grows along a line counts what rises and what is new', () => {
  const framework = builtInFramework('coder-to-cto')
  const [from, to] = ['senior-programmer', 'architect'].map((id) =>
    framework.roles.find((one) => one.id === id)!,
  )
  const { raised, added } = growthOf(framework, { from: from!.id, to: to!.id })
  const higher = Object.entries(to!.expectations).filter(
    ([competency, { level }]) => (from!.expectations[competency]?.level ?? 0) < level,
  )
  expect(raised + added).toBe(higher.length)
})
