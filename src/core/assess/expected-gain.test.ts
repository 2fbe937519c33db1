// The expected gain is what really happens on average when every answer is tried.
import { expect, test } from 'vitest'
import { itemBank } from '../../../test/item-bank.ts'
import type { Response } from './answers.ts'
import { ANSWERS } from './answers.ts'
import { barGain, locationGain, thinned } from './expected-gain.ts'
import { barLocation, instrumentFromBank } from './instrument.ts'
import { posteriorOf, withAnswer } from './posterior.ts'
import { profileOf, probabilityAtLeast } from './profile.ts'

const instrument = instrumentFromBank(itemBank(3))
const { theta, curves, curveOf } = instrument.tables
const responses: Response[] = [
  { item: 'c0.3.1', answer: 'with-help' },
  { item: 'c1.2.1', answer: 'lead-others' },
]
const posterior = posteriorOf(instrument, responses)
const mass = posterior.marginals[0]!

/**
 * What the gains leave out: points with less than 1e-9 of the largest mass. Besides rounding, a gain can be off by no more
 * than their share of the variance, counted once for the variance now and once for the one expected after.
 */
const cutOff = (() => {
  const largest = Math.max(...mass)
  const mean = mass.reduce((sum, value, t) => sum + value * theta.points[t]!, 0)
  let outside = 0
  let squares = 0
  mass.forEach((value, t) => {
    if (value >= 1e-9 * largest) return
    outside += value
    squares += value * (theta.points[t]! - mean) ** 2
  })
  return { outside, squares }
})()
const ROUNDING = 1e-11

/** Tries every answer to an item: the mean, by the answers' probabilities, of a figure of the profile after it. */
function expectedAfter(item: number, figure: (profile: ReturnType<typeof profileOf>) => number): number {
  return ANSWERS.reduce((sum, _, score) => {
    let probability = 0
    for (let t = 0; t < theta.size; t++)
      probability += mass[t]! * curves[curveOf[item]!]![score * theta.size + t]!
    return sum + probability * figure(profileOf(withAnswer(posterior, item, score), responses))
  }, 0)
}

test.each(['c0.1.1', 'c0.3.2', 'c0.5.1'])(
  '%s lowers the variance of theta by the gain that was expected',
  (id) => {
    const item = instrument.itemIndex.get(id)!
    const variance = (profile: ReturnType<typeof profileOf>): number => profile.competencies[0]!.sd ** 2
    const fall = variance(profileOf(posterior, responses)) - expectedAfter(item, variance)
    const gain = locationGain(theta, mass)(curves[curveOf[item]!]!)
    expect(Math.abs(gain - fall)).toBeLessThanOrEqual(2 * cutOff.squares + ROUNDING)
    expect(cutOff.squares).toBeLessThan(1e-7)
  },
)

test.each(['c0.1.1', 'c0.3.2', 'c0.5.1'])(
  '%s lowers p(1 - p) of the bars by the gain that was expected',
  (id) => {
    const item = instrument.itemIndex.get(id)!
    const levels = [2, 4, 3, 1]
    const doubt = (profile: ReturnType<typeof profileOf>): number =>
      levels.reduce((sum, level) => {
        const p = probabilityAtLeast(profile, 'c0', level)
        return sum + p * (1 - p)
      }, 0)
    const fall = doubt(profileOf(posterior, responses)) - expectedAfter(item, doubt)
    const bars = levels.map((level) => barLocation(instrument, 'c0', level))
    const gain = barGain(theta, mass, bars)(curves[curveOf[item]!]!)
    // Each bar's p is off by at most the mass left out, and p(1 - p) by no more than p is.
    expect(Math.abs(gain - fall)).toBeLessThanOrEqual(2 * levels.length * cutOff.outside + ROUNDING)
    expect(cutOff.outside).toBeLessThan(1e-8)
  },
)

test('a bar beyond the grid tells nothing', () => {
  const [curve] = curves
  expect(barGain(theta, mass, [99, -99])(curve!)).toBeCloseTo(0, 12)
})

test('the thinned tables that items are chosen by give the same gains within 2 %', () => {
  const { selectionGrid, selectionCurves } = instrument.tables
  const bars = [2, 3, 4].map((level) => barLocation(instrument, 'c0', level))
  const exact = barGain(theta, mass, bars)
  const thin = barGain(selectionGrid, thinned(mass), bars)
  const exactLocation = locationGain(theta, mass)
  const thinLocation = locationGain(selectionGrid, thinned(mass))
  curves.forEach((curve, i) => {
    expect(Math.abs(thin(selectionCurves[i]!) / exact(curve) - 1)).toBeLessThan(0.02)
    expect(Math.abs(thinLocation(selectionCurves[i]!) / exactLocation(curve) - 1)).toBeLessThan(0.02)
  })
})
