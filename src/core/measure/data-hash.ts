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
  const lanes = [0x811c9dc5, 0x2f0b4a27].map((seed) => {
    const hashes = (ids: readonly string[]) => Int32Array.from(ids, (id) => textHash(id, seed))
    const person = hashes(ratings.personIds)
    const rater = hashes(ratings.raterIds)
    const item = hashes(ratings.itemIds)
    const occasion = hashes(ratings.occasionIds)
    const bits = new Float64Array(1)
    const words = new Int32Array(bits.buffer)
    let sum = 0
    for (let b = 0; b < blocks.count; b++) {
      const owner =
        Math.imul(person[blocks.person[b]!]! ^ 0x5bd1e995, 0x85ebca6b) ^
        Math.imul(rater[blocks.rater[b]!]!, 0xc2b2ae35)
      const block =
        blocks.occasion && occasion.length
          ? owner ^ Math.imul(occasion[blocks.occasion[b]!]!, 0x27d4eb2f)
          : owner
      const of = blocks.trie.patterns[blocks.pattern[b]!]!
      const begin = blocks.start[b]!
      let h = block
      for (let k = 0; k < of.length; k++) {
        let one = item[of[k]!]! ^ Math.imul(blocks.score[begin + k]! + ratings.lowest + 1, 0x9e3779b1)
        if (blocks.ratingWeight) {
          bits[0] = blocks.ratingWeight[begin + k]!
          one ^= Math.imul(words[0]! ^ words[1]!, 0x165667b1)
        }
        one = Math.imul(one ^ (one >>> 15), 0x2c1b3c6d)
        h = (h + Math.imul(one ^ (one >>> 12) ^ block, 0x297a2d39)) | 0
      }
      h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
      sum = (sum + (h ^ (h >>> 15))) >>> 0
    }
    return sum.toString(16).padStart(8, '0')
  })
  return lanes.join('')
}
