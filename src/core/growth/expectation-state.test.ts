// When an expectation is met, likely, open or not known.
import { expect, test } from 'vitest'
import { expectationState } from './expectation-state.ts'

test.each([
  ['surely at the level, with answers that reach it', 0.95, 3, [4, 3, null], 'met'],
  ['probably at it', 0.6, 3, [4, 5, 4], 'likely'],
  ['probably below it', 0.3, 3, [4, 3, 2], 'open'],
  ['surely, but only by lower levels', 0.99, 3, [4, 2, null], 'not-known'],
  ['below it already by what was not shown lower down', 0.2, 3, [2, 1, 1], 'open'],
  ['below it by answers one level under it', 0.3, 3, [2, 2, null], 'open'],
  ['below it only because nothing near was asked', 0.1, 4, [1, 2, null], 'not-known'],
  ['nothing answered', 0.99, 1, [0, 0, null], 'not-known'],
  ['nothing answered, and improbable', 0.1, 4, [0, 0, null], 'not-known'],
] as const)('%s', (_, probability, level, [answered, scoredUpTo, notShownFrom], state) => {
  expect(expectationState(probability, level, { answered, scoredUpTo, notShownFrom })).toBe(state)
})
