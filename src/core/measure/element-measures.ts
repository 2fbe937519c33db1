// The measures of persons and raters as they are reported, made from columns when they are first read.
import type { Estimates } from './estimates.ts'
import type { ResidualPass } from './fit.ts'
import type { PersonMeasure, RaterMeasure } from './measurement.ts'
import type { Ratings } from './ratings.ts'
import type { WideReason } from './refusals.ts'
import { raterUse } from './scale-use.ts'

/** Expected score (categories from 0) of item i at location eta in logits. */
export function expectedScore(beta: Float64Array, categories: number, i: number, eta: number): number {
  let sum = 0
  let first = 0
  let top = -Infinity
  for (let k = 0; k < categories; k++) top = Math.max(top, k * eta - beta[i * categories + k]!)
  for (let k = 0; k < categories; k++) {
    const term = Math.exp(k * eta - beta[i * categories + k]! - top)
    sum += term
    first += k * term
  }
  return first / sum
}

/**
 * The expected score averaged over all items by location: a table made at the first call and read by linear
 * interpolation (error below 1e-4 points).
 */
export function averageCurve(beta: Float64Array, items: number, categories: number): (eta: number) => number {
  const range = 20
  const tabulate = () => {
    const weights = beta.map((cost) => Math.exp(-cost))
    return Float64Array.from({ length: 2 * range * 50 + 1 }, (_, g) => {
      const x = Math.exp(g / 50 - range)
      let total = 0
      for (let i = 0; i < items; i++) {
        let power = 1
        let sum = weights[i * categories]!
        let first = 0
        for (let k = 1; k < categories; k++) {
          power *= x
          sum += weights[i * categories + k]! * power
          first += k * weights[i * categories + k]! * power
        }
        total += first / sum
      }
      return total / items
    })
  }
  let table: Float64Array | undefined
  return (eta) => {
    table ??= tabulate()
    const at = Math.max(0, Math.min(table.length - 1.001, (eta + range) * 50))
    const floor = Math.floor(at)
    return table[floor]! + (at - floor) * (table[floor + 1]! - table[floor]!)
  }
}

/** Most elements have none to give: they share one list. */
const NO_REASONS: readonly WideReason[] = []

export function extremeReasons(score: number, most: number): WideReason[] {
  if (score === 0) return ['all-ratings-lowest']
  return score === most ? ['all-ratings-highest'] : []
}

/** What measures of persons and raters are read from. */
export interface Columns {
  readonly ratings: Ratings
  readonly estimates: Estimates
  readonly pass: ResidualPass
  /** Expected score averaged over items, by location. */
  readonly curve: (eta: number) => number
  /** Raters of each person, and persons of each rater. */
  readonly ratersOf: Int32Array
  readonly personsOf: Int32Array
  readonly meanPerson: number
}

/** The measures of all persons with ratings, in the order of `personIds`. */
export function personMeasures({ ratings, estimates, pass, curve, ratersOf }: Columns): PersonMeasure[] {
  const { connected } = estimates
  const { categories, lowest } = ratings
  const persons: PersonMeasure[] = []
  for (let n = 0; n < ratersOf.length; n++) {
    const count = pass.person.count(n)
    if (count === 0) continue
    const score = pass.person.score(n)
    const wide = extremeReasons(score, count * (categories - 1))
    if (ratersOf[n] === 1) wide.push('one-rater')
    else if (ratersOf[n]! < 3) wide.push('fewer-than-three-raters')
    if (count < 5) wide.push('few-ratings')
    if (connected.ofPerson[n] !== 0) wide.push('subset-not-linked')
    const theta = estimates.person[n]!
    const anchored = estimates.anchoredPerson[n] === 1
    const { infit, infitZ, outfit, outfitZ } = pass.person.of(n)
    persons.push({
      id: ratings.personIds[n]!,
      measure: theta,
      se: anchored ? 0 : Math.sqrt(estimates.personVariance[n]!),
      n: count,
      rawAverage: lowest + score / count,
      fairAverage: lowest + curve(theta),
      subset: connected.ofPerson[n]!,
      anchored,
      wide: wide.length ? wide : NO_REASONS,
      infit,
      infitZ,
      outfit,
      outfitZ,
      raters: ratersOf[n]!,
    })
  }
  return persons
}

/** The measures of all raters with ratings, in the order of `raterIds`. */
export function raterMeasures({
  ratings,
  estimates,
  pass,
  curve,
  personsOf,
  meanPerson,
}: Columns): RaterMeasure[] {
  const { connected } = estimates
  const { categories, lowest } = ratings
  const raters: RaterMeasure[] = []
  for (let j = 0; j < personsOf.length; j++) {
    const count = pass.rater.count(j)
    if (count === 0) continue
    const score = pass.rater.score(j)
    const wide = extremeReasons(score, count * (categories - 1))
    if (count < 5) wide.push('few-ratings')
    if (connected.ofRater[j] !== 0) wide.push('subset-not-linked')
    const severity = estimates.rater[j]!
    const anchored = estimates.anchoredRater[j] === 1
    const { infit, infitZ, outfit, outfitZ } = pass.rater.of(j)
    const { spreadRatio, rangeRatio, halo } = raterUse(pass, j)
    const one = {
      id: ratings.raterIds[j]!,
      measure: severity,
      se: anchored ? 0 : Math.sqrt(estimates.raterVariance[j]!),
      n: count,
      rawAverage: lowest + score / count,
      fairAverage: lowest + curve(meanPerson - severity),
      subset: connected.ofRater[j]!,
      anchored,
      wide: wide.length ? wide : NO_REASONS,
      infit,
      infitZ,
      outfit,
      outfitZ,
      persons: personsOf[j]!,
      spreadRatio,
      rangeRatio,
      halo,
    }
    raters.push(ratings.raterGroup ? { ...one, group: ratings.raterGroupIds[ratings.raterGroup[j]!]! } : one)
  }
  return raters
}
