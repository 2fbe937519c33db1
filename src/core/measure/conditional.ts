// Stage A: items and steps by maximum likelihood conditional on block totals.
import { categoryCounts, type Blocks } from './blocks.ts'
import { contourInformation, contourWork } from './contour-information.ts'
import { factorise, inverseFactored, solveFactored } from './dense.ts'
import type { StepModel } from './measurement.ts'
import type { TellProgress } from './measuring-progress.ts'
import { refused, type Checked } from './refusals.ts'
import { guessSteps } from './step-guess.ts'
import { betaOf, stepParameters, type StepAnchors, type StepParameters } from './step-model.ts'
import { SymmetricFunctions } from './symmetric-functions.ts'
import { tiltedInformation } from './tilted-information.ts'
import { weakPrior } from './weak-prior.ts'

export interface ConditionalFit {
  readonly parameters: StepParameters
  readonly u: Float64Array
  readonly beta: Float64Array
  /** Covariance of u (free x free), the inverse of the conditional information. */
  readonly covariance: Float64Array
  readonly logLikelihood: number
  readonly iterations: number
  /** Largest gradient component over the largest category count. */
  readonly gradient: number
  /** False where the information is that of the tilted approximation because the exact one would cost too much. */
  readonly exactInformation: boolean
  /** What was fitted; absent where the weak prior holds parameters. */
  readonly data?: ConditionalData
}

/** What the conditional likelihood needs of the data: category counts and totals by pattern, extreme blocks left out. */
export interface ConditionalData {
  readonly counts: Float64Array
  readonly histogram: readonly Float64Array[]
}

/**
 * One pass over the ratings. Blocks of one item and blocks at the lowest or highest total say nothing about items
 * given their total and are left out.
 */
export function conditionalData(blocks: Blocks, items: number, categories: number): ConditionalData {
  const { trie, pattern, total, start, score, blockWeight } = blocks
  const histogram = trie.patterns.map((of) => new Float64Array(of.length * (categories - 1) + 1))
  const counts = new Float64Array(items * categories)
  for (let b = 0; b < blocks.count; b++) {
    const of = trie.patterns[pattern[b]!]!
    const many = of.length
    const sum = total[b]!
    const weight = blockWeight ? blockWeight[b]! : 1
    if (many < 2 || sum === 0 || sum === many * (categories - 1) || weight === 0) continue
    histogram[pattern[b]!]![sum]! += weight
    const begin = start[b]!
    for (let k = 0; k < many; k++) counts[of[k]! * categories + score[begin + k]!]! += weight
  }
  return { counts, histogram }
}

/** Items that share no informative block, as groups; one group when all are linked. */
function linkedItems(blocks: Blocks, data: ConditionalData, items: number): number[][] {
  const parent = Array.from({ length: items }, (_, i) => i)
  const find = (i: number): number => (parent[i] === i ? i : (parent[i] = find(parent[i]!)))
  for (const [p, of] of blocks.trie.patterns.entries()) {
    if (!data.histogram[p]!.some((n) => n > 0)) continue
    for (const i of of) parent[find(i)] = find(of[0]!)
  }
  const groups = new Map<number, number[]>()
  for (let i = 0; i < items; i++) groups.set(find(i), [...(groups.get(find(i)) ?? []), i])
  return [...groups.values()]
}

/** How much work (multiplications) the exact information may cost before the tilted one takes its place. */
const EXACT_WORK = 4e8

/**
 * Conditional maximum likelihood (Andersen 1970, 1972) of items and steps over blocks, by Newton's method with step
 * halving. Refuses items that are not linked or extreme and categories that only extreme blocks use. `weakly` adds the
 * weak prior, for sets in which a contrast of items or steps has no finite estimate.
 */
export function fitConditional(
  model: StepModel,
  blocks: Blocks,
  itemIds: readonly string[],
  categories: number,
  anchors: StepAnchors,
  start?: Float64Array,
  weakly = false,
  progress?: TellProgress,
): Checked<ConditionalFit> {
  const items = itemIds.length
  if (blocks.weightsDiffer) {
    const message = 'ratings of one rater of one person have different weights'
    return refused(
      'weights-differ-in-block',
      message,
      'one weight per rater and person, or joint maximum likelihood',
    )
  }
  const data = conditionalData(blocks, items, categories)
  const fixed =
    anchors.items.every((value) => !Number.isNaN(value)) &&
    anchors.cumulativeSteps !== undefined &&
    model === 'rsm'
  if (!fixed) {
    const faults = estimable(blocks, data, itemIds, categories, model)
    if (faults) return faults
  }
  const parameters = stepParameters(model, data.counts, items, categories, anchors)
  const functions = new SymmetricFunctions(blocks.trie, data.histogram, items, categories)
  const { free, design } = parameters
  const prior = weakly ? weakPrior(parameters, betaOf(parameters, new Float64Array(free))) : undefined
  const scale = Math.max(1, ...data.counts)
  const exactInformation = contourWork(data.histogram, parameters) <= EXACT_WORK
  const point = (u: Float64Array) => {
    const beta = betaOf(parameters, u)
    functions.evaluate(beta.map((value) => -value))
    let logLikelihood = -functions.logGamma
    const gradient = new Float64Array(free)
    for (let c = 0; c < beta.length; c++) {
      if (!parameters.used[c]) continue
      logLikelihood -= data.counts[c]! * beta[c]!
      const residual = functions.expected[c]! - data.counts[c]!
      for (let q = 0; q < free; q++) gradient[q]! += design[c * free + q]! * residual
    }
    // What is climbed: the log-likelihood, with the prior where there is one.
    let height = logLikelihood
    if (prior) {
      for (let q = 0; q < free; q++) {
        let pull = prior.linear[q]!
        for (let r = 0; r < free; r++) pull += prior.precision[q * free + r]! * u[r]!
        gradient[q]! -= pull
        height -= 0.5 * u[q]! * (pull + prior.linear[q]!)
      }
    }
    return { beta, logLikelihood, height, gradient }
  }
  const withPrior = (matrix: Float64Array) =>
    prior ? matrix.map((value, at) => value + prior.precision[at]!) : matrix
  const tilted = (u: Float64Array) =>
    withPrior(tiltedInformation(blocks.trie.patterns, data.histogram, parameters, betaOf(parameters, u)))
  const information = (u: Float64Array): Float64Array =>
    exactInformation
      ? withPrior(contourInformation(blocks.trie.patterns, data.histogram, parameters, betaOf(parameters, u)))
      : tilted(u)
  let u: Float64Array = start && start.length === free ? start.slice() : guessSteps(parameters, data.counts)
  let at = point(u)
  let iterations = 0
  const relative = (gradient: Float64Array) =>
    gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0) / scale
  // The information is the costly part: steps are taken with the tilted one as long as they pay, and any is taken anew
  // only when steps with the old one stop paying.
  let factor: Float64Array | undefined
  let takenAt = u
  let stepsExact = false
  while (free > 0 && relative(at.gradient) > 1e-10 && iterations < 200) {
    iterations++
    progress?.({ stage: 'items', iteration: iterations })
    if (!factor) {
      factor = stepsExact ? information(u) : tilted(u)
      takenAt = u
      if (!factorise(factor, free)) return unsettled(iterations, relative(at.gradient))
    }
    const step = at.gradient.slice()
    solveFactored(factor, free, step)
    let length = Math.min(1, 4 / Math.max(1e-300, ...step.map(Math.abs)))
    const before = relative(at.gradient)
    const from = u
    let better = false
    for (let halving = 0; halving < 40 && !better; halving++, length /= 2) {
      const trial = u.map((value, q) => value + length * step[q]!)
      const there = point(trial)
      better = there.height >= at.height - 1e-12 * Math.abs(at.height)
      if (better) {
        u = trial
        at = there
      }
    }
    if (!better || (length < 1e-6 && relative(at.gradient) < 1e-9)) break
    if (relative(at.gradient) > 0.2 * before) {
      // The tilted information, taken where it was used, did not pay.
      if (takenAt === from) stepsExact = true
      factor = undefined
    }
  }
  if (!(relative(at.gradient) <= 1e-8) || u.some((value) => Math.abs(value) > 60))
    return unsettled(iterations, relative(at.gradient))
  if (
    !factor ||
    (exactInformation && !stepsExact) ||
    u.some((value, q) => Math.abs(value - takenAt[q]!) > 1e-6)
  ) {
    factor = information(u)
    if (!factorise(factor, free)) return unsettled(iterations, relative(at.gradient))
  }
  const covariance = inverseFactored(factor, free)
  return {
    ok: true,
    value: {
      parameters,
      u,
      beta: at.beta,
      covariance,
      logLikelihood: at.logLikelihood,
      iterations,
      gradient: relative(at.gradient),
      exactInformation,
      ...(weakly ? {} : { data }),
    },
  }
}

function unsettled(iterations: number, gradient: number) {
  const message = `items and steps did not settle in ${iterations} iterations (relative gradient ${gradient.toExponential(1)})`
  return refused('not-converged', message, 'ratings in which no set of items is always above another')
}

function estimable(
  blocks: Blocks,
  data: ConditionalData,
  itemIds: readonly string[],
  categories: number,
  model: StepModel,
) {
  const items = itemIds.length
  if (!blocks.trie.patterns.some((of) => of.length > 1)) {
    return refused(
      'one-item',
      'no rater gave one person more than one rating',
      'two or more items per rater and person, or joint estimation',
    )
  }
  if (!data.counts.some((count) => count > 0)) {
    return refused(
      'all-extreme',
      'every rater gave every person all-lowest or all-highest scores',
      'ratings that differ between items',
    )
  }
  const groups = linkedItems(blocks, data, items)
  if (groups.length > 1) {
    const names = groups.map((group) => group.map((i) => itemIds[i]).join(', '))
    return refused(
      'items-not-linked',
      `items fall into ${groups.length} sets never rated together: ${names.join(' | ')}`,
      'raters who judge a person on items of both sets',
      names,
    )
  }
  const extreme = itemIds.filter((_, i) => {
    const row = data.counts.subarray(i * categories, (i + 1) * categories)
    return row.filter((count) => count > 0).length < 2
  })
  if (extreme.length) {
    return refused(
      'extreme-item',
      `only one category was ever used on ${extreme.join(', ')}`,
      'ratings in a second category, or the analysis without these items',
      extreme,
    )
  }
  const all = categoryCounts(blocks, items, categories)
  for (let k = 0; k < categories; k++) {
    let anywhere = 0
    for (let i = 0; i < items; i++) anywhere += data.counts[i * categories + k]!
    for (let i = 0; i < items; i++) {
      const informative = model === 'pcm' ? data.counts[i * categories + k]! : anywhere
      if (all[i * categories + k]! === 0 || informative > 0) continue
      const message = `category ${k} (from 0) of ${itemIds[i]} is used only where a rater gave every item the same extreme score`
      const missing = `ratings in category ${k} beside others by the same rater`
      return refused('empty-category', message, missing, [itemIds[i]!, String(k)])
    }
  }
  return undefined
}
