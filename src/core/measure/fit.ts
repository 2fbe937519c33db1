// Residuals in one pass: mean squares with their standardised values, category use, and how raters use the scale.
import type { Blocks } from './blocks.ts'
import type { Fit } from './measurement.ts'

function wilsonHilferty(square: number, sd: number): number {
  return (Math.cbrt(square) - 1) * (3 / sd) + sd / 3
}

/** Where a sum stands within the line of an element. */
const SQUARES = 0
const VARIANCE = 1
const STANDARDISED = 2
const FOURTH = 3
const KURTOSIS = 4
const WEIGHT = 5
const COUNT = 6
const SCORE = 7
/** An element's sums are one line of cache: raters come in any order, and each costs one miss rather than eight. */
const LINE = 8

/** Sums over ratings for each element: squared residuals, variances, squared z, the spread of both, counts and scores. */
export class FitSums {
  readonly sums: Float64Array

  constructor(readonly size: number) {
    this.sums = new Float64Array(size * LINE)
  }

  /** Number of ratings. */
  count(at: number): number {
    return this.sums[at * LINE + COUNT]!
  }

  /** Sum of scores (categories from 0), weights apart. */
  score(at: number): number {
    return this.sums[at * LINE + SCORE]!
  }

  add(at: number, own: Float64Array): void {
    const { sums } = this
    const to = at * LINE
    for (let k = 0; k < LINE; k++) sums[to + k]! += own[k]!
  }

  /**
   * Infit and outfit with standardised values by the Wilson-Hilferty cube root (Wright and Masters 1982, pp. 100-101);
   * the standard deviation of a mean square is cut at the square root of 2, as Winsteps does.
   */
  of(at: number): Fit {
    const { sums } = this
    const from = at * LINE
    const variance = sums[from + VARIANCE]!
    const weight = sums[from + WEIGHT]!
    if (!(variance > 1e-12) || !(weight > 0)) return { infit: 1, infitZ: 0, outfit: 1, outfitZ: 0 }
    const infit = sums[from + SQUARES]! / variance
    const outfit = sums[from + STANDARDISED]! / weight
    const infitSd = Math.min(Math.SQRT2, Math.sqrt(Math.max(1e-12, sums[from + FOURTH]!)) / variance)
    const spread = sums[from + KURTOSIS]! / weight ** 2 - 1 / weight
    const outfitSd = Math.min(Math.SQRT2, Math.sqrt(Math.max(1e-12, spread)))
    return {
      infit,
      infitZ: wilsonHilferty(infit, infitSd),
      outfit,
      outfitZ: wilsonHilferty(outfit, outfitSd),
    }
  }
}

export interface ResidualPass {
  readonly person: FitSums
  readonly rater: FitSums
  readonly item: FitSums
  readonly occasion: FitSums
  readonly all: FitSums
  /** By category: ratings, sum of location less item, squared z and weights. */
  readonly categoryCount: Float64Array
  readonly categoryMeasure: Float64Array
  readonly categorySquares: Float64Array
  readonly categoryWeight: Float64Array
  /** How each rater used the scale, `USES` sums a rater in the order of `USE`. */
  readonly use: Float64Array
}

/** Sums by rater, observed and expected: squares within blocks, block means and scores with their squares. */
export const USE = {
  blocks: 0,
  within: 1,
  withinExpected: 2,
  means: 3,
  meanSquares: 4,
  expectedMeans: 5,
  expectedMeanSquares: 6,
  scoreSquares: 7,
  expected: 8,
  expectedSquares: 9,
} as const
export const USES = 10

/**
 * One pass over all ratings at block locations `eta`; `location` are item locations, for category averages. Persons
 * `skipped` (not 0) are left out of sums of residuals.
 */
export function residualPass(
  blocks: Blocks,
  beta: Float64Array,
  categories: number,
  eta: Float64Array,
  location: Float64Array,
  raters: number,
  occasions: number,
  skipped?: Int8Array,
): ResidualPass {
  const persons = blocks.personStart.length - 1
  const items = location.length
  const weights = beta.map((cost) => Math.exp(-cost))
  const person = new FitSums(persons)
  const rater = new FitSums(raters)
  const item = new FitSums(items)
  const occasion = new FitSums(occasions)
  const all = new FitSums(1)
  const categoryCount = new Float64Array(categories)
  const categoryMeasure = new Float64Array(categories)
  const categorySquares = new Float64Array(categories)
  const categoryWeight = new Float64Array(categories)
  const use = new Float64Array(raters * USES)
  const { trie, pattern, start, score, ratingWeight } = blocks
  // Sums of one block, added to its person and rater at its end; those of items and categories at the end of the pass.
  const own = new Float64Array(LINE)
  const ofItems = item.sums
  const seen = new Float64Array(items * categories)
  for (let b = 0; b < blocks.count; b++) {
    const n = blocks.person[b]!
    const j = blocks.rater[b]!
    const of = trie.patterns[pattern[b]!]!
    const many = of.length
    const begin = start[b]!
    const skip = skipped !== undefined && skipped[n] !== 0
    const at = eta[b]!
    const x = Math.exp(at)
    let scores = 0
    let scoreSquares = 0
    let means = 0
    let meanSquares = 0
    let variances = 0
    let o0 = 0
    let o1 = 0
    let o2 = 0
    let o3 = 0
    let o4 = 0
    let o5 = 0
    for (let k = 0; k < many; k++) {
      const i = of[k]!
      const base = i * categories
      const observed = score[begin + k]!
      let power = 1
      let s0 = weights[base]!
      let s1 = 0
      let s2 = 0
      let s3 = 0
      let s4 = 0
      for (let c = 1; c < categories; c++) {
        power *= x
        let term = weights[base + c]! * power
        s0 += term
        term *= c
        s1 += term
        term *= c
        s2 += term
        term *= c
        s3 += term
        s4 += term * c
      }
      const inverse = 1 / s0
      const mean = s1 * inverse
      const square = mean * mean
      const raw2 = s2 * inverse
      const variance = Math.max(raw2 - square, 1e-12)
      const fourth = s4 * inverse - 4 * mean * s3 * inverse + 6 * square * raw2 - 3 * square * square
      const residual = observed - mean
      const w = ratingWeight ? ratingWeight[begin + k]! : 1
      const perVariance = 1 / variance
      const r2 = w * residual * residual
      const z2 = r2 * perVariance
      const wFourth = w * fourth
      scores += observed
      scoreSquares += observed * observed
      means += mean
      meanSquares += square
      variances += variance
      seen[base + observed]!++
      categoryMeasure[observed]! += at
      categorySquares[observed]! += z2
      categoryWeight[observed]! += w
      if (skip) continue
      const wVariance = w * variance
      const spread = wFourth - wVariance * variance
      const kurtosis = wFourth * perVariance * perVariance
      o0 += r2
      o1 += wVariance
      o2 += z2
      o3 += spread
      o4 += kurtosis
      o5 += w
      const to = i * LINE
      ofItems[to + SQUARES]! += r2
      ofItems[to + VARIANCE]! += wVariance
      ofItems[to + STANDARDISED]! += z2
      ofItems[to + FOURTH]! += spread
      ofItems[to + KURTOSIS]! += kurtosis
      ofItems[to + WEIGHT]! += w
    }
    own[SQUARES] = o0
    own[VARIANCE] = o1
    own[STANDARDISED] = o2
    own[FOURTH] = o3
    own[KURTOSIS] = o4
    own[WEIGHT] = o5
    own[COUNT] = many
    own[SCORE] = scores
    person.add(n, own)
    rater.add(j, own)
    all.add(0, own)
    if (occasions > 0 && blocks.occasion) occasion.add(blocks.occasion[b]!, own)
    const each = 1 / many
    const blockMean = scores * each
    const expectedMean = means * each
    const to = j * USES
    use[to + USE.blocks]!++
    use[to + USE.within]! += scoreSquares - scores * blockMean
    use[to + USE.withinExpected]! += meanSquares - means * expectedMean + variances * (1 - each)
    use[to + USE.means]! += blockMean
    use[to + USE.meanSquares]! += blockMean * blockMean
    use[to + USE.expectedMeans]! += expectedMean
    use[to + USE.expectedMeanSquares]! += expectedMean * expectedMean + variances * each * each
    use[to + USE.scoreSquares]! += scoreSquares
    use[to + USE.expected]! += means
    use[to + USE.expectedSquares]! += meanSquares + variances
  }
  for (let i = 0; i < items; i++) {
    for (let c = 0; c < categories; c++) {
      const count = seen[i * categories + c]!
      ofItems[i * LINE + COUNT]! += count
      ofItems[i * LINE + SCORE]! += c * count
      categoryCount[c]! += count
      categoryMeasure[c]! -= count * location[i]!
    }
  }
  return {
    person,
    rater,
    item,
    occasion,
    all,
    categoryCount,
    categoryMeasure,
    categorySquares,
    categoryWeight,
    use,
  }
}
