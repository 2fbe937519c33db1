// Tables of the block likelihood by pattern and total, filled where they are read, so that no pass needs an exponential.
import type { BlockLikelihood } from './block-likelihood.ts'
import type { Blocks } from './blocks.ts'

/** Tabulated locations in a logit; the quintic between two is right to about 1e-9. */
const PER_LOGIT = 4
const STEP = 1 / PER_LOGIT
/** Tabulated locations of one pattern and total: ten logits around the first one asked for. */
const NODES = 41
/** One cell: value, slope and half the second derivative in units of a step, and the epoch in which they were set. */
const CELL = 4
const WIDTH = CELL * NODES

/**
 * The log-likelihood of a block's total and its first two derivatives, by quintic Hermite interpolation between
 * locations computed when first needed. Blocks with the same items and the same total share a table; memory is
 * 1.3 kB for each such pair that occurs.
 */
export class TotalTables {
  /** The table of each block. */
  readonly pairOf: Int32Array
  private readonly patternOf: Int32Array
  private readonly totalOf: Int32Array
  private readonly origin: Int32Array
  private readonly placed: Uint8Array
  private readonly cells: Float64Array
  private epoch = 1

  constructor(
    blocks: Blocks,
    categories: number,
    private readonly likelihood: BlockLikelihood,
  ) {
    const { patterns } = blocks.trie
    const first = new Int32Array(patterns.length + 1)
    for (const [p, of] of patterns.entries()) first[p + 1] = first[p]! + of.length * (categories - 1) + 1
    const seen = new Int32Array(first[patterns.length]!)
    this.pairOf = new Int32Array(blocks.count)
    const used: number[] = []
    for (let b = 0; b < blocks.count; b++) {
      const key = first[blocks.pattern[b]!]! + blocks.total[b]!
      if (seen[key] === 0) {
        used.push(b)
        seen[key] = used.length
      }
      this.pairOf[b] = seen[key]! - 1
    }
    this.patternOf = Int32Array.from(used, (b) => blocks.pattern[b]!)
    this.totalOf = Int32Array.from(used, (b) => blocks.total[b]!)
    this.origin = new Int32Array(used.length)
    this.placed = new Uint8Array(used.length)
    this.cells = new Float64Array(used.length * WIDTH)
  }

  /** Forgets all values: call when the dyad variance has changed. */
  clear(): void {
    this.epoch++
  }

  /** Sets what the cell at `at` says of its own node. */
  private fill(pair: number, node: number, at: number): void {
    const { likelihood, cells } = this
    const eta = (this.origin[pair]! + node) * STEP
    likelihood.evaluate(eta, this.totalOf[pair]!, this.patternOf[pair]!, eta, true)
    cells[at] = likelihood.value
    cells[at + 1] = likelihood.slope * STEP
    cells[at + 2] = likelihood.information * (-0.5 * STEP * STEP)
    cells[at + 3] = this.epoch
  }

  /** The cell of the stretch from `floor` steps on, filled at both ends; -1 outside of the table. */
  private prepared(pair: number, floor: number): number {
    const { cells, epoch } = this
    if (this.placed[pair] === 0) {
      this.origin[pair] = floor - (NODES >> 1)
      this.placed[pair] = 1
    }
    const node = floor - this.origin[pair]!
    if (!(node >= 0 && node < NODES - 1)) return -1
    const cell = pair * WIDTH + CELL * node
    if (cells[cell + 3] !== epoch) this.fill(pair, node, cell)
    if (cells[cell + CELL + 3] !== epoch) this.fill(pair, node + 1, cell + CELL)
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
    const { cells, epoch } = this
    const origin = this.origin[pair]!
    const base = pair * WIDTH
    for (let g = 0; g < locations.length; g++) {
      const scaled = (from + locations[g]!) * PER_LOGIT
      const floor = Math.floor(scaled)
      const node = floor - origin
      let cell = base + CELL * node
      if (!(node >= 0 && node < NODES - 1 && cells[cell + 3] === epoch && cells[cell + 7] === epoch)) {
        cell = this.prepared(pair, floor)
        if (cell < 0) {
          const { likelihood } = this
          const eta = from + locations[g]!
          likelihood.evaluate(eta, this.totalOf[pair]!, this.patternOf[pair]!, eta, true)
          values[g]! += many * likelihood.value
          slopes[at + g] = likelihood.slope
          informations[at + g] = likelihood.information
          continue
        }
      }
      const t = scaled - floor
      const c0 = cells[cell]!
      const c1 = cells[cell + 1]!
      const c2 = cells[cell + 2]!
      const turn = cells[cell + 5]! - c1 - 2 * c2
      const rise = cells[cell + 4]! - c0 - c1 - c2
      const bend = cells[cell + 6]! - c2
      const c3 = 10 * rise - 4 * turn + bend
      const c4 = 7 * turn - 15 * rise - 2 * bend
      const c5 = 6 * rise - 3 * turn + bend
      values[g]! += many * (c0 + t * (c1 + t * (c2 + t * (c3 + t * (c4 + t * c5)))))
      slopes[at + g] = (c1 + t * (2 * c2 + t * (3 * c3 + t * (4 * c4 + t * (5 * c5))))) * PER_LOGIT
      informations[at + g] =
        -(2 * c2 + t * (6 * c3 + t * (12 * c4 + t * (20 * c5)))) * (PER_LOGIT * PER_LOGIT)
    }
  }
}
