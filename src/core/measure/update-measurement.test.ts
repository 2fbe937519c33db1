// Runs that start from an earlier one: the same measures as a cold run.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { largestDifference, read, run, sample } from '../../../test/measured-samples.ts'
import { measure } from './measure.ts'
import { openMeasurement, updateMeasurement } from './update-measurement.ts'

test('changing, adding and removing ratings from the last solution gives what a cold run gives', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (seed) => {
      const list = sample(seed, { persons: 60, raters: 15 })
      const start = run(list).solution
      const changed = list
        .filter((_, at) => at % 97 !== 3)
        .map((row, at) => (at % 41 === 0 ? { ...row, score: (row.score! + 1) % 4 } : row))
      changed.push(
        { person: 'newcomer', rater: list[0]!.rater, item: list[0]!.item, score: 2 },
        { person: 'newcomer', rater: list[0]!.rater, item: 'item-4', score: 1 },
      )
      expect(largestDifference(run(changed, { start }), run(changed))).toBeLessThan(1e-6)
    }),
    { numRuns: process.env['RUNGS_VERIFY'] ? 100 : 6, seed: 11 },
  )
})

test('updating one rating after another gives the measures and fit of a cold run', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.constantFrom(15, 80), (seed, raters) => {
      const ratings = read(sample(seed, { persons: 80, raters }))
      const opened = openMeasurement(ratings)
      if (!opened.ok) throw new Error(opened.refusals[0]!.message)
      let open = opened.value
      for (let k = 0; k < 5; k++) {
        const rating = (k * 37 + seed * 11) % ratings.score.length
        const next = updateMeasurement(open, [{ rating, score: (open.ratings.score[rating]! + 1) % 4 }])
        if (!next.ok) throw new Error(next.refusals[0]!.message)
        open = next.value
      }
      const cold = measure(open.ratings)
      if (!cold.ok) throw new Error(cold.refusals[0]!.message)
      for (const facet of ['persons', 'raters', 'items'] as const) {
        for (const [at, one] of open.measurement[facet].entries()) {
          const there = cold.value[facet][at]!
          expect(Math.abs(one.measure - there.measure)).toBeLessThan(1e-6)
          expect(Math.abs(one.infit - there.infit)).toBeLessThan(1e-5)
          expect(Math.abs(one.se / there.se - 1)).toBeLessThan(0.01)
        }
      }
      for (const name of ['person', 'rater', 'dyad'] as const) {
        const [ours, there] = [open.measurement.variance[name]!, cold.value.variance[name]!]
        expect(Math.abs(ours - there)).toBeLessThan(1e-6)
      }
      expect(open.measurement.summary.gradient).toBeLessThan(1e-8)
      expect(open.measurement.summary.dataHash).toBe(cold.value.summary.dataHash)
    }),
    { numRuns: process.env['RUNGS_VERIFY'] ? 100 : 5, seed: 3 },
  )
})

test('the standard errors of the person and the rater of a changed rating are exact', () => {
  const ratings = read(sample(5, { persons: 100, raters: 30 }))
  const opened = openMeasurement(ratings)
  if (!opened.ok) throw new Error(opened.refusals[0]!.message)
  const next = updateMeasurement(opened.value, [{ rating: 7, score: (ratings.score[7]! + 1) % 4 }])
  if (!next.ok) throw new Error(next.refusals[0]!.message)
  const cold = measure(next.value.ratings)
  if (!cold.ok) throw new Error(cold.refusals[0]!.message)
  const [n, j] = [ratings.person[7]!, ratings.rater[7]!]
  const { persons, raters } = next.value.measurement
  expect(Math.abs(persons[n]!.se - cold.value.persons[n]!.se)).toBeLessThan(1e-6)
  expect(Math.abs(raters[j]!.se - cold.value.raters[j]!.se)).toBeLessThan(1e-6)
  expect(opened.value.ratings.score[7]).toBe(ratings.score[7])
})

test('an update names a rating or a score that does not exist', () => {
  const opened = openMeasurement(read(sample(6)))
  if (!opened.ok) throw new Error(opened.refusals[0]!.message)
  for (const [change, code] of [
    [{ rating: -1, score: 0 }, 'index-out-of-range'],
    [{ rating: 1e7, score: 0 }, 'index-out-of-range'],
    [{ rating: 0, score: 4 }, 'score-out-of-scale'],
    [{ rating: 0, score: NaN }, 'score-out-of-scale'],
  ] as const)
    expect(updateMeasurement(opened.value, [change])).toMatchObject({ ok: false, refusals: [{ code }] })
})
