// The four steps of what a number rests on.
import { expect, test } from 'vitest'
import { basisOf } from './basis.ts'

test('names what a number rests on by the share of its own answers', () => {
  const of = (ownShare: number) => basisOf({ basis: 'answers', ownShare })
  expect([0, 0.49, 0.5, 0.8, 0.81, 1].map(of)).toEqual([
    'inferred',
    'inferred',
    'half',
    'half',
    'answers',
    'answers',
  ])
  expect(basisOf({ basis: 'general level', ownShare: 1 })).toBe('general')
})
