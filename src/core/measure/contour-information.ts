// The exact conditional information of items and steps, by sums over roots of unity.
import { addItemSquares } from './item-squares.ts'
import type { StepParameters } from './step-model.ts'
import type { TotalHistogram } from './symmetric-functions.ts'

/** Distance of the locations at which sums are taken, in standard deviations of the total of all items. */
const SPACING = 3
/** A circle on which some item's sum comes nearer to nothing than this is moved a little. */
const NEAREST = 1e-7

/** One circle: probabilities of all items' categories at a location, turned to each angle. */
interface Ring {
  /** Expected score of each item. */
  readonly means: Float64Array
  /** By item, point: the item's characteristic function. */
  readonly sumRe: Float64Array
  readonly sumIm: Float64Array
  /** By item, category, point: a category's part of that sum. */
  readonly partRe: Float64Array
  readonly partIm: Float64Array
}

/** Points on half a circle: an odd number on the whole, so that none is where two categories cancel. */
export function contourPoints(items: number, categories: number): number {
  return Math.ceil((items * (categories - 1) + 1) / 2) + 1
}

/** Scores' probabilities, mean and variance of an item at a location. */
function itemAt(parameters: StepParameters, beta: Float64Array, i: number, eta: number) {
  const { categories } = parameters
  const cost = beta.subarray(i * categories, (i + 1) * categories)
  const logs = Float64Array.from(cost, (value, k) => k * eta - value)
  const top = logs.reduce((most, value) => Math.max(most, value), -Infinity)
  const terms = logs.map((value) => Math.exp(value - top))
  const sum = terms.reduce((total, term) => total + term, 0)
  const share = terms.map((term) => term / sum)
  const mean = share.reduce((total, p, k) => total + k * p, 0)
  return { share, mean, variance: share.reduce((total, p, k) => total + p * (k - mean) ** 2, 0) }
}

/** Locations such that every total is likely at one of them. */
function locations(parameters: StepParameters, beta: Float64Array): number[] {
  const { items } = parameters
  const at = (eta: number) => {
    let mean = 0
    let variance = 0
    for (let i = 0; i < items; i++) {
      const item = itemAt(parameters, beta, i, eta)
      mean += item.mean
      variance += item.variance
    }
    return { mean, variance }
  }
  const where = (mean: number) => {
    let [low, high] = [-60, 60]
    for (let round = 0; round < 12; round++) {
      const middle = (low + high) / 2
      if (at(middle).mean < mean) low = middle
      else high = middle
    }
    return high
  }
  const sum = (scores: Int32Array) => scores.reduce((total, score) => total + score, 0)
  const end = where(sum(parameters.high) - 0.5)
  const found: number[] = []
  let eta = where(sum(parameters.low) + 0.5)
  for (let here = at(eta); ;) {
    found.push(eta)
    if (eta >= end) return found
    // No total between two locations is further than some standard deviations from the nearer one.
    let step = 4
    let there = at(eta + step)
    while (
      there.mean - here.mean >
      Math.max(1, SPACING * Math.sqrt(Math.min(here.variance, there.variance)))
    ) {
      step *= 0.7
      there = at(eta + step)
    }
    eta += step
    here = there
  }
}

/** Cosines and sines of the angles around a circle. */
interface Turns {
  readonly re: Float64Array
  readonly im: Float64Array
}

function ringAt(
  parameters: StepParameters,
  beta: Float64Array,
  eta: number,
  points: number,
  turns: Turns,
): Ring {
  const { items, categories } = parameters
  const around = turns.re.length
  const means = new Float64Array(items)
  const [sumRe, sumIm] = [new Float64Array(items * points), new Float64Array(items * points)]
  const size = items * categories * points
  const [partRe, partIm] = [new Float64Array(size), new Float64Array(size)]
  for (let i = 0; i < items; i++) {
    const { share, mean } = itemAt(parameters, beta, i, eta)
    means[i] = mean
    for (let m = 0; m < points; m++) {
      let re = 0
      let im = 0
      for (let k = 0; k < categories; k++) {
        re += share[k]! * turns.re[(k * m) % around]!
        im += share[k]! * turns.im[(k * m) % around]!
      }
      const squares = re * re + im * im
      if (squares < NEAREST ** 2) return ringAt(parameters, beta, eta + 0.01, points, turns)
      sumRe[i * points + m] = re
      sumIm[i * points + m] = im
      for (let k = 0; k < categories; k++) {
        const a = share[k]! * turns.re[(k * m) % around]!
        const b = share[k]! * turns.im[(k * m) % around]!
        partRe[(i * categories + k) * points + m] = (a * re + b * im) / squares
        partIm[(i * categories + k) * points + m] = (b * re - a * im) / squares
      }
    }
  }
  return { means, sumRe, sumIm, partRe, partIm }
}

/** Of each item the parameters that move it. */
function columnsOf({ items, categories, free, design }: StepParameters): number[][] {
  return Array.from({ length: items }, (_, i) =>
    Array.from({ length: free }, (_, q) => q).filter((q) => {
      for (let k = 0; k < categories; k++) if (design[(i * categories + k) * free + q] !== 0) return true
      return false
    }),
  )
}

/** Sums over the patterns whose totals are likely on one circle after the other. */
class ContourSums {
  readonly matrix: Float64Array
  /** By item, point: what the item's own products are weighted by. */
  readonly itemRe: Float64Array
  readonly itemIm: Float64Array
  private readonly columns: readonly number[][]
  private readonly around: number
  private readonly product: readonly [Float64Array, Float64Array]
  private readonly weight: readonly [Float64Array, Float64Array]
  /** The statistics of u at each point, of all items and of a pattern's. */
  private readonly whole: readonly [Float64Array, Float64Array]
  private readonly statistic: readonly [Float64Array, Float64Array]
  private readonly mean: Float64Array
  private readonly present: Uint8Array

  constructor(
    private readonly parameters: StepParameters,
    private readonly points: number,
    private readonly turns: Turns,
  ) {
    const { items, free } = parameters
    const pair = (size: number) => [new Float64Array(size), new Float64Array(size)] as const
    this.matrix = new Float64Array(free * free)
    this.itemRe = new Float64Array(items * points)
    this.itemIm = new Float64Array(items * points)
    this.columns = columnsOf(parameters)
    this.around = turns.re.length
    this.product = pair(points)
    this.weight = pair(points)
    this.whole = pair(points * free)
    this.statistic = pair(points * free)
    this.mean = new Float64Array(free)
    this.present = new Uint8Array(items)
  }

  /** Turns to another circle. */
  begin(ring: Ring): void {
    this.itemRe.fill(0)
    this.itemIm.fill(0)
    for (const part of this.whole) part.fill(0)
    for (let i = 0; i < this.parameters.items; i++) this.addItem(ring, i, 1, this.whole)
  }

  /** Adds what the statistics of item i are at each point. */
  private addItem(
    ring: Ring,
    i: number,
    sign: number,
    [re, im]: readonly [Float64Array, Float64Array],
  ): void {
    const { points } = this
    const { categories, free, design } = this.parameters
    const { partRe, partIm } = ring
    for (const q of this.columns[i]!) {
      for (let k = 0; k < categories; k++) {
        const factor = sign * design[(i * categories + k) * free + q]!
        if (factor === 0) continue
        const from = (i * categories + k) * points
        for (let m = 0; m < points; m++) {
          re[m * free + q]! += factor * partRe[from + m]!
          im[m * free + q]! += factor * partIm[from + m]!
        }
      }
    }
  }

  /** Adds the blocks of one pattern whose totals are `first` to `last`. */
  add(ring: Ring, of: Uint16Array, counts: Float64Array, first: number, last: number): void {
    const { points, present, itemRe, itemIm } = this
    const { items } = this.parameters
    this.multiply(ring, of)
    present.fill(0)
    for (let k = 0; k < of.length; k++) present[of[k]!] = 1
    const mostly = of.length > items / 2
    for (const [k, part] of this.statistic.entries()) {
      if (mostly) part.set(this.whole[k]!)
      else part.fill(0)
    }
    for (let i = 0; i < items; i++)
      if ((present[i] === 1) !== mostly) this.addItem(ring, i, mostly ? -1 : 1, this.statistic)
    const weightRe = this.weight[0]
    const weightIm = this.weight[1]
    weightRe.fill(0)
    weightIm.fill(0)
    for (let t = first; t <= last; t++) if (counts[t] !== 0) this.addTotal(t, counts[t]!)
    this.addProducts()
    for (let k = 0; k < of.length; k++) {
      for (let m = 0, at = of[k]! * points; m < points; m++, at++) {
        itemRe[at]! += weightRe[m]!
        itemIm[at]! += weightIm[m]!
      }
    }
  }

  /** The characteristic function of a pattern's total. */
  private multiply({ sumRe, sumIm }: Ring, of: Uint16Array): void {
    const productRe = this.product[0]
    const productIm = this.product[1]
    const { points } = this
    productRe.fill(1)
    productIm.fill(0)
    for (let k = 0; k < of.length; k++) {
      for (let m = 0, at = of[k]! * points; m < points; m++, at++) {
        const re = productRe[m]! * sumRe[at]! - productIm[m]! * sumIm[at]!
        productIm[m] = productRe[m]! * sumIm[at]! + productIm[m]! * sumRe[at]!
        productRe[m] = re
      }
    }
  }

  /** n blocks with total t: their weight at each point, and minus the square of the means. */
  private addTotal(t: number, n: number): void {
    const { points, around, mean, matrix } = this
    const { free } = this.parameters
    const { re: turnRe, im: turnIm } = this.turns
    const productRe = this.product[0]
    const productIm = this.product[1]
    const weightRe = this.weight[0]
    const weightIm = this.weight[1]
    const statisticRe = this.statistic[0]
    const statisticIm = this.statistic[1]
    let chance = productRe[0]!
    for (let m = 1; m < points; m++) {
      const at = (t * m) % around
      chance += 2 * (productRe[m]! * turnRe[at]! + productIm[m]! * turnIm[at]!)
    }
    mean.fill(0)
    for (let m = 0; m < points; m++) {
      const at = (t * m) % around
      const twice = (m === 0 ? 1 : 2) / chance
      const re = twice * (productRe[m]! * turnRe[at]! + productIm[m]! * turnIm[at]!)
      const im = twice * (productIm[m]! * turnRe[at]! - productRe[m]! * turnIm[at]!)
      weightRe[m]! += n * re
      weightIm[m]! += n * im
      for (let q = 0, from = m * free; q < free; q++, from++)
        mean[q]! += re * statisticRe[from]! - im * statisticIm[from]!
    }
    for (let a = 0; a < free; a++) {
      const scaled = n * mean[a]!
      for (let b = 0; b <= a; b++) matrix[a * free + b]! -= scaled * mean[b]!
    }
  }

  /** The weighted products of the statistics. */
  private addProducts(): void {
    const { points, matrix } = this
    const { free } = this.parameters
    const weightRe = this.weight[0]
    const weightIm = this.weight[1]
    const statisticRe = this.statistic[0]
    const statisticIm = this.statistic[1]
    for (let m = 0; m < points; m++) {
      const row = m * free
      const wr = weightRe[m]!
      const wi = weightIm[m]!
      for (let a = 0; a < free; a++) {
        const sr = statisticRe[row + a]!
        const si = statisticIm[row + a]!
        const re = wr * sr - wi * si
        const im = wr * si + wi * sr
        const to = a * free
        for (let b = 0; b <= a; b++)
          matrix[to + b]! += re * statisticRe[row + b]! - im * statisticIm[row + b]!
      }
    }
  }

  /** An item has one score: puts right what products of two statistics of one item have added, by cell x category. */
  correct({ partRe, partIm }: Ring, squares: Float64Array): void {
    const { points, itemRe, itemIm } = this
    const { items, categories } = this.parameters
    for (let cell = 0; cell < items * categories; cell++) {
      const own = cell * points
      const at = Math.floor(cell / categories) * points
      const k = cell % categories
      for (let l = 0; l <= k; l++) {
        const other = (cell - k + l) * points
        let sum = 0
        for (let m = 0; m < points; m++) {
          const a = partRe[own + m]!
          const b = partIm[own + m]!
          const c = (l === k ? 1 : 0) - partRe[other + m]!
          const d = partIm[other + m]!
          sum += itemRe[at + m]! * (a * c + b * d) - itemIm[at + m]! * (b * c - a * d)
        }
        squares[cell * categories + l]! += sum
      }
    }
  }
}

/**
 * Minus the second derivative of the conditional log-likelihood in u (free x free): the sum over blocks of the
 * covariance of the statistics of u given the block's total. A moment given the total t is the coefficient of z^t of a
 * product of polynomials, read off by the discrete Fourier transform (Good 1957) on a circle whose radius makes the
 * total likely; with more points than totals it is exact.
 */
export function contourInformation(
  patterns: readonly Uint16Array[],
  histogram: TotalHistogram,
  parameters: StepParameters,
  beta: Float64Array,
): Float64Array {
  const { items, categories, free } = parameters
  const points = contourPoints(items, categories)
  const around = 2 * points - 1
  const angles = Float64Array.from({ length: around }, (_, m) => (2 * Math.PI * m) / around)
  const turns = { re: angles.map(Math.cos), im: angles.map(Math.sin) }
  const rings = locations(parameters, beta).map((eta) => ringAt(parameters, beta, eta, points, turns))
  const sums = new ContourSums(parameters, points, turns)
  const squares = new Float64Array(items * categories * categories)
  const middles = patterns.map((of) => {
    const expected = new Float64Array(rings.length)
    for (const i of of) for (let j = 0; j < rings.length; j++) expected[j]! += rings[j]!.means[i]!
    return expected
  })
  for (const [j, ring] of rings.entries()) {
    sums.begin(ring)
    for (let p = 0; p < patterns.length; p++) {
      const counts = histogram[p]!
      const middle = middles[p]!
      const after = j === 0 ? 0 : Math.floor((middle[j - 1]! + middle[j]!) / 2)
      const until = j === rings.length - 1 ? Infinity : Math.floor((middle[j]! + middle[j + 1]!) / 2)
      const first = Math.max(0, after) + 1
      const last = Math.min(until, counts.length - 2)
      let any = 0
      for (let t = first; t <= last; t++) any += counts[t]!
      if (any > 0) sums.add(ring, patterns[p]!, counts, first, last)
    }
    sums.correct(ring, squares)
  }
  const { matrix } = sums
  for (let a = 0; a < free; a++) for (let b = 0; b < a; b++) matrix[b * free + a] = matrix[a * free + b]!
  addItemSquares(squares, parameters, matrix, free, 0)
  return matrix
}

/** Multiplications that `contourInformation` costs, roughly. */
export function contourWork(histogram: TotalHistogram, parameters: StepParameters): number {
  const { items, categories, free } = parameters
  // Totals of a pattern share circles, of which there are about three for each standard deviation of a total.
  const most = Math.ceil(Math.sqrt(items * (categories - 1))) + 3
  let circles = 0
  for (const counts of histogram) {
    let used = 0
    for (let t = 1; t < counts.length - 1 && used < most; t++) if (counts[t]! > 0) used++
    circles += used
  }
  return circles * contourPoints(items, categories) * free * (free + 8)
}
