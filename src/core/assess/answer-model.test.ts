// What plain patterns of answers come to: the words on the screen must hold for them.
import { expect, test } from 'vitest'
import { itemBank } from '../../../test/item-bank.ts'
import { ANSWER_STEPS, answerProbabilities } from './answer-model.ts'
import type { ScoredAnswer } from './answers.ts'
import { instrumentFromBank } from './instrument.ts'
import { estimateProfile, getEstimate, probabilityAtLeast } from './profile.ts'
import { ratingScaleProbabilities } from './response-functions.ts'

const instrument = instrumentFromBank(itemBank(22))

/** The same answers by level in every competency, given to every item of the bank. */
function pattern(answerAt: (level: number) => ScoredAnswer) {
  const answers = instrument.items.map(({ id, level }) => ({ item: id, answer: answerAt(level) }))
  const profile = estimateProfile(instrument, answers)
  return {
    level: getEstimate(profile, 'c0').level,
    reaches: (level: number) => probabilityAtLeast(profile, 'c0', level),
  }
}

test.each([1, 2, 3, 4])(
  'who does everything up to level %i alone and the next with help has almost surely reached it',
  (reached) => {
    const { level, reaches } = pattern((at) =>
      at <= reached ? 'on-my-own' : at === reached + 1 ? 'with-help' : 'not-yet',
    )
    expect(level).toBeGreaterThan(reached)
    expect(level).toBeLessThan(reached + 0.5)
    expect(reaches(reached)).toBeGreaterThan(0.85)
    expect(reaches(reached + 1)).toBeLessThan(0.1)
  },
)

test.each([1, 2, 3, 4])(
  'who does everything up to level %i alone and nothing above has probably reached it',
  (reached) => {
    const { level, reaches } = pattern((at) => (at <= reached ? 'on-my-own' : 'not-yet'))
    expect(level).toBeGreaterThan(reached)
    expect(level).toBeLessThan(reached + 0.3)
    expect(reaches(reached)).toBeGreaterThan(0.6)
    expect(reaches(reached + 1)).toBeLessThan(0.02)
  },
)

test('an expert who does everything alone and leads nobody is an expert; leading in small things makes nobody one', () => {
  expect(pattern(() => 'on-my-own').reaches(5)).toBeGreaterThan(0.95)
  const leading = pattern((level) => (level <= 2 ? 'set-how' : 'not-yet'))
  const alone = pattern((level) => (level <= 2 ? 'on-my-own' : 'not-yet'))
  expect(leading.level).toBeCloseTo(alone.level, 12)
})

test('with equal weights the model is the rating scale model', () => {
  const { offsets } = ANSWER_STEPS
  for (const theta of [-4, 0.3, 5]) {
    const ours = answerProbabilities(theta, 0.5, { offsets, weights: [1, 1, 1, 1] })
    for (const [k, p] of ratingScaleProbabilities(theta, 0.5, offsets).entries())
      expect(ours[k]).toBeCloseTo(p, 14)
  }
})
