// Agreement coefficients against published values and R's, and their own laws.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { corpusPath } from '../../../test/corpus.ts'
import {
  krippendorffAlpha,
  krippendorffAlphaInterval,
  type AgreementTable,
  type AlphaMetric,
} from './agreement-alpha.ts'
import { quantileOfF } from './f-distribution.ts'
import { intraclassCorrelations } from './agreement-icc.ts'
import {
  chanceCorrectedAgreement,
  type AgreementCoefficient,
  type AgreementWeights,
} from './agreement-kappa.ts'
import { seededRandom } from './seeded-random.ts'

const corpus = corpusPath()
const folder = corpus && join(corpus, 'measurement', 'agreement')

function rowsOf(name: string): string[][] {
  const text = readFileSync(join(folder!, name), 'utf8').trim()
  return text
    .split(/\r?\n/)
    .slice(1)
    .map((line) => [...line.matchAll(/"((?:[^"]|"")*)"|([^,]+)/g)].map((m) => m[1] ?? m[2]!))
}

const table = (name: string): AgreementTable =>
  rowsOf(name).map((row) => row.map((cell) => (cell === 'NA' ? null : Number(cell))))
/** Krippendorff prints raters in rows: units are the columns. */
const turned = (rows: AgreementTable): AgreementTable =>
  rows[0]!.map((_, column) => rows.map((row) => row[column]!))

test('alpha gives the values that Krippendorff (2011) prints for his binary example', () => {
  const a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
  const b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
  expect(
    krippendorffAlpha(
      a.map((value, i) => [value, b[i]!]),
      'nominal',
    ),
  ).toBeCloseTo(0.095, 3)
})

test('the six intraclass correlations are those that Shrout and Fleiss (1979) print for their table 2', () => {
  const scores = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
  ]
  expect(intraclassCorrelations(scores)!.map(({ value }) => value.toFixed(2))).toEqual([
    '0.17',
    '0.29',
    '0.71',
    '0.44',
    '0.62',
    '0.91',
  ])
})

describe.skipIf(!folder)(
  'agreement held to the reference table (skipped: no corpus beside the repository)',
  () => {
    const references = folder
      ? rowsOf('reference_values.csv').map(([set, statistic, value]) => ({
          set: set!,
          statistic: statistic!,
          value: Number(value),
        }))
      : []
    const reference = (set: string, statistic: string) =>
      references.find((row) => row.set === set && row.statistic === statistic)!.value

    test.each(references.filter((row) => row.statistic.startsWith('alpha_')))(
      '$set $statistic',
      ({ set, statistic, value }) => {
        const alpha = krippendorffAlpha(turned(table(`${set}.csv`)), statistic.slice(6) as AlphaMetric)!
        expect(alpha, `reference ${value}, ours ${alpha}, difference ${alpha - value}`).toBeCloseTo(value, 10)
      },
    )

    test.each([
      ['ICC(1,1)', 'Single_raters_absolute', 'icc oneway agreement single'],
      ['ICC(2,1)', 'Single_random_raters', 'icc twoway agreement single'],
      ['ICC(3,1)', 'Single_fixed_raters', 'icc twoway consistency single'],
      ['ICC(1,k)', 'Average_raters_absolute', 'icc oneway agreement average'],
      ['ICC(2,k)', 'Average_random_raters', 'icc twoway agreement average'],
      ['ICC(3,k)', 'Average_fixed_raters', 'icc twoway consistency average'],
    ])('%s with its interval, on both data sets', (form, psych, irr) => {
      // The first reference was fitted iteratively (REML) and is exact to about five digits, the second by mean squares.
      for (const [set, name, gap, digits] of [
        ['shrout_fleiss_1979', psych, '_', 4],
        ['irr_anxiety', irr, ' ', 8],
      ] as const) {
        const ours = intraclassCorrelations(table(`${set}.csv`))!.find((one) => one.form === form)!
        expect(ours.value, `${set} ${form}`).toBeCloseTo(reference(set, name), digits)
        // irr counts the number of raters twice in these degrees of freedom: the next test.
        if (set === 'irr_anxiety' && form === 'ICC(2,k)') continue
        expect(ours.lower, `${set} ${form} lower`).toBeCloseTo(
          reference(set, `${name}${gap}lwr`),
          Math.min(digits, 7),
        )
        expect(ours.upper, `${set} ${form} upper`).toBeCloseTo(
          reference(set, `${name}${gap}upr`),
          Math.min(digits, 7),
        )
      }
    })

    test('the interval of ICC(2,k) that irr prints comes out where the number of raters is counted twice', () => {
      const scores = table('irr_anxiety.csv').map((row) => row.map(Number))
      const [n, k] = [scores.length, scores[0]!.length]
      const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length
      const grand = mean(scores.flat())
      const squares = (list: readonly number[]) => list.reduce((sum, one) => sum + (one - grand) ** 2, 0)
      const between = k * squares(scores.map(mean))
      const judges = n * squares(scores[0]!.map((_, j) => mean(scores.map((row) => row[j]!))))
      const error = (squares(scores.flat()) - between - judges) / ((n - 1) * (k - 1))
      const [rows, columns] = [between / (n - 1), judges / (k - 1)]
      const ours = intraclassCorrelations(scores)!
      const of = (form: string) => ours.find((one) => one.form === form)!
      const ends = (coefficient: number, times: number) => {
        const share = (times * coefficient) / (n * (1 - coefficient))
        const parts = [share * columns, (1 + share * (n - 1)) * error] as const
        const freedom =
          (parts[0] + parts[1]) ** 2 / (parts[0] ** 2 / (k - 1) + parts[1] ** 2 / ((n - 1) * (k - 1)))
        const low = quantileOfF(0.975, n - 1, freedom)
        const high = quantileOfF(0.975, freedom, n - 1)
        return [
          (n * (rows - low * error)) / (low * (columns - error) + n * rows),
          (n * (high * rows - error)) / (columns - error + n * high * rows),
        ] as const
      }
      const [single, average] = [of('ICC(2,1)'), of('ICC(2,k)')]
      for (const [coefficient, times] of [
        [single.value, k],
        [average.value, 1],
      ] as const) {
        const [lower, upper] = ends(coefficient, times)
        expect(lower).toBeCloseTo(average.lower, 12)
        expect(upper).toBeCloseTo(average.upper, 12)
      }
      const [lower, upper] = ends(average.value, k)
      expect(lower).toBeCloseTo(reference('irr_anxiety', 'icc twoway agreement average lwr'), 8)
      expect(upper).toBeCloseTo(reference('irr_anxiety', 'icc twoway agreement average upr'), 8)
    })

    test.each([
      ['unweighted', 'unweighted'],
      ['linear', 'equal'],
      ['quadratic', 'squared'],
    ] as const)('Cohen kappa of the first two anxiety raters, %s', (weights, name) => {
      const pair = table('irr_anxiety.csv').map((row) => row.slice(0, 2))
      const ours = chanceCorrectedAgreement(pair, 'conger-kappa', weights)!
      expect(ours.value).toBeCloseTo(reference('irr_anxiety12', `kappa2_${name}`), 8)
    })

    test('Fleiss kappa of six psychiatrists', () => {
      const labels = rowsOf('irr_diagnoses.csv').map((row) => row.map((cell) => Number(cell[0])))
      expect(chanceCorrectedAgreement(labels, 'fleiss-kappa')!.value).toBeCloseTo(
        reference('irr_diagnoses', 'fleiss_kappa'),
        8,
      )
    })

    const names: Record<AgreementCoefficient, string> = {
      'gwet-ac': 'gwet.ac1.raw',
      'fleiss-kappa': 'fleiss.kappa.raw',
      'brennan-prediger': 'bp.coeff.raw',
      'conger-kappa': 'conger.kappa.raw',
    }
    const cases = (Object.keys(names) as AgreementCoefficient[]).flatMap((coefficient) =>
      (['unweighted', 'linear', 'quadratic', 'ordinal'] as AgreementWeights[]).map((weights) => ({
        coefficient,
        weights,
      })),
    )
    test.each(cases)('$coefficient $weights with gaps, five printed digits', ({ coefficient, weights }) => {
      // The reference values are those of the raters two to four: its script left the first column out.
      const threeRaters = table('gwet_raw4raters.csv').map((row) => row.slice(1))
      const ours = chanceCorrectedAgreement(threeRaters, coefficient, weights)!
      const value = reference('gwet_raw4raters', `${names[coefficient]}_${weights}`)
      const se = reference('gwet_raw4raters', `${names[coefficient]}_${weights}_se`)
      expect(Math.abs(ours.value - value), `reference ${value}, ours ${ours.value}`).toBeLessThanOrEqual(
        0.5e-5 + 1e-12,
      )
      // The reference's error of Conger's kappa is a linearisation; ours is a jackknife: the same size, not the same digits.
      if (coefficient === 'conger-kappa') expect(ours.se / se).toBeGreaterThan(0.7)
      else
        expect(Math.abs(ours.se - se), `reference ${se}, ours ${ours.se}`).toBeLessThanOrEqual(0.5e-5 + 1e-12)
    })
  },
)

test('Gwet (2014) prints .775 for the AC1 of his four raters, and .743 for alpha', () => {
  const n = null
  const units = [
    [1, 1, n, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [n, 5, 5, 5],
    [n, n, 1, 1],
    [n, n, 3, n],
  ]
  expect(chanceCorrectedAgreement(units, 'gwet-ac')!.value.toFixed(3)).toBe('0.775')
  expect(krippendorffAlpha(units, 'nominal')!.toFixed(3)).toBe('0.743')
})

const ratings = fc.array(
  fc.array(fc.option(fc.integer({ min: 0, max: 4 }), { nil: null }), { minLength: 3, maxLength: 3 }),
  { minLength: 3, maxLength: 20 },
)

test('no coefficient passes 1, and perfect agreement is 1', () => {
  fc.assert(
    fc.property(ratings, (units) => {
      const alpha = krippendorffAlpha(units, 'interval')
      if (alpha !== undefined) expect(alpha).toBeLessThanOrEqual(1 + 1e-12)
      const same = units.map((unit, i) => unit.map(() => i % 3))
      expect(krippendorffAlpha(same, 'ordinal')).toBeCloseTo(1, 12)
      expect(chanceCorrectedAgreement(same, 'gwet-ac', 'ordinal')!.value).toBeCloseTo(1, 12)
    }),
    { seed: 7, numRuns: 200 },
  )
})

test('the order of units and of raters does not matter', () => {
  fc.assert(
    fc.property(ratings, (units) => {
      const mirrored = units.toReversed().map((unit) => unit.toReversed())
      for (const metric of ['nominal', 'ordinal', 'interval', 'ratio'] as const) {
        const [a, b] = [krippendorffAlpha(units, metric), krippendorffAlpha(mirrored, metric)]
        if (a === undefined) expect(b).toBeUndefined()
        else expect(b).toBeCloseTo(a, 10)
      }
    }),
    { seed: 8, numRuns: 200 },
  )
})

test('where nothing can be compared there is no number', () => {
  expect(
    krippendorffAlpha(
      [
        [1, null],
        [null, 2],
      ],
      'nominal',
    ),
  ).toBeUndefined()
  expect(
    krippendorffAlpha(
      [
        [3, 3],
        [3, 3],
      ],
      'interval',
    ),
  ).toBeUndefined()
  expect(
    chanceCorrectedAgreement(
      [
        [3, 3],
        [3, 3],
      ],
      'gwet-ac',
    ),
  ).toBeUndefined()
  expect(
    intraclassCorrelations([
      [1, 2],
      [3, null],
    ]),
  ).toBeUndefined()
})

test('the bootstrap interval holds the estimate and is the same for the same random numbers', () => {
  const units = Array.from({ length: 30 }, (_, i) => [i % 5, (i * 7) % 5, i % 4])
  const uniform = () => {
    let state = 42
    return () => (state = (state * 48271) % 2147483647) / 2147483647
  }
  const first = krippendorffAlphaInterval(units, 'ordinal', uniform())!
  expect(first).toEqual(krippendorffAlphaInterval(units, 'ordinal', uniform()))
  expect(first.lower).toBeLessThan(first.alpha)
  expect(first.upper).toBeGreaterThan(first.alpha)
})

test('the error of Conger’s kappa is that of leaving each unit out, one after the other', () => {
  const random = seededRandom(5)
  const table = Array.from({ length: 40 }, () =>
    Array.from({ length: 6 }, () => (random() < 0.4 ? null : Math.floor(4 * random()))),
  )
  for (const weights of ['unweighted', 'linear', 'quadratic', 'ordinal'] as const) {
    const whole = chanceCorrectedAgreement(table, 'conger-kappa', weights)!
    const without = table.map(
      (_, left) =>
        chanceCorrectedAgreement(
          table.filter((__, i) => i !== left),
          'conger-kappa',
          weights,
          [0, 1, 2, 3],
        )!.value,
    )
    const mean = without.reduce((sum, value) => sum + value, 0) / without.length
    const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    expect(whole.se).toBeCloseTo(Math.sqrt((squares * (without.length - 1)) / without.length), 12)
  }
})
