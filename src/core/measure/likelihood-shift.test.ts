// Holds the shifted likelihood of block totals to the one integrated anew.
import { expect, test } from 'vitest'
import { BlockLikelihood } from './block-likelihood.ts'
import { LikelihoodShift } from './likelihood-shift.ts'

const ITEMS = 12
const CATEGORIES = 5

/** Costs of items from -1 to 1 with steps from -1.5 to 1.5 logits; item 3 is harder by `harder`, the others easier. */
function costs(harder: number): Float64Array {
  return Float64Array.from({ length: ITEMS * CATEGORIES }, (_, c) => {
    const i = Math.floor(c / CATEGORIES)
    const k = c % CATEGORIES
    const moved = i === 3 ? harder : -harder / (ITEMS - 1)
    return k * ((2 * i) / 11 - 1 + moved) + (k * (k - CATEGORIES + 1)) / 2
  })
}

test('a likelihood shifted in dyad variance and item costs is the one integrated there', () => {
  const all = Uint16Array.from({ length: ITEMS }, (_, i) => i)
  const patterns = [all, all.filter((i) => i % 5 !== 3), Uint16Array.from([1, 3, 7])]
  for (const [variance, harder] of [
    [0.0015, 0],
    [0, 0.003],
    [-0.001, -0.002],
  ] as const) {
    const here = new BlockLikelihood(patterns, costs(0), ITEMS, CATEGORIES)
    const there = new BlockLikelihood(patterns, costs(harder), ITEMS, CATEGORIES)
    here.setDyad(0.25)
    there.setDyad(0.25 + variance)
    const shift = new LikelihoodShift(here, costs(harder))
    const wrong = [0, 0, 0]
    const far = [0, 0, 0]
    for (const [p, of] of patterns.entries()) {
      const most = of.length * (CATEGORIES - 1)
      for (let total = 0; total <= most; total++) {
        const near = Math.log((total + 0.5) / (most - total + 0.5))
        for (let eta = near - 2; eta < near + 2; eta += 0.3) {
          here.evaluate(eta, total, p, eta, true)
          const before = [here.value, here.slope, -here.information]
          ;[shift.l0, shift.l1, shift.l2] = before as [number, number, number]
          shift.l3 = here.third
          shift.l4 = here.fourth
          shift.spread(variance)
          shift.recost(p, eta, 0.25 + variance)
          there.evaluate(eta, total, p, eta, true)
          for (const [k, value] of [there.value, there.slope, -there.information].entries()) {
            wrong[k] = Math.max(wrong[k]!, Math.abs([shift.l0, shift.l1, shift.l2][k]! - value))
            far[k] = Math.max(far[k]!, Math.abs(before[k]! - value))
          }
        }
      }
    }
    expect(far[1]).toBeGreaterThan(3e-4)
    expect(wrong[0]).toBeLessThan(1e-6)
    expect(wrong[1]).toBeLessThan(3e-6)
    expect(wrong[2]).toBeLessThan(1e-5)
  }
})
