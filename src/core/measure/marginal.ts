// Marginal maximum likelihood: persons normal, raters, items and steps fixed (as TAM).
import type { Anchors } from './anchors.ts'
import { categoryCounts, type Blocks } from './blocks.ts'
import type { Connectivity } from './connectivity.ts'
import { factorise, inverseFactored, solveFactored } from './dense.ts'
import type { Estimates } from './estimates.ts'
import { MarginalPass } from './marginal-pass.ts'
import type { MeasureOptions } from './measurement.ts'
import type { Ratings } from './ratings.ts'
import { refused, type Checked } from './refusals.ts'
import { betaOf, stepParameters } from './step-model.ts'

const MOST_UNKNOWNS = 1_000

/**
 * Newton's method on the marginal likelihood (Bock and Aitkin 1981) with the observed information of Louis (1982).
 * Persons are N(mean, variance), reported by their posterior mean and standard deviation; standard errors of the
 * other facets are those of the observed information. Raters sum to zero over all: the subsets of a disconnected design
 * are joined by the assumption of one population, which a caution says.
 */
export function marginalEstimates(
  ratings: Ratings,
  blocks: Blocks,
  connected: Connectivity,
  anchors: Anchors,
  options: MeasureOptions,
): Checked<Estimates> {
  const { categories } = ratings
  const items = ratings.itemIds.length
  const raters = ratings.raterIds.length
  const occasions = ratings.occasionIds.length
  const counts = categoryCounts(blocks, items, categories)
  const parameters = stepParameters(options.steps ?? 'rsm', counts, items, categories, {
    items: anchors.items,
    ...(anchors.cumulativeSteps ? { cumulativeSteps: anchors.cumulativeSteps } : {}),
  })
  if (parameters.used.reduce((a, b) => a + b, 0) <= items)
    return refused('one-category', 'every rating is in the same category', 'ratings in a second category')
  for (let i = 0; i < items; i++) {
    const row = counts.subarray(i * categories, (i + 1) * categories)
    if (Number.isNaN(anchors.items[i]!) && row.filter((n) => n > 0).length < 2) {
      return refused(
        'extreme-item',
        `only one category was ever used on ${ratings.itemIds[i]}`,
        'ratings in a second category, or the analysis without this item',
        [ratings.itemIds[i]!],
      )
    }
  }
  const stepAt = raters + occasions
  const meanAt = stepAt + parameters.free
  const size = meanAt + 2
  if (size > MOST_UNKNOWNS) {
    return refused(
      'too-large-for-estimator',
      `${raters} raters are more than marginal estimation solves for at once`,
      'the conditional estimator (cml), or fewer raters',
    )
  }
  const load = new Float64Array(raters)
  for (let b = 0; b < blocks.count; b++) load[blocks.rater[b]!]!++
  const held = new Uint8Array(size)
  const y = new Float64Array(size)
  y[meanAt + 1] = 0
  const anyAnchor = anchors.raters.some((value) => !Number.isNaN(value))
  for (let j = 0; j < raters; j++) {
    if (load[j] === 0) held[j] = 1
    if (Number.isNaN(anchors.raters[j]!)) continue
    held[j] = 1
    y[j] = anchors.raters[j]!
  }
  const reference = load.indexOf(load.reduce((a, b) => Math.max(a, b), 0))
  if (!anyAnchor) held[reference] = 1
  if (occasions > 0) held[raters] = 1
  if (options.variances?.person !== undefined) {
    held[meanAt + 1] = 1
    y[meanAt + 1] = Math.log(Math.sqrt(options.variances.person))
  }
  const start = options.start
  if (start && start.steps.length === parameters.free) {
    for (const [j, id] of ratings.raterIds.entries())
      if (Number.isNaN(anchors.raters[j]!)) y[j] = start.raters.get(id) ?? 0
    for (const [q, value] of start.steps.entries()) y[stepAt + q] = value
    const values = [...start.persons.values()]
    y[meanAt] = values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
    if (!held[meanAt + 1]) y[meanAt + 1] = 0.5 * Math.log(start.variances[0])
  }
  const pass = new MarginalPass(
    blocks,
    parameters,
    { raters, occasions, stepAt, meanAt, size },
    options.quadrature,
  )
  const scale = Math.max(1, ...counts, ...load)
  pass.run(y, betaOf(parameters, y.subarray(stepAt, meanAt)))
  const relative = () =>
    pass.gradient.reduce((most, g, a) => (held[a] ? most : Math.max(most, Math.abs(g))), 0) / scale
  const information = (ridge: number): Float64Array | undefined => {
    const matrix = pass.information.slice()
    for (let a = 0; a < size; a++) {
      if (held[a]) for (let b = 0; b < size; b++) matrix[a * size + b] = matrix[b * size + a] = 0
      matrix[a * size + a]! += held[a] ? 1 : ridge
    }
    return factorise(matrix, size) ? matrix : undefined
  }
  let iterations = 0
  while (relative() > 1e-11 && iterations < 200) {
    iterations++
    options.progress?.({ stage: 'marginal', iteration: iterations })
    let factor: Float64Array | undefined
    for (
      let ridge = 0, tries = 0;
      !factor && tries < 12;
      tries++, ridge = ridge === 0 ? 1e-3 * scale : ridge * 4
    )
      factor = information(ridge)
    if (!factor) return unsettled(connected)
    const step = pass.gradient.map((g, a) => (held[a] ? 0 : g))
    solveFactored(factor, size, step)
    const longest = step.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
    let length = Math.min(1, 1.5 / Math.max(longest, 1e-300))
    const from = y.slice()
    const before = pass.logLikelihood
    for (let halving = 0; halving < 25; halving++, length /= 2) {
      for (let a = 0; a < size; a++) y[a] = from[a]! + (held[a] ? 0 : length * step[a]!)
      pass.run(y, betaOf(parameters, y.subarray(stepAt, meanAt)))
      if (pass.logLikelihood >= before - 1e-11 * Math.abs(before)) break
    }
    if (longest < 1e-12) break
  }
  const factor = information(0)
  if (!(relative() <= 1e-8) || !factor || y.some((value) => !(Math.abs(value) < 60)))
    return unsettled(connected)
  if (!held[meanAt + 1] && !(Math.exp(2 * y[meanAt + 1]!) > 1e-4)) {
    const message =
      'no spread of persons was found beside that of raters, so that persons cannot be told apart'
    return refused(
      'no-person-spread',
      message,
      'persons whom several raters judge, or the conditional estimator (cml)',
    )
  }
  const covariance = inverseFactored(factor, size)
  for (let a = 0; a < size; a++)
    if (held[a]) for (let b = 0; b < size; b++) covariance[a * size + b] = covariance[b * size + a] = 0
  const members = Array.from({ length: raters }, (_, j) => j).filter((j) => load[j]! > 0)
  const shift = anyAnchor ? 0 : members.reduce((sum, j) => sum + y[j]!, 0) / members.length
  const mean = new Float64Array(size)
  if (!anyAnchor)
    for (const j of members)
      for (let a = 0; a < size; a++) mean[a]! += covariance[a * size + j]! / members.length
  const meanVariance = anyAnchor ? 0 : members.reduce((sum, j) => sum + mean[j]!, 0) / members.length
  const occasionMean = occasions > 0 ? y.subarray(raters, stepAt).reduce((a, b) => a + b, 0) / occasions : 0
  const rater = Float64Array.from({ length: raters }, (_, j) => y[j]! - shift)
  const raterVariance = Float64Array.from({ length: raters }, (_, j) =>
    Math.max(0, covariance[j * size + j]! - 2 * mean[j]! + meanVariance),
  )
  const occasion = Float64Array.from({ length: occasions }, (_, o) => y[raters + o]! - occasionMean)
  const person = pass.posteriorMean.map((value) => value - shift - occasionMean)
  const location = Float64Array.from({ length: blocks.count }, (_, b) => {
    return (
      person[blocks.person[b]!]! -
      rater[blocks.rater[b]!]! -
      (blocks.occasion && occasions ? occasion[blocks.occasion[b]!]! : 0)
    )
  })
  const free = parameters.free
  return {
    ok: true,
    value: {
      estimator: 'mml',
      blocks,
      connected,
      parameters,
      u: y.slice(stepAt, meanAt),
      beta: betaOf(parameters, y.subarray(stepAt, meanAt)),
      stepCovariance: Float64Array.from(
        { length: free * free },
        (_, at) => covariance[(stepAt + Math.floor(at / free)) * size + stepAt + (at % free)]!,
      ),
      person,
      rater,
      occasion,
      personVariance: pass.posteriorVariance.slice(),
      raterVariance,
      occasionVariance: Float64Array.from(
        { length: occasions },
        (_, o) => covariance[(raters + o) * size + raters + o]!,
      ),
      groups: ratings.raterGroupIds.map((_, g) => {
        const of = members.filter((j) => ratings.raterGroup![j] === g)
        return {
          measure: of.reduce((sum, j) => sum + rater[j]!, 0) / Math.max(1, of.length),
          variance: of.reduce((sum, j) => sum + raterVariance[j]!, 0) / Math.max(1, of.length) ** 2,
        }
      }),
      location,
      mainLocation: location,
      extremePerson: new Int8Array(person.length),
      extremeRater: new Int8Array(raters),
      extremeItem: new Int8Array(items),
      anchoredPerson: new Uint8Array(person.length),
      anchoredRater: Uint8Array.from(anchors.raters, (value) => (Number.isNaN(value) ? 0 : 1)),
      anchoredItem: Uint8Array.from(anchors.items, (value) => (Number.isNaN(value) ? 0 : 1)),
      variance: {
        person: Math.exp(2 * y[meanAt + 1]!),
        rater: null,
        dyad: null,
        logLikelihood: pass.logLikelihood,
      },
      logLikelihood: pass.logLikelihood,
      iterations,
      gradient: relative(),
      standardErrors: 'exact',
      cautions: [],
    },
  }
}

function unsettled(connected: Connectivity) {
  const message = 'marginal estimation did not settle: some rater, item or step has no finite estimate'
  return refused(
    'not-converged',
    message,
    connected.subsets > 1
      ? 'ratings that link the subsets'
      : 'the conditional estimator (cml), or more ratings',
  )
}
