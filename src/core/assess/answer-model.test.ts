// What plain patterns of answers come to: the words on the screen must hold for them.
import { expect, test } from 'vitest'
import { itemBank } from '../../../test/item-bank.ts'
import { ANSWER_STEPS, answerProbabilities } from './answer-model.ts'
import type { ScoredAnswer } from './answers.ts'
import { instrumentFromBank } from './instrument.ts'
import { estimateProfile, getEstimate, probabilityAtLeast } from './profile.ts'
import { ratingScaleProbabilities } from './response-functions.ts'

const instrument = instrumentFromBank(itemBank(22))

/** Everybody's answers by the level of the behaviour, given to every item of the bank. */
function pattern(answerAt: (level: number) => ScoredAnswer) {
  const profile = estimateProfile(
    instrument,
    instrument.items.map(({ id, level }) => ({ item: id, answer: answerAt(level) })),
  )
  return {
    level: getEstimate(profile, 'c0').level,
    reaches: (level: number) => probabilityAtLeast(profile, 'c0', level),
  }
}

test.each([1, 2, 3, 4])(
  'who does everything up to level %i alone and the next with help has probably reached it',
  (reached) => {
    const { level, reaches } = pattern((at) =>
      at <= reached ? 'on-my-own' : at === reached + 1 ? 'with-help' : 'not-yet',
    )
    expect(level).toBeGreaterThan(reached)
    expect(level).toBeLessThan(reached + 0.5)
    expect(reaches(reached)).toBeGreaterThan(0.65)
    expect(reaches(reached + 1)).toBeLessThan(0.1)
  },
)

test.each([1, 2, 3, 4])(
  'who does everything up to level %i alone and nothing above stands about at its bar',
  (reached) => {
    const { level, reaches } = pattern((at) => (at <= reached ? 'on-my-own' : 'not-yet'))
    expect(Math.abs(level - reached)).toBeLessThan(0.35)
    expect(reaches(Math.max(1, reached - 1))).toBeGreaterThan(reached === 1 ? 0.3 : 0.9)
  },
)

test('an expert who does everything alone but leads nobody is still an expert, and leading others counts for more', () => {
  const alone = pattern(() => 'on-my-own')
  const leading = pattern((level) => (level <= 3 ? 'lead-others' : 'on-my-own'))
  expect(alone.level).toBeGreaterThan(4.5)
  expect(leading.level).toBeGreaterThan(alone.level)
  expect(leading.reaches(5)).toBeGreaterThan(0.65)
})

test('with equal weights the model is the rating scale model', () => {
  const { locations } = ANSWER_STEPS
  for (const theta of [-4, 0.3, 5]) {
    expect([...answerProbabilities(theta, 0.5, { locations, weights: [1, 1, 1, 1] })]).toEqual([
      ...ratingScaleProbabilities(theta, 0.5, locations),
    ])
  }
})
