// The likelihood of a block's total at a location, with the dyad effect marginalised by quadrature.

/** Largest distance between nodes in units of the narrowest integrand; the trapezoid error is then below 1e-11. */
const NODES_PER_SD = 0.85
const RANGE = 14
const FINEST = 1 / 32
/** A node's weight below this part of the largest ends the sum. */
const NEGLIGIBLE = 1e-12

/**
 * log of the integral over u of P(total | eta + u) N(u; 0, dyad), with first and second derivative in eta. P(total | eta)
 * is proportional to exp(total eta - A(eta)), A the sum over the pattern's items of the log normaliser. The integral
 * is a trapezoid sum on a fixed grid, spectrally accurate for such smooth integrands (Trefethen and Weideman 2014),
 * and the sum needs no exponential: the factor from node to node is a tabulated ratio of normalisers times a
 * geometric sequence. Derivatives follow from the posterior mean and variance of eta + u (Tweedie's formula).
 */
export class BlockLikelihood {
  value = 0
  /** First derivative in eta. */
  slope = 0
  /** Minus the second derivative: never negative, the likelihood is log-concave. */
  information = 0
  /** Third and fourth derivatives in eta; the fourth is not set where the dyad effect is collapsed. */
  third = 0
  fourth = 0
  /** Posterior variance of the dyad effect given eta. */
  dyadVariance = 0
  /** Whether the dyad variance is too small for the finest grid and is taken as none. */
  collapsed = true
  private spacing = 0
  private nodes = 0
  private step: Float64Array[] = []
  private logStep: (Float64Array | undefined)[] = []
  private dyad = 0
  private readonly absent: (readonly number[] | undefined)[] = []
  private readonly weights: Float64Array
  private readonly mostInformation: number

  constructor(
    readonly patterns: readonly Uint16Array[],
    readonly beta: Float64Array,
    readonly items: number,
    readonly categories: number,
  ) {
    this.weights = beta.map((value) => Math.exp(-value))
    let most = 0
    const all = Uint16Array.from({ length: items }, (_, i) => i)
    for (let eta = -RANGE; eta <= RANGE; eta += 0.25) {
      this.direct(eta, 0, all)
      most = Math.max(most, this.information)
    }
    this.mostInformation = most
  }

  /** Sets the dyad variance (logits squared); builds the grid it needs. */
  setDyad(variance: number): void {
    this.dyad = variance
    const narrowest = 1 / Math.sqrt(1 / variance + this.mostInformation)
    let spacing = 1 / 4
    while (spacing > NODES_PER_SD * narrowest && spacing > FINEST) spacing *= 2 ** -0.25
    this.collapsed = !(spacing <= NODES_PER_SD * narrowest * 1.3)
    if (this.collapsed) return
    if (spacing !== this.spacing) {
      this.spacing = spacing
      this.nodes = Math.round((2 * RANGE) / spacing)
      this.tabulate()
    }
  }

  /** Ratios of normalisers from node to node, pattern by pattern: the product over its items. */
  private tabulate(): void {
    const { nodes, items, spacing } = this
    const single: Float64Array[] = []
    const full = new Float64Array(nodes).fill(1)
    for (let i = 0; i < items; i++) {
      const ratio = new Float64Array(nodes)
      let before = this.normaliser(i, -RANGE)
      for (let g = 0; g < nodes; g++) {
        const after = this.normaliser(i, -RANGE + (g + 1) * spacing)
        ratio[g] = before / after
        full[g]! *= ratio[g]!
        before = after
      }
      single.push(ratio)
    }
    const present = new Uint8Array(items)
    this.step = this.patterns.map((pattern) => {
      if (pattern.length === items) return full
      present.fill(0)
      for (const i of pattern) present[i] = 1
      const fromFull = pattern.length > items / 2
      const product = fromFull ? full.slice() : new Float64Array(nodes).fill(1)
      for (let i = 0; i < items; i++) {
        if (present[i] === (fromFull ? 1 : 0)) continue
        const ratio = single[i]!
        if (fromFull) for (let g = 0; g < nodes; g++) product[g]! /= ratio[g]!
        else for (let g = 0; g < nodes; g++) product[g]! *= ratio[g]!
      }
      return product
    })
    this.logStep = this.patterns.map(() => undefined)
  }

  private normaliser(i: number, eta: number): number {
    let sum = 0
    for (let k = 0; k < this.categories; k++) {
      const cost = this.beta[i * this.categories + k]!
      if (cost !== Infinity) sum += Math.exp(k * eta - cost)
    }
    return sum
  }

  /** Without a dyad effect: the exponential family itself. */
  private direct(eta: number, total: number, pattern: Uint16Array): void {
    const { weights, categories } = this
    const x = Math.exp(eta)
    let mean = 0
    let variance = 0
    let third = 0
    let product = 1
    let logs = 0
    for (let at = 0; at < pattern.length; at++) {
      const base = pattern[at]! * categories
      let power = 1
      let sum = weights[base]!
      let first = 0
      let second = 0
      let cube = 0
      for (let k = 1; k < categories; k++) {
        power *= x
        const w = weights[base + k]! * power
        const kkw = k * k * w
        sum += w
        first += k * w
        second += kkw
        cube += k * kkw
      }
      const inverse = 1 / sum
      const m1 = first * inverse
      const raw2 = second * inverse
      mean += m1
      variance += raw2 - m1 * m1
      third += cube * inverse - m1 * (3 * raw2 - 2 * m1 * m1)
      product *= sum
      if (product > 1e200 || product < 1e-200) {
        logs += Math.log(product)
        product = 1
      }
    }
    this.value = total * eta - logs - Math.log(product)
    this.slope = total - mean
    this.information = variance
    this.third = -third
    this.dyadVariance = 0
  }

  /**
   * Evaluates at eta; `near` is a location close to eta + u (the posterior mean of an earlier call serves) and
   * `withValue` asks for the logarithm too. Returns the posterior mean of eta + u.
   */
  evaluate(eta: number, total: number, pattern: number, near: number, withValue: boolean): number {
    if (this.collapsed) {
      this.direct(eta, total, this.patterns[pattern]!)
      return eta
    }
    const { spacing: h, nodes, dyad } = this
    const step = this.step[pattern]!
    const last = nodes - 1
    const origin = Math.round((near + RANGE) / h)
    const from = -RANGE + origin * h
    const shrink = Math.exp((-h * h) / dyad)
    const up = Math.exp(total * h - (h * (from - eta + h / 2)) / dyad)
    let s0 = 1
    let s1 = 0
    let s2 = 0
    let s3 = 0
    let s4 = 0
    let most = 1
    let w = 1
    let factor = up
    for (let k = 1, g = origin; ; k++, g++) {
      w *= step[g < 0 ? 0 : g > last ? last : g]! * factor
      factor *= shrink
      s0 += w
      const kw = k * w
      s1 += kw
      const kkw = k * kw
      s2 += kkw
      const cube = k * kkw
      s3 += cube
      s4 += k * cube
      if (w > most) most = w
      else if (w < NEGLIGIBLE * most) break
    }
    w = 1
    factor = shrink / up
    for (let k = 1, g = origin - 1; ; k++, g--) {
      w *= factor / step[g < 0 ? 0 : g > last ? last : g]!
      factor *= shrink
      s0 += w
      const kw = k * w
      s1 -= kw
      const kkw = k * kw
      s2 += kkw
      const cube = k * kkw
      s3 -= cube
      s4 += k * cube
      if (w > most) most = w
      else if (w < NEGLIGIBLE * most) break
    }
    const shift = s1 / s0
    const mean = from + h * shift
    const raw2 = s2 / s0
    const raw3 = s3 / s0
    const square = shift * shift
    const spread = raw2 - square
    const variance = h * h * spread
    const perDyad = h / dyad
    const central3 = raw3 - shift * (3 * raw2 - 2 * square)
    const central4 = s4 / s0 - shift * (4 * raw3 - shift * (6 * raw2 - 3 * square))
    const cubed = perDyad * perDyad * perDyad
    this.third = central3 * cubed
    this.fourth = (central4 - 3 * spread * spread) * cubed * perDyad
    this.slope = (mean - eta) / dyad
    this.information = (1 - variance / dyad) / dyad
    this.dyadVariance = variance
    if (withValue) {
      const density = (-(from - eta) * (from - eta)) / (2 * dyad) - 0.5 * Math.log(2 * Math.PI * dyad)
      this.value = total * from - this.normaliserOf(pattern, origin) + density + Math.log(s0 * h)
    }
    return mean
  }

  /** The items that a pattern lacks. */
  absentFrom(pattern: number): readonly number[] {
    const known = this.absent[pattern]
    if (known) return known
    const list: number[] = []
    const of = this.patterns[pattern]!
    for (let i = 0, k = 0; i < this.items; i++) {
      if (of[k] === i) k++
      else list.push(i)
    }
    this.absent[pattern] = list
    return list
  }

  private normaliserOf(pattern: number, node: number): number {
    const clamped = Math.max(0, Math.min(this.nodes, node))
    let table = this.logStep[pattern]
    if (!table) {
      table = new Float64Array(this.nodes + 1)
      for (const i of this.patterns[pattern]!) table[0]! += Math.log(this.normaliser(i, -RANGE))
      const step = this.step[pattern]!
      for (let g = 0; g < this.nodes; g++) table[g + 1] = table[g]! - Math.log(step[g]!)
      this.logStep[pattern] = table
    }
    if (node === clamped) return table[clamped]!
    const edge = clamped === 0 ? 0 : this.nodes - 1
    return table[clamped]! - (node - clamped) * Math.log(this.step[pattern]![edge]!)
  }
}
