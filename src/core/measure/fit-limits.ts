// Limits for infit and outfit by parametric bootstrap: what this design gives when the model is true.
import { assemble } from './assemble.ts'
import { estimate } from './estimate.ts'
import type { MeasureOptions } from './measurement.ts'
import type { Ratings } from './ratings.ts'
import type { Checked } from './refusals.ts'

export interface FitLimits {
  readonly id: string
  readonly infit: readonly [low: number, high: number]
  readonly outfit: readonly [low: number, high: number]
  /** Share of replicates with a mean square at least as far above (or below) the median as the one observed. */
  readonly infitP: number
  readonly outfitP: number
}

export interface FacetFitLimits {
  readonly persons: readonly FitLimits[]
  readonly raters: readonly FitLimits[]
  readonly items: readonly FitLimits[]
  readonly replicates: number
}

/**
 * Draws ratings of the same design from the fitted model (with its dyad effect) and measures each draw as the data
 * were measured. `random` gives uniform numbers in [0, 1). Replicates that are refused are left out; limits are the 2.5
 * and 97.5 percent points.
 */
export function fitLimits(
  ratings: Ratings,
  options: MeasureOptions,
  random: () => number,
  replicates = 200,
): Checked<FacetFitLimits> {
  const run = estimate(ratings, options)
  if (!run.ok) return run
  const { estimates } = run.value
  const observed = assemble(ratings, estimates, options)
  const { blocks, beta, mainLocation, variance } = estimates
  const { categories } = ratings
  const dyadSd = Math.sqrt(variance.dyad ?? 0)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const facets = ['persons', 'raters', 'items'] as const
  const draws = {
    persons: new Map<string, [number[], number[]]>(),
    raters: new Map<string, [number[], number[]]>(),
    items: new Map<string, [number[], number[]]>(),
  }
  const size = ratings.score.length
  const columns = {
    person: new Int32Array(size),
    rater: new Int32Array(size),
    item: new Uint16Array(size),
    occasion: new Uint16Array(size),
  }
  for (let b = 0; b < blocks.count; b++) {
    for (const [k, i] of blocks.trie.patterns[blocks.pattern[b]!]!.entries()) {
      const r = blocks.start[b]! + k
      columns.person[r] = blocks.person[b]!
      columns.rater[r] = blocks.rater[b]!
      columns.item[r] = i
      columns.occasion[r] = blocks.occasion?.[b] ?? 0
    }
  }
  let done = 0
  for (let replicate = 0; replicate < replicates; replicate++) {
    const score = new Uint8Array(size)
    for (let b = 0; b < blocks.count; b++) {
      const eta = mainLocation[b]! + (dyadSd > 0 ? dyadSd * normal() : 0)
      for (const [k, i] of blocks.trie.patterns[blocks.pattern[b]!]!.entries()) {
        const weights = Array.from({ length: categories }, (_, c) =>
          Math.exp(c * eta - beta[i * categories + c]!),
        )
        let rest = random() * weights.reduce((sum, weight) => sum + weight, 0)
        let drawn = 0
        while (drawn < categories - 1 && rest > weights[drawn]!) rest -= weights[drawn++]!
        score[blocks.start[b]! + k] = drawn
      }
    }
    const { occasion, ...rest } = columns
    const drawn: Ratings = {
      ...ratings,
      ...rest,
      score,
      ...(ratings.occasion ? { occasion } : {}),
      ...(blocks.ratingWeight ? { weight: blocks.ratingWeight } : {}),
    }
    const again = estimate(drawn, { ...options, start: observed.solution })
    if (!again.ok) continue
    done++
    const found = assemble(drawn, again.value.estimates, { ...options, bias: [] })
    for (const facet of facets) {
      for (const one of found[facet]) {
        const lists = draws[facet].get(one.id) ?? [[], []]
        lists[0].push(one.infit)
        lists[1].push(one.outfit)
        draws[facet].set(one.id, lists)
      }
    }
  }
  const limits = (values: number[]): [number, number] => {
    const sorted = values.toSorted((a, b) => a - b)
    const at = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.max(0, Math.floor(share * sorted.length)))] ?? NaN
    return [at(0.025), at(0.975)]
  }
  const extremity = (values: number[], value: number) => {
    const above = values.filter((one) => one >= value).length
    return Math.min(1, (2 * (1 + Math.min(above, values.length - above))) / (values.length + 1))
  }
  const facet = (name: (typeof facets)[number]): FitLimits[] =>
    observed[name].map((one) => {
      const [infit, outfit] = draws[name].get(one.id) ?? [[], []]
      return {
        id: one.id,
        infit: limits(infit),
        outfit: limits(outfit),
        infitP: extremity(infit, one.infit),
        outfitP: extremity(outfit, one.outfit),
      }
    })
  return {
    ok: true,
    value: { persons: facet('persons'), raters: facet('raters'), items: facet('items'), replicates: done },
  }
}
