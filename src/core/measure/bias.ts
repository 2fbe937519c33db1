// Bias: where a pair of elements is rated higher or lower than their main effects expect, corrected for many tests.
import type { Estimates } from './estimates.ts'
import type { BiasTerm, MeasureOptions } from './measurement.ts'
import type { Ratings } from './ratings.ts'

/** Upper tail of the standard normal (Abramowitz and Stegun 7.1.26 refined by a continued fraction far out). */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  if (x > 6) return Math.exp(-x * x) / (x * Math.sqrt(Math.PI)) / 2
  const t = 1 / (1 + 0.5 * x)
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ]
  let sum = 0
  for (let k = series.length - 1; k >= 0; k--) sum = sum * t + series[k]!
  const upper = 0.5 * t * Math.exp(-x * x + sum)
  return z >= 0 ? upper : 1 - upper
}

/** Benjamini-Hochberg adjusted p values (1995, JRSS B 57, 289-300), in the order given. */
export function falseDiscovery(p: readonly number[]): number[] {
  const order = p.map((_, at) => at).sort((a, b) => p[b]! - p[a]!)
  const q = new Array<number>(p.length)
  let least = 1
  for (const [rank, at] of order.entries()) {
    least = Math.min(least, (p[at]! * p.length) / (p.length - rank))
    q[at] = least
  }
  return q
}

interface Cells {
  readonly size: number
  readonly name: (cell: number) => readonly [string, string]
  /** Cell of a rating by block and item, -1 for none. */
  readonly of: (b: number, i: number) => number
}

/** Scores observed and expected in each cell, and the shift of location that makes them meet (Newton, shared passes). */
function cellBias(estimates: Estimates, categories: number, cells: Cells) {
  const { blocks, beta, location } = estimates
  const weights = beta.map((cost) => Math.exp(-cost))
  const shift = new Float64Array(cells.size)
  const observed = new Float64Array(cells.size)
  const expected = new Float64Array(cells.size)
  const count = new Int32Array(cells.size)
  const information = new Float64Array(cells.size)
  const least = new Float64Array(cells.size)
  const most = new Float64Array(cells.size)
  for (let round = 0; round < 30; round++) {
    const residual = new Float64Array(cells.size)
    information.fill(0)
    for (let b = 0; b < blocks.count; b++) {
      const of = blocks.trie.patterns[blocks.pattern[b]!]!
      for (let k = 0; k < of.length; k++) {
        const i = of[k]!
        const cell = cells.of(b, i)
        if (cell < 0) continue
        const x = Math.exp(location[b]! + shift[cell]!)
        let s0 = 0
        let s1 = 0
        let s2 = 0
        let power = 1
        for (let c = 0; c < categories; c++) {
          const term = weights[i * categories + c]! * power
          s0 += term
          s1 += c * term
          s2 += c * c * term
          power *= x
        }
        const mean = s1 / s0
        const score = blocks.score[blocks.start[b]! + k]!
        const w = blocks.ratingWeight ? blocks.ratingWeight[blocks.start[b]! + k]! : 1
        residual[cell]! += w * (score - mean)
        information[cell]! += w * Math.max(1e-12, s2 / s0 - mean * mean)
        if (round > 0) continue
        observed[cell]! += score
        expected[cell]! += mean
        count[cell]!++
        least[cell]! += estimates.parameters.low[i]!
        most[cell]! += estimates.parameters.high[i]!
      }
    }
    let largest = 0
    for (let cell = 0; cell < cells.size; cell++) {
      if (count[cell] === 0) continue
      // An extreme cell has no finite shift: half a score point inwards, as for extreme elements.
      const inward = observed[cell] === least[cell]! ? 0.3 : observed[cell] === most[cell] ? -0.3 : 0
      const step = Math.max(-1, Math.min(1, (residual[cell]! + inward) / information[cell]!))
      shift[cell]! += step
      largest = Math.max(largest, Math.abs(step))
    }
    if (largest < 1e-10) break
  }
  return { shift, observed, expected, count, information }
}

function cellsOf(
  kind: BiasTerm['kind'],
  ratings: Ratings,
  { blocks }: Estimates,
  selfGroup: string,
): Cells | undefined {
  const { personIds, raterIds, itemIds, raterGroupIds, raterGroup } = ratings
  if (kind === 'person-rater') {
    const cell = new Int32Array(blocks.count)
    const pairs: [string, string][] = []
    for (let b = 0; b < blocks.count; b++) {
      const again =
        b > 0 && blocks.person[b] === blocks.person[b - 1] && blocks.rater[b] === blocks.rater[b - 1]
      if (!again) pairs.push([personIds[blocks.person[b]!]!, raterIds[blocks.rater[b]!]!])
      cell[b] = pairs.length - 1
    }
    return { size: pairs.length, name: (at) => pairs[at]!, of: (b) => cell[b]! }
  }
  if (kind === 'rater-item') {
    const items = itemIds.length
    return {
      size: raterIds.length * items,
      name: (at) => [raterIds[Math.floor(at / items)]!, itemIds[at % items]!],
      of: (b, i) => blocks.rater[b]! * items + i,
    }
  }
  if (!raterGroup) return undefined
  const groups = raterGroupIds.length
  const groupOf = (b: number) => raterGroup[blocks.rater[b]!]!
  if (kind === 'person-group') {
    return {
      size: personIds.length * groups,
      name: (at) => [personIds[Math.floor(at / groups)]!, raterGroupIds[at % groups]!],
      of: (b) => blocks.person[b]! * groups + groupOf(b),
    }
  }
  if (kind === 'group-item') {
    const items = itemIds.length
    return {
      size: groups * items,
      name: (at) => [raterGroupIds[Math.floor(at / items)]!, itemIds[at % items]!],
      of: (b, i) => groupOf(b) * items + i,
    }
  }
  const self = raterGroupIds.indexOf(selfGroup)
  return {
    size: personIds.length,
    name: (at) => [personIds[at]!, selfGroup],
    of: (b) => (groupOf(b) === self ? blocks.person[b]! : -1),
  }
}

/** The bias terms asked for, each kind corrected for its own number of tests. */
export function biasTerms(ratings: Ratings, estimates: Estimates, options: MeasureOptions): BiasTerm[] {
  return (options.bias ?? []).flatMap((kind) => {
    const cells = cellsOf(kind, ratings, estimates, options.selfGroup ?? 'self')
    if (!cells) return []
    // Judged against main effects alone where the cell is the dyad itself or contains whole blocks.
    const whole = kind === 'person-rater' || kind === 'person-group' || kind === 'self-others'
    const at = whole ? { ...estimates, location: estimates.mainLocation } : estimates
    const dyads = kind === 'person-rater' ? estimates.dyadVariance : undefined
    const found = cellBias(at, ratings.categories, cells)
    const terms: Omit<BiasTerm, 'q'>[] = []
    const predicted = new Float64Array(cells.size)
    const predictedVariance = new Float64Array(cells.size)
    const blocksIn = new Float64Array(cells.size)
    if (dyads) {
      for (let b = 0; b < estimates.blocks.count; b++) {
        const cell = cells.of(b, 0)
        predicted[cell]! += estimates.location[b]! - estimates.mainLocation[b]!
        predictedVariance[cell]! += dyads[b]!
        blocksIn[cell]!++
      }
    }
    const dyadSpread = estimates.variance.dyad ?? 0
    for (let cell = 0; cell < cells.size; cell++) {
      if (found.count[cell] === 0 || Math.abs(found.shift[cell]!) > 20) continue
      const [first, second] = cells.name(cell)
      const usesDyad = dyads !== undefined && dyadSpread > 0
      const bias = usesDyad ? predicted[cell]! / blocksIn[cell]! : found.shift[cell]!
      const own = 1 / found.information[cell]!
      const variance = usesDyad
        ? predictedVariance[cell]! / blocksIn[cell]! ** 2
        : own + (whole ? dyadSpread : 0)
      const se = Math.sqrt(variance)
      const t = bias / se
      terms.push({
        kind,
        first,
        second,
        observed: found.observed[cell]! + ratings.lowest * found.count[cell]!,
        expected: found.expected[cell]! + ratings.lowest * found.count[cell]!,
        count: found.count[cell]!,
        bias,
        se,
        t,
        p: 2 * normalTail(Math.abs(t)),
      })
    }
    const q = falseDiscovery(terms.map((term) => term.p))
    return terms.map((term, k) => ({ ...term, q: q[k]! }))
  })
}
