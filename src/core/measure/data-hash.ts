// A hash of the ratings that is the same for the same ratings in any order of rows.
import type { Blocks } from './blocks.ts'
import type { Ratings } from './ratings.ts'

function textHash(text: string, seed: number): number {
  let h = seed
  for (let k = 0; k < text.length; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193)
  return h ^ (h >>> 15)
}

/** Sixteen hexadecimal digits: two 32-bit sums over blocks of hashes of ids, items, scores (as given) and weights. */
export function dataHash(ratings: Ratings, blocks: Blocks): string {
  return lane(ratings, blocks, 0x811c9dc5) + lane(ratings, blocks, 0x2f0b4a27)
}

function lane(ratings: Ratings, blocks: Blocks, seed: number): string {
  const { categories, lowest } = ratings
  const { start, score, ratingWeight } = blocks
  const hashes = (ids: readonly string[]) => Int32Array.from(ids, (id) => textHash(id, seed))
  const person = hashes(ratings.personIds)
  const rater = hashes(ratings.raterIds)
  const item = hashes(ratings.itemIds)
  const occasion = hashes(ratings.occasionIds)
  const scored = Int32Array.from({ length: item.length * categories }, (_, c) => {
    return item[Math.floor(c / categories)]! ^ Math.imul((c % categories) + lowest + 1, 0x9e3779b1)
  })
  const stirred = scored.map(stir)
  const bits = new Float64Array(1)
  const words = new Int32Array(bits.buffer)
  let sum = 0
  for (let b = 0; b < blocks.count; b++) {
    let block =
      Math.imul(person[blocks.person[b]!]! ^ 0x5bd1e995, 0x85ebca6b) ^
      Math.imul(rater[blocks.rater[b]!]!, 0xc2b2ae35)
    if (blocks.occasion && occasion.length) block ^= Math.imul(occasion[blocks.occasion[b]!]!, 0x27d4eb2f)
    const of = blocks.trie.patterns[blocks.pattern[b]!]!
    const begin = start[b]!
    let h = block
    for (let k = 0; k < of.length; k++) {
      const cell = of[k]! * categories + score[begin + k]!
      let one = stirred[cell]!
      if (ratingWeight) {
        bits[0] = ratingWeight[begin + k]!
        one = stir(scored[cell]! ^ Math.imul(words[0]! ^ words[1]!, 0x165667b1))
      }
      h = (h + Math.imul(one ^ block, 0x297a2d39)) | 0
    }
    h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
    sum = (sum + (h ^ (h >>> 15))) >>> 0
  }
  return sum.toString(16).padStart(8, '0')
}

function stir(value: number): number {
  const one = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  return one ^ (one >>> 12)
}
