// Intraclass correlations: all six forms of Shrout and Fleiss, with their intervals.
import { quantileOfF } from './f-distribution.ts'

/** `1` raters differ from unit to unit; `2` the same random raters judge all; `3` the same fixed raters judge all. */
export type IccForm = 'ICC(1,1)' | 'ICC(2,1)' | 'ICC(3,1)' | 'ICC(1,k)' | 'ICC(2,k)' | 'ICC(3,k)'

export interface IntraclassCorrelation {
  readonly form: IccForm
  readonly value: number
  readonly lower: number
  readonly upper: number
}

interface MeanSquares {
  readonly units: number
  readonly raters: number
  readonly between: number
  readonly within: number
  readonly judges: number
  readonly error: number
}

function meanSquares(table: readonly (readonly number[])[]): MeanSquares {
  const units = table.length
  const raters = table[0]?.length ?? 0
  const grand = table.flat().reduce((sum, score) => sum + score, 0) / (units * raters)
  const unitMeans = table.map((row) => row.reduce((sum, score) => sum + score, 0) / raters)
  const raterMeans = Array.from(
    { length: raters },
    (_, j) => table.reduce((sum, row) => sum + row[j]!, 0) / units,
  )
  let total = 0
  for (const row of table) for (const score of row) total += (score - grand) ** 2
  const betweenSum = raters * unitMeans.reduce((sum, mean) => sum + (mean - grand) ** 2, 0)
  const judgesSum = units * raterMeans.reduce((sum, mean) => sum + (mean - grand) ** 2, 0)
  return {
    units,
    raters,
    between: betweenSum / (units - 1),
    within: (total - betweenSum) / (units * (raters - 1)),
    judges: judgesSum / (raters - 1),
    error: (total - betweenSum - judgesSum) / ((units - 1) * (raters - 1)),
  }
}

/** Spearman-Brown: the reliability of the mean of k raters from that of one. */
const ofMean = (single: number, k: number) => (k * single) / (1 + (k - 1) * single)

/**
 * The six intraclass correlations of a complete table (units in rows, at least 2; raters in columns, at least 2).
 * Undefined where the table is too small, incomplete, or without any variation between units and raters.
 * Source: Shrout and Fleiss (1979), Psychological Bulletin 86, 420-428, their intervals included.
 */
export function intraclassCorrelations(
  table: readonly (readonly (number | null)[])[],
  level = 0.95,
): readonly IntraclassCorrelation[] | undefined {
  const k = table[0]?.length ?? 0
  if (table.length < 2 || k < 2) return undefined
  if (table.some((row) => row.length !== k || row.some((score) => score === null || !Number.isFinite(score))))
    return undefined
  const { units: n, between, within, judges, error } = meanSquares(table as readonly (readonly number[])[])
  if (!(within > 0) || !(error > 0)) return undefined
  const upperTail = 1 - (1 - level) / 2

  const oneWay = (between - within) / (between + (k - 1) * within)
  const f1 = between / within
  const f1Lower = f1 / quantileOfF(upperTail, n - 1, n * (k - 1))
  const f1Upper = f1 * quantileOfF(upperTail, n * (k - 1), n - 1)
  const oneWayBounds = [f1Lower, f1Upper].map((f) => (f - 1) / (f + k - 1))

  const twoWay = (between - error) / (between + (k - 1) * error + (k * (judges - error)) / n)
  const fj = judges / error
  const spread = n * (1 + (k - 1) * twoWay) - k * twoWay
  const freedom =
    ((k - 1) * (n - 1) * (k * twoWay * fj + spread) ** 2) /
    ((n - 1) * k ** 2 * twoWay ** 2 * fj ** 2 + spread ** 2)
  const fUpper = quantileOfF(upperTail, n - 1, freedom)
  const fLower = quantileOfF(upperTail, freedom, n - 1)
  const rest = k * judges + (k * n - k - n) * error
  const twoWayBounds = [
    (n * (between - fUpper * error)) / (fUpper * rest + n * between),
    (n * (fLower * between - error)) / (rest + n * fLower * between),
  ]

  const fixed = (between - error) / (between + (k - 1) * error)
  const f3 = between / error
  const f3Lower = f3 / quantileOfF(upperTail, n - 1, (n - 1) * (k - 1))
  const f3Upper = f3 * quantileOfF(upperTail, (n - 1) * (k - 1), n - 1)
  const fixedBounds = [f3Lower, f3Upper].map((f) => (f - 1) / (f + k - 1))

  const single = (form: IccForm, value: number, bounds: number[]) => ({
    form,
    value,
    lower: bounds[0]!,
    upper: bounds[1]!,
  })
  const mean = (form: IccForm, value: number, bounds: number[]) =>
    single(
      form,
      ofMean(value, k),
      bounds.map((bound) => ofMean(bound, k)),
    )
  return [
    single('ICC(1,1)', oneWay, oneWayBounds),
    single('ICC(2,1)', twoWay, twoWayBounds),
    single('ICC(3,1)', fixed, fixedBounds),
    mean('ICC(1,k)', oneWay, oneWayBounds),
    mean('ICC(2,k)', twoWay, twoWayBounds),
    mean('ICC(3,k)', fixed, fixedBounds),
  ]
}
