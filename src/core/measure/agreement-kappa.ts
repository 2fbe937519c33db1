// Chance-corrected agreement of two or more raters: weighted kappa (Cohen, Conger, Fleiss), Brennan-Prediger and Gwet's AC.
import type { AgreementTable } from './agreement-alpha.ts'

/** How far apart two categories count as agreeing: identity, or a weight that falls with their distance. */
export type AgreementWeights = 'unweighted' | 'linear' | 'quadratic' | 'ordinal'
export type AgreementCoefficient = 'conger-kappa' | 'fleiss-kappa' | 'brennan-prediger' | 'gwet-ac'

export interface ChanceCorrected {
  readonly coefficient: AgreementCoefficient
  readonly weights: AgreementWeights
  readonly value: number
  /** Standard error over units by the linearisation of Gwet (2014); by the jackknife for Conger's kappa. */
  readonly se: number
  readonly observed: number
  readonly expected: number
}

/** The square matrix of agreement weights over ordered category values, row by row (Gwet 2014, chapter 3). */
function weightMatrix(values: readonly number[], weights: AgreementWeights): Float64Array {
  const size = values.length
  const range = values[size - 1]! - values[0]!
  const pairs = (distance: number) => ((distance + 1) * distance) / 2
  const matrix = new Float64Array(size * size)
  for (let k = 0; k < size; k++) {
    for (let l = 0; l < size; l++) {
      const distance = Math.abs(values[k]! - values[l]!)
      matrix[k * size + l] =
        weights === 'unweighted'
          ? Number(k === l)
          : weights === 'linear'
            ? 1 - distance / range
            : weights === 'quadratic'
              ? 1 - (distance / range) ** 2
              : 1 - pairs(Math.abs(k - l)) / pairs(size - 1)
    }
  }
  return matrix
}

interface Tally {
  /** Units with at least one rating. */
  readonly units: readonly (readonly (number | null)[])[]
  readonly values: readonly number[]
  /** Units x categories: how many raters put the unit there. */
  readonly counts: Float64Array
  readonly perUnit: Float64Array
  readonly withPairs: number
  readonly matrix: Float64Array
}

function tallyOf(table: AgreementTable, weights: AgreementWeights, values: readonly number[]): Tally {
  const units = table.filter((unit) => unit.some((value) => value !== null))
  const position = new Map(values.map((value, index) => [value, index]))
  const counts = new Float64Array(units.length * values.length)
  const perUnit = new Float64Array(units.length)
  for (const [i, unit] of units.entries()) {
    for (const value of unit) {
      if (value === null) continue
      counts[i * values.length + position.get(value)!]! += 1
      perUnit[i]! += 1
    }
  }
  const withPairs = perUnit.reduce((sum, count) => sum + Number(count >= 2), 0)
  return { units, values, counts, perUnit, withPairs, matrix: weightMatrix(values, weights) }
}

/** Each unit's share of weighted agreeing pairs; 0 for a unit with fewer than two ratings. */
function unitAgreement({ values, counts, perUnit, matrix }: Tally): Float64Array {
  const size = values.length
  return perUnit.map((ratings, i) => {
    if (ratings < 2) return 0
    let sum = 0
    for (let k = 0; k < size; k++) {
      let weighted = 0
      for (let l = 0; l < size; l++) weighted += matrix[k * size + l]! * counts[i * size + l]!
      sum += counts[i * size + k]! * (weighted - 1)
    }
    return sum / (ratings * (ratings - 1))
  })
}

/** The mean over units of the share that each category has in a unit's ratings. */
function categoryShares({ values, counts, perUnit }: Tally): Float64Array {
  const shares = new Float64Array(values.length)
  for (const [i, ratings] of perUnit.entries()) {
    for (let k = 0; k < values.length; k++)
      shares[k]! += counts[i * values.length + k]! / ratings / perUnit.length
  }
  return shares
}

const sumOf = (array: Float64Array) => array.reduce((sum, value) => sum + value, 0)

/**
 * Conger's kappa of all units and of all but each one in turn (those that are defined). Expected agreement is the sum of
 * products of different raters' own category shares: that over all pairs less that of each rater with themself. A unit
 * left out changes the shares of its own raters only, so that all of them cost one pass.
 */
function congerValues(tally: Tally): {
  value: number
  observed: number
  expected: number
  without: number[]
} {
  const { units, values, perUnit, withPairs, matrix } = tally
  const size = values.length
  const raters = units[0]!.length
  const position = new Map(values.map((value, index) => [value, index]))
  const counts = new Float64Array(raters * size)
  const totals = new Float64Array(raters)
  for (const unit of units) {
    for (const [rater, value] of unit.entries()) {
      if (value === null) continue
      counts[rater * size + position.get(value)!]! += 1
      totals[rater]! += 1
    }
  }
  const square = (share: Float64Array) => {
    let sum = 0
    for (let k = 0; k < size; k++) {
      if (share[k] === 0) continue
      for (let l = 0; l < size; l++) sum += matrix[k * size + l]! * share[k]! * share[l]!
    }
    return sum
  }
  const shareOf = (rater: number, left?: number) => {
    const share = counts.slice(rater * size, (rater + 1) * size)
    if (left !== undefined) share[left]! -= 1
    const total = totals[rater]! - (left === undefined ? 0 : 1)
    return total > 0 ? share.map((count) => count / total) : share.fill(0)
  }
  const shares = Array.from({ length: raters }, (_, rater) => shareOf(rater))
  const own = shares.map(square)
  const together = new Float64Array(size)
  for (const share of shares) for (let k = 0; k < size; k++) together[k]! += share[k]!
  const alone = own.reduce((sum, value) => sum + value, 0)
  const agreements = unitAgreement(tally)
  const agreement = sumOf(agreements)
  const kappa = (observed: number, all: Float64Array, selves: number) => {
    const expected = (square(all) - selves) / (raters * (raters - 1))
    return { value: (observed - expected) / (1 - expected), observed, expected }
  }
  const without: number[] = []
  for (const [i, unit] of units.entries()) {
    const pairs = withPairs - Number(perUnit[i]! >= 2)
    if (pairs === 0) continue
    const rest = together.slice()
    let selves = alone
    for (const [rater, value] of unit.entries()) {
      if (value === null) continue
      const share = shareOf(rater, position.get(value))
      for (let k = 0; k < size; k++) rest[k]! += share[k]! - shares[rater]![k]!
      selves += square(share) - own[rater]!
    }
    const { value } = kappa((agreement - agreements[i]!) / pairs, rest, selves)
    if (Number.isFinite(value)) without.push(value)
  }
  return { ...kappa(agreement / withPairs, together, alone), without }
}

/**
 * A chance-corrected coefficient for two or more raters, missing ratings allowed; at most 1, 0 is chance.
 * With two raters and no gaps Conger's kappa is Cohen's (weighted) kappa. Undefined where no unit has two ratings
 * or only one category was used. `categories` lists all values of the scale where some were never used.
 * Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition, chapters 3 to 5.
 */
export function chanceCorrectedAgreement(
  table: AgreementTable,
  coefficient: AgreementCoefficient,
  weights: AgreementWeights = 'unweighted',
  categories?: readonly number[],
): ChanceCorrected | undefined {
  const used = new Set(table.flat().filter((value) => value !== null))
  const values = [...new Set([...used, ...(categories ?? [])])].toSorted((a, b) => a - b)
  if (used.size < 2) return undefined
  const tally = tallyOf(table, weights, values)
  if (tally.withPairs === 0) return undefined
  const n = tally.units.length
  const size = values.length

  if (coefficient === 'conger-kappa') {
    const { without, ...whole } = congerValues(tally)
    if (!Number.isFinite(whole.value)) return undefined
    const mean = without.reduce((sum, value) => sum + value, 0) / without.length
    const se = Math.sqrt(
      ((without.length - 1) / without.length) * without.reduce((sum, value) => sum + (value - mean) ** 2, 0),
    )
    return { coefficient, weights, se, ...whole }
  }

  const shares = categoryShares(tally)
  const totalWeight = sumOf(tally.matrix)
  // What one rating in each category adds to the expected agreement; a unit's own part is the mean over its ratings.
  const perCategory = shares.map((_, k) => {
    if (coefficient === 'gwet-ac') return (totalWeight / (size * (size - 1))) * (1 - shares[k]!)
    if (coefficient === 'brennan-prediger') return totalWeight / size ** 2
    let sum = 0
    for (let l = 0; l < size; l++) sum += tally.matrix[k * size + l]! * shares[l]!
    return sum
  })
  const expected = shares.reduce((sum, share, k) => sum + share * perCategory[k]!, 0)
  const agreements = unitAgreement(tally)
  const observed = sumOf(agreements) / tally.withPairs
  const value = (observed - expected) / (1 - expected)
  if (!Number.isFinite(value)) return undefined
  let variance = 0
  for (let i = 0; i < n; i++) {
    const own =
      (n / tally.withPairs) * ((agreements[i]! - (tally.perUnit[i]! >= 2 ? expected : 0)) / (1 - expected))
    let chance = 0
    for (let k = 0; k < size; k++)
      chance += (tally.counts[i * size + k]! * perCategory[k]!) / tally.perUnit[i]!
    variance += (own - (2 * (1 - value) * (chance - expected)) / (1 - expected) - value) ** 2
  }
  return { coefficient, weights, value, se: Math.sqrt(variance / (n * (n - 1))), observed, expected }
}
