// When an expectation is met, likely, open or not known.
import { expect, test } from 'vitest'
import { expectationState } from './expectation-state.ts'

test.each([
  ['surely at the level, with answers that reach it', 0.95, 3, { answered: 4, scoredUpTo: 3 }, 'met'],
  ['probably at it', 0.6, 3, { answered: 4, scoredUpTo: 5 }, 'likely'],
  ['probably below it', 0.3, 3, { answered: 4, scoredUpTo: 3 }, 'open'],
  ['surely, but only by lower levels', 0.99, 3, { answered: 4, scoredUpTo: 2 }, 'not-known'],
  ['below it already by lower levels', 0.2, 3, { answered: 2, scoredUpTo: 1 }, 'open'],
  ['nothing answered', 0.99, 1, { answered: 0, scoredUpTo: 0 }, 'not-known'],
] as const)('%s', (_, probability, level, told, state) => {
  expect(expectationState(probability, level, told)).toBe(state)
})
