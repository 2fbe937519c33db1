// Variance components of ratings by restricted maximum likelihood: persons, raters, and what they share with items.
import { solveSmall } from './cholesky.ts'
import {
  COMPONENTS,
  designOf,
  type ComponentName,
  type CrossedRatings,
  type VarianceRefusal,
} from './variance-design.ts'
import { direction, factorise, solve, squaresAndTraces } from './variance-equations.ts'

export interface VarianceComponents {
  /** In squared score points; a component that the design cannot tell from the residual is absent. */
  readonly components: Readonly<Partial<Record<ComponentName, number>>>
  readonly confounded: readonly ComponentName[]
  /** Minus twice the restricted log-likelihood at the solution. */
  readonly deviance: number
  readonly iterations: number
  /** Largest relative change of a component in the last step. */
  readonly change: number
  readonly ratings: number
  readonly persons: number
  readonly raters: number
  readonly items: number
}

const INTERACTIONS: readonly ComponentName[] = ['person-rater', 'person-item', 'rater-item']

/**
 * Variance components by restricted maximum likelihood for y = item + person + rater + person:rater + person:item +
 * rater:item + error, on complete or incomplete data. Average-information steps (Gilmour, Thompson and Cullis 1995,
 * Biometrics 51, 1440-1450) on Henderson's equations with persons eliminated; expectation-maximisation where such a
 * step would leave the admissible range. Scores are taken as intervals; a component at zero stays at zero.
 */
export function varianceComponents(
  ratings: CrossedRatings,
  { tolerance = 1e-7, most = 200 } = {},
): VarianceComponents | VarianceRefusal {
  const whole = designOf(ratings)
  if ('code' in whole) return whole
  let design = whole
  const { n, items, y, used: estimated, confounded, persons, raters } = whole
  const mean = y.reduce((sum, score) => sum + score, 0) / n
  const total = y.reduce((sum, score) => sum + (score - mean) ** 2, 0) / n
  if (!(total > 0))
    return { code: 'no-variation', message: 'All ratings are the same: there is no variance to take apart.' }
  const floor = total * 1e-10
  const variance = Object.fromEntries(
    COMPONENTS.map((name) => [name, estimated.includes(name) ? total / estimated.length : floor]),
  ) as Record<ComponentName, number>
  let change = Number.POSITIVE_INFINITY
  const dropped: ComponentName[] = []
  for (let iteration = 1; iteration <= most; iteration++) {
    const { used, counts } = design
    const ratios = Object.fromEntries(
      COMPONENTS.map((name) => [name, variance.residual / variance[name]]),
    ) as Record<ComponentName, number>
    const factorisation = factorise(design, ratios)
    if (!factorisation)
      return {
        code: 'not-converged',
        message: 'The equations became singular: some effects cannot be told apart in this design.',
      }
    const solution = solve(design, factorisation, y)
    const fitted = y.reduce((sum, score, i) => sum + score * solution.residuals[i]!, 0)
    const random = COMPONENTS.filter((name) => name !== 'residual' && used.includes(name))
    const effects = random.reduce((sum, name) => sum + counts[name], 0)
    const deviance =
      (n - items - effects) * Math.log(variance.residual) +
      random.reduce((sum, name) => sum + counts[name] * Math.log(variance[name]), 0) +
      factorisation.logDeterminant +
      fitted / variance.residual +
      (n - items) * Math.log(2 * Math.PI)
    if (change < tolerance) {
      const components = Object.fromEntries(
        estimated.map((name) => [name, variance[name] <= 2 * floor ? 0 : variance[name]]),
      )
      return {
        components,
        confounded,
        deviance,
        iterations: iteration,
        change,
        ratings: n,
        persons,
        raters,
        items,
      }
    }
    const { squares, traces } = squaresAndTraces(design, factorisation, solution)
    const squaredResiduals = solution.residuals.reduce((sum, value) => sum + value ** 2, 0)
    const free = used.filter((name) => name === 'residual' || variance[name] > 2 * floor)
    const score = free.map((name) => {
      if (name !== 'residual') {
        const ownVariance = variance[name]
        return (
          -0.5 *
          (counts[name] / ownVariance -
            (traces[name]! * variance.residual + squares[name]!) / ownVariance ** 2)
        )
      }
      const explained = random.reduce(
        (sum, other) => sum + counts[other] - (traces[other]! * variance.residual) / variance[other],
        0,
      )
      return -0.5 * ((n - items - explained) / variance.residual - squaredResiduals / variance.residual ** 2)
    })
    const directions = free.map((name) => direction(design, solution, name, variance[name]))
    const projected = directions.map((laid) => solve(design, factorisation, laid).residuals)
    const information = directions.map((a) =>
      projected.map((b) => (0.5 * a.reduce((sum, value, i) => sum + value * b[i]!, 0)) / variance.residual),
    )
    const step = solveSmall(information, score)
    const inside = step?.every((delta, k) => variance[free[k]!] + delta > variance[free[k]!] * 0.05)
    const next = { ...variance }
    for (const [k, name] of free.entries()) {
      const byExpectation =
        name === 'residual'
          ? fitted / (n - items)
          : (squares[name]! + variance.residual * traces[name]!) / counts[name]
      const wanted = inside
        ? variance[name] + step![k]!
        : step && variance[name] + step[k]! < 0 && byExpectation < variance[name]
          ? variance[name] * 0.05
          : byExpectation
      next[name] = Math.max(floor, wanted)
    }
    change = Math.max(
      ...free.map((name) => Math.abs(next[name] - variance[name]) / Math.max(variance[name], total * 1e-6)),
    )
    Object.assign(variance, next)
    // A component at zero stays there, and without its effects the equations are smaller.
    const gone = used.filter((name) => INTERACTIONS.includes(name) && variance[name] <= 2 * floor)
    if (gone.length > 0) {
      dropped.push(...gone)
      const smaller = designOf(ratings, dropped)
      if ('code' in smaller) return smaller
      design = smaller
    }
  }
  return {
    code: 'not-converged',
    message: `Variance components did not settle in ${most} steps (last relative change ${change.toExponential(1)}).`,
  }
}
