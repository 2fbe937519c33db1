// Recovery of a simulated truth by the default estimator: slopes, error, and coverage of 95 % intervals.
import { seeded, simulatedRatings, type Design } from '../../bench/simulated-ratings.ts'
import { measure } from '../../src/core/measure/measure.ts'

const base: Design = { persons: 1000, raters: 200, perPerson: 4, items: 8, categories: 5, personSd: 1, raterSd: 0.6, dyadSd: 0, missing: 0 }

export const DESIGNS: Readonly<Record<string, Design>> = {
  'no dyad effect': base,
  'dyad SD 0.4': { ...base, dyadSd: 0.4 },
  'dyad SD 0.8': { ...base, dyadSd: 0.8 },
  '3 raters a person, dyad SD 0.5': { ...base, perPerson: 3, dyadSd: 0.5 },
  'raters who rate 2 people, dyad SD 0.5': { ...base, persons: 600, raters: 900, perPerson: 3, dyadSd: 0.5, evenly: true },
  '10 % extreme scores, dyad SD 0.5': { ...base, items: 4, perPerson: 3, personSd: 1.6, shift: 2.6, dyadSd: 0.5 },
  '30 % missing at random, dyad SD 0.5': { ...base, missing: 0.3, dyadSd: 0.5 },
}

export interface Recovery {
  readonly itemSlope: number
  readonly stepSlope: number
  /** Slope of severity estimates on the truth, divided by their reliability. */
  readonly raterSlope: number
  readonly personCoverage: number
  readonly raterCoverage: number
  readonly itemCoverage: number
  readonly personError: number
  readonly raterError: number
  readonly extremes: number
  readonly dyadSd: number
  readonly replicates: number
}

function slope(truth: readonly number[], found: readonly number[]): number {
  const meanTruth = truth.reduce((sum, value) => sum + value, 0) / truth.length
  const meanFound = found.reduce((sum, value) => sum + value, 0) / found.length
  const cross = truth.reduce((sum, value, at) => sum + (value - meanTruth) * (found[at]! - meanFound), 0)
  return cross / truth.reduce((sum, value) => sum + (value - meanTruth) ** 2, 0)
}

/** Simulates and measures a design `replicates` times from fixed seeds. */
export function recover(name: string, replicates: number): Recovery {
  const design = DESIGNS[name]!
  const sums = { itemSlope: 0, stepSlope: 0, raterSlope: 0, personCoverage: 0, raterCoverage: 0, itemCoverage: 0, personError: 0, raterError: 0, extremes: 0, dyadSd: 0 }
  for (let replicate = 0; replicate < replicates; replicate++) {
    const truth = simulatedRatings(design, seeded(1000 + replicate))
    const run = measure(truth.ratings)
    if (!run.ok) throw new Error(run.refusals[0]!.message)
    const m = run.value
    const at = (id: string) => Number(id.split('-')[1])
    // Measures put the raters of the set at zero: the truth is moved with them, and the shift is not an error.
    const raters = m.raters.map((one) => truth.rater[at(one.id)]!)
    const shift = raters.reduce((sum, value) => sum + value, 0) / raters.length
    const persons = m.persons.map((one) => truth.person[at(one.id)]! - shift)
    const severities = raters.map((value) => value - shift)
    const covered = (ones: readonly { measure: number; se: number }[], true_: readonly number[]) =>
      ones.filter((one, k) => Math.abs(one.measure - true_[k]!) <= 1.959964 * one.se).length / ones.length
    const error = (ones: readonly { measure: number }[], true_: readonly number[]) =>
      Math.sqrt(ones.reduce((sum, one, k) => sum + (one.measure - true_[k]!) ** 2, 0) / ones.length)
    const shrink = m.raters.reduce((sum, one) => sum + Math.max(0.01, 1 - one.se ** 2 / m.variance.rater!), 0) / m.raters.length
    sums.itemSlope += slope([...truth.item], m.items.map((one) => one.measure))
    sums.stepSlope += slope([...truth.steps], m.steps.map((one) => one.measure))
    sums.raterSlope += slope(severities, m.raters.map((one) => one.measure)) / shrink
    sums.personCoverage += covered(m.persons, persons)
    sums.raterCoverage += covered(m.raters, severities)
    sums.itemCoverage += covered(m.items, [...truth.item])
    sums.personError += error(m.persons, persons)
    sums.raterError += error(m.raters, severities)
    sums.extremes += m.persons.filter((one) => one.wide.some((reason) => reason.startsWith('all-'))).length / m.persons.length
    sums.dyadSd += Math.sqrt(m.variance.dyad!)
  }
  const means = Object.fromEntries(Object.entries(sums).map(([key, value]) => [key, value / replicates])) as unknown as typeof sums
  return { ...means, replicates }
}
