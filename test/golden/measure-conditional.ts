// Conditional maximum likelihood against eRm and psychotools: items, standard errors, persons, fit, likelihood ratio.
import { blocksOf, type Blocks } from '../../src/core/measure/blocks.ts'
import { conditionalData, fitConditional, type ConditionalFit } from '../../src/core/measure/conditional.ts'
import { residualPass } from '../../src/core/measure/fit.ts'
import { momentsAt } from '../../src/core/measure/joint-aside.ts'
import type { StepModel } from '../../src/core/measure/measurement.ts'
import type { Ratings } from '../../src/core/measure/ratings.ts'
import { varianceOf } from '../../src/core/measure/step-model.ts'
import { SymmetricFunctions } from '../../src/core/measure/symmetric-functions.ts'
import type { Comparison } from './measure-verdict.ts'
import { ratingsOf, rowsOf, wideRatings } from './measure-tables.ts'

interface Fitted {
  readonly ratings: Ratings
  readonly blocks: Blocks
  readonly fit: ConditionalFit
}

function fitted(ratings: Ratings, model: StepModel): Fitted {
  const blocks = blocksOf(ratings)
  if (!blocks.ok) throw new Error(blocks.refusals[0]!.message)
  const free = new Float64Array(ratings.itemIds.length).fill(NaN)
  const fit = fitConditional(model, blocks.value, ratings.itemIds, ratings.categories, { items: free })
  if (!fit.ok) throw new Error(fit.refusals[0]!.message)
  return { ratings, blocks: blocks.value, fit: fit.value }
}

type Terms = readonly (readonly [item: number, category: number, factor: number])[]

/** Value and standard error of a sum of category costs. */
function combined({ ratings, fit }: Fitted, terms: Terms): { value: number; se: number } {
  const { design, free } = fit.parameters
  const gradient = new Float64Array(free)
  let value = 0
  for (const [i, k, factor] of terms) {
    if (k === 0) continue
    const cell = i * ratings.categories + k
    value += factor * fit.beta[cell]!
    for (let q = 0; q < free; q++) gradient[q]! += factor * design[cell * free + q]!
  }
  return { value, se: Math.sqrt(varianceOf(gradient, fit.covariance)) }
}

/** psychotools puts the first threshold of the first item at 0. */
function psychotools(run: Fitted, name: string): { value: number; se: number } {
  const { itemIds } = run.ratings
  const split = /^(.*)-C(\d+)$/.exec(name)
  const step = /^C(\d+)$/.exec(name)
  const [i, k] = split ? [itemIds.indexOf(split[1]!), Number(split[2])] : step ? [0, Number(step[1])] : [itemIds.indexOf(name), 1]
  return combined(run, [[i, k, 1], [0, 1, -k]])
}

function psychotoolsComparisons(data: string, run: Fitted, rows: ReturnType<typeof rowsOf>, logLikelihood: number): Comparison[] {
  const reference = 'psychotools 0.7-2'
  const found = rows.map((row) => ({ name: row['par']!, ours: psychotools(run, row['par']!), row }))
  return [
    { data, quantity: 'item and step coefficients', reference, tolerance: 1e-5, pairs: found.map(({ name, ours, row }) => [name, ours.value, Number(row['est'])]) },
    { data, quantity: 'their standard errors', reference, tolerance: 1e-4, pairs: found.map(({ name, ours, row }) => [`SE ${name}`, ours.se, Number(row['se'])]) },
    { data, quantity: 'conditional log-likelihood', reference, tolerance: 1e-4, pairs: [['log-likelihood', run.fit.logLikelihood, logLikelihood]] },
  ]
}

/** Maximum likelihood location at each score on all items that is not extreme: psychotools' person parameters. */
function psychotoolsPersons(data: string, { fit, ratings }: Fitted, rows: ReturnType<typeof rowsOf>): Comparison {
  const at = (score: number) => {
    let theta = 0
    for (let round = 0; round < 200; round++) {
      let mean = 0
      let variance = 0
      for (let i = 0; i < ratings.itemIds.length; i++) {
        const one = momentsAt(fit.beta, ratings.categories, i, theta)
        mean += one.mean
        variance += one.variance
      }
      theta += Math.max(-1, Math.min(1, (score - mean) / variance))
    }
    return theta
  }
  return {
    data,
    quantity: 'person locations (ML) by score',
    reference: 'psychotools 0.7-2',
    tolerance: 1e-5,
    pairs: rows.map((row) => [`score ${row['score']}`, at(Number(row['score'])), Number(row['theta'])]),
  }
}

/** eRm's easiness of category k of item i: rating-scale first categories sum to zero, partial-credit all do. */
function easinessTerms(run: Fitted, model: StepModel, i: number, k: number): Terms {
  const { ratings } = run
  const all: [number, number][] = []
  for (let j = 0; j < ratings.itemIds.length; j++) {
    for (let c = 1; c < ratings.categories; c++) if (run.fit.parameters.used[j * ratings.categories + c] && (model === 'pcm' || c === 1)) all.push([j, c])
  }
  const weight = all.reduce((sum, [, c]) => sum + c, 0)
  return [[i, k, -1], ...all.map(([j, c]) => [j, c, k / weight] as const)]
}

const easiness = (run: Fitted, model: StepModel, i: number, k: number) => combined(run, easinessTerms(run, model, i, k))

/** Maximum likelihood location of each person given the items; undefined for extreme scores. */
function located({ ratings, blocks, fit }: Fitted, beta = fit.beta) {
  return ratings.personIds.map((_, n) => {
    const b = blocks.personStart[n]!
    const items = blocks.trie.patterns[blocks.pattern[b]!]!
    const top = [...items].reduce((sum, i) => sum + fit.parameters.high[i]!, 0)
    const total = blocks.total[b]!
    if (total === 0 || total === top) return undefined
    const at = (theta: number) => {
      let mean = 0
      let variance = 0
      for (const i of items) {
        const one = momentsAt(beta, ratings.categories, i, theta)
        mean += one.mean
        variance += one.variance
      }
      return { step: (total - mean) / variance, variance }
    }
    let theta = 0
    for (let round = 0; round < 60; round++) theta += Math.max(-1, Math.min(1, at(theta).step))
    return { theta, se: 1 / Math.sqrt(at(theta).variance), onward: (from: number) => from + at(from).step }
  })
}

/**
 * One Newton step from the reference's category costs with our information: where the reference would have gone, had
 * it not stopped. Returns the step as a change of any sum of costs, and the largest gradient at the reference and at ours.
 */
function finished({ ratings, blocks, fit }: Fitted, cost: (i: number, k: number) => number) {
  const items = ratings.itemIds.length
  const { categories } = ratings
  const { design, free, used } = fit.parameters
  const data = conditionalData(blocks, items, categories)
  const functions = new SymmetricFunctions(blocks.trie, data.histogram, items, categories)
  const at = (beta: Float64Array) => {
    functions.evaluate(beta.map((value) => -value))
    const gradient = new Float64Array(free)
    for (let c = 0; c < beta.length; c++) {
      if (used[c]) for (let q = 0; q < free; q++) gradient[q]! += design[c * free + q]! * (functions.expected[c]! - data.counts[c]!)
    }
    return { gradient, largest: gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0) }
  }
  const theirs = at(fit.beta.map((value, c) => (value === Infinity ? value : cost(Math.floor(c / categories), c % categories))))
  const step = Array.from({ length: free }, (_, q) => theirs.gradient.reduce((sum, g, r) => sum + fit.covariance[q * free + r]! * g, 0))
  const change = (terms: Terms) =>
    terms.reduce((sum, [i, k, factor]) => sum + (k === 0 ? 0 : factor * step.reduce((total, d, q) => total + design[(i * categories + k) * free + q]! * d, 0)), 0)
  return { change, gradientAtTheirs: theirs.largest, gradientAtOurs: at(fit.beta).largest }
}

/** Log-likelihoods of psychotools' raschmodel, rsmodel and pcmodel (reltol 1e-16) on eRm's example data. */
const CONVERGED: Readonly<Record<string, number>> = {
  raschdat1: -1434.48181182763,
  rsmdat: -107.561823945294,
  pcmdat: -121.097902738982,
  pcmdat2: -485.01715937769,
}

function ermComparisons(folder: string, data: string, model: StepModel): Comparison[] {
  const reference = 'eRm 1.0-2'
  const ratings = wideRatings(folder, `erm_cml/${data}_data.csv`, 0)
  const run = fitted(ratings, model)
  const name = `erm_cml ${data}`
  const betas = rowsOf(folder, `erm_cml/${data}_beta.csv`).map((row) => {
    const [item, category] = row['par']!.replace('beta ', '').split('.c')
    const terms = easinessTerms(run, model, ratings.itemIds.indexOf(item!), Number(category ?? 1))
    return { row, terms, item: ratings.itemIds.indexOf(item!), category: Number(category ?? 1), ours: combined(run, terms), theirs: Number(row['beta_easiness']) }
  })
  const cost = (i: number, k: number) => -(betas.find((one) => one.item === i && one.category === k)?.theirs ?? 0)
  const onward = finished(run, cost)
  const { categories } = ratings
  const onTheirs = located(run, run.fit.beta.map((value, c) => (value === Infinity ? value : cost(Math.floor(c / categories), c % categories))))
  const eta = rowsOf(folder, `erm_cml/${data}_eta.csv`)
  const places = located(run)
  // eRm's scale: its category costs are ours less k times a common shift.
  const shift = -easiness(run, model, 0, 1).value - run.fit.beta[1]!
  const byName = new Map(ratings.personIds.map((id, n) => [id, places[n]]))
  const persons = rowsOf(folder, `erm_cml/${data}_person_ml.csv`).flatMap((row) => {
    const ours = byName.get(row['person']!)
    return ours ? [{ row, ours, given: onTheirs[ratings.personIds.indexOf(row['person']!)]! }] : []
  })
  const locations = new Float64Array(run.blocks.count)
  for (let b = 0; b < run.blocks.count; b++) locations[b] = places[run.blocks.person[b]!]?.theta ?? 0
  const pass = residualPass(run.blocks, run.fit.beta, ratings.categories, locations, new Float64Array(ratings.itemIds.length), 1, 0, Int8Array.from(places, (place) => (place === undefined ? 1 : 0)))
  const items = rowsOf(folder, `erm_cml/${data}_itemfit.csv`).map((row) => ({ row, ours: pass.item.of(ratings.itemIds.indexOf(row['item']!)) }))
  const people = rowsOf(folder, `erm_cml/${data}_personfit.csv`).map((row) => ({ row, ours: pass.person.of(ratings.personIds.indexOf(row['person']!)) }))
  return [
    { data: name, quantity: 'category easiness, one Newton step on from where eRm stopped', reference, tolerance: 1e-5, pairs: betas.map(({ row, terms, ours, theirs }) => [row['par']!, ours.value, theirs + onward.change(terms)]) },
    { data: name, quantity: 'gradient at our coefficients as a part of that at those of eRm', reference, tolerance: 1e-3, pairs: [['largest', onward.gradientAtOurs / onward.gradientAtTheirs, 0]] },
    { data: name, quantity: 'category easiness as printed (eRm stops up to 8e-5 short: see the rows around)', reference, tolerance: 1e-4, pairs: betas.map(({ row, ours }) => [row['par']!, ours.value, Number(row['beta_easiness'])]) },
    { data: name, quantity: 'its standard errors', reference, tolerance: 1e-4, pairs: betas.map(({ row, ours }) => [`SE ${row['par']}`, ours.se, Number(row['se'])]) },
    { data: name, quantity: 'log-likelihood above ours', reference, tolerance: 1e-9, pairs: [['excess', Math.max(0, Number(eta[0]!['cll']) - run.fit.logLikelihood), 0]] },
    { data: name, quantity: 'conditional log-likelihood', reference: 'psychotools 0.7-2, run on these data', tolerance: 1e-8, pairs: [['log-likelihood', run.fit.logLikelihood, CONVERGED[data]!]] },
    { data: name, quantity: "person locations (ML) given eRm's items, one Newton step on from eRm's", reference, tolerance: 1e-5, pairs: persons.map(({ row, given }) => [row['person']!, given.theta, given.onward(Number(row['theta']))]) },
    { data: name, quantity: 'person locations (ML)', reference, tolerance: 1e-4, pairs: persons.map(({ row, ours }) => [row['person']!, ours.theta + shift, Number(row['theta'])]) },
    { data: name, quantity: 'their standard errors', reference, tolerance: 1e-4, pairs: persons.map(({ row, ours }) => [`SE ${row['person']}`, ours.se, Number(row['se'])]) },
    { data: name, quantity: 'item infit and outfit', reference, tolerance: 1e-3, pairs: items.flatMap(({ row, ours }) => [[`infit ${row['item']}`, ours.infit, Number(row['infit'])], [`outfit ${row['item']}`, ours.outfit, Number(row['outfit'])]] as const) },
    { data: name, quantity: 'person infit and outfit', reference, tolerance: 1e-3, pairs: people.flatMap(({ row, ours }) => [[`infit ${row['person']}`, ours.infit, Number(row['infit'])], [`outfit ${row['person']}`, ours.outfit, Number(row['outfit'])]] as const) },
  ]
}

/** Andersen's test: persons split at the median of their totals. */
function andersen(folder: string): Comparison {
  const rows = rowsOf(folder, 'erm_cml/pcmdat2_data.csv')
  const items = Object.keys(rows[0]!)
  const totals = rows.map((row) => items.reduce((sum, item) => sum + Number(row[item]), 0))
  const median = totals.toSorted((a, b) => a - b)[Math.floor((totals.length - 1) / 2)]!
  const logLikelihood = (keep: (total: number) => boolean) => {
    const kept = rows.flatMap((row, at) => (keep(totals[at]!) ? items.map((item) => ({ person: `P${at}`, rater: 'test', item, score: Number(row[item]) })) : []))
    return fitted(ratingsOf(kept), 'pcm').fit.logLikelihood
  }
  const ratio = 2 * (logLikelihood((t) => t <= median) + logLikelihood((t) => t > median) - logLikelihood(() => true))
  const [expected] = rowsOf(folder, 'erm_cml/pcmdat2_andersen_LR.csv')
  return { data: 'erm_cml pcmdat2', quantity: "Andersen's likelihood ratio", reference: 'eRm 1.0-2', tolerance: 1e-4, pairs: [['LR', ratio, Number(expected!['LR'])]] }
}

/** All comparisons of the conditional stage. */
export function conditionalComparisons(folder: string): Comparison[] {
  const sets = ['immer07', 'immer_ptam4', 'sirt_ratings1', 'sirt_ratings3']
  const blocks = sets.flatMap((set) =>
    (['rsm', 'pcm'] as const).flatMap((model) => {
      const stem = `block_cml/${set}_${model === 'rsm' ? 'rs' : 'pc'}model`
      const logLikelihood = Number(rowsOf(folder, `${stem}.csv`)[0]!['loglik'])
      // The reference was made from complete blocks.
      const run = fitted(wideRatings(folder, `${set}/data_wide.csv`, 2, true), model)
      return psychotoolsComparisons(`block_cml ${set} ${model}`, run, rowsOf(folder, `${stem}_coef.csv`), logLikelihood)
    }),
  )
  const single = [
    ['verbalaggression', 'rs_coef', 'rsm'],
    ['verbalaggression', 'pc_coef', 'pcm'],
    ['conspiracist', 'rsmodel_coef', 'rsm'],
    ['conspiracist', 'pcmodel_coef', 'pcm'],
  ] as const
  const tests = single.flatMap(([set, file, model]) => {
    const rows = rowsOf(folder, `psychotools_cml/${set}_${file}.csv`)
    const run = fitted(wideRatings(folder, `psychotools_cml/${set}_data.csv`, 0), model)
    const name = `psychotools_cml ${set} ${model}`
    const found = psychotoolsComparisons(name, run, rows, Number(rows[0]!['loglik']))
    if (set !== 'verbalaggression') return found
    const persons = rowsOf(folder, `psychotools_cml/${set}_${file.replace('coef', 'personpar')}.csv`)
    return [...found, psychotoolsPersons(name, run, persons)]
  })
  const erm = [['raschdat1', 'rsm'], ['rsmdat', 'rsm'], ['pcmdat', 'pcm'], ['pcmdat2', 'pcm']] as const
  return [...blocks, ...tests, ...erm.flatMap(([data, model]) => ermComparisons(folder, data, model)), andersen(folder)]
}
