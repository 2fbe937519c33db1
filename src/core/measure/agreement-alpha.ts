// Krippendorff's alpha: agreement of any number of raters on any scale, missing ratings allowed.

/** Units in rows, raters in columns; null where a rater did not judge a unit. */
export type AgreementTable = readonly (readonly (number | null)[])[]
export type AlphaMetric = 'nominal' | 'ordinal' | 'interval' | 'ratio'

export interface AlphaInterval {
  readonly alpha: number
  readonly lower: number
  readonly upper: number
  /** Resamples that had any variation, of those asked for; the others carry no alpha. */
  readonly resamples: number
}

/** Values that can be paired: those of units with at least two ratings, each unit as its list of values. */
function pairable(table: AgreementTable): number[][] {
  return table.map((unit) => unit.filter((value) => value !== null)).filter((values) => values.length >= 2)
}

/** Squared distance between two categories (by position) for a metric; `marginals` are the pairable counts. */
function squaredDistance(metric: AlphaMetric, values: readonly number[], marginals: Float64Array, c: number, k: number): number {
  if (c === k) return 0
  const a = values[c]!
  const b = values[k]!
  if (metric === 'nominal') return 1
  if (metric === 'interval') return (a - b) ** 2
  if (metric === 'ratio') return a + b === 0 ? 0 : ((a - b) / (a + b)) ** 2
  const low = Math.min(c, k)
  const high = Math.max(c, k)
  let between = 0
  for (let g = low; g <= high; g++) between += marginals[g]!
  return (between - (marginals[c]! + marginals[k]!) / 2) ** 2
}

function alphaOfUnits(units: readonly (readonly number[])[], values: readonly number[], metric: AlphaMetric): number {
  const size = values.length
  const position = new Map(values.map((value, index) => [value, index]))
  const coincidences = new Float64Array(size * size)
  for (const unit of units) {
    const weight = 1 / (unit.length - 1)
    for (let i = 0; i < unit.length; i++) {
      const row = position.get(unit[i]!)! * size
      for (let j = 0; j < unit.length; j++) if (i !== j) coincidences[row + position.get(unit[j]!)!]! += weight
    }
  }
  const marginals = new Float64Array(size)
  for (let c = 0; c < size; c++) for (let k = 0; k < size; k++) marginals[c]! += coincidences[c * size + k]!
  const total = marginals.reduce((sum, count) => sum + count, 0)
  let observed = 0
  let expected = 0
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) {
      const distance = squaredDistance(metric, values, marginals, c, k)
      observed += coincidences[c * size + k]! * distance
      expected += marginals[c]! * marginals[k]! * distance
    }
  }
  return expected === 0 ? Number.NaN : 1 - ((total - 1) * observed) / expected
}

/**
 * Krippendorff's alpha, at most 1; 0 is what chance gives. Undefined where no unit has two ratings or where all
 * ratings are the same (there is then nothing to agree on).
 * Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
 */
export function krippendorffAlpha(table: AgreementTable, metric: AlphaMetric): number | undefined {
  const units = pairable(table)
  const values = [...new Set(units.flat())].toSorted((a, b) => a - b)
  const alpha = alphaOfUnits(units, values, metric)
  return Number.isFinite(alpha) ? alpha : undefined
}

/**
 * Alpha with a percentile bootstrap interval over units; `random` returns uniforms in [0, 1).
 * `level` is the interval's coverage. Undefined where alpha is.
 */
export function krippendorffAlphaInterval(
  table: AgreementTable,
  metric: AlphaMetric,
  random: () => number,
  { resamples = 1000, level = 0.95 }: { resamples?: number; level?: number } = {},
): AlphaInterval | undefined {
  const alpha = krippendorffAlpha(table, metric)
  if (alpha === undefined) return undefined
  const units = pairable(table)
  const values = [...new Set(units.flat())].toSorted((a, b) => a - b)
  const drawn: number[] = []
  for (let resample = 0; resample < resamples; resample++) {
    const sample = units.map(() => units[Math.floor(random() * units.length)]!)
    const value = alphaOfUnits(sample, values, metric)
    if (Number.isFinite(value)) drawn.push(value)
  }
  drawn.sort((a, b) => a - b)
  const at = (share: number) => drawn[Math.min(drawn.length - 1, Math.max(0, Math.round(share * (drawn.length - 1))))] ?? alpha
  return { alpha, lower: at((1 - level) / 2), upper: at((1 + level) / 2), resamples: drawn.length }
}
