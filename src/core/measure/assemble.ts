// Turns estimates into what is reported: measures, averages, fit, reliability, categories, steps, cautions.
import { biasTerms } from './bias.ts'
import { cautionsOf } from './cautions.ts'
import { joiningLinks } from './connectivity.ts'
import { dataHash } from './data-hash.ts'
import type { Estimates } from './estimates.ts'
import { residualPass, type FitSums } from './fit.ts'
import type {
  CategoryUse,
  ElementMeasure,
  FacetReliability,
  Measurement,
  MeasureOptions,
  PersonMeasure,
  RaterMeasure,
  Solution,
  StepMeasure,
  Subset,
} from './measurement.ts'
import type { Ratings } from './ratings.ts'
import type { WideReason } from './refusals.ts'
import { raterUse } from './scale-use.ts'
import { itemReading, stepReading, varianceOf } from './step-model.ts'

/** Expected score of item i at location eta. */
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

/** A table of the expected score averaged over all items, read by linear interpolation (error below 1e-4 points). */
function averageCurve(beta: Float64Array, items: number, categories: number): (eta: number) => number {
  const range = 20
  const weights = beta.map((cost) => Math.exp(-cost))
  const table = Float64Array.from({ length: 2 * range * 50 + 1 }, (_, g) => {
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
  return (eta) => {
    const at = Math.max(0, Math.min(table.length - 1.001, (eta + range) * 50))
    const floor = Math.floor(at)
    return table[floor]! + (at - floor) * (table[floor + 1]! - table[floor]!)
  }
}

function reliability(
  facet: FacetReliability['facet'],
  measures: readonly ElementMeasure[],
  shrunken: boolean,
): FacetReliability {
  const free = measures.filter((one) => !one.anchored)
  const mean = free.reduce((sum, one) => sum + one.measure, 0) / Math.max(1, free.length)
  const variance =
    free.reduce((sum, one) => sum + (one.measure - mean) ** 2, 0) / Math.max(1, free.length - 1)
  const error = free.reduce((sum, one) => sum + one.se ** 2, 0) / Math.max(1, free.length)
  const truth = shrunken ? variance : Math.max(0, variance - error)
  const total = shrunken ? variance + error : variance
  return {
    facet,
    elements: free.length,
    sd: Math.sqrt(variance),
    rmse: Math.sqrt(error),
    separation: error > 0 ? Math.sqrt(truth / error) : 0,
    reliability: total > 0 ? truth / total : 0,
  }
}

/** Most elements have none to give: they share one list. */
const NO_REASONS: readonly WideReason[] = []

function extremeReasons(score: number, most: number): WideReason[] {
  if (score === 0) return ['all-ratings-lowest']
  return score === most ? ['all-ratings-highest'] : []
}

/** An item or an occasion: these are on the scale of all subsets. */
function element(
  sums: FitSums,
  at: number,
  id: string,
  measure: number,
  variance: number,
  lowest: number,
  fair: number,
  anchored: boolean,
  wide: WideReason[],
): ElementMeasure {
  return {
    id,
    measure,
    se: anchored ? 0 : Math.sqrt(variance),
    n: sums.count(at),
    rawAverage: lowest + sums.score(at) / Math.max(1, sums.count(at)),
    fairAverage: lowest + fair,
    subset: 0,
    anchored,
    wide,
    ...sums.of(at),
  }
}

/** Builds the measurement of one run. */
export function assemble(ratings: Ratings, estimates: Estimates, options: MeasureOptions): Measurement {
  const { blocks, connected, parameters, beta, stepCovariance } = estimates
  const { categories, lowest } = ratings
  const items = ratings.itemIds.length
  const readings = ratings.itemIds.map((_, i) => itemReading(parameters, beta, i))
  const location = Float64Array.from(readings, (one) => one.value)
  const pass = residualPass(
    blocks,
    beta,
    categories,
    estimates.location,
    location,
    ratings.raterIds.length,
    ratings.occasionIds.length,
    estimates.extremePerson,
  )
  const curve = averageCurve(beta, items, categories)
  const ratersOf = new Int32Array(ratings.personIds.length)
  const personsOf = new Int32Array(ratings.raterIds.length)
  for (let b = 0; b < blocks.count; b++) {
    const again =
      b > 0 && blocks.person[b] === blocks.person[b - 1] && blocks.rater[b] === blocks.rater[b - 1]
    if (again) continue
    ratersOf[blocks.person[b]!]!++
    personsOf[blocks.rater[b]!]!++
  }
  let rated = 0
  let sumOfPersons = 0
  for (let n = 0; n < ratersOf.length; n++) {
    if (pass.person.count(n) === 0) continue
    rated++
    sumOfPersons += estimates.person[n]!
  }
  const meanPerson = sumOfPersons / Math.max(1, rated)
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
  const itemMeasures: ElementMeasure[] = []
  for (const [i, id] of ratings.itemIds.entries()) {
    if (pass.item.count(i) === 0) continue
    const variance =
      Math.max(0, varianceOf(readings[i]!.gradient, stepCovariance)) + (estimates.asideItemVariance?.[i] ?? 0)
    const wide: WideReason[] = pass.item.count(i) < 5 ? ['few-ratings'] : []
    if (estimates.extremeItem[i] !== 0)
      wide.push(estimates.extremeItem[i]! > 0 ? 'all-ratings-highest' : 'all-ratings-lowest')
    itemMeasures.push(
      element(
        pass.item,
        i,
        id,
        location[i]!,
        variance,
        lowest,
        expectedScore(beta, categories, i, meanPerson),
        estimates.anchoredItem[i] === 1,
        wide,
      ),
    )
  }
  const occasions = ratings.occasionIds.flatMap((id, o) =>
    pass.occasion.count(o) === 0
      ? []
      : [
          element(
            pass.occasion,
            o,
            id,
            estimates.occasion[o]!,
            estimates.occasionVariance[o]!,
            lowest,
            curve(meanPerson - estimates.occasion[o]!),
            false,
            [],
          ),
        ],
  )
  const steps: StepMeasure[] = []
  for (let i = 0; i < (parameters.model === 'pcm' ? items : 1); i++) {
    for (let k = 1; k < categories; k++) {
      const step = stepReading(parameters, beta, i, k)
      if (!step) continue
      const of = parameters.model === 'pcm' ? { item: ratings.itemIds[i]! } : {}
      steps.push({
        ...of,
        category: lowest + k,
        measure: step.value,
        se: Math.sqrt(Math.max(0, varianceOf(step.gradient, stepCovariance))),
      })
    }
  }
  const total = pass.all.count(0)
  const use: CategoryUse[] = Array.from({ length: categories }, (_, k) => ({
    category: lowest + k,
    count: pass.categoryCount[k]!,
    share: pass.categoryCount[k]! / total,
    averageMeasure: pass.categoryCount[k] ? pass.categoryMeasure[k]! / pass.categoryCount[k] : 0,
    outfit: pass.categoryWeight[k] ? pass.categorySquares[k]! / pass.categoryWeight[k] : 1,
  }))
  const shrunken = estimates.estimator === 'cml'
  const facets = [
    reliability('person', persons, shrunken || estimates.estimator === 'mml'),
    reliability('rater', raters, shrunken),
    reliability('item', itemMeasures, false),
  ]
  if (occasions.length) facets.push(reliability('occasion', occasions, false))
  const subsets = subsetsOf(ratings, estimates)
  let solution: Solution | undefined
  return {
    summary: {
      model: parameters.model,
      estimator: estimates.estimator,
      ratings: ratings.score.length,
      blocks: blocks.count,
      persons: persons.length,
      raters: raters.length,
      items: itemMeasures.length,
      categories,
      lowest,
      logLikelihood: estimates.logLikelihood,
      iterations: estimates.iterations,
      gradient: estimates.gradient,
      dataHash: dataHash(ratings, blocks),
      standardErrors: estimates.standardErrors,
    },
    persons,
    raters,
    items: itemMeasures,
    occasions,
    raterGroups: estimates.groups.map(({ measure, variance }, g) => ({
      id: ratings.raterGroupIds[g]!,
      measure,
      se: Math.sqrt(Math.max(0, variance)),
      n: raters.filter((one) => one.group === ratings.raterGroupIds[g]).length,
    })),
    steps,
    categories: use,
    fit: { ...pass.all.of(0), reliability: facets },
    subsets,
    links: joiningLinks(blocks, connected, ratings.personIds, ratings.raterIds),
    bias: biasTerms(ratings, estimates, options),
    variance: estimates.variance,
    cautions: [...estimates.cautions, ...cautionsOf(persons, use, steps, subsets, raters.length, shrunken)],
    // Large maps that only a warm run reads.
    get solution() {
      return (solution ??= solutionOf(ratings, estimates, location))
    },
  }
}

function solutionOf(ratings: Ratings, estimates: Estimates, location: Float64Array): Solution {
  const { person, rater, dyad } = estimates.variance
  return {
    persons: new Map(ratings.personIds.map((id, n) => [id, estimates.person[n]!])),
    raters: new Map(ratings.raterIds.map((id, j) => [id, estimates.rater[j]!])),
    items: new Map(ratings.itemIds.map((id, i) => [id, location[i]!])),
    occasions: new Map(ratings.occasionIds.map((id, o) => [id, estimates.occasion[o]!])),
    steps: [...estimates.u],
    variances: [person ?? 1, rater ?? 0.3, dyad ?? 0.25],
  }
}

function subsetsOf(ratings: Ratings, { connected, blocks, variance }: Estimates): Subset[] {
  const persons: string[][] = Array.from({ length: connected.subsets }, () => [])
  const raters: string[][] = Array.from({ length: connected.subsets }, () => [])
  const counts = new Float64Array(connected.subsets)
  const seen = new Uint8Array(ratings.raterIds.length)
  for (let b = 0; b < blocks.count; b++) {
    const n = blocks.person[b]!
    const s = connected.ofPerson[n]!
    if (b === 0 || blocks.person[b - 1] !== n) persons[s]!.push(ratings.personIds[n]!)
    const j = blocks.rater[b]!
    if (!seen[j]) raters[s]!.push(ratings.raterIds[j]!)
    seen[j] = 1
    counts[s]! += blocks.start[b + 1]! - blocks.start[b]!
  }
  const spread = variance.rater
  return persons.map((of, s) => ({
    persons: of,
    raters: raters[s]!,
    ratings: counts[s]!,
    contrastSe:
      s === 0
        ? 0
        : spread === null
          ? null
          : Math.sqrt(spread * (1 / raters[0]!.length + 1 / raters[s]!.length)),
  }))
}
