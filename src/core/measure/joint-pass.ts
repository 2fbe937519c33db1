// One pass over the ratings for joint estimation: expected scores, their derivatives, and the coupling between facets.
import type { Blocks } from './blocks.ts'

/** Sums of one pass, over active elements only. `cells` are items x categories. */
export class JointPass {
  logLikelihood = 0
  readonly personScore: Float64Array
  readonly raterScore: Float64Array
  readonly occasionScore: Float64Array
  readonly cellCount: Float64Array
  /** Information of each block in its location. */
  readonly blockInformation: Float64Array
  /** Sum over ratings of p_k (k - expected), by rater and cell, by person and cell. */
  readonly raterCells: Float64Array
  /** Sum of p_k (delta_kl - p_l), item by item. */
  readonly itemCells: Float64Array
  private readonly cells: number

  constructor(
    private readonly blocks: Blocks,
    raters: number,
    private readonly items: number,
    private readonly categories: number,
    occasions: number,
  ) {
    this.cells = items * categories
    this.personScore = new Float64Array(blocks.personStart.length - 1)
    this.raterScore = new Float64Array(raters)
    this.occasionScore = new Float64Array(occasions)
    this.cellCount = new Float64Array(this.cells)
    this.blockInformation = new Float64Array(blocks.count)
    this.raterCells = new Float64Array(raters * this.cells)
    this.itemCells = new Float64Array(this.cells * categories)
  }

  /**
   * Runs the pass at block locations `eta`. `activeBlock` and `activeItem` leave elements out; `onBlock` receives each
   * active block with its sums of p_k (k - expected) by cell (valid during the call, cells of its items only).
   */
  run(
    eta: Float64Array,
    beta: Float64Array,
    activeBlock: Uint8Array,
    activeItem: Uint8Array,
    onBlock: (b: number, cells: Float64Array) => void,
  ): void {
    const { blocks, categories, cells } = this
    const { trie, pattern, start, ratingWeight, person, rater, occasion } = blocks
    const weights = beta.map((cost) => Math.exp(-cost))
    for (const sums of [
      this.personScore,
      this.raterScore,
      this.occasionScore,
      this.cellCount,
      this.raterCells,
      this.itemCells,
    ])
      sums.fill(0)
    const own = new Float64Array(cells)
    const p = new Float64Array(categories)
    let logNormaliser = 0
    for (let b = 0; b < blocks.count; b++) {
      if (!activeBlock[b]) continue
      const of = trie.patterns[pattern[b]!]!
      const x = Math.exp(eta[b]!)
      const j = rater[b]! * cells
      let scores = 0
      let information = 0
      let product = 1
      for (let k = 0; k < of.length; k++) {
        const i = of[k]!
        if (!activeItem[i]) continue
        const base = i * categories
        const w = ratingWeight ? ratingWeight[start[b]! + k]! : 1
        let power = 1
        let s0 = 0
        let s1 = 0
        let s2 = 0
        for (let c = 0; c < categories; c++) {
          const term = weights[base + c]! * power
          p[c] = term
          s0 += term
          s1 += c * term
          s2 += c * c * term
          power *= x
        }
        const inverse = 1 / s0
        const mean = s1 * inverse
        scores += w * mean
        information += w * (s2 * inverse - mean * mean)
        if (w === 1) {
          product *= s0
          if (product > 1e250 || product < 1e-250) {
            logNormaliser += Math.log(product)
            product = 1
          }
        } else logNormaliser += w * Math.log(s0)
        const square = base * categories
        for (let c = 0; c < categories; c++) {
          const pc = p[c]! * inverse
          p[c] = pc
          this.cellCount[base + c]! += w * pc
          const skew = w * pc * (c - mean)
          own[base + c] = skew
          this.raterCells[j + base + c]! += skew
        }
        for (let c = 0; c < categories; c++) {
          const wp = w * p[c]!
          this.itemCells[square + c * categories + c]! += wp
          for (let d = 0; d < categories; d++) this.itemCells[square + c * categories + d]! -= wp * p[d]!
        }
      }
      logNormaliser += Math.log(product)
      this.personScore[person[b]!]! += scores
      this.raterScore[rater[b]!]! += scores
      if (occasion && this.occasionScore.length) this.occasionScore[occasion[b]!]! += scores
      this.blockInformation[b] = information
      onBlock(b, own)
    }
    this.logLikelihood = -logNormaliser
  }
}
