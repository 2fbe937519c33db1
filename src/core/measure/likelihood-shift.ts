// How the likelihood of a block's total moves with the dyad variance and with item costs: what spares a new integral.
import type { BlockLikelihood } from './block-likelihood.ts'

/** Locations at which differences of normalisers are taken: half a logit apart, this far to both sides. */
const REACH = 8
const PER_LOGIT = 2
const PLACES = 2 * REACH * PER_LOGIT + 1
/** A log normaliser (or a difference of two) and its first six derivatives: the cumulants of the score. */
const ORDERS = 7

/** Adds `sign` times the log normaliser of an item at a location and its derivatives to `out` from `to` on. */
function addCumulants(
  weights: Float64Array,
  from: number,
  categories: number,
  x: number,
  sign: number,
  out: Float64Array,
  to: number,
): void {
  let power = 1
  let s0 = weights[from]!
  let s1 = 0
  for (let k = 1; k < categories; k++) {
    power *= x
    const term = weights[from + k]! * power
    s0 += term
    s1 += k * term
  }
  const mean = s1 / s0
  power = sign / s0
  let m2 = 0
  let m3 = 0
  let m4 = 0
  let m5 = 0
  let m6 = 0
  for (let k = 0; k < categories; k++) {
    const d = k - mean
    const square = d * d
    const second = weights[from + k]! * power * square
    power *= x
    m2 += second
    m3 += second * d
    m4 += second * square
    m5 += second * square * d
    m6 += second * square * square
  }
  const plain = sign * m2
  out[to]! += sign * Math.log(s0)
  out[to + 1]! += sign * mean
  out[to + 2]! += m2
  out[to + 3]! += m3
  out[to + 4]! += m4 - 3 * plain * m2
  out[to + 5]! += m5 - 10 * plain * m3
  out[to + 6]! += m6 - 15 * plain * m4 - 10 * sign * m3 * m3 + 30 * plain * plain * m2
}

/**
 * Moves a log-likelihood and its derivatives in eta from one dyad variance and set of item costs to others nearby. In the
 * variance it obeys a heat equation, d/dv l = (l'' + l'^2) / 2, which is followed to the second order; a change of
 * log normalisers enters by its mean and variance over the dyad's posterior, whose moments are those that the
 * derivatives of l give (Tweedie's formula).
 */
export class LikelihoodShift {
  /** The log-likelihood and its first four derivatives: set, shifted, read. */
  l0 = 0
  l1 = 0
  l2 = 0
  l3 = 0
  l4 = 0
  /** Largest change of an item's cost, in logits. */
  readonly farthest: number
  private readonly full: Float64Array
  private readonly single: Float64Array

  constructor(
    private readonly from: BlockLikelihood,
    beta: Float64Array,
  ) {
    const { items, categories } = from
    this.full = new Float64Array(PLACES * ORDERS)
    this.single = new Float64Array(items * PLACES * ORDERS)
    let farthest = 0
    for (let c = 0; c < beta.length; c++)
      if (beta[c] !== from.beta[c]) farthest = Math.max(farthest, Math.abs(beta[c]! - from.beta[c]!))
    this.farthest = farthest
    if (farthest === 0) return
    const before = from.beta.map((cost) => Math.exp(-cost))
    const after = beta.map((cost) => Math.exp(-cost))
    for (let g = 0; g < PLACES; g++) {
      const x = Math.exp(g / PER_LOGIT - REACH)
      for (let i = 0; i < items; i++) {
        const to = (i * PLACES + g) * ORDERS
        addCumulants(after, i * categories, categories, x, 1, this.single, to)
        addCumulants(before, i * categories, categories, x, -1, this.single, to)
        for (let k = 0; k < ORDERS; k++) this.full[g * ORDERS + k]! += this.single[to + k]!
      }
    }
  }

  /** Follows the heat equation from a variance `by` further. */
  spread(by: number): void {
    const { l1, l2, l3, l4 } = this
    const h0 = 0.5 * (l2 + l1 * l1)
    const h1 = 0.5 * l3 + l1 * l2
    const h2 = 0.5 * l4 + l2 * l2 + l1 * l3
    const h3 = 3 * l2 * l3 + l1 * l4
    const h4 = 4 * l2 * l4 + 3 * l3 * l3
    const half = 0.5 * by
    // Were it quadratic, the solution is known: its third and fourth order.
    const turn = by * l2
    const more = turn * turn * turn * (1 + turn)
    this.l0 += by * (h0 + half * (0.5 * h2 + l1 * h1 + l1 * l1 * l2 * turn * (1 + turn))) + more / 6
    this.l1 += by * (h1 + half * (0.5 * h3 + h1 * l2 + l1 * h2)) + l1 * more
    this.l2 += by * (h2 + half * (0.5 * h4 + 2 * l2 * h2 + h1 * l3 + l1 * h3)) + l2 * more
    this.l3 += by * h3
    this.l4 += by * h4
  }

  /** Puts the new item costs in, for a block of `pattern` at location `eta` and dyad variance `dyad`. */
  recost(pattern: number, eta: number, dyad: number): void {
    if (this.farthest === 0) return
    const { full, single, from } = this
    const of = from.patterns[pattern]!
    const inverse = 1 / dyad
    const m2 = dyad + dyad * dyad * this.l2
    const cube = dyad * dyad * dyad
    const m3 = cube * this.l3
    const fourth = cube * dyad * this.l4
    const square = m2 * m2
    // Higher cumulants of the posterior are left out of its higher moments.
    const m4 = fourth + 3 * square
    const m5 = 10 * m2 * m3
    const m6 = 15 * m2 * (square + fourth) + 10 * m3 * m3
    const m7 = 105 * square * m3
    const mean = eta + dyad * this.l1
    const place = Math.max(0, Math.min(PLACES - 1, Math.round((mean + REACH) * PER_LOGIT)))
    let f0 = 0
    let f1 = 0
    let f2 = 0
    let f3 = 0
    let f4 = 0
    let f5 = 0
    let f6 = 0
    const { items } = from
    const mostly = of.length > items / 2
    if (mostly) {
      const at = place * ORDERS
      f0 = full[at]!
      f1 = full[at + 1]!
      f2 = full[at + 2]!
      f3 = full[at + 3]!
      f4 = full[at + 4]!
      f5 = full[at + 5]!
      f6 = full[at + 6]!
    }
    if (!mostly || of.length < items) {
      const listed = mostly ? from.absentFrom(pattern) : of
      const sign = mostly ? -1 : 1
      for (let k = 0; k < listed.length; k++) {
        const at = (listed[k]! * PLACES + place) * ORDERS
        f0 += sign * single[at]!
        f1 += sign * single[at + 1]!
        f2 += sign * single[at + 2]!
        f3 += sign * single[at + 3]!
        f4 += sign * single[at + 4]!
        f5 += sign * single[at + 5]!
        f6 += sign * single[at + 6]!
      }
    }
    const d = mean - (place / PER_LOGIT - REACH)
    if (d > -1 && d < 1) {
      f0 += d * (f1 + d * (f2 / 2 + d * (f3 / 6 + d * (f4 / 24 + d * (f5 / 120 + (d * f6) / 720)))))
      f1 += d * (f2 + d * (f3 / 2 + d * (f4 / 6 + d * (f5 / 24 + (d * f6) / 120))))
      f2 += d * (f3 + d * (f4 / 2 + d * (f5 / 6 + (d * f6) / 24)))
      f3 += d * (f4 + d * (f5 / 2 + (d * f6) / 6))
      f4 += d * (f5 + (d * f6) / 2)
      f5 += d * f6
    } else f0 += d * f1
    const varied = f1 * (f2 * square + 0.5 * f1 * m3)
    const variance = f1 * f1 * m2
    f2 /= 2
    f3 /= 6
    f4 /= 24
    f5 /= 120
    f6 /= 720
    this.l0 -= f0 - 0.5 * variance + f2 * m2 + f3 * m3 + f4 * m4 + f5 * m5 + f6 * m6
    this.l1 -= inverse * (f1 * m2 + f2 * m3 + f3 * m4 + f4 * m5 + f5 * m6 + f6 * m7 - varied)
    const bent = f1 * m3 + f2 * (m4 - square) + f3 * (m5 - m3 * m2) + f4 * (m6 - m4 * m2)
    this.l2 -= inverse * inverse * (bent + f5 * (m7 - m5 * m2) + f6 * (105 * square * square - m6 * m2))
  }
}
