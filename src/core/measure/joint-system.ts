// The equations of joint estimation at one point: log-likelihood, gradient, and information with persons eliminated.
import type { Blocks } from './blocks.ts'
import { addItemSquares } from './item-squares.ts'
import { betaOf, type StepParameters } from './step-model.ts'

/** What the estimates must reproduce: scores by person, rater and occasion, category counts by item. */
export interface JointTargets {
  readonly person: Float64Array
  readonly rater: Float64Array
  readonly occasion: Float64Array
  readonly cells: Float64Array
}

/** The ratings in use and the unknowns that are held: 1 where active or held. */
export interface JointMask {
  readonly block: Uint8Array
  readonly item: Uint8Array
  readonly held: Uint8Array
  readonly heldPerson: Uint8Array
}

/** Second derivatives of each person with the unknowns beside persons: person n's stand at `start[n]`..`start[n + 1]`. */
export interface Couplings {
  readonly start: Int32Array
  readonly column: Int32Array
  readonly value: Float64Array
}

/** Unknowns beside persons are laid out as severities, occasions, step parameters. */
export class JointSystem {
  readonly size: number
  readonly eta: Float64Array
  readonly gradient: Float64Array
  readonly personGradient: Float64Array
  /** Information of each person, and of the other unknowns (lower triangle); set by `evaluate` with `second`. */
  readonly personInformation: Float64Array
  readonly matrix: Float64Array
  readonly couplings: Couplings
  private readonly raters: number
  private readonly occasions: number
  private readonly stepAt: number
  private readonly largestCount: number
  private readonly raterCells: Float64Array
  private readonly occasionCells: Float64Array
  private readonly itemSquares: Float64Array
  private readonly cellCount: Float64Array
  /** The cells that step parameter q moves, and how: `cellStart[q]`..`cellStart[q + 1]`. */
  private readonly cellStart: Int32Array
  private readonly cellAt: Int32Array
  private readonly cellFactor: Float64Array
  private logNormaliser = 0

  constructor(
    private readonly blocks: Blocks,
    private readonly parameters: StepParameters,
    private readonly targets: JointTargets,
    private readonly mask: JointMask,
  ) {
    const { items, categories, free, design } = parameters
    const cells = items * categories
    const persons = targets.person.length
    this.raters = targets.rater.length
    this.occasions = targets.occasion.length
    this.stepAt = this.raters + this.occasions
    this.size = this.stepAt + free
    this.eta = new Float64Array(blocks.count)
    this.gradient = new Float64Array(this.size)
    this.personGradient = new Float64Array(persons)
    this.personInformation = new Float64Array(persons)
    this.matrix = new Float64Array(this.size * this.size)
    this.raterCells = new Float64Array(this.raters * cells)
    this.occasionCells = new Float64Array(this.occasions * cells)
    this.itemSquares = new Float64Array(cells * categories)
    this.cellCount = new Float64Array(cells)
    let most = 1
    for (const sums of [targets.cells, targets.person]) for (const sum of sums) most = Math.max(most, sum)
    this.largestCount = most
    // A person touches at most a rater and an occasion a block, and every step parameter.
    const perBlock = this.occasions > 0 ? 2 : 1
    const room = blocks.count * perBlock + persons * free
    this.couplings = {
      start: new Int32Array(persons + 1),
      column: new Int32Array(room),
      value: new Float64Array(room),
    }
    const moved: [number, number][][] = Array.from({ length: free }, (_, q) =>
      Array.from({ length: cells }, (_, c): [number, number] => [c, design[c * free + q]!]).filter(
        ([, factor]) => factor !== 0,
      ),
    )
    this.cellStart = new Int32Array(free + 1)
    for (const [q, of] of moved.entries()) this.cellStart[q + 1] = this.cellStart[q]! + of.length
    this.cellAt = Int32Array.from(moved.flat(), ([c]) => c)
    this.cellFactor = Float64Array.from(moved.flat(), ([, factor]) => factor)
  }

  /** Largest gradient component over the largest score count. */
  relative(): number {
    let largest = 0
    for (const g of this.personGradient) largest = Math.max(largest, Math.abs(g))
    for (const g of this.gradient) largest = Math.max(largest, Math.abs(g))
    return largest / this.largestCount
  }

  /** Evaluates at persons and the other unknowns; with `second` also the information. Returns the log-likelihood. */
  evaluate(theta: Float64Array, y: Float64Array, second: boolean): number {
    const { blocks, parameters, targets, mask, raters, occasions, stepAt, gradient, cellCount, eta } = this
    const beta = betaOf(parameters, y.subarray(stepAt))
    for (let b = 0; b < blocks.count; b++) {
      const occasion = occasions > 0 ? y[raters + blocks.occasion![b]!]! : 0
      eta[b] = theta[blocks.person[b]!]! - y[blocks.rater[b]!]! - occasion
    }
    gradient.fill(0)
    this.personGradient.fill(0)
    cellCount.fill(0)
    this.logNormaliser = 0
    if (second) this.passTwice(beta)
    else this.passOnce(beta)
    let logLikelihood = -this.logNormaliser
    for (let n = 0; n < theta.length; n++) {
      const expected = this.personGradient[n]!
      this.personGradient[n] = mask.heldPerson[n] ? 0 : targets.person[n]! - expected
      logLikelihood += theta[n]! * targets.person[n]!
    }
    for (let j = 0; j < raters; j++) {
      gradient[j]! -= targets.rater[j]!
      logLikelihood -= y[j]! * targets.rater[j]!
    }
    for (let o = 0; o < occasions; o++) {
      gradient[raters + o]! -= targets.occasion[o]!
      logLikelihood -= y[raters + o]! * targets.occasion[o]!
    }
    for (let c = 0; c < beta.length; c++)
      if (parameters.used[c]) logLikelihood -= beta[c]! * targets.cells[c]!
    for (let q = 0; q < parameters.free; q++) {
      let sum = 0
      for (let k = this.cellStart[q]!; k < this.cellStart[q + 1]!; k++) {
        const c = this.cellAt[k]!
        if (parameters.used[c]) sum += this.cellFactor[k]! * (cellCount[c]! - targets.cells[c]!)
      }
      gradient[stepAt + q] = sum
    }
    for (let a = 0; a < stepAt; a++) if (mask.held[a]) gradient[a] = 0
    return logLikelihood
  }

  /** Expected scores and category counts only. */
  private passOnce(beta: Float64Array): void {
    const { blocks, parameters, mask, raters, occasions, gradient, cellCount, eta, personGradient } = this
    const { categories } = parameters
    const { trie, pattern, start, ratingWeight, person, rater, occasion } = blocks
    const weights = beta.map((cost) => Math.exp(-cost))
    const p = new Float64Array(categories)
    let logs = 0
    for (let b = 0; b < blocks.count; b++) {
      if (!mask.block[b]) continue
      const of = trie.patterns[pattern[b]!]!
      const x = Math.exp(eta[b]!)
      let scores = 0
      let product = 1
      for (let k = 0; k < of.length; k++) {
        const i = of[k]!
        if (!mask.item[i]) continue
        const base = i * categories
        let power = 1
        let sum = weights[base]!
        let first = 0
        for (let c = 1; c < categories; c++) {
          power *= x
          const term = weights[base + c]! * power
          p[c] = term
          sum += term
          first += c * term
        }
        const w = ratingWeight ? ratingWeight[start[b]! + k]! : 1
        const share = w / sum
        scores += share * first
        for (let c = 1; c < categories; c++) cellCount[base + c]! += share * p[c]!
        if (w === 1) {
          product *= sum
          if (product > 1e250 || product < 1e-250) {
            logs += Math.log(product)
            product = 1
          }
        } else logs += w * Math.log(sum)
      }
      logs += Math.log(product)
      personGradient[person[b]!]! += scores
      gradient[rater[b]!]! += scores
      if (occasions > 0) gradient[raters + occasion![b]!]! += scores
    }
    this.logNormaliser = logs
  }

  /** The same with second derivatives. Category 0 never moves: every cost is relative to it. */
  private passTwice(beta: Float64Array): void {
    const { blocks, parameters, mask, raters, occasions, gradient, cellCount, eta, personGradient } = this
    const { matrix, size, stepAt, raterCells, occasionCells, itemSquares, personInformation, couplings } =
      this
    const { categories, items, free } = parameters
    const { trie, pattern, start, ratingWeight, rater, occasion, personStart } = blocks
    const weights = beta.map((cost) => Math.exp(-cost))
    for (const sums of [matrix, raterCells, occasionCells, itemSquares, personInformation]) sums.fill(0)
    const cells = items * categories
    const personCells = new Float64Array(cells)
    const p = new Float64Array(categories)
    const sums = new Float64Array(size)
    const touched = new Uint8Array(size)
    const { column, value } = couplings
    let logs = 0
    let at = 0
    for (let n = 0; n < personInformation.length; n++) {
      couplings.start[n] = at
      const first = at
      personCells.fill(0)
      let own = 0
      for (let b = personStart[n]!; b < personStart[n + 1]!; b++) {
        if (!mask.block[b]) continue
        const of = trie.patterns[pattern[b]!]!
        const x = Math.exp(eta[b]!)
        const j = rater[b]!
        const o = occasions > 0 ? occasion![b]! : -1
        let scores = 0
        let information = 0
        let product = 1
        for (let k = 0; k < of.length; k++) {
          const i = of[k]!
          if (!mask.item[i]) continue
          const base = i * categories
          const w = ratingWeight ? ratingWeight[start[b]! + k]! : 1
          let power = 1
          let s0 = weights[base]!
          let s1 = 0
          let s2 = 0
          for (let c = 1; c < categories; c++) {
            power *= x
            const term = weights[base + c]! * power
            p[c] = term
            s0 += term
            s1 += c * term
            s2 += c * c * term
          }
          const inverse = 1 / s0
          const mean = s1 * inverse
          scores += w * mean
          information += w * (s2 * inverse - mean * mean)
          if (w === 1) {
            product *= s0
            if (product > 1e250 || product < 1e-250) {
              logs += Math.log(product)
              product = 1
            }
          } else logs += w * Math.log(s0)
          for (let c = 1; c < categories; c++) {
            const pc = p[c]! * inverse
            p[c] = pc
            const wp = w * pc
            cellCount[base + c]! += wp
            const skew = wp * (c - mean)
            personCells[base + c]! += skew
            raterCells[j * cells + base + c]! += skew
            if (o >= 0) occasionCells[o * cells + base + c]! += skew
            const row = (base + c) * categories
            itemSquares[row + c]! += wp
            for (let d = 1; d <= c; d++) itemSquares[row + d]! -= wp * p[d]!
          }
        }
        logs += Math.log(product)
        personGradient[n]! += scores
        gradient[j]! += scores
        own += information
        if (!touched[j]) column[at++] = j
        touched[j] = 1
        sums[j]! -= information
        matrix[j * size + j]! += information
        if (o < 0) continue
        const column2 = raters + o
        gradient[column2]! += scores
        if (!touched[column2]) column[at++] = column2
        touched[column2] = 1
        sums[column2]! -= information
        matrix[column2 * size + column2]! += information
        matrix[column2 * size + j]! += information
      }
      if (at === first) continue
      personInformation[n] = own
      for (let q = 0; q < free; q++) {
        let sum = 0
        for (let k = this.cellStart[q]!; k < this.cellStart[q + 1]!; k++)
          sum -= this.cellFactor[k]! * personCells[this.cellAt[k]!]!
        sums[stepAt + q] = sum
        column[at++] = stepAt + q
      }
      const inverse = mask.heldPerson[n] ? 0 : 1 / own
      for (let k = first; k < at; k++) {
        const a = column[k]!
        const scaled = sums[a]! * inverse
        value[k] = sums[a]!
        if (scaled === 0) continue
        const row = a * size
        for (let l = first; l < at; l++) {
          const c = column[l]!
          if (c <= a) matrix[row + c]! -= scaled * sums[c]!
        }
      }
      for (let k = first; k < at; k++) {
        sums[column[k]!] = 0
        touched[column[k]!] = 0
      }
    }
    couplings.start[personInformation.length] = at
    this.logNormaliser = logs
    this.addSteps()
  }

  /** Completes the matrix by the rows of step parameters and makes held unknowns identity rows. */
  private addSteps(): void {
    const { matrix, size, stepAt, parameters, mask, raters, occasions } = this
    const cells = parameters.items * parameters.categories
    addItemSquares(this.itemSquares, parameters, matrix, size, stepAt)
    for (const [from, many, sums] of [
      [0, raters, this.raterCells],
      [raters, occasions, this.occasionCells],
    ] as const) {
      for (let j = 0; j < many; j++) {
        for (let q = 0; q < parameters.free; q++) {
          let sum = 0
          for (let k = this.cellStart[q]!; k < this.cellStart[q + 1]!; k++)
            sum += this.cellFactor[k]! * sums[j * cells + this.cellAt[k]!]!
          matrix[(stepAt + q) * size + from + j]! += sum
        }
      }
    }
    for (let a = 0; a < size; a++) {
      if (!mask.held[a]) continue
      for (let b = 0; b < size; b++) {
        if (b < a) matrix[a * size + b] = 0
        else matrix[b * size + a] = 0
      }
      matrix[a * size + a] = 1
    }
  }
}
