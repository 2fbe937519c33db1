// The design of crossed ratings: which effects there are, whose ratings they touch, and which can be told apart.

/** Ratings by position: `person[n]` gave rise to `score[n]` on `item[n]`, judged by `rater[n]`; ids are 0-based. */
export interface CrossedRatings {
  readonly person: ArrayLike<number>
  readonly rater: ArrayLike<number>
  readonly item: ArrayLike<number>
  readonly score: ArrayLike<number>
}

/** Items are fixed (their means are taken out); `residual` holds what no other component explains. */
export const COMPONENTS = [
  'person',
  'rater',
  'person-rater',
  'person-item',
  'rater-item',
  'residual',
] as const
export type ComponentName = (typeof COMPONENTS)[number]

export interface VarianceRefusal {
  readonly code:
    | 'too-few-persons'
    | 'too-few-raters'
    | 'no-replication'
    | 'too-many-raters'
    | 'no-variation'
    | 'not-converged'
  readonly message: string
}

/** The dense part of the equations holds raters, rater-items and items; above this it would take minutes. */
const MOST_GLOBAL_EFFECTS = 2500

export interface Design {
  readonly n: number
  readonly persons: number
  readonly raters: number
  readonly items: number
  readonly y: Float64Array
  /** Per rating: position of its item, rater and (if estimated) rater-item among the global effects, else -1. */
  readonly globals: {
    readonly item: Int32Array
    readonly rater: Int32Array
    readonly raterItem: Int32Array
    readonly size: number
  }
  /** Ratings of each person, and the local effects (person, person-items, person-raters) of each rating. */
  readonly ratingsOf: readonly Int32Array[]
  readonly localPersonItem: Int32Array
  readonly localPersonRater: Int32Array
  readonly localSize: Int32Array
  /** Component of each local effect, by person. */
  readonly localComponent: readonly Int8Array[]
  readonly raterItems: number
  readonly counts: Readonly<Record<ComponentName, number>>
  readonly used: readonly ComponentName[]
  readonly confounded: readonly ComponentName[]
}

const PERSON = 0
const PERSON_ITEM = 3
const PERSON_RATER = 2

/** Numbers ids in order of appearance. */
function numbering(): { of: (id: string | number) => number; size: () => number } {
  const known = new Map<string | number, number>()
  return {
    of: (id) => {
      let position = known.get(id)
      if (position === undefined) known.set(id, (position = known.size))
      return position
    },
    size: () => known.size,
  }
}

/** Numbers everything and decides which components the design can tell apart; those `dropped` are left out. */
export function designOf(
  ratings: CrossedRatings,
  dropped: readonly ComponentName[] = [],
): Design | VarianceRefusal {
  const n = ratings.score.length
  const persons = numbering()
  const raters = numbering()
  const items = numbering()
  const pairs = { personRater: numbering(), personItem: numbering(), raterItem: numbering() }
  const person = new Int32Array(n)
  const rater = new Int32Array(n)
  const item = new Int32Array(n)
  const raterItem = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    person[i] = persons.of(ratings.person[i]!)
    rater[i] = raters.of(ratings.rater[i]!)
    item[i] = items.of(ratings.item[i]!)
    pairs.personRater.of(`${person[i]},${rater[i]}`)
    pairs.personItem.of(`${person[i]},${item[i]}`)
    raterItem[i] = pairs.raterItem.of(`${rater[i]},${item[i]}`)
  }
  if (persons.size() < 3)
    return {
      code: 'too-few-persons',
      message: `Variance components need at least 3 persons; there are ${persons.size()}.`,
    }
  if (raters.size() < 2)
    return {
      code: 'too-few-raters',
      message: `Variance components need at least 2 raters; there are ${raters.size()}.`,
    }
  if (n <= persons.size() + items.size()) {
    return {
      code: 'no-replication',
      message: 'Each person was rated about once: nothing separates persons from everything else.',
    }
  }
  // An interaction can be told from the residual only where its cells are filled more than once and it adds cells.
  const separable = (cells: number, margins: number[]) =>
    n > 1.05 * cells && margins.every((margin) => cells > margin)
  const tellable: Record<string, boolean> = {
    'person-rater': separable(pairs.personRater.size(), [persons.size(), raters.size()]),
    'person-item': items.size() > 1 && separable(pairs.personItem.size(), [persons.size()]),
    'rater-item': items.size() > 1 && separable(pairs.raterItem.size(), [raters.size()]),
  }
  const candidate = Object.fromEntries(
    Object.entries(tellable).map(([name, can]) => [name, can && !dropped.includes(name as ComponentName)]),
  )
  const used = COMPONENTS.filter((name) => candidate[name] ?? true)
  const raterItems = candidate['rater-item'] ? pairs.raterItem.size() : 0
  const size = items.size() + raters.size() + raterItems
  if (size > MOST_GLOBAL_EFFECTS) {
    return {
      code: 'too-many-raters',
      message: `${raters.size()} raters on ${items.size()} items are ${size} shared effects; at most ${MOST_GLOBAL_EFFECTS} are solved for. Analyse a unit, or a sample of raters.`,
    }
  }
  const lists: number[][] = Array.from({ length: persons.size() }, () => [])
  for (let i = 0; i < n; i++) lists[person[i]!]!.push(i)
  const localPersonItem = new Int32Array(n).fill(-1)
  const localPersonRater = new Int32Array(n).fill(-1)
  const localSize = new Int32Array(persons.size())
  const localComponent = lists.map((list, p) => {
    const components = [PERSON]
    const seen = new Map<string, number>()
    const positionOf = (key: string, component: number) => {
      let position = seen.get(key)
      if (position === undefined) {
        seen.set(key, (position = components.length))
        components.push(component)
      }
      return position
    }
    for (const i of list) {
      if (candidate['person-item']) localPersonItem[i] = positionOf(`i${item[i]}`, PERSON_ITEM)
      if (candidate['person-rater']) localPersonRater[i] = positionOf(`r${rater[i]}`, PERSON_RATER)
    }
    localSize[p] = components.length
    return Int8Array.from(components)
  })
  return {
    n,
    persons: persons.size(),
    raters: raters.size(),
    items: items.size(),
    y: Float64Array.from({ length: n }, (_, i) => ratings.score[i]!),
    globals: {
      item,
      rater: rater.map((position) => items.size() + position),
      raterItem: raterItem.map((position) =>
        candidate['rater-item'] ? items.size() + raters.size() + position : -1,
      ),
      size,
    },
    ratingsOf: lists.map((list) => Int32Array.from(list)),
    localPersonItem,
    localPersonRater,
    localSize,
    localComponent,
    raterItems,
    counts: {
      person: persons.size(),
      rater: raters.size(),
      'person-rater': candidate['person-rater'] ? pairs.personRater.size() : 0,
      'person-item': candidate['person-item'] ? pairs.personItem.size() : 0,
      'rater-item': raterItems,
      residual: n,
    },
    used,
    confounded: COMPONENTS.filter((name) => tellable[name] === false),
  }
}
