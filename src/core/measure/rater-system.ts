// The linear system of severities and means that remains when persons are eliminated, and its solution.
import type { Blocks } from './blocks.ts'
import { factorise, inverseFactor, inverseFactored } from './dense.ts'

/**
 * The unknowns y beside persons: severities of raters, then mean of each subset's persons, of each rater group, and of each
 * occasion. A block's location is eta = theta - y[rater] - y[group] - y[occasion], theta = deviation + y[subset].
 */
export interface Layout {
  readonly raters: number
  readonly size: number
  readonly subsetAt: number
  readonly groupAt: number
  readonly occasionAt: number
  readonly subsetOfPerson: Int32Array
  /** All zero where there are no groups: then one held group of mean zero. */
  readonly groupOfRater: Uint16Array
  /** 1 where an unknown is held at its value (anchors, reference levels). */
  readonly held: Uint8Array
  readonly heldPerson: Uint8Array
}

/** Curvature of the penalised log-likelihood: block information, persons' and unknowns' diagonal, priors. */
export class RaterSystem {
  readonly blockInformation: Float64Array
  /** Information of each person with its prior. */
  readonly personInformation: Float64Array
  readonly priorPrecision: Float64Array
  private readonly diagonal: Float64Array
  private conditioned = false
  private readonly effective: Float64Array
  /** By rater what a product reads and what it adds up, side by side so that a rater is one line of cache. */
  private readonly paired: Float64Array
  private readonly scratch: readonly [Float64Array, Float64Array, Float64Array]

  constructor(
    readonly blocks: Blocks,
    readonly layout: Layout,
  ) {
    this.blockInformation = new Float64Array(blocks.count)
    this.personInformation = new Float64Array(blocks.personStart.length - 1)
    this.priorPrecision = new Float64Array(layout.size)
    this.diagonal = new Float64Array(layout.size)
    this.effective = new Float64Array(layout.raters)
    this.paired = new Float64Array(2 * layout.raters)
    const unknowns = () => new Float64Array(layout.size)
    this.scratch = [unknowns(), unknowns(), unknowns()]
  }

  /**
   * Sets the Jacobi preconditioner: call where block information, person information or priors have changed so much
   * that the one of before would cost rounds.
   */
  refresh(): void {
    this.conditioned = true
    const { blocks, layout, diagonal, blockInformation, personInformation } = this
    const { person, rater, occasion, count } = blocks
    diagonal.set(this.priorPrecision)
    for (let b = 0; b < count; b++) {
      const n = person[b]!
      const w = blockInformation[b]!
      const own = layout.heldPerson[n] ? w : w - (w * w) / personInformation[n]!
      diagonal[rater[b]!]! += own
      diagonal[layout.groupAt + layout.groupOfRater[rater[b]!]!]! += own
      if (occasion) diagonal[layout.occasionAt + occasion[b]!]! += own
      if (!layout.heldPerson[n]) diagonal[layout.subsetAt + layout.subsetOfPerson[n]!]! += w
    }
    const { personStart } = blocks
    for (let n = 0; n < personInformation.length; n++) {
      if (layout.heldPerson[n]) continue
      let sum = 0
      for (let b = personStart[n]!; b < personStart[n + 1]!; b++) sum += blockInformation[b]!
      diagonal[layout.subsetAt + layout.subsetOfPerson[n]!]! -= (sum * sum) / personInformation[n]!
    }
    for (let y = 0; y < layout.size; y++) if (layout.held[y] || !(diagonal[y]! > 0)) diagonal[y] = 1
  }

  /** The diagonal that products are preconditioned by. */
  preconditioner(): Float64Array {
    if (!this.conditioned) this.refresh()
    return this.diagonal
  }

  /** out = S v, S the Schur complement after eliminating persons; held unknowns are identity rows. */
  multiply(v: Float64Array, out: Float64Array): void {
    const { blocks, layout, blockInformation, personInformation, paired } = this
    const { rater, occasion, personStart } = blocks
    const { raters, groupOfRater, groupAt, occasionAt, subsetAt, subsetOfPerson, held, heldPerson, size } =
      layout
    const at = (y: number) => (held[y] ? 0 : v[y]!)
    for (let j = 0; j < raters; j++) {
      paired[2 * j] = at(j) + at(groupAt + groupOfRater[j]!)
      paired[2 * j + 1] = 0
    }
    for (let y = 0; y < size; y++) out[y] = held[y] ? v[y]! : this.priorPrecision[y]! * v[y]!
    const persons = personInformation.length
    let begin = 0
    for (let n = 0; n < persons; n++) {
      const end = personStart[n + 1]!
      const subset = subsetAt + subsetOfPerson[n]!
      const free = heldPerson[n] === 0
      const mean = free ? at(subset) : 0
      let weighted = 0
      let sum = 0
      for (let b = begin; b < end; b++) {
        const w = blockInformation[b]!
        sum += w
        weighted += w * paired[2 * rater[b]!]!
      }
      if (occasion)
        for (let b = begin; b < end; b++) weighted += blockInformation[b]! * at(occasionAt + occasion[b]!)
      // c_b = mean - effective; the person responds with -(sum of w c) / information.
      const common = mean + (free ? (weighted - sum * mean) / personInformation[n]! : 0)
      if (occasion) {
        for (let b = begin; b < end; b++) {
          const j = 2 * rater[b]!
          const o = occasionAt + occasion[b]!
          const q = blockInformation[b]! * (common - paired[j]! - at(o))
          paired[j + 1]! -= q
          if (!held[o]) out[o]! -= q
        }
      } else {
        for (let b = begin; b < end; b++) {
          const j = 2 * rater[b]!
          paired[j + 1]! -= blockInformation[b]! * (common - paired[j]!)
        }
      }
      if (free && !held[subset]) out[subset]! += sum * common - weighted
      begin = end
    }
    for (let j = 0; j < raters; j++) {
      const group = groupAt + groupOfRater[j]!
      const gathered = paired[2 * j + 1]!
      if (!held[j]) out[j]! += gathered
      if (!held[group]) out[group]! += gathered
    }
  }

  /** Preconditioned conjugate gradients for S x = b from the x given; relative tolerance in the preconditioned norm. */
  solve(b: Float64Array, x: Float64Array, tolerance: number, most = 500): number {
    const { diagonal } = this
    const size = this.layout.size
    this.preconditioner()
    const [r, p, sp] = this.scratch
    if (x.some((value) => value !== 0)) this.multiply(x, sp)
    else sp.fill(0)
    let rz = 0
    let bz = 0
    for (let y = 0; y < size; y++) {
      r[y] = b[y]! - sp[y]!
      p[y] = r[y]! / diagonal[y]!
      rz += r[y]! * p[y]!
      bz += (b[y]! * b[y]!) / diagonal[y]!
    }
    const goal = tolerance * tolerance * bz
    let round = 0
    for (; round < most && rz > goal && rz > 1e-300; round++) {
      this.multiply(p, sp)
      let psp = 0
      for (let y = 0; y < size; y++) psp += p[y]! * sp[y]!
      const alpha = rz / psp
      let next = 0
      for (let y = 0; y < size; y++) {
        x[y]! += alpha * p[y]!
        r[y]! -= alpha * sp[y]!
        next += (r[y]! * r[y]!) / diagonal[y]!
      }
      const ratio = next / rz
      rz = next
      for (let y = 0; y < size; y++) p[y] = r[y]! / diagonal[y]! + ratio * p[y]!
    }
    return round
  }

  /** What a move of y by v does to the location of each block, persons held where they are. */
  blockReach(v: Float64Array, reach = new Float64Array(this.blocks.count)): Float64Array {
    const { blocks, layout } = this
    const { held, groupAt, groupOfRater, subsetAt, subsetOfPerson, occasionAt, heldPerson } = layout
    const { effective } = this
    for (let j = 0; j < effective.length; j++) {
      const group = groupAt + groupOfRater[j]!
      effective[j] = (held[j] ? 0 : v[j]!) + (held[group] ? 0 : v[group]!)
    }
    for (let b = 0; b < blocks.count; b++) {
      const n = blocks.person[b]!
      const subset = subsetAt + subsetOfPerson[n]!
      let move = -effective[blocks.rater[b]!]!
      if (!heldPerson[n] && !held[subset]) move += v[subset]!
      if (blocks.occasion && !held[occasionAt + blocks.occasion[b]!])
        move -= v[occasionAt + blocks.occasion[b]!]!
      reach[b] = move
    }
    return reach
  }

  /** The columns of y that block b touches with sign, as pairs in `columns` and `signs`; returns how many. */
  columnsOf(b: number, columns: Int32Array, signs: Float64Array): number {
    const { blocks, layout } = this
    const { held } = layout
    let many = 0
    const j = blocks.rater[b]!
    if (!held[j]) {
      columns[many] = j
      signs[many++] = -1
    }
    const group = layout.groupAt + layout.groupOfRater[j]!
    if (!held[group]) {
      columns[many] = group
      signs[many++] = -1
    }
    if (blocks.occasion && !held[layout.occasionAt + blocks.occasion[b]!]) {
      columns[many] = layout.occasionAt + blocks.occasion[b]!
      signs[many++] = -1
    }
    const n = blocks.person[b]!
    const subset = layout.subsetAt + layout.subsetOfPerson[n]!
    if (!layout.heldPerson[n] && !held[subset]) {
      columns[many] = subset
      signs[many++] = 1
    }
    return many
  }

  /** The inverse of S as a dense matrix (size x size), or undefined where S is singular. */
  denseInverse(): Float64Array | undefined {
    const factor = this.factor()
    return factor && inverseFactored(factor, this.layout.size)
  }

  /** The inverse of the Cholesky factor of S as `inverseFactor` gives it, or undefined where S is singular. */
  denseInverseFactor(): Float64Array | undefined {
    const factor = this.factor()
    return factor && inverseFactor(factor, this.layout.size)
  }

  private factor(): Float64Array | undefined {
    const { blocks, layout, blockInformation, personInformation } = this
    const { size } = layout
    const matrix = new Float64Array(size * size)
    for (let y = 0; y < size; y++) matrix[y * size + y] = layout.held[y] ? 1 : this.priorPrecision[y]!
    const columns = new Int32Array(4)
    const signs = new Float64Array(4)
    const sum = new Float64Array(size)
    const touched: number[] = []
    const seen = new Uint8Array(size)
    for (let n = 0; n < personInformation.length; n++) {
      touched.length = 0
      for (let b = blocks.personStart[n]!; b < blocks.personStart[n + 1]!; b++) {
        const many = this.columnsOf(b, columns, signs)
        const w = blockInformation[b]!
        for (let k = 0; k < many; k++) {
          const y = columns[k]!
          if (!seen[y]) {
            seen[y] = 1
            touched.push(y)
          }
          sum[y]! += w * signs[k]!
          for (let l = 0; l < many; l++) matrix[y * size + columns[l]!]! += w * signs[k]! * signs[l]!
        }
      }
      const inverse = layout.heldPerson[n] ? 0 : 1 / personInformation[n]!
      for (const y of touched) {
        const scaled = sum[y]! * inverse
        if (scaled !== 0) for (const z of touched) matrix[y * size + z]! -= scaled * sum[z]!
      }
      for (const y of touched) {
        sum[y] = 0
        seen[y] = 0
      }
    }
    return factorise(matrix, size) ? matrix : undefined
  }
}
