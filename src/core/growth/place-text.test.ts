// Places on a scale: an interval that the scale's ends cut off says so, and never looks narrow for it.
import { expect, test } from 'vitest'
import { itemBank } from '../../../test/item-bank.ts'
import { instrumentFromBank } from '../assess/instrument.ts'
import { estimateProfile, getEstimate } from '../assess/profile.ts'
import { SHORT_ENDS, endsPassed, intervalText, placeText } from './place-text.ts'
import { locationOf } from './standing.ts'
import { wordsIn } from './words.ts'

const { ends } = wordsIn('en').words
const instrument = instrumentFromBank(itemBank(3))
const all = (answer: 'set-how' | 'with-help' | 'not-yet', level: number) =>
  instrument.items.filter((item) => item.level === level).map(({ id }) => ({ item: id, answer }))

test('whoever shows all of the highest level is at 5 or above, and nothing bounds how far above', () => {
  const estimate = getEstimate(estimateProfile(instrument, all('set-how', 5)), 'c0')
  const { level, interval90, beyond, sd } = locationOf(estimate)
  expect(interval90[1]).toBe(5)
  expect(beyond.interval90[1]).toBe('above')
  expect(placeText(level, beyond.level, ends)).toBe('5 or above')
  expect(intervalText(interval90, beyond.interval90, ends)).not.toMatch(/5\.0–5\.0/)
  expect(intervalText(interval90, beyond.interval90, ends)).toMatch(/5 or above$/)
  // The uncertainty itself is not narrow: over half a level of standard error is left above the last bar.
  expect(sd).toBeGreaterThan(1)
})

test('whoever shows nothing of level 1 is at 0 or below', () => {
  const estimate = getEstimate(estimateProfile(instrument, all('not-yet', 1)), 'c0')
  const { interval90, beyond } = locationOf(estimate)
  expect(interval90[0]).toBe(0)
  expect(beyond.interval90[0]).toBe('below')
  expect(intervalText(interval90, beyond.interval90, ends)).toMatch(/^0 or below/)
})

test('each end is said once; short signs fit a column', () => {
  expect(intervalText([5, 5], ['above', 'above'], ends)).toBe('5 or above')
  expect(intervalText([0, 0], ['below', 'below'], ends)).toBe('0 or below')
  expect(intervalText([0, 5], ['below', 'above'], ends)).toBe('0 or below–5 or above')
  expect(intervalText([2.14, 3.36], [null, null], ends)).toBe('2.1–3.4')
  expect(intervalText([3.6, 5], [null, 'above'], SHORT_ENDS)).toBe('3.6–5+')
  expect(intervalText([0, 5], [null, null], SHORT_ENDS)).toBe('0.0–5.0')
  expect(endsPassed(['above', null, 'above', 'below'])).toEqual(['below', 'above'])
  expect(endsPassed([null, null])).toEqual([])
})

test('an end is past the scale exactly where its logits lie past the highest bar or a level under the first', () => {
  for (const answer of ['set-how', 'with-help', 'not-yet'] as const)
    for (const level of [1, 3, 5])
      for (const estimate of estimateProfile(instrument, all(answer, level)).competencies) {
        const { scale } = instrument.competencies[0]!
        const position = (theta: number) =>
          1 + (theta - (-2 * scale.spacing + scale.barOffset)) / scale.spacing
        estimate.logits90.forEach((end, at) => {
          const side = position(end) < 0 ? 'below' : position(end) > 5 ? 'above' : null
          expect(estimate.beyond.interval90[at]).toBe(side)
        })
      }
})
