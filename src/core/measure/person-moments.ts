// Each person's location integrated out given severities, by adaptive Gauss-Hermite quadrature.
import type { TotalTables } from './total-tables.ts'

/** Nodes and weights of Gauss-Hermite quadrature for the standard normal (Abramowitz and Stegun 1964, table 25.10). */
const NODES = [0, 1.355626179974266, 2.8569700138728056]
const WEIGHTS = [0.5333333333333333, 0.2220759220056126, 0.0112574113277207]
const SIZE = 5
const node = Float64Array.from({ length: SIZE }, (_, g) => (g < 2 ? -NODES[2 - g]! : NODES[g - 2]!))
const logWeight = Float64Array.from(node, (z, g) => Math.log(WEIGHTS[Math.abs(g - 2)]!) + 0.5 * z * z)

/**
 * Posterior moments of one person given severities. The location is centred where the last call left it and centred
 * anew where it has moved far, so that five nodes suffice for skewed posteriors too (Naylor and Smith 1982). Of
 * each block: the mean slope, the information that the slope gives about the person (minus its covariance with the
 * location, over the location's variance) and the mean information.
 */
export class PersonMoments {
  mean = 0
  variance = 0
  /** Log of the person's marginal likelihood. */
  value = 0
  slope = new Float64Array(16)
  information = new Float64Array(16)
  meanInformation = new Float64Array(16)
  private slopes = new Float64Array(16 * SIZE)
  private informations = new Float64Array(16 * SIZE)
  private readonly one = new Float64Array(1)
  private readonly sum = new Float64Array(1)
  private readonly location = new Float64Array(SIZE)
  private readonly weight = new Float64Array(SIZE)

  constructor(private readonly tables: TotalTables) {}

  private reserve(many: number): void {
    if (many <= this.slope.length) return
    const [one, all] = [() => new Float64Array(2 * many), () => new Float64Array(2 * many * SIZE)]
    this.slope = one()
    this.information = one()
    this.meanInformation = one()
    this.slopes = all()
    this.informations = all()
  }

  /** A person held at one location: no spread, plain slopes. */
  hold(location: number, begin: number, end: number, base: Float64Array, blockWeight?: Float64Array): void {
    this.reserve(end - begin)
    this.one[0] = location
    this.sum[0] = 0
    this.mean = location
    this.variance = 0
    for (let b = begin; b < end; b++) {
      const many = blockWeight ? blockWeight[b]! : 1
      const { slope, information, one, sum } = this
      this.tables.along(this.tables.pairOf[b]!, base[b]!, one, many, sum, slope, information, b - begin)
      this.meanInformation[b - begin] = information[b - begin]!
    }
    this.value = this.sum[0]
  }

  /** Blocks `begin`..`end` at locations deviation + `base`, the deviation normal with variance `prior`. */
  integrate(
    mean: number,
    variance: number,
    prior: number,
    begin: number,
    end: number,
    base: Float64Array,
    blockWeight?: Float64Array,
  ): void {
    this.reserve(end - begin)
    for (let round = 0; round < 12; round++) {
      this.pass(mean, Math.sqrt(variance), prior, begin, end, base, blockWeight)
      const moved = (this.mean - mean) ** 2 > 0.04 * variance
      const ratio = this.variance / variance
      if (!moved && ratio > 0.7 && ratio < 1.4) break
      mean = this.mean
      variance = Math.max(this.variance, 0.2 * variance)
    }
    this.moments(begin, end)
  }

  private pass(
    mean: number,
    sd: number,
    prior: number,
    begin: number,
    end: number,
    base: Float64Array,
    blockWeight?: Float64Array,
  ): void {
    const { tables, location, weight, slopes, informations } = this
    for (let g = 0; g < SIZE; g++) {
      const e = mean + sd * node[g]!
      location[g] = e
      weight[g] = logWeight[g]! - (e * e) / (2 * prior)
    }
    for (let b = begin; b < end; b++) {
      const many = blockWeight ? blockWeight[b]! : 1
      tables.along(
        tables.pairOf[b]!,
        base[b]!,
        location,
        many,
        weight,
        slopes,
        informations,
        (b - begin) * SIZE,
      )
    }
    let top = -Infinity
    for (let g = 0; g < SIZE; g++) if (weight[g]! > top) top = weight[g]!
    let sum = 0
    let first = 0
    for (let g = 0; g < SIZE; g++) {
      const p = Math.exp(weight[g]! - top)
      weight[g] = p
      sum += p
      first += p * location[g]!
    }
    const inverse = 1 / sum
    first *= inverse
    let second = 0
    for (let g = 0; g < SIZE; g++) {
      weight[g]! *= inverse
      second += weight[g]! * (location[g]! - first) ** 2
    }
    this.mean = first
    this.variance = second
    this.value = top + Math.log(sum * sd) - 0.5 * Math.log(prior)
  }

  private moments(begin: number, end: number): void {
    const { location, weight, slopes, informations, mean } = this
    const perVariance = -1 / this.variance
    for (let k = 0; k < end - begin; k++) {
      let slope = 0
      let covariance = 0
      let information = 0
      for (let g = 0; g < SIZE; g++) {
        const ps = weight[g]! * slopes[k * SIZE + g]!
        slope += ps
        covariance += ps * (location[g]! - mean)
        information += weight[g]! * informations[k * SIZE + g]!
      }
      this.slope[k] = slope
      this.information[k] = Math.max(1e-12, covariance * perVariance)
      this.meanInformation[k] = information
    }
  }
}
