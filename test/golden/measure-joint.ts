// Joint maximum likelihood against exact solutions, FACETS' published fragments and Winsteps' output.
import { expectedScore } from '../../src/core/measure/element-measures.ts'
import type { Measurement } from '../../src/core/measure/measurement.ts'
import type { Comparison } from './measure-verdict.ts'
import { mean, measured, ratingsOf, rowsOf, type Row } from './measure-tables.ts'

const wideRows = (rows: readonly Row[], skip: number, person: (row: Row, at: number) => string) => {
  const items = Object.keys(rows[0]!).slice(skip)
  return rows.flatMap((row, at) => items.map((item) => ({ person: person(row, at), rater: 'test', item, score: Number(row[item]) })))
}

/** Guilford's creativity ratings (1954): 3 seniors judge 7 juniors on 5 traits. */
export function guilford(folder: string): Comparison[] {
  const rows = rowsOf(folder, 'guilford_creativity/data.csv')
  const ratings = (change: (row: Row) => number = () => 0) =>
    ratingsOf(rows.map((row) => ({ person: row['junior']!, rater: row['senior']!, item: row['trait']!, score: Number(row['rating']) + change(row) })))
  const run = measured(ratings(), { estimator: 'jml', bias: ['person-rater'] })
  const reference = rowsOf(folder, 'guilford_creativity/jmle_measures_fit.csv')
  const facet = (name: string) => reference.filter((row) => row['facet'] === name)
  // The reference puts juniors at zero, we put raters at zero: both facets move together.
  const seniors = facet('senior')
  const shift = mean(seniors.map((row) => Number(row['measure'])))
  const elements = [
    ...run.raters.map((one, at) => ({ one, row: seniors[at]!, shift })),
    ...run.persons.map((one, at) => ({ one, row: facet('junior')[at]!, shift })),
    ...run.items.map((one, at) => ({ one, row: facet('trait')[at]!, shift: 0 })),
  ]
  const data = 'guilford_creativity'
  const exact = 'exact joint ML'
  // The table of bias terms was made while one rating (Brahe of David, trait 5) stood at 4 instead of 5.
  const changed = measured(ratings((row) => (row['senior'] === '2' && row['junior'] === '4' && row['trait'] === '5' ? -1 : 0)), { estimator: 'jml', bias: ['person-rater'] })
  const terms = rowsOf(folder, 'guilford_creativity/jmle_bias_senior_x_junior.csv').map((row) => ({
    row,
    term: changed.bias.find((one) => one.first === row['junior'] && one.second === row['senior'])!,
  }))
  const brahe = run.bias.find((one) => one.first === '5' && one.second === '2')!
  return [
    { data, quantity: 'measures', reference: exact, tolerance: 1e-6, pairs: elements.map(({ one, row, shift: by }) => [row['element']!, one.measure + by, Number(row['measure'])]) },
    { data, quantity: 'thresholds', reference: exact, tolerance: 1e-6, pairs: run.steps.map((step, at) => [`step ${step.category}`, step.measure, Number(rowsOf(folder, 'guilford_creativity/jmle_thresholds.csv')[at]!['andrich_threshold'])]) },
    { data, quantity: 'infit, outfit and standardised', reference: exact, tolerance: 1e-6, pairs: elements.flatMap(({ one, row }) => [['infit', one.infit], ['infit_z', one.infitZ], ['outfit', one.outfit], ['outfit_z', one.outfitZ]].map(([key, value]) => [`${key} ${row['element']}`, value as number, Number(row[key as string])] as const)) },
    { data, quantity: 'bias terms (one rating lower, see note)', reference: exact, tolerance: 1e-6, pairs: terms.flatMap(({ row, term }) => [[`bias ${row['senior']}x${row['junior']}`, term.bias, Number(row['bias'])], [`SE ${row['senior']}x${row['junior']}`, term.se, Number(row['se'])]] as const) },
    { data, quantity: 'residual of Brahe x Edward, score points', reference: 'FACETS table 9 (-12.9867), converged', tolerance: 0.03, pairs: [['residual', brahe.observed - brahe.expected, -12.9867]] },
  ]
}

/** Liking for Science (Wright and Masters 1982), partial credit. */
export function likingForScience(folder: string): Comparison[] {
  const set = 'winsteps_liking_science_pcm'
  const rows = rowsOf(folder, `${set}/data_numeric.csv`)
  const ratings = ratingsOf(wideRows(rows, 0, (_, at) => String(at + 1)))
  const run = measured(ratings, { estimator: 'jml', steps: 'pcm' })
  const threeCategories = run.items.map((one, at) => ({ one, at })).filter(({ one }) => run.steps.filter((step) => step.item === one.id).length === 2)
  const exact = rowsOf(folder, `${set}/exact_jmle_items.csv`)
  const printed = rowsOf(folder, `${set}/winsteps_sfif.csv`)
  const people = rowsOf(folder, `${set}/winsteps_sfpf.csv`)
  const absolute = threeCategories.flatMap(({ one, at }) => [1, 2].map((k) => ({
    name: `${one.id} step ${k}`,
    ours: one.measure + run.steps.find((step) => step.item === one.id && step.category === k)!.measure,
    reference: Number(exact[at]![`d${k}`]),
  })))
  const apart = mean(absolute.map(({ ours, reference }) => ours - reference))
  const shift = mean(threeCategories.map(({ one, at }) => one.measure - Number(printed[at]!['MEASURE'])))
  const persons = run.persons.map((one, at) => ({ one, row: people[at]! }))
  const middle = mean(persons.map(({ one }) => one.measure - shift))
  const middlePrinted = mean(persons.map(({ row }) => Number(row['MEASURE'])))
  const about = persons.map(({ one, row }) => [one.measure - shift - middle, Number(row['MEASURE']) - middlePrinted] as const)
  const slope = about.reduce((sum, [ours, theirs]) => sum + ours * theirs, 0) / about.reduce((sum, [, theirs]) => sum + theirs ** 2, 0)
  const cells = rowsOf(folder, `${set}/winsteps_sfxf.csv`)
  return [
    { data: set, quantity: 'absolute thresholds', reference: 'exact joint ML', tolerance: 1e-6, pairs: absolute.map(({ name, ours, reference }) => [name, ours - apart, reference]) },
    { data: set, quantity: 'item measures', reference: 'Winsteps 3.75', tolerance: 0.01, pairs: threeCategories.map(({ one, at }) => [one.id, one.measure - shift, Number(printed[at]!['MEASURE'])]) },
    // Winsteps stopped some three thousandths of the way short: with that slope removed its figures hold to 0.01.
    { data: set, quantity: 'person measures, slope removed', reference: 'Winsteps 3.75', tolerance: 0.01, pairs: persons.map(({ one, row }) => [one.id, (one.measure - shift - middle) / slope + middlePrinted, Number(row['MEASURE'])]) },
    { data: set, quantity: 'person measures (extreme one too), Winsteps being 0.3 % short', reference: 'Winsteps 3.75', tolerance: 0.015, pairs: persons.map(({ one, row }) => [one.id, one.measure - shift, Number(row['MEASURE'])]) },
    shortOf(set, cells),
    { data: set, quantity: 'item infit', reference: 'Winsteps 3.75', tolerance: 0.01, pairs: threeCategories.map(({ one, at }) => [one.id, one.infit, Number(printed[at]!['IN.MSQ'])]) },
    { data: set, quantity: 'item outfit, as a ratio', reference: 'Winsteps 3.75', tolerance: 0.01, pairs: threeCategories.map(({ one, at }) => [one.id, one.outfit / Number(printed[at]!['OUT.MSQ']), 1]) },
    { data: set, quantity: 'expected score of all cells', reference: 'Winsteps 3.75 (3 decimals)', tolerance: 0.005, pairs: expectedCells(run, cells) },
  ]
}

/**
 * At an optimum the residuals of each item sum to zero. Winsteps' own, printed to 3 decimals, leave some item further
 * off than ten standard deviations of rounding: what lacks to that is nothing.
 */
function shortOf(data: string, cells: readonly Row[]): Comparison {
  const sums = new Map<string, { residual: number; cells: number }>()
  for (const row of cells) {
    if (row['PUPIL'] === '2') continue
    const sum = sums.get(row['ACT']!) ?? { residual: 0, cells: 0 }
    sum.residual += Number(row['OBSERVED']) - Number(row['EXPECTATION'])
    sum.cells++
    sums.set(row['ACT']!, sum)
  }
  const found = [...sums].map(([act, sum]) => ({ act, residual: Math.abs(sum.residual), rounding: Math.sqrt(sum.cells / 12) * 1e-3 }))
  const worst = found.toSorted((x, y) => y.residual / y.rounding - x.residual / x.rounding)[0]!
  const name = `act ${worst.act}: residual ${worst.residual.toFixed(3)}, SD of rounding ${worst.rounding.toFixed(4)}`
  return { data, quantity: "residual of an item in Winsteps' own cells: what lacks to ten SD of rounding", reference: 'Winsteps 3.75 (cells)', tolerance: 0, pairs: [[name, Math.max(0, 10 * worst.rounding - worst.residual), 0]] }
}

/** Log-likelihood of dichotomous answers and the largest residual of an item's score at the locations given. */
function dichotomous(rows: readonly Row[], items: readonly { readonly name: string; readonly at: number }[], person: (at: number) => number | undefined) {
  const residual = items.map(() => 0)
  const information = items.map(() => 0)
  let logLikelihood = 0
  for (const [n, row] of rows.entries()) {
    const theta = person(n)
    if (theta === undefined) continue
    for (const [i, { name, at }] of items.entries()) {
      const p = 1 / (1 + Math.exp(at - theta))
      const score = Number(row[name])
      residual[i]! += score - p
      information[i]! += p * (1 - p)
      logLikelihood += Math.log(score === 1 ? p : 1 - p)
    }
  }
  return { logLikelihood, residual: residual.map(Math.abs), information }
}

function expectedCells(run: Measurement, cells: readonly Row[]): Comparison['pairs'] {
  const categories = run.summary.categories
  const beta = new Float64Array(run.items.length * categories).fill(Infinity)
  for (const [i, item] of run.items.entries()) {
    const steps = run.steps.filter((step) => step.item === item.id)
    const lowest = steps[0]!.category - 1
    beta[i * categories + lowest] = 0
    for (const step of steps) beta[i * categories + step.category] = beta[i * categories + step.category - 1]! + item.measure + step.measure
  }
  return cells.flatMap((row) => {
    const person = run.persons[Number(row['PUPIL']) - 1]!
    if (person.wide.some((reason) => reason.startsWith('all-'))) return []
    return [[`pupil ${row['PUPIL']} act ${row['ACT']}`, expectedScore(beta, categories, Number(row['ACT']) - 1, person.measure), Number(row['EXPECTATION'])] as const]
  })
}

/** Knox cube test (Wright and Stone 1979): Winsteps stopped 3.5 % short of the optimum, up to 0.16 logits. */
export function knoxCube(folder: string): Comparison[] {
  const set = 'winsteps_knox_cube'
  const rows = rowsOf(folder, `${set}/data.csv`)
  const run = measured(ratingsOf(wideRows(rows, 2, (row) => row['person']!)), { estimator: 'jml' })
  const items = rowsOf(folder, `${set}/winsteps_items.csv`)
  const persons = rowsOf(folder, `${set}/winsteps_persons.csv`)
  const inside = run.items.map((one, at) => ({ one, row: items[at]! })).filter(({ row }) => row['STATUS'] === '1')
  const centre = mean(inside.map(({ one }) => one.measure)) - mean(inside.map(({ row }) => Number(row['MEASURE'])))
  const ours = inside.map(({ one }) => one.measure - centre)
  const theirs = inside.map(({ row }) => Number(row['MEASURE']))
  const slope = ours.reduce((sum, value, at) => sum + value * theirs[at]!, 0) / theirs.reduce((sum, value) => sum + value ** 2, 0)
  const extremes = run.items.map((one, at) => ({ one, row: items[at]! })).filter(({ row }) => row['STATUS'] !== '1')
  const scored = (row: Row | undefined) => row!['STATUS'] === '1'
  const atOurs = dichotomous(rows, inside.map(({ one }) => ({ name: one.id, at: one.measure })), (n) => (scored(persons[n]) ? run.persons[n]!.measure : undefined))
  const atTheirs = dichotomous(rows, inside.map(({ one, row }) => ({ name: one.id, at: Number(row['MEASURE']) })), (n) => (scored(persons[n]) ? Number(persons[n]!['MEASURE']) : undefined))
  // Figures of 2 decimals are off by .005 at most: an item and all who answered it, so by .01 times its information.
  const unexplained = atTheirs.residual.map((residual, i) => residual - 0.01 * atTheirs.information[i]!)
  const worst = unexplained.indexOf(Math.max(...unexplained))
  return [
    { data: set, quantity: 'largest score residual of an item at our measures', reference: 'optimum', tolerance: 1e-6, pairs: [['residual', Math.max(...atOurs.residual), 0]] },
    { data: set, quantity: "score residual at Winsteps' measures beyond what rounding explains: what lacks to .03", reference: 'Winsteps 3.73', tolerance: 0, pairs: [[`${inside[worst]!.one.id}: ${unexplained[worst]!.toFixed(3)}`, Math.max(0, 0.03 - unexplained[worst]!), 0]] },
    { data: set, quantity: 'log-likelihood above ours', reference: 'Winsteps 3.73', tolerance: 0, pairs: [[`${atTheirs.logLikelihood.toFixed(4)} for ${atOurs.logLikelihood.toFixed(4)}`, Math.max(0, atTheirs.logLikelihood - atOurs.logLikelihood), 0]] },
    { data: set, quantity: 'item measures, Winsteps being 3.5 % short', reference: 'Winsteps 3.73', tolerance: 0.17, pairs: inside.map(({ one, row }) => [one.id, one.measure - centre, Number(row['MEASURE'])]) },
    { data: set, quantity: 'slope of ours on Winsteps', reference: '1.035', tolerance: 0.005, pairs: [['slope', slope, 1.035]] },
    { data: set, quantity: 'item measures, slope removed', reference: 'Winsteps 3.73', tolerance: 0.02, pairs: inside.map(({ one, row }) => [one.id, (one.measure - centre) / slope, Number(row['MEASURE'])]) },
    { data: set, quantity: 'person measures, Winsteps being 3.5 % short', reference: 'Winsteps 3.73', tolerance: 0.17, pairs: run.persons.flatMap((one, at) => (persons[at]!['STATUS'] === '1' ? [[one.id, one.measure - centre, Number(persons[at]!['MEASURE'])] as const] : [])) },
    { data: set, quantity: 'extreme items, Winsteps being short', reference: 'Winsteps 3.73', tolerance: 0.25, pairs: extremes.map(({ one, row }) => [one.id, one.measure - centre, Number(row['MEASURE'])]) },
  ]
}
