// One pass of marginal estimation: log-likelihood, gradient and observed information by quadrature over persons.
import type { Blocks } from './blocks.ts'
import { addItemSquares } from './item-squares.ts'
import type { StepParameters } from './step-model.ts'

export interface MarginalLayout {
  readonly raters: number
  readonly occasions: number
  readonly stepAt: number
  /** Mean of persons; the logarithm of their SD stands after it. */
  readonly meanAt: number
  readonly size: number
}

/** Half the width of the quadrature in standard deviations, and its spacing. */
const REACH = 7
const NEGLIGIBLE = 1e-14

export class MarginalPass {
  logLikelihood = 0
  readonly gradient: Float64Array
  readonly information: Float64Array
  readonly posteriorMean: Float64Array
  readonly posteriorVariance: Float64Array
  private readonly nodes: number

  constructor(
    private readonly blocks: Blocks,
    private readonly parameters: StepParameters,
    private readonly layout: MarginalLayout,
    /** A fixed grid of `nodes` points to `reach` logits either side of the mean, weights normalised (TAM's way). */
    private readonly fixed?: { readonly reach: number; readonly nodes: number },
  ) {
    this.gradient = new Float64Array(layout.size)
    this.information = new Float64Array(layout.size ** 2)
    const persons = blocks.personStart.length - 1
    this.posteriorMean = new Float64Array(persons)
    this.posteriorVariance = new Float64Array(persons)
    let most = 0
    for (let n = 0; n < persons; n++) {
      const ratings = blocks.start[blocks.personStart[n + 1]!]! - blocks.start[blocks.personStart[n]!]!
      most = Math.max(most, ratings)
    }
    // Enough equally spaced nodes for the narrowest likelihood at a person SD of 2.
    this.nodes = fixed?.nodes ?? Math.max(61, Math.min(241, 2 * Math.ceil(12 * Math.sqrt(most)) + 1))
  }

  /** Evaluates at unknowns y (layout) and category costs beta. */
  run(y: Float64Array, beta: Float64Array): void {
    const { blocks, parameters, layout, nodes } = this
    const { categories, free, design, items } = parameters
    const { raters, occasions, stepAt, meanAt, size } = layout
    const { trie, pattern, start, score, personStart, rater, occasion, ratingWeight } = blocks
    const weights = beta.map((cost) => Math.exp(-cost))
    const sd = Math.exp(y[meanAt + 1]!)
    // On a fixed grid the nodes do not move with the SD: z is rescaled and the prior's own sums enter.
    const reach = this.fixed ? this.fixed.reach / sd : REACH
    const spacing = (2 * reach) / (nodes - 1)
    let priorSum = 0
    let priorSquare = 0
    let priorFourth = 0
    for (let q = 0; q < nodes; q++) {
      const z = -reach + q * spacing
      const weight = Math.exp(-0.5 * z * z)
      priorSum += weight
      priorSquare += z * z * weight
      priorFourth += z ** 4 * weight
    }
    priorSquare /= priorSum
    priorFourth /= priorSum
    const cells = items * categories
    this.gradient.fill(0)
    this.information.fill(0)
    this.logLikelihood = 0
    const logs = new Float64Array(nodes)
    const cellSums = new Float64Array(cells)
    const cellSkew = new Float64Array(cells)
    const p = new Float64Array(categories)
    const itemSquares = new Float64Array(cells * categories)
    const place = new Int32Array(size).fill(-1)
    for (let n = 0; n < this.posteriorMean.length; n++) {
      const begin = personStart[n]!
      const end = personStart[n + 1]!
      if (begin === end) continue
      const columns: number[] = []
      const add = (at: number) => {
        if (place[at]! >= 0) return
        place[at] = columns.length
        columns.push(at)
      }
      for (let b = begin; b < end; b++) {
        add(rater[b]!)
        if (occasion && occasions) add(raters + occasion[b]!)
      }
      for (let a = stepAt; a < size; a++) add(a)
      const shiftOf = (b: number) => y[rater[b]!]! + (occasion && occasions ? y[raters + occasion[b]!]! : 0)
      let top = -Infinity
      for (let q = 0; q < nodes; q++) {
        const z = -reach + q * spacing
        const theta = y[meanAt]! + sd * z
        let log = -0.5 * z * z
        for (let b = begin; b < end; b++) {
          const eta = theta - shiftOf(b)
          const x = Math.exp(eta)
          const of = trie.patterns[pattern[b]!]!
          let product = 1
          for (let k = 0; k < of.length; k++) {
            const base = of[k]! * categories
            let power = 1
            let sum = 0
            for (let c = 0; c < categories; c++) {
              sum += weights[base + c]! * power
              power *= x
            }
            const w = ratingWeight ? ratingWeight[start[b]! + k]! : 1
            const observed = score[start[b]! + k]!
            log += w * (observed * eta - beta[base + observed]!)
            if (w === 1) {
              product *= sum
              if (product > 1e250 || product < 1e-250) {
                log -= Math.log(product)
                product = 1
              }
            } else log -= w * Math.log(sum)
          }
          log -= Math.log(product)
        }
        logs[q] = log
        if (log > top) top = log
      }
      let total = 0
      for (let q = 0; q < nodes; q++) total += Math.exp(logs[q]! - top)
      this.logLikelihood +=
        top + (this.fixed ? Math.log(total / priorSum) : Math.log((total * spacing) / Math.sqrt(2 * Math.PI)))
      const many = columns.length
      const mean = new Float64Array(many)
      const square = new Float64Array(many * many)
      const own = new Float64Array(many)
      const coupling = new Float64Array(many)
      let first = 0
      let second = 0
      for (let q = 0; q < nodes; q++) {
        const posterior = Math.exp(logs[q]! - top) / total
        if (posterior < NEGLIGIBLE) continue
        const z = -reach + q * spacing
        const theta = y[meanAt]! + sd * z
        first += posterior * theta
        second += posterior * theta * theta
        own.fill(0)
        coupling.fill(0)
        cellSums.fill(0)
        cellSkew.fill(0)
        let slope = 0
        let curvature = 0
        for (let b = begin; b < end; b++) {
          const x = Math.exp(theta - shiftOf(b))
          const of = trie.patterns[pattern[b]!]!
          const at = place[rater[b]!]!
          const occasionAt = occasion && occasions ? place[raters + occasion[b]!]! : -1
          let residual = 0
          let information = 0
          for (let k = 0; k < of.length; k++) {
            const base = of[k]! * categories
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
            const expected = s1 / s0
            residual += w * (score[start[b]! + k]! - expected)
            information += w * (s2 / s0 - expected * expected)
            cellSums[base + score[start[b]! + k]!]! -= w
            for (let c = 0; c < categories; c++) {
              const pc = p[c]! / s0
              p[c] = pc
              cellSums[base + c]! += w * pc
              const skew = w * pc * (c - expected)
              cellSkew[base + c]! += skew
              for (let a = 0; a < free; a++) {
                const d = design[(base + c) * free + a]! * skew
                if (d === 0) continue
                const step = place[stepAt + a]!
                square[at * many + step]! += posterior * d
                square[step * many + at]! += posterior * d
                if (occasionAt >= 0) {
                  square[occasionAt * many + step]! += posterior * d
                  square[step * many + occasionAt]! += posterior * d
                }
              }
            }
            const block = base * categories
            for (let c = 0; c < categories; c++) {
              const wp = posterior * w * p[c]!
              itemSquares[block + c * categories + c]! += wp
              for (let d = 0; d <= c; d++) itemSquares[block + c * categories + d]! -= wp * p[d]!
            }
          }
          own[at]! -= residual
          coupling[at]! -= information
          square[at * many + at]! += posterior * information
          if (occasionAt >= 0) {
            own[occasionAt]! -= residual
            coupling[occasionAt]! -= information
            square[occasionAt * many + occasionAt]! += posterior * information
            square[at * many + occasionAt]! += posterior * information
            square[occasionAt * many + at]! += posterior * information
          }
          slope += residual
          curvature += information
        }
        for (let a = 0; a < free; a++) {
          let sum = 0
          let skew = 0
          for (let c = 0; c < cells; c++) {
            const d = design[c * free + a]!
            if (d === 0) continue
            sum += d * cellSums[c]!
            skew -= d * cellSkew[c]!
          }
          own[place[stepAt + a]!] = sum
          coupling[place[stepAt + a]!] = skew
        }
        const m = place[meanAt]!
        const s = place[meanAt + 1]!
        const reachOf = this.fixed ? 0 : sd * z
        own[m] = slope
        own[s] = slope * reachOf
        // Complete information couples the mean and the log SD with everything through the location.
        square[m * many + m]! += posterior * curvature
        square[m * many + s]! += posterior * curvature * reachOf
        square[s * many + m]! += posterior * curvature * reachOf
        square[s * many + s]! += posterior * (curvature * reachOf * reachOf - slope * reachOf)
        for (let a = 0; a < many; a++) {
          if (a === m || a === s) continue
          const c = posterior * coupling[a]!
          square[a * many + m]! += c
          square[m * many + a]! += c
          square[a * many + s]! += c * reachOf
          square[s * many + a]! += c * reachOf
        }
        if (this.fixed) {
          // log weight: -z^2 / 2 - log of the prior's sum, z = t / sd with t fixed.
          own[s] = z * z - priorSquare
          square[s * many + s]! +=
            posterior * (2 * z * z - 2 * priorSquare + (priorFourth - priorSquare ** 2))
        }
        for (let a = 0; a < many; a++) {
          mean[a]! += posterior * own[a]!
          const scaled = posterior * own[a]!
          if (scaled !== 0) for (let b = 0; b < many; b++) square[a * many + b]! -= scaled * own[b]!
        }
      }
      this.posteriorMean[n] = first
      this.posteriorVariance[n] = Math.max(0, second - first * first)
      for (let a = 0; a < many; a++) {
        const row = columns[a]! * size
        this.gradient[columns[a]!]! += mean[a]!
        for (let b = 0; b < many; b++)
          this.information[row + columns[b]!]! += square[a * many + b]! + mean[a]! * mean[b]!
      }
      for (const at of columns) place[at] = -1
    }
    addItemSquares(itemSquares, parameters, this.information, size, stepAt)
  }
}
