// Standard errors of large sets, which are approximate, beside exact ones.
import { expect, test } from 'vitest'
import { seeded, simulatedRatings, type Design } from '../../../bench/simulated-ratings.ts'
import { estimate } from './estimate.ts'
import { EXACT_UNKNOWNS, exactVariance } from './standard-errors.ts'

const LARGE: Design = {
  persons: 1500,
  raters: 1500,
  perPerson: 4,
  items: 5,
  categories: 5,
  personSd: 1,
  raterSd: 0.6,
  dyadSd: 0.4,
  missing: 0,
}

/** Approximate over exact standard errors of every `every`-th rated person and rater, less one. */
function errors(design: Design, every: number) {
  const run = estimate(simulatedRatings(design, seeded(12)).ratings, {})
  if (!run.ok) throw new Error(run.refusals[0]!.message)
  const { estimates, system } = run.value
  const { layout, blocks } = system!
  const rated = new Set(blocks.rater)
  const person: number[] = []
  const rater: number[] = []
  for (let n = 0; n < design.persons; n += every) {
    const exact = exactVariance(system!, new Map([[n, 1]]), new Map())
    person.push(Math.sqrt(estimates.personVariance[n]! / exact) - 1)
  }
  for (let j = 0; j < design.raters; j += every) {
    if (!rated.has(j)) continue
    rater.push(
      Math.sqrt(estimates.raterVariance[j]! / exactVariance(system!, new Map(), new Map([[j, 1]]))) - 1,
    )
  }
  return { size: layout.size, method: estimates.standardErrors, person, rater }
}

const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length
const largest = (list: readonly number[]) => list.reduce((most, one) => Math.max(most, Math.abs(one)), 0)

test('above the number of unknowns that are solved exactly, standard errors are within 3 % and right on average', () => {
  const found = errors(LARGE, process.env['RUNGS_VERIFY'] ? 1 : 12)
  expect(found.size).toBeGreaterThan(EXACT_UNKNOWNS)
  expect(found.method).toBe('stochastic')
  for (const list of [found.person, found.rater]) {
    expect(Math.abs(mean(list))).toBeLessThan(0.01)
    expect(largest(list)).toBeLessThan(0.03)
  }
})

test('solved exactly, they are those of a linear solve for each', () => {
  const found = errors({ ...LARGE, persons: 100, raters: 60 }, 5)
  expect(found.method).toBe('exact')
  for (const list of [found.person, found.rater]) expect(largest(list)).toBeLessThan(1e-8)
})
