// Elementary symmetric functions of polytomous items over a trie of patterns, with first derivatives.
import type { PatternTrie } from './pattern-trie.ts'

/** Counts of block totals by pattern: `counts[pattern][total]`, weighted. */
export type TotalHistogram = readonly Float64Array[]

/** After so many items polynomials are scaled to a largest coefficient of 1. */
const RESCALED = 8

/**
 * log gamma summed over blocks, and its derivatives in the log weights of the categories. gamma_t(pattern) is the sum
 * over score vectors with total t of the products of category weights (Andersen 1972; Fischer 1974). One depth-first
 * walk: polynomials are built going down and adjoints pushed coming up, so memory is depth x totals and patterns that
 * begin alike share their beginning. All terms are positive: no cancellation for any number of items.
 */
export class SymmetricFunctions {
  readonly expected: Float64Array
  logGamma = 0
  private readonly weight: Float64Array
  private polys: Float64Array[] = []
  private adjoints: Float64Array[] = []

  constructor(
    private readonly trie: PatternTrie,
    private readonly histogram: TotalHistogram,
    private readonly items: number,
    private readonly categories: number,
  ) {
    const size = items * categories
    this.expected = new Float64Array(size)
    this.weight = new Float64Array(size)
    const depth = trie.patterns.reduce((most, pattern) => Math.max(most, pattern.length), 0)
    for (let d = 0; d <= depth; d++) {
      const length = d * (categories - 1) + 1
      for (const stack of [this.polys, this.adjoints]) stack.push(new Float64Array(length))
    }
  }

  /** Sets `logGamma` and `expected` (category counts expected given the totals) at log weights; -Infinity is weight 0. */
  evaluate(logWeights: Float64Array): void {
    const { items, categories, weight } = this
    this.shifts.length = 0
    for (let i = 0; i < items; i++) {
      let top = -Infinity
      for (let k = 0; k < categories; k++) top = Math.max(top, logWeights[i * categories + k]!)
      this.shifts.push(top)
      for (let k = 0; k < categories; k++)
        weight[i * categories + k] = Math.exp(logWeights[i * categories + k]! - top)
    }
    this.expected.fill(0)
    this.logGamma = 0
    this.polys[0]![0] = 1
    this.walk(0, 0, 0)
    for (let c = 0; c < weight.length; c++) this.expected[c]! *= weight[c]!
  }

  private readonly shifts: number[] = []

  private walk(node: number, depth: number, logScale: number): void {
    const { trie, categories, weight, expected } = this
    const poly = this.polys[depth]!
    const adjoint = this.adjoints[depth]!
    const length = poly.length
    adjoint.fill(0)
    const pattern = trie.patternAt[node]!
    if (pattern >= 0) {
      const counts = this.histogram[pattern]!
      for (let t = 0; t < length; t++) {
        const n = counts[t]!
        if (n === 0) continue
        const value = poly[t]!
        this.logGamma += n * (Math.log(value) + logScale)
        adjoint[t] = n / value
      }
    }
    for (let child = trie.firstChild[node]!; child !== 0; child = trie.nextSibling[child]!) {
      const base = trie.item[child]! * categories
      const next = this.polys[depth + 1]!
      // Two categories at a time, as below; the first two set what the others add to.
      for (let s = length; s < next.length; s++) next[s] = 0
      const first = weight[base]!
      for (let s = 0; s < length; s++) next[s] = first * poly[s]!
      let k = 1
      for (; k + 1 < categories; k += 2) {
        const w0 = weight[base + k]!
        const w1 = weight[base + k + 1]!
        if (w0 === 0 && w1 === 0) continue
        let before = 0
        for (let s = 0; s < length; s++) {
          const here = poly[s]!
          next[s + k]! += w0 * here + w1 * before
          before = here
        }
        next[length + k]! += w1 * before
      }
      if (k < categories) {
        const w = weight[base + k]!
        if (w !== 0) for (let s = 0; s < length; s++) next[s + k]! += w * poly[s]!
      }
      let top = 1
      // Weights are at most 1: a few items between do no harm.
      if (depth % RESCALED === RESCALED - 1) {
        top = 0
        for (let s = 0; s < next.length; s++) if (next[s]! > top) top = next[s]!
        for (let s = 0; s < next.length; s++) next[s]! /= top
      }
      const scale = 1 / top
      this.walk(child, depth + 1, logScale + Math.log(top) + this.shifts[trie.item[child]!]!)
      const above = this.adjoints[depth + 1]!
      // Two categories at a time: each of the two sums would otherwise wait for its own last addition.
      for (let k = 0; k + 1 < categories; k += 2) {
        const w0 = weight[base + k]! * scale
        const w1 = weight[base + k + 1]! * scale
        let sum0 = 0
        let sum1 = 0
        let here = above[k]!
        for (let s = 0; s < length; s++) {
          const after = above[s + k + 1]!
          const p = poly[s]!
          sum0 += p * here
          sum1 += p * after
          adjoint[s]! += w0 * here + w1 * after
          here = after
        }
        expected[base + k]! += sum0 * scale
        expected[base + k + 1]! += sum1 * scale
      }
      if (categories % 2 === 1) {
        const k = categories - 1
        const w = weight[base + k]! * scale
        let sum = 0
        for (let s = 0; s < length; s++) {
          const value = above[s + k]!
          sum += poly[s]! * value
          adjoint[s]! += w * value
        }
        expected[base + k]! += sum * scale
      }
    }
  }
}
