// The person model written down as directly as possible: one sum over all locations at once, no tables, no shortcuts.
// Slow, and independent of src/core/assess but for the framework's parameters: two competencies at most.

const OFFSETS = [-0.5, 0, 0.6, 0.7]
const WEIGHTS = [0.5, 1.75, 0, 0]

export interface BruteAnswer {
  readonly competency: 0 | 1
  readonly location: number
  readonly score: number
}

/** P(score) with the location integrated over N(location, sd^2) by a fine sum of its own. */
function probability(theta: number, { location, score }: BruteAnswer, sd: number): number {
  let sum = 0
  let total = 0
  for (let e = -6 * sd; e <= 6 * sd + 1e-9; e += sd / 10) {
    const weight = Math.exp(-0.5 * (e / sd) ** 2)
    const logs = [0, 1, 2, 3, 4].map((k) => OFFSETS.slice(0, k).reduce((x, offset, s) => x + WEIGHTS[s]! * (theta - location - e) - offset, 0))
    const all = logs.reduce((x, log) => x + Math.exp(log), 0)
    sum += (weight * Math.exp(logs[score]!)) / all
    total += weight
  }
  return sum / total
}

export interface BruteResult {
  readonly general: { mean: number; sd: number }
  readonly competencies: readonly { mean: number; sd: number }[]
  /** P(theta_0 >= bars[0] and theta_1 >= bars[1]). */
  readonly both: number
}

/**
 * Integrates over general level and both competencies: g ~ N(0, 3^2), theta ~ N(g, 1.75^2), anchors N(location, 0.5^2).
 * `h` is the grid's step in logits.
 */
export function bruteForce(answers: readonly BruteAnswer[], bars: readonly [number, number], h = 0.125): BruteResult {
  const thetas: number[] = []
  for (let theta = -15; theta <= 15; theta += h) thetas.push(theta)
  const likelihood = [0, 1].map((c) =>
    thetas.map((theta) =>
      answers.filter((a) => a.competency === c).reduce((p, a) => p * probability(theta, a, 0.5), 1),
    ),
  )
  let total = 0
  let both = 0
  const sums = [0, 0, 0]
  const squares = [0, 0, 0]
  for (const g of thetas) {
    const prior = Math.exp(-0.5 * (g / 3) ** 2)
    for (let i = 0; i < thetas.length; i++) {
      const first = prior * Math.exp(-0.5 * ((thetas[i]! - g) / 1.75) ** 2) * likelihood[0]![i]!
      for (let j = 0; j < thetas.length; j++) {
        const mass = first * Math.exp(-0.5 * ((thetas[j]! - g) / 1.75) ** 2) * likelihood[1]![j]!
        total += mass
        for (const [k, x] of [g, thetas[i]!, thetas[j]!].entries()) {
          sums[k]! += mass * x
          squares[k]! += mass * x * x
        }
        const above = (x: number, bar: number): number => Math.min(1, Math.max(0, (x + h / 2 - bar) / h))
        both += mass * above(thetas[i]!, bars[0]) * above(thetas[j]!, bars[1])
      }
    }
  }
  const moments = (k: number): { mean: number; sd: number } => {
    const mean = sums[k]! / total
    return { mean, sd: Math.sqrt(squares[k]! / total - mean * mean) }
  }
  return { general: moments(0), competencies: [moments(1), moments(2)], both: both / total }
}
