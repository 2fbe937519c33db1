// Items and steps after a few ratings have changed: the first step from the changed blocks alone, few evaluations.
import type { Blocks } from './blocks.ts'
import type { ConditionalData, ConditionalFit } from './conditional.ts'
import { PatternTrie } from './pattern-trie.ts'
import { betaOf } from './step-model.ts'
import { SymmetricFunctions } from './symmetric-functions.ts'

/**
 * One more step, not evaluated, is the last where as strong a contraction as that of the last one leaves this relative
 * gradient.
 */
const LAST = 3e-9
/** A step that leaves more than this part of the gradient says that the covariance, and standard errors with it, have moved. */
const STALE = 0.004

/** Adds what block b says of items and steps, `sign` times; false where it says nothing. */
function count(
  blocks: Blocks,
  b: number,
  categories: number,
  sign: number,
  counts: Float64Array,
  totals: Float64Array,
): boolean {
  const of = blocks.trie.patterns[blocks.pattern[b]!]!
  const sum = blocks.total[b]!
  const weight = blocks.blockWeight ? blocks.blockWeight[b]! : 1
  if (of.length < 2 || sum === 0 || sum === of.length * (categories - 1) || weight === 0) return false
  totals[sum]! += sign * weight
  for (let k = 0, at = blocks.start[b]!; k < of.length; k++, at++)
    counts[of[k]! * categories + blocks.score[at]!]! += sign * weight
  return true
}

/** Category counts expected of the blocks of one pattern, given their totals. */
function expectedOf(of: Uint16Array, totals: Float64Array, beta: Float64Array, categories: number) {
  const trie = new PatternTrie()
  let node = 0
  for (const i of of) node = trie.step(node, i)
  trie.patternOf(node, of, of.length)
  const functions = new SymmetricFunctions(trie, [totals], beta.length / categories, categories)
  functions.evaluate(beta.map((cost) => -cost))
  return functions.expected
}

/**
 * `fitConditional` for blocks that are those of `before` but for the scores of those listed, its covariance serving as the
 * inverse information. Undefined where that does not settle at once or is stale, or where a category or a pattern has
 * gained its first or lost its last informative rating.
 */
export function followConditional(
  before: ConditionalFit,
  blocksBefore: Blocks,
  blocks: Blocks,
  changed: readonly number[],
): ConditionalFit | undefined {
  const { parameters, covariance, data } = before
  const { free, design, categories, items } = parameters
  if (!data || blocks.weightsDiffer || free === 0) return undefined
  const counts = data.counts.slice()
  const histogram = data.histogram.slice()
  const gradient = new Float64Array(free)
  const pull = (expected: Float64Array, observed: Float64Array) => {
    gradient.fill(0)
    for (let c = 0; c < expected.length; c++) {
      if (!parameters.used[c]) continue
      const residual = expected[c]! - observed[c]!
      for (let q = 0; q < free; q++) gradient[q]! += design[c * free + q]! * residual
    }
  }
  const moved = new Float64Array(counts.length)
  for (const b of changed) {
    const p = blocks.pattern[b]!
    const totals = new Float64Array(histogram[p]!.length)
    const own = new Float64Array(counts.length)
    const said = count(blocksBefore, b, categories, -1, own, totals)
    if (said !== count(blocks, b, categories, 1, own, totals)) return undefined
    if (!said) continue
    histogram[p] = histogram[p]!.map((many, t) => many + totals[t]!)
    const expected = expectedOf(blocks.trie.patterns[p]!, totals, before.beta, categories)
    for (let c = 0; c < counts.length; c++) {
      counts[c]! += own[c]!
      moved[c]! += expected[c]! - own[c]!
    }
  }
  for (let c = 0; c < counts.length; c++) if (counts[c]! > 0 !== data.counts[c]! > 0) return undefined
  pull(moved, new Float64Array(counts.length))
  const scale = Math.max(1, ...counts)
  const relative = () => gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0) / scale
  const functions = new SymmetricFunctions(blocks.trie, histogram, items, categories)
  const u = before.u.slice()
  const step = () => {
    for (let q = 0; q < free; q++)
      for (let r = 0; r < free; r++) u[q]! += covariance[q * free + r]! * gradient[r]!
  }
  let last = relative()
  for (let iterations = 1; iterations <= 5; iterations++) {
    step()
    const beta = betaOf(parameters, u)
    functions.evaluate(beta.map((cost) => -cost))
    pull(functions.expected, counts)
    const now = relative()
    if (now > STALE * last && now > LAST) return undefined
    const left = now > LAST ? (now * now) / last : now
    last = now
    if (left > LAST) continue
    let logLikelihood = -functions.logGamma
    for (let c = 0; c < counts.length; c++) if (parameters.used[c]) logLikelihood -= counts[c]! * beta[c]!
    step()
    const known: ConditionalData = { counts, histogram }
    return {
      ...before,
      u,
      beta: betaOf(parameters, u),
      logLikelihood,
      iterations,
      gradient: left,
      data: known,
    }
  }
  return undefined
}
