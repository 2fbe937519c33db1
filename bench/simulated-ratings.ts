// Ratings with a known truth: persons, raters, items, steps and dyads drawn from a seeded generator.
import type { Ratings } from '../src/core/measure/ratings.ts'

/** A seeded generator of uniform numbers (mulberry32, Tommy Ettinger 2017). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export interface Design {
  readonly persons: number
  readonly raters: number
  /** Raters who judge each person. */
  readonly perPerson: number
  readonly items: number
  readonly categories: number
  readonly personSd: number
  readonly raterSd: number
  readonly dyadSd: number
  /** Share of ratings missing at random ("no opportunity"). */
  readonly missing: number
  /** Added to every person: moves scores towards the top. */
  readonly shift?: number
  /** Raters are taken in rounds, so that each judges nearly the same number. */
  readonly evenly?: boolean
  /** Moves the location of the ratings named by `shift` logits; what is absent matches all. */
  readonly planted?: {
    readonly person?: number
    readonly rater?: number
    readonly item?: number
    readonly shift: number
  }
}

export interface Simulated {
  readonly ratings: Ratings
  readonly person: Float64Array
  readonly rater: Float64Array
  readonly item: Float64Array
  readonly steps: Float64Array
}

/** The design of the benchmark: 5 raters a person, 5 categories, dyad effects. */
export function benchDesign(persons: number, raters: number, items: number, missing: number): Design {
  return {
    persons,
    raters,
    perPerson: 5,
    items,
    categories: 5,
    personSd: 1,
    raterSd: 0.7,
    dyadSd: 0.5,
    missing,
  }
}

function plantedAt({ planted }: Design, n: number, j: number, i: number): number {
  if (!planted) return 0
  const { person = n, rater = j, item = i, shift } = planted
  return person === n && rater === j && item === i ? shift : 0
}

/** Simulates a design; items run from -1 to 1 and steps from -1.5 to 1.5 logits, both summing to zero. */
export function simulatedRatings(design: Design, random: () => number, severity?: Float64Array): Simulated {
  const { persons, raters, perPerson, items, categories } = design
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const person = Float64Array.from(
    { length: persons },
    () => (design.shift ?? 0) + design.personSd * normal(),
  )
  const rater = severity ?? Float64Array.from({ length: raters }, () => design.raterSd * normal())
  const item = Float64Array.from({ length: items }, (_, i) => (2 * i) / (items - 1) - 1)
  const steps = Float64Array.from({ length: categories - 1 }, (_, k) =>
    categories === 2 ? 0 : 3 * (k / (categories - 2) - 0.5),
  )
  const most = persons * perPerson * items
  const columns = {
    person: new Int32Array(most),
    rater: new Int32Array(most),
    item: new Uint16Array(most),
    score: new Uint8Array(most),
  }
  const weights = new Float64Array(categories)
  let count = 0
  let turn = 0
  for (let n = 0; n < persons; n++) {
    const chosen: number[] = []
    while (chosen.length < perPerson) {
      let j = design.evenly ? (turn++ * 7 + chosen.length * 13) % raters : Math.floor(random() * raters)
      while (chosen.includes(j)) j = (j + 1) % raters
      chosen.push(j)
    }
    for (const j of chosen) {
      const dyad = design.dyadSd > 0 ? design.dyadSd * normal() : 0
      for (let i = 0; i < items; i++) {
        if (design.missing > 0 && random() < design.missing) continue
        const eta = person[n]! - rater[j]! - item[i]! + dyad + plantedAt(design, n, j, i)
        let weight = 1
        let sum = 1
        weights[0] = 1
        for (let k = 1; k < categories; k++) {
          weight *= Math.exp(eta - steps[k - 1]!)
          weights[k] = weight
          sum += weight
        }
        let rest = random() * sum
        let score = 0
        while (score < categories - 1 && rest > weights[score]!) rest -= weights[score++]!
        columns.person[count] = n
        columns.rater[count] = j
        columns.item[count] = i
        columns.score[count++] = score
      }
    }
  }
  const ratings: Ratings = {
    personIds: Array.from({ length: persons }, (_, n) => `person-${n}`),
    raterIds: Array.from({ length: raters }, (_, j) => `rater-${j}`),
    itemIds: Array.from({ length: items }, (_, i) => `item-${i}`),
    occasionIds: [],
    raterGroupIds: [],
    person: columns.person.subarray(0, count),
    rater: columns.rater.subarray(0, count),
    item: columns.item.subarray(0, count),
    score: columns.score.subarray(0, count),
    categories,
    lowest: 0,
  }
  return { ratings, person, rater, item, steps }
}
