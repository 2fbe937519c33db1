// The profile: exact against brute force, and the laws that make it fair.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bruteForce, type BruteAnswer } from '../../../test/golden/assess-brute-force.ts'
import { itemBank } from '../../../test/item-bank.ts'
import { ANSWER_STEPS } from './answer-model.ts'
import { ANSWERS, type Answer, type Response } from './answers.ts'
import { barLocation, instrumentFromBank, levelAt } from './instrument.ts'
import { BAR_PROBABILITY, showProbability } from './level-scale.ts'
import { estimateProfile, getEstimate, probabilityAtLeast, probabilityOfAll, type Bar } from './profile.ts'

const instrument = instrumentFromBank(itemBank(6, 3))
const items = instrument.items.map(({ id }) => id)
const runs = process.env['RUNGS_VERIFY'] ? 20_000 : 300
const property = { numRuns: runs, seed: 20260101 }

const answersOf = (scores: ReadonlyMap<string, Answer>): Response[] =>
  [...scores].map(([item, answer]) => ({ item, answer }))
const answerSets = fc
  .uniqueArray(fc.constantFrom(...items), { maxLength: 30 })
  .chain((chosen) =>
    fc.tuple(fc.constant(chosen), fc.array(fc.constantFrom(...ANSWERS), { minLength: 30, maxLength: 30 })),
  )
  .map(([chosen, answers]) => new Map<string, Answer>(chosen.map((item, i) => [item, answers[i]!])))
const bar: fc.Arbitrary<Bar> = fc.record({
  competency: fc.constantFrom(...instrument.competencies.map(({ id }) => id)),
  level: fc.integer({ min: 0, max: 5 }),
})

test('without answers every competency is the prior, and says that it is the general level', () => {
  const { general, competencies } = estimateProfile(instrument, [])
  expect(general.mean).toBeCloseTo(0, 10)
  expect(general.sd).toBeCloseTo(3, 2)
  for (const estimate of competencies) {
    expect(estimate.mean).toBeCloseTo(0, 10)
    expect(estimate.sd).toBeCloseTo(Math.sqrt(3 ** 2 + 1.75 ** 2), 1)
    expect(estimate).toMatchObject({ basis: 'general level', answered: 0, noOpportunity: 0, levels: 5 })
  }
})

test('a person at a bar shows two thirds of its behaviours, and levels read the bars back', () => {
  for (let level = 1; level <= 5; level++) {
    const at = barLocation(instrument, 'c0', level)
    const { location } = instrument.items.find((item) => item.competency === 'c0' && item.level === level)!
    expect(showProbability(at, location)).toBeCloseTo(BAR_PROBABILITY, 10)
    expect(levelAt(instrument, 'c0', at)).toBeCloseTo(level, 10)
  }
  expect(levelAt(instrument, 'c0', -99)).toBe(0)
  expect(levelAt(instrument, 'c0', 99)).toBe(5)
  expect(barLocation(instrument, 'c0', 0)).toBe(-Infinity)
})

test('equals the model summed by brute force over two competencies', () => {
  const pair = instrumentFromBank(itemBank(2, 1))
  const given: [string, number][] = [
    ['c0.3.1', 2],
    ['c0.4.1', 1],
    ['c0.5.2', 0],
    ['c1.1.1', 4],
    ['c1.2.1', 1],
  ]
  const brute = bruteForce(
    given.map(([id, score]): BruteAnswer => {
      const item = pair.items[pair.itemIndex.get(id)!]!
      return { competency: item.competency === 'c0' ? 0 : 1, location: item.location, score }
    }),
    [barLocation(pair, 'c0', 3), barLocation(pair, 'c1', 2)],
  )
  const profile = estimateProfile(
    pair,
    given.map(([item, score]) => ({ item, answer: ANSWERS[score]! })),
  )
  expect(profile.general.mean).toBeCloseTo(brute.general.mean, 3)
  expect(profile.general.sd).toBeCloseTo(brute.general.sd, 3)
  brute.competencies.forEach(({ mean, sd }, c) => {
    expect(profile.competencies[c]!.mean).toBeCloseTo(mean, 3)
    expect(profile.competencies[c]!.sd).toBeCloseTo(sd, 3)
  })
  const bars = [
    { competency: 'c0', level: 3 },
    { competency: 'c1', level: 2 },
  ]
  expect(probabilityOfAll(profile, bars)).toBeCloseTo(brute.both, 3)
})

test('the joint probability is not the product: competencies share the general level', () => {
  const profile = estimateProfile(instrument, [{ item: 'c5.3.1', answer: 'on-my-own' }])
  const bars = ['c0', 'c1', 'c2'].map((competency) => ({ competency, level: 3 }))
  const product = bars.reduce(
    (p, { competency, level }) => p * probabilityAtLeast(profile, competency, level),
    1,
  )
  expect(probabilityOfAll(profile, bars)).toBeGreaterThan(product * 1.2)
  expect(probabilityOfAll(profile, bars.slice(0, 1))).toBeCloseTo(probabilityAtLeast(profile, 'c0', 3), 10)
  expect(probabilityOfAll(profile, [])).toBeCloseTo(1, 10)
})

test('a better answer never lowers the general level, any competency or any probability', () => {
  const better = fc.tuple(
    answerSets,
    fc.constantFrom(...items),
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 1, max: 4 }),
    bar,
  )
  fc.assert(
    fc.property(better, ([answers, item, low, rise, { competency, level }]) => {
      const at = (score: number) =>
        estimateProfile(instrument, answersOf(new Map(answers).set(item, ANSWERS[score]!)))
      const worse = at(low)
      const risen = at(Math.min(4, low + rise))
      expect(risen.general.mean).toBeGreaterThan(worse.general.mean - 1e-12)
      risen.competencies.forEach((estimate, c) => {
        const before = worse.competencies[c]!
        expect(estimate.mean).toBeGreaterThan(before.mean - 1e-12)
        for (const end of [0, 1] as const) {
          expect(estimate.logits90[end]).toBeGreaterThan(before.logits90[end] - 1e-9)
          expect(estimate.logits50[end]).toBeGreaterThan(before.logits50[end] - 1e-9)
        }
      })
      expect(probabilityAtLeast(risen, competency, level)).toBeGreaterThan(
        probabilityAtLeast(worse, competency, level) - 1e-12,
      )
    }),
    property,
  )
})

test('every response function has a monotone likelihood ratio on the grid, anchors integrated out', () => {
  const { curves, theta } = instrument.tables
  for (const curve of curves) {
    for (let k = 1; k < 5; k++) {
      for (let t = 1; t < theta.size; t++) {
        const ratio = (at: number): number => curve[k * theta.size + at]! / curve[(k - 1) * theta.size + at]!
        // A step that weighs nothing has the ratio exp(-c) wherever person and item are, so also over uncertain items.
        if (ANSWER_STEPS.weights[k - 1]! > 0) expect(ratio(t)).toBeGreaterThan(ratio(t - 1))
        else expect(ratio(t) / Math.exp(-ANSWER_STEPS.offsets[k - 1]!)).toBeCloseTo(1, 12)
      }
    }
  }
})

test('one more requirement never raises the probability of meeting all of them', () => {
  fc.assert(
    fc.property(answerSets, fc.array(bar, { maxLength: 8 }), bar, (answers, bars, more) => {
      const profile = estimateProfile(instrument, answersOf(answers))
      const before = probabilityOfAll(profile, bars)
      const after = probabilityOfAll(profile, [...bars, more])
      expect(after).toBeLessThanOrEqual(before + 1e-12)
      expect(after).toBeLessThanOrEqual(probabilityAtLeast(profile, more.competency, more.level) + 1e-9)
    }),
    property,
  )
})

test('"no opportunity" is missing: it changes no estimate and is counted apart', () => {
  fc.assert(
    fc.property(answerSets, fc.constantFrom(...items), (answers, item) => {
      const without = new Map(answers)
      without.delete(item)
      const missing = new Map(without).set(item, 'no-opportunity')
      const before = estimateProfile(instrument, answersOf(without))
      const after = estimateProfile(instrument, answersOf(missing))
      after.competencies.forEach((estimate, c) => expect(estimate.mean).toBe(before.competencies[c]!.mean))
      expect(after.general).toEqual(before.general)
      expect(after.noOpportunity).toBe(1)
      expect(after.answered).toBe(before.answered)
    }),
    property,
  )
})

test('the order of answers does not matter', () => {
  fc.assert(
    fc.property(answerSets, (answers) => {
      const { posterior: _, ...forwards } = estimateProfile(instrument, answersOf(answers))
      const { posterior: __, ...backwards } = estimateProfile(instrument, answersOf(answers).reverse())
      expect(backwards).toEqual(forwards)
    }),
    property,
  )
})

test('fifteen answers narrow competencies that were never asked about, less than those that were', () => {
  const large = instrumentFromBank(itemBank(22))
  const responses = Array.from({ length: 15 }, (_, c): Response => ({
    item: `c${c}.3.1`,
    answer: 'on-my-own',
  }))
  const profile = estimateProfile(large, responses)
  const [asked, unasked] = [getEstimate(profile, 'c0'), getEstimate(profile, 'c21')]
  expect(unasked.basis).toBe('general level')
  // theta = g + deviation with the deviation untouched: all that is learnt of an unasked competency is learnt of g, and
  // it stays at least as uncertain as a deviation is. (The grid is cut off far out: 1e-4.)
  expect(unasked.sd ** 2).toBeCloseTo(profile.general.sd ** 2 + 1.75 ** 2, 4)
  // Fifteen answers leave less than half of what the prior did not know of g (3 squared).
  expect(profile.general.sd ** 2).toBeLessThan(9 / 2)
  expect(asked.sd).toBeLessThan(unasked.sd)
})

test('an unknown item, an unknown answer and a level off the scale are refused by name', () => {
  expect(() => estimateProfile(instrument, [{ item: 'c9.9', answer: 'on-my-own' }])).toThrow(
    'item c9.9: not in this instrument',
  )
  const wrong = { item: 'c0.1.1', answer: 'often' } as unknown as Response
  expect(() => estimateProfile(instrument, [wrong])).toThrow('expected one of not-yet')
  expect(() => barLocation(instrument, 'c0', 6)).toThrow('c0: expected a level from 0 to 5, got 6')
})

test('hundreds of extreme answers stay finite', () => {
  const large = instrumentFromBank(itemBank(3, 1, 5, 100))
  for (const answer of ['not-yet', 'set-how'] as const) {
    const profile = estimateProfile(
      large,
      large.items.map(({ id }) => ({ item: id, answer })),
    )
    for (const { mean, sd, logits90 } of profile.competencies)
      expect([mean, sd, ...logits90].every(Number.isFinite)).toBe(true)
    expect(profile.competencies[0]!.level).toBe(answer === 'not-yet' ? 0 : 5)
  }
})
