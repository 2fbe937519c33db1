// Tables of the block likelihood by pattern and total, filled where they are read, so that no pass needs an exponential.
import type { BlockLikelihood } from './block-likelihood.ts'
import type { Blocks } from './blocks.ts'
import { LikelihoodShift } from './likelihood-shift.ts'

/** Tabulated locations in a logit; the polynomial of degree seven between two is right to about 1e-9. */
const PER_LOGIT = 2
const STEP = 1 / PER_LOGIT
/** Tabulated locations of one pattern and total: ten logits around the first one asked for. */
const NODES = 21
/**
 * One cell: value and first three derivatives (each over its factorial) in units of a step, the fourth as it is, and the
 * epoch in which they were set.
 */
const CELL = 6
const FOURTH = 4
const EPOCH = 5
const WIDTH = CELL * NODES
/** What a cell is shifted from: the log-likelihood with four derivatives at the reference, and when that was set. */
const ORIGIN = 6
const SECOND = 0.5 * STEP * STEP
const THIRD = (STEP * STEP * STEP) / 6
/** Pairs of a pattern and a total up to which cells are shifted rather than integrated anew: memory. */
const MOST_SHIFTED = 16_384
/**
 * Changes up to which a shift serves: of the dyad variance as a part of it, within a run and from one run to the next, and
 * of an item's cost in logits. Slopes are then right to about 1e-7.
 */
const NEAR = 0.002
const NEAR_AFTER = 0.008
const NEAR_COST = 0.01
/** Room for pairs that come with later changes. */
const SPARE = 256

/** Cells of all pairs, shared by the runs that follow one another on nearly the same ratings. */
class Cells {
  /** Pair of each pattern and total, from 1; 0 where there is none yet. */
  readonly pairAt: Int32Array
  readonly first: Int32Array
  readonly patternOf: Int32Array
  readonly totalOf: Int32Array
  readonly origin: Int32Array
  readonly placed: Uint8Array
  readonly cells: Float64Array
  readonly origins: Float64Array | undefined
  pairs = 0
  epoch = 1
  /** From when on origins are those of the reference, and the dyad variance there. */
  since = 1
  dyad = -1

  constructor(
    blocks: Blocks,
    categories: number,
    readonly reference: BlockLikelihood,
  ) {
    const { patterns } = blocks.trie
    this.first = new Int32Array(patterns.length + 1)
    for (const [p, of] of patterns.entries())
      this.first[p + 1] = this.first[p]! + of.length * (categories - 1) + 1
    this.pairAt = new Int32Array(this.first[patterns.length]!)
    let many = 0
    for (let b = 0; b < blocks.count; b++) {
      const key = this.first[blocks.pattern[b]!]! + blocks.total[b]!
      if (this.pairAt[key] === 0) this.pairAt[key] = ++many
    }
    this.pairAt.fill(0)
    const room = Math.min(many + SPARE, this.pairAt.length)
    this.patternOf = new Int32Array(room)
    this.totalOf = new Int32Array(room)
    this.origin = new Int32Array(room)
    this.placed = new Uint8Array(room)
    this.cells = new Float64Array(room * WIDTH)
    this.origins = room <= MOST_SHIFTED ? new Float64Array(room * NODES * ORIGIN) : undefined
  }

  /** The pair of a pattern and a total, made where it is new; -1 where there is no room. */
  pairOf(pattern: number, total: number): number {
    const key = this.first[pattern]! + total
    if (this.pairAt[key] !== 0) return this.pairAt[key]! - 1
    if (this.pairs === this.patternOf.length) return -1
    this.patternOf[this.pairs] = pattern
    this.totalOf[this.pairs] = total
    this.pairAt[key] = ++this.pairs
    return this.pairs - 1
  }
}

/**
 * The log-likelihood of a block's total and its first two derivatives, by Hermite interpolation (degree seven) between
 * locations computed when first needed. Blocks with the same items and the same total share a table; memory is
 * 1 kB for each such pair that occurs, and 1 kB more in sets small enough for cells to be shifted, not integrated
 * anew, when the dyad variance or item costs change a little.
 */
export class TotalTables {
  /** The table of each block. */
  readonly pairOf: Int32Array
  private dyad = -1
  /** The first epoch of this run, and the dyad variance of each since then. */
  private begun: number
  private readonly dyads: number[] = []

  private constructor(
    private readonly shared: Cells,
    pairOf: Int32Array,
    private readonly shift: LikelihoodShift,
    private readonly follows: boolean,
  ) {
    this.pairOf = pairOf
    this.begun = shared.epoch + 1
  }

  /** Tables of all blocks at the item costs of `likelihood`, which they take over. */
  static of(blocks: Blocks, categories: number, likelihood: BlockLikelihood): TotalTables {
    const cells = new Cells(blocks, categories, likelihood)
    const pairOf = new Int32Array(blocks.count)
    for (let b = 0; b < blocks.count; b++) pairOf[b] = cells.pairOf(blocks.pattern[b]!, blocks.total[b]!)
    return new TotalTables(cells, pairOf, new LikelihoodShift(likelihood, likelihood.beta), false)
  }

  /**
   * Tables for the same blocks where some totals, the item costs and the dyad variance have changed a little: cells are shifted from
   * these. Undefined where that would be too far.
   */
  after(blocks: Blocks, beta: Float64Array, dyad: number): TotalTables | undefined {
    const { shared } = this
    if (!shared.origins || shared.reference.collapsed) return undefined
    if (Math.abs(dyad - shared.dyad) > 0.7 * NEAR_AFTER * shared.dyad) return undefined
    const shift = new LikelihoodShift(shared.reference, beta)
    if (!(shift.farthest <= NEAR_COST)) return undefined
    const pairOf = new Int32Array(blocks.count)
    for (let b = 0; b < blocks.count; b++) {
      const pair = shared.pairOf(blocks.pattern[b]!, blocks.total[b]!)
      if (pair < 0) return undefined
      pairOf[b] = pair
    }
    return new TotalTables(shared, pairOf, shift, true)
  }

  /** Whether the dyad variance is too small for the grid of its quadrature and is taken as none. */
  get collapsed(): boolean {
    return this.shared.reference.collapsed
  }

  /** Sets the dyad variance; false where that is too far from the reference of tables that follow others. */
  setDyad(variance: number): boolean {
    const { shared } = this
    if (variance === this.dyad) return true
    this.dyad = variance
    const near =
      shared.origins &&
      !shared.reference.collapsed &&
      Math.abs(variance - shared.dyad) <= (this.follows ? NEAR_AFTER : NEAR) * shared.dyad
    if (!near && this.follows) return false
    shared.epoch++
    if (near) {
      if (shared.epoch > this.begun + this.dyads.length) this.restart()
      this.dyads.push(variance)
      return true
    }
    shared.reference.setDyad(variance)
    shared.dyad = variance
    shared.since = shared.epoch
    this.restart()
    this.dyads.push(variance)
    return true
  }

  /** Cells set before now are of no use. */
  private restart(): void {
    this.begun = this.shared.epoch
    this.dyads.length = 0
  }

  /** Sets what the cell at `at` says of its own node. */
  private fill(pair: number, node: number, at: number): void {
    const { shared, shift } = this
    const { cells, origins, reference, epoch } = shared
    const eta = (shared.origin[pair]! + node) * STEP
    const before = cells[at + EPOCH]!
    cells[at + EPOCH] = epoch
    if (!origins || reference.collapsed) {
      reference.evaluate(eta, shared.totalOf[pair]!, shared.patternOf[pair]!, eta, true)
      cells[at] = reference.value
      cells[at + 1] = reference.slope * STEP
      cells[at + 2] = reference.information * -SECOND
      cells[at + 3] = reference.third * THIRD
      return
    }
    if (before >= this.begun) {
      // Shifted already in this run: the rest of the way is short.
      shift.l0 = cells[at]!
      shift.l1 = cells[at + 1]! * PER_LOGIT
      shift.l2 = cells[at + 2]! * (1 / SECOND)
      shift.l3 = cells[at + 3]! * (1 / THIRD)
      shift.l4 = cells[at + FOURTH]!
      shift.spread(this.dyad - this.dyads[before - this.begun]!)
    } else {
      const from = (pair * NODES + node) * ORIGIN
      if (!(origins[from + 5]! >= shared.since)) this.originate(pair, eta, from)
      shift.l0 = origins[from]!
      shift.l1 = origins[from + 1]!
      shift.l2 = origins[from + 2]!
      shift.l3 = origins[from + 3]!
      shift.l4 = origins[from + 4]!
      shift.spread(this.dyad - shared.dyad)
      shift.recost(shared.patternOf[pair]!, eta, this.dyad)
    }
    cells[at] = shift.l0
    cells[at + 1] = shift.l1 * STEP
    cells[at + 2] = shift.l2 * SECOND
    cells[at + 3] = shift.l3 * THIRD
    cells[at + FOURTH] = shift.l4
  }

  /** Integrates at the reference. */
  private originate(pair: number, eta: number, from: number): void {
    const { reference, totalOf, patternOf, epoch } = this.shared
    const origins = this.shared.origins!
    reference.evaluate(eta, totalOf[pair]!, patternOf[pair]!, eta, true)
    origins[from] = reference.value
    origins[from + 1] = reference.slope
    origins[from + 2] = -reference.information
    origins[from + 3] = reference.third
    origins[from + 4] = reference.fourth
    origins[from + 5] = epoch
  }

  /** What lies outside of the table, at a location of its own. */
  private outside(pair: number, eta: number): LikelihoodShift {
    const { shift, shared } = this
    const { reference } = shared
    reference.evaluate(eta, shared.totalOf[pair]!, shared.patternOf[pair]!, eta, true)
    shift.l0 = reference.value
    shift.l1 = reference.slope
    shift.l2 = -reference.information
    shift.l3 = reference.third
    shift.l4 = reference.fourth
    if (shared.origins && !reference.collapsed) {
      shift.spread(this.dyad - shared.dyad)
      shift.recost(shared.patternOf[pair]!, eta, this.dyad)
    }
    return shift
  }

  /** The cell of the stretch from `floor` steps on, filled at both ends; -1 outside of the table. */
  private prepared(pair: number, floor: number): number {
    const { placed, origin, cells, epoch } = this.shared
    if (placed[pair] === 0) {
      origin[pair] = floor - (NODES >> 1)
      placed[pair] = 1
    }
    const node = floor - origin[pair]!
    if (!(node >= 0 && node < NODES - 1)) return -1
    const cell = pair * WIDTH + CELL * node
    if (cells[cell + EPOCH] !== epoch) this.fill(pair, node, cell)
    if (cells[cell + CELL + EPOCH] !== epoch) this.fill(pair, node + 1, cell + CELL)
    return cell
  }

  /**
   * Reads one table at `from` plus each location: adds `many` times the value to `values`, and sets slopes and
   * informations (minus the second derivative) from position `at` on. The inner loop of the engine.
   */
  along(
    pair: number,
    from: number,
    locations: Float64Array,
    many: number,
    values: Float64Array,
    slopes: Float64Array,
    informations: Float64Array,
    at: number,
  ): void {
    const { cells, epoch } = this.shared
    const origin = this.shared.origin[pair]!
    const base = pair * WIDTH
    for (let g = 0; g < locations.length; g++) {
      const scaled = (from + locations[g]!) * PER_LOGIT
      const floor = Math.floor(scaled)
      const node = floor - origin
      let cell = base + CELL * node
      if (
        !(
          node >= 0 &&
          node < NODES - 1 &&
          cells[cell + EPOCH] === epoch &&
          cells[cell + CELL + EPOCH] === epoch
        )
      ) {
        cell = this.prepared(pair, floor)
        if (cell < 0) {
          const { l0, l1, l2 } = this.outside(pair, from + locations[g]!)
          values[g]! += many * l0
          slopes[at + g] = l1
          informations[at + g] = -l2
          continue
        }
      }
      const t = scaled - floor
      const c0 = cells[cell]!
      const c1 = cells[cell + 1]!
      const c2 = cells[cell + 2]!
      const c3 = cells[cell + 3]!
      const a0 = cells[cell + CELL]! - c0 - c1 - c2 - c3
      const a1 = cells[cell + CELL + 1]! - c1 - 2 * c2 - 3 * c3
      const a2 = cells[cell + CELL + 2]! - c2 - 3 * c3
      const a3 = cells[cell + CELL + 3]! - c3
      const c4 = 35 * a0 - 15 * a1 + 5 * a2 - a3
      const c5 = 39 * a1 - 84 * a0 - 14 * a2 + 3 * a3
      const c6 = 70 * a0 - 34 * a1 + 13 * a2 - 3 * a3
      const c7 = 10 * a1 - 20 * a0 - 4 * a2 + a3
      values[g]! += many * (c0 + t * (c1 + t * (c2 + t * (c3 + t * (c4 + t * (c5 + t * (c6 + t * c7)))))))
      slopes[at + g] =
        (c1 + t * (2 * c2 + t * (3 * c3 + t * (4 * c4 + t * (5 * c5 + t * (6 * c6 + t * (7 * c7))))))) *
        PER_LOGIT
      informations[at + g] =
        (2 * c2 + t * (6 * c3 + t * (12 * c4 + t * (20 * c5 + t * (30 * c6 + t * (42 * c7)))))) *
        -(PER_LOGIT * PER_LOGIT)
    }
  }
}
