// Person fit: random answers are told from a person's, honest people seldom are taken for them, and the figure is exact.
import { expect, test } from 'vitest'
import { builtInInstrument } from '../../../bench/built-in-instrument.ts'
import { seededRandom, simulatePerson, takeAssessment, WORLDS } from '../../../bench/simulated-people.ts'
import { itemBank } from '../../../test/item-bank.ts'
import { answerProbabilities } from './answer-model.ts'
import { ANSWERS, type Response } from './answers.ts'
import type { Goal } from './goal.ts'
import { instrumentFromBank, type Instrument } from './instrument.ts'
import { FIT_FROM, MISFIT_FROM, personFit } from './person-fit.ts'
import { posteriorOf } from './posterior.ts'

const full = process.env['RUNGS_VERIFY'] !== undefined
const { instrument, roles } = builtInInstrument()
const fitOf = (responses: readonly Response[], of: Instrument = instrument) =>
  personFit(posteriorOf(of, responses), responses)
const atRandom = (rng: () => number): Response[] =>
  instrument.items.map(({ id }) => ({ item: id, answer: ANSWERS[Math.floor(rng() * 5)]! }))

/** `count` of the bank's behaviours in a random order. */
function drawn(count: number, rng: () => number): Response[] {
  return atRandom(rng)
    .map((response) => ({ response, key: rng() }))
    .toSorted((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ response }) => response)
}

const shareFlagged = (people: number, answersOf: (person: number) => readonly Response[]): number => {
  let flagged = 0
  for (let person = 0; person < people; person++)
    if (fitOf(answersOf(person)).state === 'does-not-fit') flagged++
  return flagged / people
}

test('53 answers drawn at random are flagged nearly always', () => {
  const share = shareFlagged(full ? 2000 : 200, (person) => drawn(53, seededRandom(31 + person * 7919)))
  expect(share).toBeGreaterThanOrEqual(0.99)
})

const modes: [string, Goal, number, number][] = [
  ['adaptive', { mode: 'adaptive', roles, start: 2 }, 0.05, 0.8],
  ['one role', { mode: 'target', bars: roles.find(({ role }) => role === 'architect')!.bars }, 0.05, 0.88],
]
const people = full ? 1000 : 40
// A sample's share is held to the study's bound and three standard errors of the sample.
const slack = full ? 0 : 3 * Math.sqrt((0.05 * 0.95) / people)

test.each(modes)(
  'mode %s: few honest people are flagged, and most who answer at random',
  (_, goal, most, least) => {
    const honest = shareFlagged(people, (person) => {
      const rng = seededRandom(1001 + person * 7919)
      return takeAssessment(instrument, simulatePerson(instrument, WORLDS[0]!, rng), goal, rng).responses
    })
    expect(honest).toBeLessThanOrEqual(most + slack)
    const random = shareFlagged(people, (person) => {
      const rng = seededRandom(2002 + person * 7919)
      const someone = { truth: new Float64Array(), answers: atRandom(rng) }
      return takeAssessment(instrument, someone, goal, rng).responses
    })
    expect(random).toBeGreaterThanOrEqual(least - (full ? 0 : 3 * Math.sqrt((least * (1 - least)) / people)))
  },
  600_000,
)

test('everything shown, nothing shown and a clear step between are no misfit', () => {
  const upTo = (level: number): Response[] =>
    instrument.items.map((item) => ({ item: item.id, answer: item.level <= level ? 'set-how' : 'not-yet' }))
  for (let level = 0; level <= 5; level++) expect(fitOf(upTo(level)).state).toBe('fits')
})

test('who shows the hard and not the easy is flagged, and the answers that stand out are named', () => {
  const turned = instrument.items.map(({ id, level }): Response => ({
    item: id,
    answer: level > 3 ? 'on-my-own' : 'not-yet',
  }))
  const fit = fitOf(turned)
  expect(fit.state).toBe('does-not-fit')
  expect(fit.surprising).toHaveLength(3)
  const one = fitOf([
    ...instrument.items.slice(0, 60).map(({ id, level }): Response => ({
      item: id,
      answer: level === 1 ? 'not-yet' : 'on-my-own',
    })),
  ])
  for (const { item, probability, expected, answer } of one.surprising) {
    expect(probability).toBeLessThan(0.1)
    expect(instrument.items[instrument.itemIndex.get(item)!]!.level).toBe(1)
    expect([answer, expected]).toEqual(['not-yet', 'shown'])
  }
})

test('under 20 scored answers say nothing, and "no opportunity" is none', () => {
  const some = drawn(60, seededRandom(7))
  const missing = some.slice(FIT_FROM - 1).map(({ item }) => ({ item, answer: 'no-opportunity' as const }))
  expect(fitOf([...some.slice(0, FIT_FROM - 1), ...missing])).toEqual({
    state: 'too-few',
    answered: FIT_FROM - 1,
    bayesFactor: undefined,
    surprising: [],
  })
})

test('leading others instead of doing it alone changes nothing of the fit, nor does the order', () => {
  const given = drawn(53, seededRandom(11))
  const shown = (answer: Response['answer']) => ['on-my-own', 'lead-others', 'set-how'].includes(answer)
  const alone = given.map((one): Response => (shown(one.answer) ? { ...one, answer: 'on-my-own' } : one))
  const factor = fitOf(given).bayesFactor!
  expect(fitOf(alone).bayesFactor! / factor).toBeCloseTo(1, 8)
  expect(fitOf(given.toReversed()).bayesFactor! / factor).toBeCloseTo(1, 8)
})

test('the factor is that of the model summed by brute force', () => {
  const bank = itemBank(2, 2)
  const small = instrumentFromBank(bank, { anchorSd: 0 })
  const responses = small.items.map(({ id }, at): Response => ({
    item: id,
    answer: ANSWERS[(3 * at + 1) % 5]!,
  }))
  expect(responses).toHaveLength(20)
  // Rectangles over a finer grid than the instrument's: general level, then each competency given it.
  const { generalSd, deviationSd } = small.prior
  const density = (x: number, sd: number) => Math.exp(-0.5 * (x / sd) ** 2) / (sd * Math.sqrt(2 * Math.PI))
  const step = 0.1
  const likelihood = small.competencies.map(
    ({ items }) =>
      (theta: number) =>
        items.reduce((product, index) => {
          const score = Math.min(2, ANSWERS.indexOf(responses[index]!.answer as 'not-yet'))
          const all = answerProbabilities(theta, small.items[index]!.location, small.steps)
          return product * (score < 2 ? all[score]! : all[2]! + all[3]! + all[4]!)
        }, 1),
  )
  let probability = 0
  for (let g = -15; g <= 15; g += step)
    probability +=
      step *
      density(g, generalSd) *
      likelihood.reduce((product, of) => {
        let sum = 0
        for (let d = -12; d <= 12; d += step) sum += step * density(d, deviationSd) * of(g + d)
        return product * sum
      }, 1)
  const random = responses.reduce(
    (product, { answer }) => product * (ANSWERS.indexOf(answer as 'not-yet') < 2 ? 0.2 : 0.6),
    1,
  )
  const { bayesFactor, state } = fitOf(responses, small)
  expect(bayesFactor! / (random / probability)).toBeCloseTo(1, 3)
  expect(state).toBe(random / probability < MISFIT_FROM ? 'fits' : 'does-not-fit')
})
