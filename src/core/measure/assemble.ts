// Turns estimates into what is reported: measures, averages, fit, reliability, categories, steps, cautions.
import { biasTerms } from './bias.ts'
import { cautionsOf } from './cautions.ts'
import { joiningLinks } from './connectivity.ts'
import { dataHash } from './data-hash.ts'
import {
  averageCurve,
  expectedScore,
  extremeReasons,
  personMeasures,
  raterMeasures,
  type Columns,
} from './element-measures.ts'
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
import { itemReading, stepReading, varianceOf } from './step-model.ts'

/** Measures and variances by element, of those that have ratings. */
interface Column {
  readonly measure: Float64Array
  readonly variance: Float64Array
  readonly anchored: Uint8Array
  readonly count: (at: number) => number
}

function columnOf(measures: readonly ElementMeasure[]): Column {
  return {
    measure: Float64Array.from(measures, (one) => one.measure),
    variance: Float64Array.from(measures, (one) => one.se ** 2),
    anchored: Uint8Array.from(measures, (one) => (one.anchored ? 1 : 0)),
    count: (at) => measures[at]!.n,
  }
}

function reliability(facet: FacetReliability['facet'], of: Column, shrunken: boolean): FacetReliability {
  let elements = 0
  let sum = 0
  let error = 0
  const { measure, anchored, count } = of
  const skip = (at: number) => anchored[at] === 1 || count(at) === 0
  for (let at = 0; at < measure.length; at++) {
    if (skip(at)) continue
    elements++
    sum += measure[at]!
    error += of.variance[at]!
  }
  const mean = sum / Math.max(1, elements)
  error /= Math.max(1, elements)
  let squares = 0
  for (let at = 0; at < measure.length; at++) if (!skip(at)) squares += (measure[at]! - mean) ** 2
  const variance = squares / Math.max(1, elements - 1)
  const truth = shrunken ? variance : Math.max(0, variance - error)
  const total = shrunken ? variance + error : variance
  return {
    facet,
    elements,
    sd: Math.sqrt(variance),
    rmse: Math.sqrt(error),
    separation: error > 0 ? Math.sqrt(truth / error) : 0,
    reliability: total > 0 ? truth / total : 0,
  }
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
  const extreme: string[] = []
  let sumOfPersons = 0
  for (let n = 0; n < ratersOf.length; n++) {
    if (pass.person.count(n) === 0) continue
    rated++
    if (extremeReasons(pass.person.score(n), pass.person.count(n) * (categories - 1)).length)
      extreme.push(ratings.personIds[n]!)
    sumOfPersons += estimates.person[n]!
  }
  const meanPerson = sumOfPersons / Math.max(1, rated)
  let judges = 0
  const groupSizes = new Int32Array(ratings.raterGroupIds.length)
  for (let j = 0; j < personsOf.length; j++) {
    if (pass.rater.count(j) === 0) continue
    judges++
    if (ratings.raterGroup) groupSizes[ratings.raterGroup[j]!]!++
  }
  const columns: Columns = { ratings, estimates, pass, curve, ratersOf, personsOf, meanPerson }
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
  const personColumn: Column = {
    measure: estimates.person,
    variance: estimates.personVariance,
    anchored: estimates.anchoredPerson,
    count: (n) => pass.person.count(n),
  }
  const raterColumn: Column = {
    measure: estimates.rater,
    variance: estimates.raterVariance,
    anchored: estimates.anchoredRater,
    count: (j) => pass.rater.count(j),
  }
  const facets = [
    reliability('person', personColumn, shrunken || estimates.estimator === 'mml'),
    reliability('rater', raterColumn, shrunken),
    reliability('item', columnOf(itemMeasures), false),
  ]
  if (occasions.length) facets.push(reliability('occasion', columnOf(occasions), false))
  const subsets = subsetsOf(ratings, estimates)
  let persons: PersonMeasure[] | undefined
  let raters: RaterMeasure[] | undefined
  let hash: string | undefined
  let solution: Solution | undefined
  // What is large and often not read is made when it is.
  return {
    summary: {
      model: parameters.model,
      estimator: estimates.estimator,
      ratings: ratings.score.length,
      blocks: blocks.count,
      persons: rated,
      raters: judges,
      items: itemMeasures.length,
      categories,
      lowest,
      logLikelihood: estimates.logLikelihood,
      iterations: estimates.iterations,
      gradient: estimates.gradient,
      get dataHash() {
        return (hash ??= dataHash(ratings, blocks))
      },
      standardErrors: estimates.standardErrors,
    },
    get persons() {
      return (persons ??= personMeasures(columns))
    },
    get raters() {
      return (raters ??= raterMeasures(columns))
    },
    items: itemMeasures,
    occasions,
    raterGroups: estimates.groups.map(({ measure, variance }, g) => ({
      id: ratings.raterGroupIds[g]!,
      measure,
      se: Math.sqrt(Math.max(0, variance)),
      n: groupSizes[g]!,
    })),
    steps,
    categories: use,
    fit: { ...pass.all.of(0), reliability: facets },
    subsets,
    links: joiningLinks(blocks, connected, ratings.personIds, ratings.raterIds),
    bias: biasTerms(ratings, estimates, options),
    variance: estimates.variance,
    cautions: [...estimates.cautions, ...cautionsOf(extreme, use, steps, subsets, judges, shrunken)],
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
