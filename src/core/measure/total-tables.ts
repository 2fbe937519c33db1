// Tables of the block likelihood by pattern and total, filled where they are read, so that no pass needs an exponential.
import type { BlockLikelihood } from './block-likelihood.ts'
import type { Blocks } from './blocks.ts'

/** Distance of the tabulated locations in logits; the quintic between two is right to about 1e-9. */
const STEP = 1 / 4
/** Tabulated locations of one pattern and total: twelve logits around the first one asked for. */
const NODES = 49
const WIDTH = 3 * NODES

/**
 * The log-likelihood of a block's total and its first two derivatives, by quintic Hermite interpolation between
 * locations computed when first needed. Blocks with the same items and the same total share a table; memory is
 * 1.2 kB for each such pair that occurs.
 */
export class TotalTables {
  /** The table of each block. */
  readonly pairOf: Int32Array
  private readonly patternOf: Int32Array
  private readonly totalOf: Int32Array
  private readonly origin: Int32Array
  private readonly filled: Uint8Array
  private readonly cells: Float64Array

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
    this.filled = new Uint8Array(used.length * (NODES + 1))
    this.cells = new Float64Array(used.length * WIDTH)
  }

  /** Forgets all values: call when the dyad variance has changed. */
  clear(): void {
    this.filled.fill(0)
  }

  private fill(pair: number, node: number): void {
    const { likelihood, cells } = this
    const eta = (this.origin[pair]! + node) * STEP
    likelihood.evaluate(eta, this.totalOf[pair]!, this.patternOf[pair]!, eta, true)
    const at = pair * WIDTH + 3 * node
    cells[at] = likelihood.value
    cells[at + 1] = likelihood.slope * STEP
    cells[at + 2] = likelihood.information * (-STEP * STEP)
    this.filled[pair * (NODES + 1) + node] = 1
  }

  /** The tabulated location before `floor` steps with it and the next filled, or -1 outside of the table. */
  private prepared(pair: number, floor: number): number {
    const { filled } = this
    const flags = pair * (NODES + 1)
    if (filled[flags + NODES] === 0) {
      this.origin[pair] = floor - (NODES >> 1)
      filled[flags + NODES] = 1
    }
    const node = floor - this.origin[pair]!
    if (!(node >= 0 && node < NODES - 1)) return -1
    if (filled[flags + node] === 0) this.fill(pair, node)
    if (filled[flags + node + 1] === 0) this.fill(pair, node + 1)
    return node
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
    const { filled, cells } = this
    const flags = pair * (NODES + 1)
    for (let g = 0; g < locations.length; g++) {
      const eta = from + locations[g]!
      const scaled = eta * (1 / STEP)
      const floor = Math.floor(scaled)
      let node = floor - this.origin[pair]!
      if (!(node >= 0 && node < NODES - 1 && filled[flags + node] === 1 && filled[flags + node + 1] === 1))
        node = this.prepared(pair, floor)
      if (node < 0) {
        const { likelihood } = this
        likelihood.evaluate(eta, this.totalOf[pair]!, this.patternOf[pair]!, eta, true)
        values[g]! += many * likelihood.value
        slopes[at + g] = likelihood.slope
        informations[at + g] = likelihood.information
        continue
      }
      const cell = pair * WIDTH + 3 * node
      const t = scaled - floor
      const f = cells[cell]!
      const d = cells[cell + 1]!
      const s = cells[cell + 2]!
      const rise = cells[cell + 3]! - f - d - 0.5 * s
      const turn = cells[cell + 4]! - d - s
      const bend = cells[cell + 5]! - s
      const c3 = 10 * rise - 4 * turn + 0.5 * bend
      const c4 = 7 * turn - 15 * rise - bend
      const c5 = 6 * rise - 3 * turn + 0.5 * bend
      values[g]! += many * (f + t * (d + t * (0.5 * s + t * (c3 + t * (c4 + t * c5)))))
      slopes[at + g] = (d + t * (s + t * (3 * c3 + t * (4 * c4 + t * 5 * c5)))) * (1 / STEP)
      informations[at + g] = -(s + t * (6 * c3 + t * (12 * c4 + t * 20 * c5))) * (1 / (STEP * STEP))
    }
  }
}
