// "Why?" gives figures that hold against estimating again.
import { expect, test } from 'vitest'
import { itemBank } from '../../../test/item-bank.ts'
import { ANSWERS, type Answer, type Response } from './answers.ts'
import { explainEstimate } from './explain.ts'
import { instrumentFromBank } from './instrument.ts'
import { LEVEL_SPACING } from './level-scale.ts'
import { estimateProfile, getEstimate } from './profile.ts'

const instrument = instrumentFromBank(itemBank(4, 2))
const responses: Response[] = [
  { item: 'c0.3.1', answer: 'on-my-own' },
  { item: 'c1.2.1', answer: 'lead-others' },
  { item: 'c0.4.1', answer: 'not-yet' },
  { item: 'c0.5.1', answer: 'no-opportunity' },
]

test('names each answer with the estimate had it not been given', () => {
  const { contributions, estimate } = explainEstimate(instrument, responses, 'c0')
  expect(contributions.map(({ item, level, answer }) => [item, level, answer])).toEqual([
    ['c0.3.1', 3, 'on-my-own'],
    ['c0.4.1', 4, 'not-yet'],
    ['c0.5.1', 5, 'no-opportunity'],
  ])
  const again = getEstimate(estimateProfile(instrument, responses.slice(1)), 'c0')
  expect(contributions[0]!.without).toEqual(again)
  expect(contributions[0]!.shift).toBeCloseTo((estimate.mean - again.mean) / LEVEL_SPACING, 10)
  expect(contributions[1]!.shift).toBeLessThan(0)
  expect(contributions[2]!.shift).toBe(0)
})

test('separates what the other competencies say from what its own answers add', () => {
  const { fromGeneralLevel, ownShare, estimate, anchorSd } = explainEstimate(instrument, responses, 'c0')
  expect(fromGeneralLevel).toEqual(getEstimate(estimateProfile(instrument, [responses[1]!]), 'c0'))
  expect(fromGeneralLevel.basis).toBe('general level')
  expect(ownShare).toBeCloseTo(1 - (estimate.sd / fromGeneralLevel.sd) ** 2, 10)
  expect(explainEstimate(instrument, responses, 'c3').ownShare).toBeCloseTo(0, 10)
  expect(anchorSd).toBe(0.5)
})

test('one more answer: its outcomes average to the estimate now, and the interval is expected to narrow', () => {
  const { oneMore, estimate } = explainEstimate(instrument, responses, 'c0')
  expect(oneMore!.outcomes.map(({ answer }) => answer)).toEqual([...ANSWERS, 'no-opportunity'])
  const expected = (of: (o: { probability: number; level: number }) => number) =>
    oneMore!.outcomes.reduce((sum, outcome) => sum + of(outcome), 0)
  expect(expected(({ probability }) => probability)).toBeCloseTo(1, 6)
  expect(expected(({ probability, level }) => probability * level)).toBeCloseTo(estimate.level, 3)
  expect(oneMore!.expectedSd).toBeLessThan(estimate.sd)
  expect(oneMore!.expectedWidth90).toBeLessThan(estimate.interval90[1] - estimate.interval90[0])
  expect(responses.map(({ item }) => item)).not.toContain(oneMore!.item)
  expect(oneMore!.outcomes.at(-1)).toMatchObject({ level: estimate.level, interval90: estimate.interval90 })
})

test('one more answer is about something easier where there was no opportunity for the harder', () => {
  const given = (level: number, answer: Answer): Response[] =>
    ['c1', 'c2', 'c3'].map((id) => ({ item: `${id}.${level}.1`, answer }))
  const shown = [...given(3, 'on-my-own'), ...given(4, 'on-my-own')]
  const none = [...given(2, 'on-my-own'), ...given(3, 'no-opportunity'), ...given(4, 'no-opportunity')]
  const hard = explainEstimate(instrument, shown, 'c0').oneMore!
  const easy = explainEstimate(instrument, none, 'c0').oneMore!
  expect(hard.level).toBeGreaterThanOrEqual(4)
  expect(easy.level).toBeLessThanOrEqual(2)
  const chance = ({ outcomes }: typeof hard) => outcomes.at(-1)!.probability
  expect(chance(easy)).toBeLessThan(0.3)
})

test('with every item of the competency answered there is no one more', () => {
  const all = instrument.items
    .filter(({ competency }) => competency === 'c0')
    .map(({ id }): Response => ({ item: id, answer: 'on-my-own' }))
  expect(explainEstimate(instrument, all, 'c0').oneMore).toBeUndefined()
})
