// Stage B: persons, severities and dyads as crossed random effects on block totals, with their variances.
import type { Blocks } from './blocks.ts'
import { PersonMoments } from './person-moments.ts'
import { posteriorSpread, type Probe } from './posterior-spread.ts'
import { raterSignatures, signs } from './probes.ts'
import { LANES } from './rater-lanes.ts'
import { RaterSystem, type Layout } from './rater-system.ts'
import type { TotalTables } from './total-tables.ts'

/** Variances in logits squared. */
export interface Variances {
  person: number
  rater: number
  dyad: number
}

/** Variances that are held rather than estimated. */
export type HeldVariances = Partial<Variances>

/** The spread (variance) of group and occasion means a priori: wide, so that nothing confounded is ever infinite. */
const MEANS_VARIANCE = 100
/** Up to this many unknowns traces are exact. */
const EXACT_TRACES = 64

/** The least share of a variance that is taken as known: a step goes at most its inverse times as far. */
const LEAST_KNOWN = 0.4
/** Random right-hand sides for the traces, four at a time where there are more than two: the fewer the more raters. */
function probeBatches(size: number, raters: number): { lanes: number; first: number }[] {
  if (size <= EXACT_TRACES) return []
  const wanted = Math.max(1, Math.min(12, Math.ceil(1500 / raters)))
  const lanes = wanted > 2 ? LANES : 1
  const many = lanes === 1 ? wanted : Math.max(1, Math.round(wanted / LANES))
  return Array.from({ length: many }, (_, k) => ({ lanes, first: k * lanes }))
}

/** The mode of persons and severities at given variances, and what the variances are estimated from. */
export class CrossedEffects {
  readonly system: RaterSystem
  readonly deviation: Float64Array
  readonly y: Float64Array
  readonly eta: Float64Array
  readonly blockMean: Float64Array
  readonly dyadVariance: Float64Array
  readonly slope: Float64Array
  iterations = 0
  gradient = Infinity
  /** Variance of each person given severities. */
  readonly spread: Float64Array
  private readonly base: Float64Array
  private readonly weights: Float64Array<ArrayBuffer>
  private readonly slopes: Float64Array
  private readonly move: Float64Array
  private tables: TotalTables
  private moments: PersonMoments
  /** Largest score count behind each unknown's gradient: a rater's, or that of all who share a mean. */
  private readonly scale: Float64Array
  /** What random signs are drawn from, by rater. */
  readonly signatures: Uint32Array
  /** Right-hand sides of the stochastic traces with their last solutions, which serve as starts. */
  readonly probes: Probe[] = []

  constructor(
    private readonly blocks: Blocks,
    private readonly layout: Layout,
    private readonly categories: number,
    private readonly freshTables: () => TotalTables,
    follow?: TotalTables,
  ) {
    const { count } = blocks
    this.system = new RaterSystem(blocks, layout)
    this.deviation = new Float64Array(blocks.personStart.length - 1)
    this.spread = new Float64Array(this.deviation.length).fill(0.1)
    this.base = new Float64Array(count)
    this.weights = new Float64Array(count)
    this.slopes = new Float64Array(layout.size)
    this.move = new Float64Array(layout.size)
    this.tables = follow ?? freshTables()
    this.moments = new PersonMoments(this.tables)
    this.y = new Float64Array(layout.size)
    this.eta = new Float64Array(count)
    this.blockMean = new Float64Array(count)
    this.dyadVariance = new Float64Array(count)
    this.slope = new Float64Array(count)
    this.scale = this.scoreCounts()
    this.signatures = raterSignatures(blocks, layout.raters)
    for (const { lanes, first } of probeBatches(layout.size, layout.raters)) {
      const z = new Float64Array(lanes * layout.size)
      for (let l = 0; l < lanes; l++) {
        const one = signs(this.signatures, layout.size, first + l)
        for (let y = 0; y < layout.size; y++) if (!layout.held[y]) z[y * lanes + l] = one[y]!
      }
      this.probes.push({ lanes, z, x: new Float64Array(z.length) })
    }
  }

  private weight(b: number): number {
    return this.blocks.blockWeight ? this.blocks.blockWeight[b]! : 1
  }

  private scoreCounts(): Float64Array {
    const { blocks, layout, categories } = this
    const { raters, subsetAt, subsetOfPerson, groupAt, groupOfRater, occasionAt } = layout
    const counts = new Float64Array(layout.size)
    for (let b = 0; b < blocks.count; b++) {
      const many = this.weight(b) * blocks.trie.patterns[blocks.pattern[b]!]!.length * (categories - 1)
      counts[blocks.rater[b]!]! += many
      counts[subsetAt + subsetOfPerson[blocks.person[b]!]!]! += many
      if (blocks.occasion) counts[occasionAt + blocks.occasion[b]!]! += many
    }
    let most = 1
    for (let j = 0; j < raters; j++) {
      counts[groupAt + groupOfRater[j]!]! += counts[j]!
      most = Math.max(most, counts[j]!)
    }
    return counts.map((own) => Math.max(own, most))
  }

  /** A first guess from the logits of block totals. */
  guess(): void {
    const { blocks, layout, categories } = this
    const { personStart, trie, pattern, total } = blocks
    const subsetSum = new Float64Array(layout.groupAt - layout.subsetAt)
    const subsetCount = new Float64Array(subsetSum.length)
    for (let n = 0; n < this.deviation.length; n++) {
      if (layout.heldPerson[n]) continue
      let sum = 0
      let top = 0
      for (let b = personStart[n]!; b < personStart[n + 1]!; b++) {
        sum += total[b]!
        top += trie.patterns[pattern[b]!]!.length * (categories - 1)
      }
      if (top === 0) continue
      this.deviation[n] = Math.log((sum + 1) / (top - sum + 1))
      subsetSum[layout.subsetOfPerson[n]!]! += this.deviation[n]!
      subsetCount[layout.subsetOfPerson[n]!]!++
    }
    for (let s = 0; s < subsetSum.length; s++)
      this.y[layout.subsetAt + s] = subsetCount[s] ? subsetSum[s]! / subsetCount[s]! : 0
    for (let n = 0; n < this.deviation.length; n++) {
      if (!layout.heldPerson[n]) this.deviation[n]! -= this.y[layout.subsetAt + layout.subsetOfPerson[n]!]!
    }
  }

  /** What the likelihood of totals was read from, for a run that follows. */
  get totals(): TotalTables {
    return this.tables
  }

  setDyad(variance: number): void {
    if (this.tables.setDyad(variance)) return
    this.tables = this.freshTables()
    this.moments = new PersonMoments(this.tables)
    this.tables.setDyad(variance)
  }

  /** What each block's location is beside its person's deviation. */
  private locate(): void {
    const { blocks, layout, base, y } = this
    const { person, rater, occasion } = blocks
    for (let b = 0; b < blocks.count; b++) {
      const n = person[b]!
      const j = rater[b]!
      let at = -y[j]! - y[layout.groupAt + layout.groupOfRater[j]!]!
      if (!layout.heldPerson[n]) at += y[layout.subsetAt + layout.subsetOfPerson[n]!]!
      if (occasion) at -= y[layout.occasionAt + occasion[b]!]!
      base[b] = at
    }
  }

  /** Integrates all persons out; returns the penalised log-likelihood. */
  private evaluate(variances: Variances): number {
    const { blocks, layout, base, eta, blockMean, slope, system, dyadVariance, deviation, spread, moments } =
      this
    const { personStart, blockWeight } = blocks
    const { person, dyad } = variances
    const dyadNow = this.tables.collapsed ? 0 : dyad
    this.locate()
    let value = 0
    const own = system.blockInformation
    for (let n = 0; n < deviation.length; n++) {
      const begin = personStart[n]!
      const end = personStart[n + 1]!
      let information = 1 / person
      if (begin === end) {
        deviation[n] = 0
        system.personInformation[n] = information
        continue
      }
      if (layout.heldPerson[n]) moments.hold(deviation[n]!, begin, end, base, blockWeight)
      else {
        moments.integrate(deviation[n]!, spread[n]!, person, begin, end, base, blockWeight)
        deviation[n] = moments.mean
        spread[n] = moments.variance
      }
      value += moments.value
      const at = moments.mean
      for (let b = begin; b < end; b++) {
        const weight = blockWeight ? blockWeight[b]! : 1
        const s = moments.slope[b - begin]!
        const w = weight * moments.information[b - begin]!
        eta[b] = at + base[b]!
        slope[b] = weight * s
        own[b] = w
        information += w
        blockMean[b] = eta[b]! + dyadNow * s
        dyadVariance[b] = dyadNow * (1 - dyadNow * moments.meanInformation[b - begin]!)
      }
      system.personInformation[n] = information
    }
    for (let j = 0; j < this.layout.raters; j++) value -= this.y[j]! ** 2 / (2 * variances.rater)
    return value
  }

  /** Newton's method on severities, persons integrated out, to a relative gradient of `tolerance`; returns the value. */
  mode(variances: Variances, tolerance: number, most = 60): number {
    for (let round = 0; ; round++) {
      const value = this.evaluate(variances)
      this.differentiate(variances)
      if (this.gradient <= tolerance || round === most) return value
      // Just as exact as the goal asks, were the function quadratic: neither rounds nor products are wasted.
      this.advance(Math.max(1e-6, Math.min(1e-2, (0.01 * tolerance) / this.gradient)))
    }
  }

  /** Sets the slope of the penalised log-likelihood in each unknown, and the relative gradient. */
  private differentiate(variances: Variances): void {
    const { blocks, layout, system, deviation, y, slope, scale, slopes } = this
    const { personStart, rater, occasion } = blocks
    const { raters, size, held, heldPerson, subsetAt, groupAt, occasionAt, subsetOfPerson, groupOfRater } =
      layout
    for (let u = 0; u < size; u++)
      system.priorPrecision[u] = u < raters ? 1 / variances.rater : u < groupAt ? 0 : 1 / MEANS_VARIANCE
    slopes.fill(0)
    for (let n = 0; n < deviation.length; n++) {
      let sum = 0
      for (let b = personStart[n]!; b < personStart[n + 1]!; b++) {
        const s = slope[b]!
        sum += s
        slopes[rater[b]!]! -= s
        if (occasion) slopes[occasionAt + occasion[b]!]! -= s
      }
      if (!heldPerson[n]) slopes[subsetAt + subsetOfPerson[n]!]! += sum
    }
    for (let j = 0; j < raters; j++) slopes[groupAt + groupOfRater[j]!]! += slopes[j]!
    let largest = 0
    for (let u = 0; u < size; u++) {
      slopes[u] = held[u] ? 0 : slopes[u]! - system.priorPrecision[u]! * y[u]!
      largest = Math.max(largest, Math.abs(slopes[u]!) / scale[u]!)
    }
    this.gradient = largest
  }

  /** One Newton step, solved for to the tolerance `forcing`. */
  private advance(forcing: number): void {
    const { blocks, layout, system, deviation, y, slopes, move } = this
    const { personStart } = blocks
    const { size, held, heldPerson } = layout
    this.iterations++
    system.refresh()
    move.fill(0)
    system.solve(slopes, move, forcing, 400)
    let longest = 0
    for (let u = 0; u < size; u++) longest = Math.max(longest, Math.abs(move[u]!))
    const damp = Math.min(1, 3 / Math.max(longest, 1e-300))
    for (let u = 0; u < size; u++) if (!held[u]) y[u]! += damp * move[u]!
    const reach = system.blockReach(move, this.weights)
    for (let n = 0; n < deviation.length; n++) {
      if (heldPerson[n]) continue
      let sum = 0
      for (let b = personStart[n]!; b < personStart[n + 1]!; b++)
        sum += system.blockInformation[b]! * reach[b]!
      deviation[n]! -= (damp * sum) / system.personInformation[n]!
    }
  }

  /** Variances that the current mode and its posterior spread imply: one fixed-point step of each (MacKay 1992). */
  implied(variances: Variances, tolerance: number): Variances {
    const { blocks, layout, system, deviation, y } = this
    const { dyad } = variances
    const { weights } = this
    let dyadSquares = 0
    let dyadSpread = 0
    let blockWeight = 0
    for (let b = 0; b < blocks.count; b++) {
      const weight = this.weight(b)
      const effect = this.blockMean[b]! - this.eta[b]!
      const response = (dyad * system.blockInformation[b]!) / Math.max(weight, 1e-300)
      weights[b] = weight * response * response
      dyadSquares += weight * effect * effect
      dyadSpread += weight * this.dyadVariance[b]!
      blockWeight += weight
    }
    const spread = posteriorSpread(this.system, weights, this.probes, tolerance)
    dyadSpread += spread.blocks
    let raters = 0
    let raterSquares = 0
    for (let j = 0; j < layout.raters; j++) {
      if (layout.held[j]) continue
      raters++
      raterSquares += y[j]! ** 2
    }
    let persons = 0
    let personSquares = 0
    for (let n = 0; n < deviation.length; n++) {
      if (layout.heldPerson[n] || blocks.personStart[n] === blocks.personStart[n + 1]) continue
      persons++
      personSquares += deviation[n]! ** 2
    }
    // One-way theory: a fixed-point step covers the share of the way that is known, so the whole way is taken at once.
    const step = (squares: number, known: number, all: number, now: number) => {
      if (!(known > 1e-6)) return Math.max(1e-8, now / 4)
      const share = Math.max(LEAST_KNOWN, Math.min(1, known / all))
      return Math.max(1e-8, now / 4, now + (squares / known - now) / share)
    }
    return {
      person: step(personSquares, persons - spread.persons / variances.person, persons, variances.person),
      rater: step(raterSquares, raters - spread.raters / variances.rater, raters, variances.rater),
      dyad: dyad > 0 ? step(dyadSquares, blockWeight - dyadSpread / dyad, blockWeight, dyad) : 0,
    }
  }
}
