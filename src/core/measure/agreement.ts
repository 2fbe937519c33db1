// All agreement coefficients of a set of ratings at once, and for each that is not defined the reason.
import { ALPHA_METRICS, krippendorffAlphaIntervals } from './agreement-alpha.ts'
import { intraclassCorrelations, type IccForm } from './agreement-icc.ts'
import {
  chanceCorrectedAgreement,
  type AgreementCoefficient,
  type AgreementWeights,
} from './agreement-kappa.ts'
import { agreementTable, agreementUnits } from './agreement-units.ts'
import type { Ratings } from './ratings.ts'

/** One coefficient: at most 1, 0 is what chance gives (ICC: no more alike than any two). Bounds of the interval asked for. */
export interface AgreementValue {
  readonly id: string
  readonly value: number
  readonly se: number | null
  readonly lower: number
  readonly upper: number
  /** Units that it rests on. */
  readonly n: number
}

export const AGREEMENT_GAPS = [
  'no-pairs',
  'one-category',
  'not-crossed',
  'unequal-raters',
  'no-variation',
  'too-large',
] as const
/** Why a coefficient is not defined on these ratings. */
export type AgreementGapReason = (typeof AGREEMENT_GAPS)[number]

export interface AgreementGap {
  readonly id: string
  readonly reason: AgreementGapReason
}

export interface AgreementReport {
  /** Person x item (x occasion), those rated by two or more, and the raters. */
  readonly units: number
  readonly unitsWithPairs: number
  readonly raters: number
  readonly level: number
  readonly values: readonly AgreementValue[]
  readonly notDefined: readonly AgreementGap[]
}

export interface AgreementOptions {
  /** Uniforms in [0, 1), for the bootstrap of alpha. */
  readonly random: () => number
  readonly resamples?: number
  readonly level?: number
  /** The ratings that count, by position; all by default. */
  readonly keep?: (rating: number) => boolean
}

const WEIGHTS = [
  'unweighted',
  'linear',
  'quadratic',
  'ordinal',
] as const satisfies readonly AgreementWeights[]
const COEFFICIENTS = [
  'conger-kappa',
  'fleiss-kappa',
  'gwet-ac',
  'brennan-prediger',
] as const satisfies readonly AgreementCoefficient[]
const ICC_FORMS = [
  'ICC(1,1)',
  'ICC(2,1)',
  'ICC(3,1)',
  'ICC(1,k)',
  'ICC(2,k)',
  'ICC(3,k)',
] as const satisfies readonly IccForm[]
/** Work that the bootstrap may do: units times resamples. */
const MOST_DRAWS = 2e7
/** Conger's kappa jackknifes over units with one column a rater; above this many cells it would take minutes. */
const MOST_CELLS = 20_000

/** The z that a normal variable stays within, either side, with probability `level`. */
function normalQuantile(level: number): number {
  let low = 0
  let high = 10
  const upper = (1 + level) / 2
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (normalShare(middle) < upper) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** P(Z < z) by the series of Marsaglia (2004), for z from 0 to 10. */
function normalShare(z: number): number {
  let sum = z
  let term = z
  for (let k = 3; term > 1e-17 * sum && k < 400; k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return 0.5 + (sum * Math.exp(-(z * z) / 2)) / Math.sqrt(2 * Math.PI)
}

/**
 * Alpha in four metrics, the six intraclass correlations, and Conger's (Cohen's for two raters), Fleiss's, Gwet's and
 * Brennan-Prediger's coefficients in four weightings, as far as the design defines them; the rest with the reason.
 */
export function agreementOf(
  ratings: Ratings,
  { random, resamples = 1000, level = 0.95, keep }: AgreementOptions,
): AgreementReport {
  const units = agreementUnits(ratings, keep)
  const { rows } = units
  const paired = rows.filter((row) => row.length >= 2).length
  const used = new Set(rows.flat())
  const raters = new Set(units.raters.flat()).size
  const values: AgreementValue[] = []
  const notDefined: AgreementGap[] = []
  const why = paired === 0 ? 'no-pairs' : used.size < 2 ? 'one-category' : undefined
  const affordable = Math.max(100, Math.min(resamples, Math.floor(MOST_DRAWS / Math.max(1, paired))))
  const alphas = why
    ? new Map<never, never>()
    : krippendorffAlphaIntervals(rows, ALPHA_METRICS, random, { resamples: affordable, level })
  for (const metric of ALPHA_METRICS) {
    const id = `alpha-${metric}`
    const found = alphas.get(metric)
    if (found)
      values.push({ id, value: found.alpha, se: null, lower: found.lower, upper: found.upper, n: paired })
    else notDefined.push({ id, reason: why ?? 'no-variation' })
  }
  const icc = iccOf(units, level)
  values.push(...icc.values)
  notDefined.push(...icc.notDefined)

  const quantile = normalQuantile(level)
  const categories = Array.from({ length: ratings.categories }, (_, k) => ratings.lowest + k)
  const crossed = rows.length * raters <= MOST_CELLS ? agreementTable(units).table : undefined
  for (const coefficient of COEFFICIENTS) {
    for (const weights of WEIGHTS) {
      const id = `${coefficient}-${weights}`
      const table = coefficient === 'conger-kappa' ? crossed : rows
      const found =
        why || !table ? undefined : chanceCorrectedAgreement(table, coefficient, weights, categories)
      if (!found) notDefined.push({ id, reason: why ?? (table ? 'no-variation' : 'too-large') })
      else {
        const { value, se } = found
        values.push({
          id,
          value,
          se,
          lower: value - quantile * se,
          upper: Math.min(1, value + quantile * se),
          n: paired,
        })
      }
    }
  }
  return { units: rows.length, unitsWithPairs: paired, raters, level, values, notDefined }
}

/** One-way forms need equally many ratings a unit, the others the same raters on every unit. */
function iccOf(
  units: ReturnType<typeof agreementUnits>,
  level: number,
): Pick<AgreementReport, 'values' | 'notDefined'> {
  const { rows, raters } = units
  const equal =
    rows.length >= 2 && rows.every((row) => row.length === rows[0]!.length) && rows[0]!.length >= 2
  const same = equal && raters.every((list) => list.every((rater, k) => rater === raters[0]![k]))
  const found = equal ? intraclassCorrelations(rows, level) : undefined
  const values: AgreementValue[] = []
  const notDefined: AgreementGap[] = []
  for (const form of ICC_FORMS) {
    const one = same || form.startsWith('ICC(1') ? found?.find((each) => each.form === form) : undefined
    if (one)
      values.push({
        id: form,
        value: one.value,
        se: null,
        lower: one.lower,
        upper: one.upper,
        n: rows.length,
      })
    else
      notDefined.push({
        id: form,
        reason: !equal ? 'unequal-raters' : found ? 'not-crossed' : 'no-variation',
      })
  }
  return { values, notDefined }
}
