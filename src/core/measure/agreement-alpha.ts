// Krippendorff's alpha: agreement of any number of raters on any scale, missing ratings allowed.

/** Units in rows, their ratings in columns; null where a rater did not judge a unit. Rows may differ in length. */
export type AgreementTable = readonly (readonly (number | null)[])[]
export const ALPHA_METRICS = ['nominal', 'ordinal', 'interval', 'ratio'] as const
export type AlphaMetric = (typeof ALPHA_METRICS)[number]

export interface AlphaInterval {
  readonly alpha: number
  readonly lower: number
  readonly upper: number
  /** Resamples that had any variation, of those asked for; the others carry no alpha. */
  readonly resamples: number
}

/** Units with at least two ratings, those with the same ratings taken together: what alpha can be computed from. */
interface Pairable {
  readonly values: readonly number[]
  /** By pattern: positions of the values rated and how often each, and the number of ratings. */
  readonly patterns: readonly {
    readonly at: readonly number[]
    readonly count: readonly number[]
    readonly ratings: number
  }[]
  readonly patternOf: Int32Array
}

function pairable(table: AgreementTable): Pairable {
  const units = table
    .map((unit) => unit.filter((value) => value !== null))
    .filter((values) => values.length >= 2)
  const values = [...new Set(units.flat())].toSorted((a, b) => a - b)
  const position = new Map(values.map((value, index) => [value, index]))
  const known = new Map<string, number>()
  const patterns: Pairable['patterns'][number][] = []
  const patternOf = Int32Array.from(units, (unit) => {
    const sorted = unit.map((value) => position.get(value)!).toSorted((a, b) => a - b)
    const key = sorted.join(' ')
    let pattern = known.get(key)
    if (pattern === undefined) {
      pattern = patterns.length
      known.set(key, pattern)
      const at = [...new Set(sorted)]
      patterns.push({
        at,
        count: at.map((value) => sorted.filter((other) => other === value).length),
        ratings: sorted.length,
      })
    }
    return pattern
  })
  return { values, patterns, patternOf }
}

/** Coincidences of values (rows x columns) where pattern p occurs `times[p]` times. */
function coincidencesOf({ values, patterns }: Pairable, times: Float64Array): Float64Array {
  const size = values.length
  const coincidences = new Float64Array(size * size)
  for (const [p, { at, count, ratings }] of patterns.entries()) {
    if (times[p] === 0) continue
    const weight = times[p]! / (ratings - 1)
    for (let i = 0; i < at.length; i++) {
      const row = at[i]! * size
      for (let j = 0; j < at.length; j++)
        coincidences[row + at[j]!]! += weight * count[i]! * (count[j]! - Number(i === j))
    }
  }
  return coincidences
}

/** Squared distance between two categories (by position) for a metric; `upTo[c]` counts pairable values up to c. */
function squaredDistance(
  metric: AlphaMetric,
  values: readonly number[],
  marginals: Float64Array,
  upTo: Float64Array,
  c: number,
  k: number,
): number {
  if (c === k) return 0
  const a = values[c]!
  const b = values[k]!
  if (metric === 'nominal') return 1
  if (metric === 'interval') return (a - b) ** 2
  if (metric === 'ratio') return a + b === 0 ? 0 : ((a - b) / (a + b)) ** 2
  const low = Math.min(c, k)
  const high = Math.max(c, k)
  const between = upTo[high]! - upTo[low]! + marginals[low]!
  return (between - (marginals[c]! + marginals[k]!) / 2) ** 2
}

function alphaOf(values: readonly number[], coincidences: Float64Array, metric: AlphaMetric): number {
  const size = values.length
  const marginals = new Float64Array(size)
  const upTo = new Float64Array(size)
  let total = 0
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) marginals[c]! += coincidences[c * size + k]!
    total += marginals[c]!
    upTo[c] = total
  }
  let observed = 0
  let expected = 0
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < c; k++) {
      const distance = squaredDistance(metric, values, marginals, upTo, c, k)
      observed += 2 * coincidences[c * size + k]! * distance
      expected += 2 * marginals[c]! * marginals[k]! * distance
    }
  }
  return expected === 0 ? Number.NaN : 1 - ((total - 1) * observed) / expected
}

function countsOf({ patterns, patternOf }: Pairable): Float64Array {
  const times = new Float64Array(patterns.length)
  for (const pattern of patternOf) times[pattern]! += 1
  return times
}

/**
 * Krippendorff's alpha, at most 1; 0 is what chance gives. Undefined where no unit has two ratings or where all
 * ratings are the same (there is then nothing to agree on).
 * Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
 */
export function krippendorffAlpha(table: AgreementTable, metric: AlphaMetric): number | undefined {
  const units = pairable(table)
  const alpha = alphaOf(units.values, coincidencesOf(units, countsOf(units)), metric)
  return Number.isFinite(alpha) ? alpha : undefined
}

/**
 * Alpha in several metrics, each with a percentile bootstrap interval over units (the same resamples for all);
 * `random` returns uniforms in [0, 1), `level` is the coverage. A metric is absent where its alpha is undefined.
 */
export function krippendorffAlphaIntervals(
  table: AgreementTable,
  metrics: readonly AlphaMetric[],
  random: () => number,
  { resamples = 1000, level = 0.95 }: { resamples?: number; level?: number } = {},
): ReadonlyMap<AlphaMetric, AlphaInterval> {
  const units = pairable(table)
  const { values, patternOf, patterns } = units
  const whole = coincidencesOf(units, countsOf(units))
  const defined = metrics
    .map((metric) => ({ metric, alpha: alphaOf(values, whole, metric), drawn: [] as number[] }))
    .filter(({ alpha }) => Number.isFinite(alpha))
  const times = new Float64Array(patterns.length)
  for (let resample = 0; resample < resamples && defined.length > 0; resample++) {
    times.fill(0)
    for (let unit = 0; unit < patternOf.length; unit++)
      times[patternOf[Math.floor(random() * patternOf.length)]!]! += 1
    const coincidences = coincidencesOf(units, times)
    for (const { metric, drawn } of defined) {
      const value = alphaOf(values, coincidences, metric)
      if (Number.isFinite(value)) drawn.push(value)
    }
  }
  return new Map(
    defined.map(({ metric, alpha, drawn }) => {
      drawn.sort((a, b) => a - b)
      const at = (share: number) =>
        drawn[Math.min(drawn.length - 1, Math.max(0, Math.round(share * (drawn.length - 1))))] ?? alpha
      return [
        metric,
        { alpha, lower: at((1 - level) / 2), upper: at((1 + level) / 2), resamples: drawn.length },
      ]
    }),
  )
}

/** Alpha in one metric with its bootstrap interval; undefined where alpha is. */
export function krippendorffAlphaInterval(
  table: AgreementTable,
  metric: AlphaMetric,
  random: () => number,
  options: { resamples?: number; level?: number } = {},
): AlphaInterval | undefined {
  return krippendorffAlphaIntervals(table, [metric], random, options).get(metric)
}
