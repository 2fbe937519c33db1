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

/** Expected agreement of Conger's kappa: products of different raters' own category shares. */
function congerExpected({ units, values, matrix }: Tally): number {
  const size = values.length
  const raters = units[0]!.length
  const position = new Map(values.map((value, index) => [value, index]))
  const shares = Array.from({ length: raters }, (_, rater) => {
    const share = new Float64Array(size)
    const rated = units.map((unit) => unit[rater] ?? null).filter((value) => value !== null)
    for (const value of rated) share[position.get(value)!]! += 1 / rated.length
    return share
  })
  // The sum over pairs of different raters is that over all pairs less that of each rater with themself.
  const together = new Float64Array(size)
  for (const share of shares) for (let k = 0; k < size; k++) together[k]! += share[k]!
  let expected = 0
  for (const [share, sign] of [[together, 1] as const, ...shares.map((own) => [own, -1] as const)]) {
    for (let k = 0; k < size; k++) {
      if (share[k] === 0) continue
      for (let l = 0; l < size; l++) expected += sign * matrix[k * size + l]! * share[k]! * share[l]!
    }
  }
  return expected / (raters * (raters - 1))
}

function congerValue(tally: Tally): { value: number; observed: number; expected: number } {
  const observed = sumOf(unitAgreement(tally)) / tally.withPairs
  const expected = congerExpected(tally)
  return { value: (observed - expected) / (1 - expected), observed, expected }
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
    const whole = congerValue(tally)
    if (!Number.isFinite(whole.value)) return undefined
    const without = tally.units
      .map((_, i) =>
        tallyOf(
          tally.units.filter((__, j) => j !== i),
          weights,
          values,
        ),
      )
      .filter((rest) => rest.withPairs > 0)
      .map((rest) => congerValue(rest).value)
      .filter(Number.isFinite)
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
