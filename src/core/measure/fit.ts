// Residuals in one pass: mean squares with their standardised values, category use, and how raters use the scale.
import type { Blocks } from './blocks.ts'
import type { Fit } from './measurement.ts'

/** Sums over ratings for each element: squared residuals, variances, squared z, and the spread of both. */
export class FitSums {
  readonly residual: Float64Array
  readonly squares: Float64Array
  readonly variance: Float64Array
  readonly standardised: Float64Array
  readonly fourth: Float64Array
  readonly kurtosis: Float64Array
  readonly weight: Float64Array
  readonly count: Int32Array
  readonly score: Float64Array

  constructor(readonly size: number) {
    const sums = () => new Float64Array(size)
    this.residual = sums()
    this.squares = sums()
    this.variance = sums()
    this.standardised = sums()
    this.fourth = sums()
    this.kurtosis = sums()
    this.weight = sums()
    this.count = new Int32Array(size)
    this.score = sums()
  }

  /** Adds the sums of one block: residual, its square, variance, squared z, spreads, weight; and its scores. */
  add(at: number, own: Float64Array, many: number, scores: number): void {
    this.residual[at]! += own[0]!
    this.squares[at]! += own[1]!
    this.variance[at]! += own[2]!
    this.standardised[at]! += own[3]!
    this.fourth[at]! += own[4]!
    this.kurtosis[at]! += own[5]!
    this.weight[at]! += own[6]!
    this.count[at]! += many
    this.score[at]! += scores
  }

  /**
   * Infit and outfit with standardised values by the Wilson-Hilferty cube root (Wright and Masters 1982, pp. 100-101);
   * the standard deviation of a mean square is cut at the square root of 2, as Winsteps does.
   */
  of(at: number): Fit {
    const variance = this.variance[at]!
    const weight = this.weight[at]!
    if (!(variance > 1e-12) || !(weight > 0)) return { infit: 1, infitZ: 0, outfit: 1, outfitZ: 0 }
    const infit = this.squares[at]! / variance
    const outfit = this.standardised[at]! / weight
    const infitSd = Math.min(Math.SQRT2, Math.sqrt(Math.max(1e-12, this.fourth[at]!)) / variance)
    const outfitSd = Math.min(
      Math.SQRT2,
      Math.sqrt(Math.max(1e-12, this.kurtosis[at]! / weight ** 2 - 1 / weight)),
    )
    const z = (square: number, sd: number) => (Math.cbrt(square) - 1) * (3 / sd) + sd / 3
    return { infit, infitZ: z(infit, infitSd), outfit, outfitZ: z(outfit, outfitSd) }
  }
}

export interface ResidualPass {
  readonly person: FitSums
  readonly rater: FitSums
  readonly item: FitSums
  readonly occasion: FitSums
  readonly category: FitSums
  readonly all: FitSums
  /** Sum of location less item over the ratings in each category. */
  readonly categoryMeasure: Float64Array
  /** By rater: observed and expected sums of squares within blocks, and of block means. */
  readonly within: Float64Array
  readonly withinExpected: Float64Array
  readonly blocksOf: Int32Array
  readonly blockMeanSum: Float64Array
  readonly blockMeanSquares: Float64Array
  readonly expectedMeanSum: Float64Array
  readonly expectedMeanSquares: Float64Array
  readonly scoreSquares: Float64Array
  readonly expectedSum: Float64Array
  readonly expectedSquares: Float64Array
}

/** One pass over all ratings at block locations `eta`; `location` are item locations, for category averages. */
export function residualPass(
  blocks: Blocks,
  beta: Float64Array,
  categories: number,
  eta: Float64Array,
  location: Float64Array,
  raters: number,
  occasions: number,
  skipPerson: (n: number) => boolean = () => false,
): ResidualPass {
  const persons = blocks.personStart.length - 1
  const items = location.length
  const weights = beta.map((cost) => Math.exp(-cost))
  const person = new FitSums(persons)
  const rater = new FitSums(raters)
  const item = new FitSums(items)
  const occasion = new FitSums(occasions)
  const category = new FitSums(categories)
  const all = new FitSums(1)
  const sums = () => new Float64Array(raters)
  const pass: ResidualPass = {
    person,
    rater,
    item,
    occasion,
    category,
    all,
    categoryMeasure: new Float64Array(categories),
    within: sums(),
    withinExpected: sums(),
    blocksOf: new Int32Array(raters),
    blockMeanSum: sums(),
    blockMeanSquares: sums(),
    expectedMeanSum: sums(),
    expectedMeanSquares: sums(),
    scoreSquares: sums(),
    expectedSum: sums(),
    expectedSquares: sums(),
  }
  const { trie, pattern, start, score, ratingWeight } = blocks
  // Sums of one block, added to its person and rater at its end.
  const own = new Float64Array(7)
  for (let b = 0; b < blocks.count; b++) {
    const n = blocks.person[b]!
    const j = blocks.rater[b]!
    const of = trie.patterns[pattern[b]!]!
    const many = of.length
    const begin = start[b]!
    const skip = skipPerson(n)
    const x = Math.exp(eta[b]!)
    own.fill(0)
    let scores = 0
    let scoreSquares = 0
    let means = 0
    let meanSquares = 0
    let variances = 0
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
      const r2 = w * residual * residual
      const z2 = r2 / variance
      const spread = w * (fourth - variance * variance)
      const kurtosis = (w * fourth) / (variance * variance)
      scores += observed
      scoreSquares += observed * observed
      means += mean
      meanSquares += square
      variances += variance
      category.count[observed]!++
      pass.categoryMeasure[observed]! += eta[b]! - location[i]!
      category.standardised[observed]! += z2
      category.weight[observed]! += w
      item.count[i]!++
      item.score[i]! += observed
      if (skip) continue
      own[0]! += w * residual
      own[1]! += r2
      own[2]! += w * variance
      own[3]! += z2
      own[4]! += spread
      own[5]! += kurtosis
      own[6]! += w
      item.residual[i]! += w * residual
      item.squares[i]! += r2
      item.variance[i]! += w * variance
      item.standardised[i]! += z2
      item.fourth[i]! += spread
      item.kurtosis[i]! += kurtosis
      item.weight[i]! += w
    }
    person.add(n, own, many, scores)
    rater.add(j, own, many, scores)
    all.add(0, own, many, scores)
    if (occasions > 0 && blocks.occasion) occasion.add(blocks.occasion[b]!, own, many, scores)
    pass.blocksOf[j]!++
    pass.scoreSquares[j]! += scoreSquares
    pass.expectedSum[j]! += means
    pass.expectedSquares[j]! += meanSquares + variances
    pass.within[j]! += scoreSquares - (scores * scores) / many
    pass.withinExpected[j]! += meanSquares - (means * means) / many + variances * (1 - 1 / many)
    const blockMean = scores / many
    const expectedMean = means / many
    pass.blockMeanSum[j]! += blockMean
    pass.blockMeanSquares[j]! += blockMean * blockMean
    pass.expectedMeanSum[j]! += expectedMean
    pass.expectedMeanSquares[j]! += expectedMean * expectedMean + variances / (many * many)
  }
  return pass
}
