// How a rater uses the scale: central tendency, restriction of range and halo, each observed over expected.
import type { ResidualPass } from './fit.ts'

function sd(squares: number, sum: number, n: number): number {
  return n > 0 ? Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2)) : 0
}

function ratio(observed: number, expected: number): number {
  return expected > 1e-9 ? observed / expected : 1
}

/**
 * Observed over model-expected spread of a rater's scores (`spreadRatio`), of their block means (`rangeRatio`) and of
 * scores within blocks (`halo`, a ratio of variances). 1 is what the model expects (Myford and Wolfe 2003, 2004).
 */
export function raterUse(
  pass: ResidualPass,
  j: number,
): { spreadRatio: number; rangeRatio: number; halo: number } {
  const n = pass.rater.count[j]!
  const blocks = pass.blocksOf[j]!
  return {
    spreadRatio: ratio(
      sd(pass.scoreSquares[j]!, pass.rater.score[j]!, n),
      sd(pass.expectedSquares[j]!, pass.expectedSum[j]!, n),
    ),
    rangeRatio: ratio(
      sd(pass.blockMeanSquares[j]!, pass.blockMeanSum[j]!, blocks),
      sd(pass.expectedMeanSquares[j]!, pass.expectedMeanSum[j]!, blocks),
    ),
    halo: ratio(pass.within[j]!, pass.withinExpected[j]!),
  }
}
