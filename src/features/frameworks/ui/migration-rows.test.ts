// Editing a mapping as rows loses nothing of it.
import { expect, test } from 'vitest'
import { proposeMigration } from '../../../core/framework/migrate/propose.ts'
import { builtInFramework } from '../../../../test/built-in.ts'
import { mappingOf, rowsOf } from './migration-rows.ts'

test('a proposal between two frameworks survives the way into rows and back', () => {
  const before = builtInFramework('coder-to-cto')
  const after = { ...before, version: '2.0.0', competencies: before.competencies.slice(2) }
  const proposal = proposeMigration(before, after)
  expect(mappingOf(rowsOf(proposal, before, after), proposal)).toEqual(proposal)
})

test('two rows that merge into one become one mapping, a single one a renaming', () => {
  const base = { framework: 'f', from: '1.0.0', to: '2.0.0', competencies: [], behaviours: {}, roles: {} }
  const row = (from: string) => ({ from, kind: 'merged', to: ['c'], levels: { 1: 1 } }) as const
  expect(mappingOf([row('a'), row('b')], base).competencies).toEqual([
    { kind: 'merged', from: ['a', 'b'], to: 'c' },
  ])
  expect(mappingOf([row('a')], base).competencies).toEqual([
    { kind: 'renamed', from: 'a', to: 'c', levels: { 1: 1 } },
  ])
})
