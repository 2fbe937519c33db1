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
  value = 0
  slope = 0
  information = 0
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

  /** Sets `value`, `slope` and `information` (minus the second derivative) of a table at a location. */
  read(pair: number, eta: number): void {
    const { filled, cells } = this
    const scaled = eta * (1 / STEP)
    const floor = Math.floor(scaled)
    const flags = pair * (NODES + 1)
    if (filled[flags + NODES] === 0) {
      this.origin[pair] = floor - (NODES >> 1)
      filled[flags + NODES] = 1
    }
    const node = floor - this.origin[pair]!
    if (!(node >= 0 && node < NODES - 1)) {
      this.likelihood.evaluate(eta, this.totalOf[pair]!, this.patternOf[pair]!, eta, true)
      this.value = this.likelihood.value
      this.slope = this.likelihood.slope
      this.information = this.likelihood.information
      return
    }
    if (filled[flags + node] === 0) this.fill(pair, node)
    if (filled[flags + node + 1] === 0) this.fill(pair, node + 1)
    const at = pair * WIDTH + 3 * node
    const t = scaled - floor
    const f = cells[at]!
    const d = cells[at + 1]!
    const s = cells[at + 2]!
    const rise = cells[at + 3]! - f - d - 0.5 * s
    const turn = cells[at + 4]! - d - s
    const bend = cells[at + 5]! - s
    const c3 = 10 * rise - 4 * turn + 0.5 * bend
    const c4 = 7 * turn - 15 * rise - bend
    const c5 = 6 * rise - 3 * turn + 0.5 * bend
    this.value = f + t * (d + t * (0.5 * s + t * (c3 + t * (c4 + t * c5))))
    this.slope = (d + t * (s + t * (3 * c3 + t * (4 * c4 + t * 5 * c5)))) * (1 / STEP)
    this.information = -(s + t * (6 * c3 + t * (12 * c4 + t * 20 * c5))) * (1 / (STEP * STEP))
  }
}
