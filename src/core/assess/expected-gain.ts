// What an item would tell, before it is asked: the expected fall of a posterior variance.
//
// By the law of total variance that is the variance, over the item's possible answers, of the posterior mean of the
// quantity: of theta itself for an outline, or of "the bar is met" for a bar, whose variance p(1 - p) is the expected
// squared error of saying p.
import type { Grid } from './response-curve.ts'

/** A response function, `curve[score * size + t]`. */
export type Curve = Float64Array | Float32Array

/** Mass outside this share of the largest point cannot move a gain that matters. */
const NEGLIGIBLE = 1e-9

/** The mass of every second point of a grid, twice it: for smooth masses as good to choose items by as the whole. */
export function thinned(mass: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.ceil(mass.length / 2) }, (_, i) => 2 * mass[2 * i]!)
}

/** First and last grid point that carry mass. */
function supportOf(mass: Float64Array): [first: number, last: number] {
  let largest = 0
  for (const value of mass) if (value > largest) largest = value
  const least = largest * NEGLIGIBLE
  let first = 0
  let last = mass.length - 1
  while (mass[first]! < least) first++
  while (mass[last]! < least) last--
  return [first, last]
}

/**
 * Expected fall of the variance of theta, in logits^2, when an item is answered. `mass` is the posterior on the grid
 * (sums to 1), `curve` the item's response function (`curve[score * size + t]`).
 */
export function locationGain(grid: Grid, mass: Float64Array): (curve: Curve) => number {
  const [first, last] = supportOf(mass)
  let mean = 0
  let total = 0
  for (let t = first; t <= last; t++) {
    mean += mass[t]! * grid.points[t]!
    total += mass[t]!
  }
  mean /= total
  return (curve) => {
    let gain = 0
    for (let from = 0; from < curve.length; from += mass.length) {
      let probability = 0
      let product = 0
      for (let t = first; t <= last; t++) {
        const joint = mass[t]! * curve[from + t]!
        probability += joint
        product += joint * (grid.points[t]! - mean)
      }
      if (probability > 0) gain += (product * product) / probability
    }
    return gain
  }
}

/**
 * Expected fall of p(1 - p), summed over `bars` (locations in logits), when an item is answered; p is the posterior
 * probability of being at the bar or above, a point's mass spread evenly over its cell.
 */
export function barGain(grid: Grid, mass: Float64Array, bars: readonly number[]): (curve: Curve) => number {
  const [first, last] = supportOf(mass)
  // From the top down: the first point wholly above each bar, and the share above it of the cell that it cuts.
  const cuts = bars
    .map((bar) => (bar - grid.start) / grid.step + 0.5)
    .toSorted((a, b) => b - a)
    .map((place) => {
      const cell = Math.floor(place)
      const inside = cell >= first && cell <= last
      return {
        whole: Math.min(last + 1, Math.max(first, cell + 1)),
        cell,
        share: inside ? cell + 1 - place : 0,
      }
    })
  let total = 0
  for (let t = first; t <= last; t++) total += mass[t]!
  const now = cuts.map(({ whole, cell, share }) => {
    let above = share === 0 ? 0 : share * mass[cell]!
    for (let t = whole; t <= last; t++) above += mass[t]!
    return above / total
  })
  const above = new Float64Array(cuts.length)
  return (curve) => {
    let gain = 0
    for (let from = 0; from < curve.length; from += mass.length) {
      let sum = 0
      let t = last
      for (let b = 0; b < cuts.length; b++) {
        const { whole, cell, share } = cuts[b]!
        for (; t >= whole; t--) sum += mass[t]! * curve[from + t]!
        above[b] = share === 0 ? sum : sum + share * mass[cell]! * curve[from + cell]!
      }
      for (; t >= first; t--) sum += mass[t]! * curve[from + t]!
      if (sum > 0) for (let b = 0; b < cuts.length; b++) gain += (above[b]! - now[b]! * sum) ** 2 / sum
    }
    return gain
  }
}
