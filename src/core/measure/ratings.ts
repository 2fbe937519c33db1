// Ratings as columns of typed arrays: who rated whom on what, with which score.
import { namedRoles } from './rater-roles.ts'
import { refused, type Checked, type Refusal } from './refusals.ts'

/** The most ratings that one run takes; more are refused before anything is allocated. */
export const MOST_RATINGS = 8_000_000
/** The most items, occasions and rater groups, each a position of 16 bits. */
const MOST_KINDS = 65_535
/** The most categories that a scale may have. */
export const MOST_CATEGORIES = 32

/**
 * One column entry per rating. `person`, `rater`, `item` and `occasion` are positions in the id lists; `score` is
 * the category 0..categories-1, so the score as it was given is `lowest + score`. `weight` (default 1) multiplies
 * the rating's log-likelihood. `raterGroup` gives each rater a position in `raterGroupIds`.
 */
export interface Ratings {
  readonly personIds: readonly string[]
  readonly raterIds: readonly string[]
  readonly itemIds: readonly string[]
  /** Occasions or work samples; empty where there is no such facet. */
  readonly occasionIds: readonly string[]
  readonly raterGroupIds: readonly string[]
  readonly person: Int32Array
  readonly rater: Int32Array
  readonly item: Uint16Array
  readonly score: Uint8Array
  readonly occasion?: Uint16Array
  readonly weight?: Float64Array
  readonly raterGroup?: Uint16Array
  readonly categories: number
  readonly lowest: number
}

/** One rating as a record; `score` null or undefined is missing by design and is passed over. */
export interface RatingRow {
  readonly person: string
  readonly rater: string
  readonly item: string
  readonly score: number | null | undefined
  readonly occasion?: string
  readonly weight?: number
  /** The group of the rater (self, manager, peer ...); the same on every row of a rater. */
  readonly group?: string
}

/** The scale as it is printed; without it the lowest and highest scores seen are taken. */
export interface Scale {
  readonly lowest?: number
  readonly highest?: number
}

class Ids {
  readonly list: string[] = []
  private readonly positions = new Map<string, number>()
  at(id: string): number {
    const known = this.positions.get(id)
    if (known !== undefined) return known
    this.positions.set(id, this.list.length)
    this.list.push(id)
    return this.list.length - 1
  }
}

/** Columns that grow as ratings come in, one after another, without an object for each. */
export class RatingColumns {
  count = 0
  private readonly ids = {
    person: new Ids(),
    rater: new Ids(),
    item: new Ids(),
    occasion: new Ids(),
    group: new Ids(),
  }
  private person = new Int32Array(1024)
  private rater = new Int32Array(1024)
  private item = new Uint16Array(1024)
  private given = new Float64Array(1024)
  private occasion: Uint16Array | undefined
  private weight: Float64Array | undefined
  private readonly groups: number[] = []
  private readonly roleOf = new Map<number, number>()
  private readonly groupless = new Set<number>()
  private lowest = Infinity
  private highest = -Infinity

  /** The ids of a facet in the order in which they came. */
  idsOf(facet: 'person' | 'rater' | 'item'): readonly string[] {
    const { list } = this.ids[facet]
    return facet === 'rater' && this.roleOf.size > 0 ? list.filter((_, j) => !this.roleOf.has(j)) : list
  }

  /**
   * Adds one rating; `score` is an integer, `weight` a number from 0. A rater who comes with another group than before
   * is there in a second role: a rater of its own, which `finish` names.
   */
  add(
    person: string,
    rater: string,
    item: string,
    score: number,
    occasion?: string,
    weight?: number,
    group?: string,
  ): void {
    const at = this.count++
    if (at === this.given.length) this.grow()
    const { ids } = this
    this.person[at] = ids.person.at(person)
    this.rater[at] = this.raterAs(rater, group)
    this.item[at] = ids.item.at(item)
    this.given[at] = score
    if (score < this.lowest) this.lowest = score
    if (score > this.highest) this.highest = score
    if (occasion !== undefined) {
      this.occasion ??= new Uint16Array(this.given.length)
      this.occasion[at] = ids.occasion.at(occasion)
    }
    if (weight !== undefined && weight !== 1) this.weight ??= new Float64Array(this.given.length).fill(1)
    if (this.weight && weight !== undefined) this.weight[at] = weight
  }

  private raterAs(rater: string, group: string | undefined): number {
    const { ids, groups } = this
    const who = ids.rater.at(rater)
    if (group === undefined) {
      this.groupless.add(who)
      return who
    }
    const of = ids.group.at(group)
    const before = (groups[who] ??= of)
    if (before === of) return who
    const role = ids.rater.at(`${rater}\u0000${group}`)
    groups[role] = of
    this.roleOf.set(role, who)
    return role
  }

  private grow(): void {
    const size = 2 * this.given.length
    const longer = <T extends Int32Array | Uint16Array | Float64Array>(made: T, from: T): T => {
      made.set(from)
      return made
    }
    this.person = longer(new Int32Array(size), this.person)
    this.rater = longer(new Int32Array(size), this.rater)
    this.item = longer(new Uint16Array(size), this.item)
    this.given = longer(new Float64Array(size), this.given)
    if (this.occasion) this.occasion = longer(new Uint16Array(size), this.occasion)
    if (this.weight) this.weight = longer(new Float64Array(size).fill(1), this.weight)
  }

  /** The ratings, checked; the scale is that of the scores seen where it is not given. */
  finish(scale: Scale = {}): Checked<Ratings> {
    const { ids, count, groups } = this
    if (count === 0) return refused('no-ratings', 'there are no ratings', 'at least one score')
    for (const facet of ['item', 'occasion', 'group'] as const) {
      const many = ids[facet].list.length
      if (many <= MOST_KINDS) continue
      const message = `${many.toLocaleString('en')} ${facet}s are more than the ${MOST_KINDS.toLocaleString('en')} that a run tells apart`
      return refused(
        'index-out-of-range',
        message,
        `the column that holds the ${facet}, not one of free text`,
      )
    }
    const lowest = scale.lowest ?? this.lowest
    const highest = scale.highest ?? this.highest
    if (highest - lowest + 1 > MOST_CATEGORIES) {
      const span = `scores run from ${lowest} to ${highest}`
      return refused(
        'score-out-of-scale',
        `${span}, more than ${MOST_CATEGORIES} categories`,
        'a scale of few categories',
      )
    }
    const raters = namedRoles({
      personIds: ids.person.list,
      raterIds: ids.rater.list,
      groupIds: ids.group.list,
      count,
      person: this.person,
      rater: this.rater,
      groups,
      roleOf: this.roleOf,
      groupless: this.groupless,
    })
    if (!raters.ok) return raters
    const score = new Uint8Array(count)
    for (let r = 0; r < count; r++) score[r] = this.given[r]! - lowest
    const named = ids.group.list.length > 0
    const other = named && ids.rater.list.some((_, j) => groups[j] === undefined) ? ids.group.at('other') : 0
    return assertedRatings({
      personIds: ids.person.list,
      raterIds: raters.value,
      itemIds: ids.item.list,
      occasionIds: ids.occasion.list,
      raterGroupIds: ids.group.list,
      person: this.person.subarray(0, count),
      rater: this.rater.subarray(0, count),
      item: this.item.subarray(0, count),
      score,
      ...(this.occasion ? { occasion: this.occasion.subarray(0, count) } : {}),
      ...(this.weight ? { weight: this.weight.subarray(0, count) } : {}),
      ...(named ? { raterGroup: Uint16Array.from(ids.rater.list, (_, j) => groups[j] ?? other) } : {}),
      categories: highest - lowest + 1,
      lowest,
    })
  }
}

/** Reads records into columns; refuses scores that are not integers or off the scale, naming the rows (from 1). */
export function parseRatingRows(rows: readonly RatingRow[], scale: Scale = {}): Checked<Ratings> {
  if (rows.length > MOST_RATINGS) return tooMany(rows.length)
  const columns = new RatingColumns()
  const refusals: Refusal[] = []
  const fault = (code: Refusal['code'], row: number, message: string, missing: string) => {
    if (refusals.length < 20)
      refusals.push({ code, message: `row ${row + 1}: ${message}`, missing, ids: [String(row + 1)] })
  }
  for (const [row, entry] of rows.entries()) {
    const { score } = entry
    if (score === null || score === undefined) continue
    if (!Number.isInteger(score)) {
      fault('score-not-integer', row, `score ${score} is not an integer`, 'integer scores, one category each')
      continue
    }
    if (score < (scale.lowest ?? -Infinity) || score > (scale.highest ?? Infinity)) {
      const range = `${scale.lowest ?? 'any'}-${scale.highest ?? 'any'}`
      fault('score-out-of-scale', row, `expected a score in ${range}, got ${score}`, 'scores on the scale')
      continue
    }
    if (entry.weight !== undefined && !(entry.weight >= 0 && entry.weight < Infinity)) {
      fault('weight-invalid', row, `weight ${entry.weight} is not a number from 0`, 'weights of 0 or more')
      continue
    }
    const nameless = (['person', 'rater', 'item'] as const).find((facet) => entry[facet].trim() === '')
    if (nameless) {
      fault('unreadable', row, `the ${nameless} has no id`, 'a person, a rater and an item for each score')
      continue
    }
    const { person, rater, item, occasion, weight, group } = entry
    columns.add(person, rater, item, score, occasion, weight, group)
  }
  return refusals.length ? { ok: false, refusals } : columns.finish(scale)
}

/** Checks columns that came from elsewhere (a worker, a file reader): lengths, ranges, weights, ids that collide. */
export function parseRatings(ratings: Ratings): Checked<Ratings> {
  return assertedRatings(ratings)
}

/** The refusal of more ratings than one run takes. */
export function tooMany(size: number) {
  const message = `${size.toLocaleString('en')} ratings are more than the ${MOST_RATINGS.toLocaleString('en')} of one run`
  return refused('too-many-ratings', message, 'a split by competency, unit or round that keeps raters linked')
}

function assertedRatings(ratings: Ratings): Checked<Ratings> {
  const size = ratings.score.length
  if (size > MOST_RATINGS) return tooMany(size)
  if (size === 0) return refused('no-ratings', 'there are no ratings', 'at least one score')
  const lists = {
    person: ratings.personIds,
    rater: ratings.raterIds,
    item: ratings.itemIds,
    occasion: ratings.occasionIds,
  }
  for (const [facet, list] of Object.entries(lists)) {
    if (new Set(list).size === list.length) continue
    const twice = list.filter((id, at) => list.indexOf(id) !== at).slice(0, 5)
    return refused(
      'duplicate-id',
      `${facet} ids collide: ${twice.join(', ')}`,
      `one entry for each ${facet} id`,
      twice,
    )
  }
  for (const facet of ['person', 'rater', 'item', 'occasion'] as const) {
    const column = ratings[facet]
    if (!column) continue
    const limit = lists[facet].length
    if (column.length !== size)
      return refused(
        'index-out-of-range',
        `${facet} has ${column.length} entries, scores ${size}`,
        'columns of one length',
      )
    for (let r = 0; r < size; r++) {
      if (column[r]! < limit && column[r]! >= 0) continue
      return refused(
        'index-out-of-range',
        `rating ${r + 1}: ${facet} ${column[r]} is not among ${limit}`,
        `an id for each ${facet}`,
      )
    }
  }
  for (let r = 0; r < size; r++) {
    if (ratings.score[r]! < ratings.categories) continue
    const range = `${ratings.lowest}-${ratings.lowest + ratings.categories - 1}`
    const message = `rating ${r + 1}: expected a score in ${range}, got ${ratings.lowest + ratings.score[r]!}`
    return refused('score-out-of-scale', message, 'scores on the scale')
  }
  for (const weight of ratings.weight ?? []) {
    if (!(weight >= 0 && weight < Infinity))
      return refused('weight-invalid', `weight ${weight} is not a number from 0`, 'weights of 0 or more')
  }
  return { ok: true, value: ratings }
}
