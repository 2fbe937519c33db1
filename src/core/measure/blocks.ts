// Blocks: all that one rater said of one person on one occasion, built in one pass over the ratings.
import { PatternTrie } from './pattern-trie.ts'
import type { Ratings } from './ratings.ts'
import { refused, type Checked } from './refusals.ts'

/**
 * Blocks sorted by person. The scores of block b stand at `start[b]`..`start[b + 1]` in the order of the items of its
 * pattern. `blockWeight` is the common weight of a block's ratings; where they differ `weightsDiffer` is true and only
 * `ratingWeight` counts. `categoryCount` holds, item by item, the weighted number of ratings in each category.
 */
export interface Blocks {
  readonly count: number
  readonly person: Int32Array
  readonly rater: Int32Array
  readonly occasion?: Uint16Array
  readonly pattern: Int32Array
  readonly total: Int32Array
  readonly start: Int32Array
  readonly score: Uint8Array
  readonly personStart: Int32Array
  readonly trie: PatternTrie
  readonly blockWeight?: Float64Array
  readonly ratingWeight?: Float64Array
  readonly weightsDiffer: boolean
}

/** Row numbers in the order of persons, or undefined where the rows are in that order already. */
function orderByPerson(person: Int32Array, persons: number): Int32Array | undefined {
  let sorted = true
  for (let r = 1; r < person.length && sorted; r++) sorted = person[r]! >= person[r - 1]!
  if (sorted) return undefined
  const next = new Int32Array(persons + 1)
  for (const n of person) next[n + 1]!++
  for (let n = 0; n < persons; n++) next[n + 1]! += next[n]!
  const order = new Int32Array(person.length)
  for (let r = 0; r < person.length; r++) order[next[person[r]!]!++] = r
  return order
}

const runStart = new Int32Array(64)
let runKeys = new Float64Array(256)

/** Sorts keys that come as few rising runs, one for each rater, by moving whole runs; false where they do not. */
function sortRuns(keys: Float64Array, many: number, perOwner: number): boolean {
  let runs = 0
  let owner = -1
  for (let k = 0; k < many; k++) {
    const own = Math.floor(keys[k]! / perOwner)
    if (own === owner) {
      if (keys[k]! <= keys[k - 1]!) return false
      continue
    }
    if (runs === 63) return false
    owner = own
    runStart[runs++] = k
  }
  const order: number[] = []
  for (let r = 0; r < runs; r++) {
    let at = r
    while (at > 0 && keys[runStart[order[at - 1]!]!]! > keys[runStart[r]!]!) at--
    order.splice(at, 0, r)
  }
  runStart[runs] = many
  if (runKeys.length < many) runKeys = new Float64Array(2 * many)
  let to = 0
  let before = -1
  for (const r of order) {
    for (let k = runStart[r]!; k < runStart[r + 1]!; k++) {
      if (keys[k]! <= before) return false
      before = keys[k]!
      runKeys[to++] = before
    }
  }
  keys.set(runKeys.subarray(0, many))
  return true
}

/** Groups ratings into blocks; refuses two ratings of one person by one rater on the same item and occasion. */
export function blocksOf(ratings: Ratings): Checked<Blocks> {
  const { person, rater, item, score, occasion, weight } = ratings
  const size = score.length
  const persons = ratings.personIds.length
  const items = ratings.itemIds.length
  const occasions = Math.max(1, ratings.occasionIds.length)
  const order = orderByPerson(person, persons)
  const sortedScore = new Uint8Array(size)
  const sortedWeight = weight ? new Float64Array(size) : undefined
  const personStart = new Int32Array(persons + 1)
  const trie = new PatternTrie()
  let capacity = Math.max(16, Math.ceil(size / Math.max(1, Math.min(items, 8))))
  let columns = [0, 1, 2, 3, 4, 5].map(() => new Int32Array(capacity))
  let count = 0
  let keys = new Float64Array(256)
  const path = new Uint16Array(items)
  let weightsDiffer = false
  let row = 0
  for (let n = 0; n < persons; n++) {
    personStart[n] = count
    const first = row
    while (row < size && person[order ? order[row]! : row] === n) row++
    const many = row - first
    if (many > keys.length) keys = new Float64Array(many * 2)
    let rising = true
    for (let k = 0; k < many; k++) {
      const at = order ? order[first + k]! : first + k
      const key = (rater[at]! * occasions + (occasion ? occasion[at]! : 0)) * items + item[at]!
      keys[k] = key * many + k
      if (k > 0 && keys[k]! <= keys[k - 1]!) rising = false
    }
    if (!rising && !sortRuns(keys, many, items * many)) keys.subarray(0, many).sort()
    let k = 0
    while (k < many) {
      if (count + 1 >= capacity) {
        capacity *= 2
        columns = columns.map((old) => {
          const wider = new Int32Array(capacity)
          wider.set(old)
          return wider
        })
      }
      const begin = k
      let group = -1
      let node = 0
      let total = 0
      let itemBefore = -1
      while (k < many) {
        const key = keys[k]!
        const from = order ? order[first + (key % many)]! : first + (key % many)
        const owner = rater[from]! * occasions + (occasion ? occasion[from]! : 0)
        if (k > begin && owner !== group) break
        group = owner
        const i = item[from]!
        if (i === itemBefore) {
          const who = `${ratings.raterIds[rater[from]!]} of ${ratings.personIds[n]} on ${ratings.itemIds[i]}`
          return refused(
            'duplicate-rating',
            `two ratings by ${who}`,
            'one rating each, or an occasion that tells them apart',
            [ratings.raterIds[rater[from]!]!, ratings.personIds[n]!, ratings.itemIds[i]!],
          )
        }
        itemBefore = i
        path[k - begin] = i
        node = trie.step(node, i)
        total += score[from]!
        sortedScore[first + k] = score[from]!
        if (sortedWeight) {
          sortedWeight[first + k] = weight![from]!
          weightsDiffer ||= sortedWeight[first + k] !== sortedWeight[first + begin]
        }
        k++
      }
      columns[0]![count] = n
      columns[1]![count] = Math.floor(group / occasions)
      columns[2]![count] = trie.patternOf(node, path, k - begin)
      columns[3]![count] = total
      columns[4]![count] = first + begin
      columns[5]![count] = group % occasions
      count++
    }
  }
  personStart[persons] = count
  columns[4]![count] = size
  const cut = (column: number) => columns[column]!.slice(0, count)
  const start = columns[4]!.slice(0, count + 1)
  return {
    ok: true,
    value: {
      count,
      person: cut(0),
      rater: cut(1),
      pattern: cut(2),
      total: cut(3),
      start,
      score: sortedScore,
      personStart,
      trie,
      weightsDiffer,
      ...(occasion ? { occasion: Uint16Array.from(cut(5)) } : {}),
      ...(sortedWeight ? { ratingWeight: sortedWeight } : {}),
      ...(sortedWeight && !weightsDiffer
        ? { blockWeight: Float64Array.from(start.subarray(0, count), (at) => sortedWeight[at]!) }
        : {}),
    },
  }
}

/** Weighted number of ratings in each category of each item, item by item (items x categories). */
export function categoryCounts(blocks: Blocks, items: number, categories: number): Float64Array {
  const counts = new Float64Array(items * categories)
  const { trie, pattern, start, score, ratingWeight } = blocks
  for (let b = 0; b < blocks.count; b++) {
    const of = trie.patterns[pattern[b]!]!
    const begin = start[b]!
    for (let k = 0; k < of.length; k++)
      counts[of[k]! * categories + score[begin + k]!]! += ratingWeight ? ratingWeight[begin + k]! : 1
  }
  return counts
}
