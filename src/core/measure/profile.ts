// Profiles: each person's location per competency around their own overall level, shrunk where there is little to go on.
import { estimate } from './estimate.ts'
import { momentsAt } from './joint-aside.ts'
import type { MeasureOptions } from './measurement.ts'
import type { Ratings } from './ratings.ts'
import { refused, type Checked } from './refusals.ts'

export interface ProfileCell {
  readonly person: string
  readonly competency: string
  /** Location on the common scale, in logits. */
  readonly measure: number
  readonly se: number
  readonly n: number
  /** Share of the measure that is the person's overall level rather than ratings of this competency, 0 to 1. */
  readonly shrinkage: number
  /** True from a shrinkage of one half: the screen says that the overall level speaks here. */
  readonly leansOnOverall: boolean
}

export interface Profiles {
  readonly cells: readonly ProfileCell[]
  /** Estimated SD of competency deviations around a person's overall level, in logits. */
  readonly spread: number
}

/**
 * Deviations d of persons from their overall level, d ~ N(0, spread^2), by Newton's method on each cell's ratings at
 * the block locations of the main run; the spread by EM (Dempster, Laird and Rubin 1977) with a Laplace posterior.
 * `competencyOf` names the competency of each item; items without one stay out. `prior` is for sets so small that the
 * most likely spread is often none at all (Chung et al. 2013, Psychometrika 78, 685-709): it counts as so many cells more
 * with that spread, a scaled inverse chi-square prior (Gelman et al. 2013, Bayesian Data Analysis, section 2.6).
 */
export function measureProfiles(
  ratings: Ratings,
  options: MeasureOptions,
  competencyOf: Readonly<Record<string, string>>,
  prior: { readonly spread: number; readonly cells: number } = { spread: 1, cells: 0 },
): Checked<Profiles> {
  const run = estimate(ratings, options)
  if (!run.ok) return run
  const { blocks, beta, location, person, personVariance } = run.value.estimates
  const { categories } = ratings
  const competencies = [...new Set(ratings.itemIds.flatMap((id) => competencyOf[id] ?? []))]
  if (competencies.length < 2)
    return refused(
      'one-item',
      'a profile needs items of two competencies or more',
      'a competency for each item',
    )
  const of = ratings.itemIds.map((id) => competencies.indexOf(competencyOf[id] ?? ''))
  const size = ratings.personIds.length * competencies.length
  const deviation = new Float64Array(size)
  const slope = new Float64Array(size)
  const information = new Float64Array(size)
  const count = new Int32Array(size)
  let variance = 0.25
  for (let round = 0; round < 200; round++) {
    slope.fill(0)
    information.fill(0)
    count.fill(0)
    for (let b = 0; b < blocks.count; b++) {
      const items = blocks.trie.patterns[blocks.pattern[b]!]!
      for (let k = 0; k < items.length; k++) {
        const i = items[k]!
        if (of[i]! < 0) continue
        const cell = blocks.person[b]! * competencies.length + of[i]!
        const one = momentsAt(beta, categories, i, location[b]! + deviation[cell]!)
        const weight = blocks.ratingWeight ? blocks.ratingWeight[blocks.start[b]! + k]! : 1
        slope[cell]! += weight * (blocks.score[blocks.start[b]! + k]! - one.mean)
        information[cell]! += weight * one.variance
        count[cell]!++
      }
    }
    let largest = 0
    let squares = 0
    let cells = 0
    for (let cell = 0; cell < size; cell++) {
      if (count[cell] === 0) continue
      const precision = information[cell]! + 1 / variance
      const step = (slope[cell]! - deviation[cell]! / variance) / precision
      deviation[cell]! += Math.max(-1, Math.min(1, step))
      largest = Math.max(largest, Math.abs(step))
      squares += deviation[cell]! ** 2 + 1 / precision
      cells++
    }
    const known = cells + prior.cells
    const next = Math.max(1e-4, (squares + prior.cells * prior.spread ** 2) / Math.max(1, known))
    const change = Math.abs(Math.log(next / variance))
    variance = next
    if (largest < 1e-8 && change < 1e-7) break
  }
  const cells: ProfileCell[] = []
  for (const [n, id] of ratings.personIds.entries()) {
    if (blocks.personStart[n] === blocks.personStart[n + 1]) continue
    for (const [c, competency] of competencies.entries()) {
      const cell = n * competencies.length + c
      const precision = information[cell]! + 1 / variance
      const shrinkage = 1 / variance / precision
      cells.push({
        person: id,
        competency,
        measure: person[n]! + deviation[cell]!,
        se: Math.sqrt(personVariance[n]! + 1 / precision),
        n: count[cell]!,
        shrinkage,
        leansOnOverall: shrinkage >= 0.5,
      })
    }
  }
  return { ok: true, value: { cells, spread: Math.sqrt(variance) } }
}
