// Takes self-ratings out of what is measured, and compares them with the measure that others gave.
import { itemCosts, momentsAt } from './item-costs.ts'
import type { Measurement } from './measurement.ts'
import type { Ratings } from './ratings.ts'

/** How one person rated themself against their measure by others. Locations and errors in logits. */
export interface SelfComparison {
  readonly id: string
  readonly self: number
  readonly selfSe: number
  readonly others: number
  readonly othersSe: number
  /** self minus others; positive where the person rates themself higher. */
  readonly difference: number
  readonly se: number
  readonly n: number
}

/** The ratings whose raters are not in the self group, and the positions of those who are; ids stay as they are. */
export function withoutSelf(
  ratings: Ratings,
  selfGroup = 'self',
): { readonly others: Ratings; readonly self: readonly number[] } {
  const { raterGroup, rater } = ratings
  const group = ratings.raterGroupIds.indexOf(selfGroup)
  if (!raterGroup || group < 0) return { others: ratings, self: [] }
  const self: number[] = []
  const kept: number[] = []
  for (let r = 0; r < rater.length; r++) (raterGroup[rater[r]!] === group ? self : kept).push(r)
  return { others: selected(ratings, kept), self }
}

/** The ratings at these positions, with the ids that still occur, in their order. */
export function selected(ratings: Ratings, at: readonly number[]): Ratings {
  const compact = (ids: readonly string[], column: ArrayLike<number>) => {
    const used = new Uint8Array(ids.length)
    for (const r of at) used[column[r]!] = 1
    const position = new Int32Array(ids.length)
    const list = ids.filter((_, k) => used[k] === 1)
    let next = 0
    for (let k = 0; k < ids.length; k++) position[k] = used[k] ? next++ : -1
    return { list, position, column: at.map((r) => position[column[r]!]!) }
  }
  const person = compact(ratings.personIds, ratings.person)
  const rater = compact(ratings.raterIds, ratings.rater)
  const item = compact(ratings.itemIds, ratings.item)
  const occasion = ratings.occasion ? compact(ratings.occasionIds, ratings.occasion) : undefined
  const groups = ratings.raterGroup
  const ofRater = groups
    ? ratings.raterIds.flatMap((_, j) => (rater.position[j]! >= 0 ? [groups[j]!] : []))
    : []
  const kept = [...new Set(ofRater)].toSorted((a, b) => a - b)
  return {
    personIds: person.list,
    raterIds: rater.list,
    itemIds: item.list,
    occasionIds: occasion?.list ?? [],
    raterGroupIds: kept.map((group) => ratings.raterGroupIds[group]!),
    person: Int32Array.from(person.column),
    rater: Int32Array.from(rater.column),
    item: Uint16Array.from(item.column),
    score: Uint8Array.from(at, (r) => ratings.score[r]!),
    ...(occasion ? { occasion: Uint16Array.from(occasion.column) } : {}),
    ...(ratings.weight ? { weight: Float64Array.from(at, (r) => ratings.weight![r]!) } : {}),
    ...(groups ? { raterGroup: Uint16Array.from(ofRater, (group) => kept.indexOf(group)) } : {}),
    categories: ratings.categories,
    lowest: ratings.lowest,
  }
}

/**
 * Locates each person from their self-ratings alone, at the items and steps that others' ratings gave (maximum
 * likelihood; an all-lowest or all-highest self-rating is moved 0.3 score points inwards), and compares.
 */
export function selfAgainstOthers(
  ratings: Ratings,
  self: readonly number[],
  measurement: Measurement,
): SelfComparison[] {
  const costs = itemCosts(ratings, measurement)
  const others = new Map(measurement.persons.map((person) => [person.id, person]))
  const ratingsOf = new Map<string, number[]>()
  for (const r of self) {
    const id = ratings.personIds[ratings.person[r]!]!
    if (!others.has(id) || !costs.has(ratings.itemIds[ratings.item[r]!]!)) continue
    const list = ratingsOf.get(id)
    if (list) list.push(r)
    else ratingsOf.set(id, [r])
  }
  return [...ratingsOf].map(([id, list]) => {
    const total = list.reduce((sum, r) => sum + ratings.score[r]!, 0)
    const most = list.length * (ratings.categories - 1)
    const target = Math.min(most - 0.3, Math.max(0.3, total))
    let location = 0
    let information = 1
    for (let step = 0; step < 100; step++) {
      let expected = 0
      information = 0
      for (const r of list) {
        const { mean, variance } = momentsAt(costs.get(ratings.itemIds[ratings.item[r]!]!)!, location)
        expected += mean
        information += variance
      }
      const move = Math.max(-1, Math.min(1, (target - expected) / Math.max(1e-9, information)))
      location += move
      if (Math.abs(move) < 1e-12) break
    }
    const { measure, se } = others.get(id)!
    const selfSe = Math.sqrt(1 / information)
    return {
      id,
      self: location,
      selfSe,
      others: measure,
      othersSe: se,
      difference: location - measure,
      se: Math.hypot(selfSe, se),
      n: list.length,
    }
  })
}
