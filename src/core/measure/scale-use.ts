// How a rater uses the scale: central tendency, restriction of range and halo, each observed over expected.
import { USE, USES, type ResidualPass } from './fit.ts'

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
  const n = pass.rater.count(j)
  const { use } = pass
  const from = j * USES
  const blocks = use[from + USE.blocks]!
  return {
    spreadRatio: ratio(
      sd(use[from + USE.scoreSquares]!, pass.rater.score(j), n),
      sd(use[from + USE.expectedSquares]!, use[from + USE.expected]!, n),
    ),
    rangeRatio: ratio(
      sd(use[from + USE.meanSquares]!, use[from + USE.means]!, blocks),
      sd(use[from + USE.expectedMeanSquares]!, use[from + USE.expectedMeans]!, blocks),
    ),
    halo: ratio(use[from + USE.within]!, use[from + USE.withinExpected]!),
  }
}
