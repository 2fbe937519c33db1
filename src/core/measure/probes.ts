// Random signs for stochastic traces that follow the data, not the names or the order of rows.
import type { Blocks } from './blocks.ts'

function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return (h ^ (h >>> 16)) >>> 0
}

/**
 * A 32-bit signature of each rater from the totals they and their colleagues gave (two rounds of Weisfeiler-Lehman
 * refinement): renaming or reordering leaves it alone, so a run's stochastic traces, and with them its variance
 * components, are the same for the same ratings in any order.
 */
export function raterSignatures(blocks: Blocks, raters: number): Uint32Array {
  const { person, rater, total, trie, pattern, count } = blocks
  const persons = blocks.personStart.length - 1
  let ofRater = new Uint32Array(raters)
  let ofPerson = new Uint32Array(persons)
  for (let round = 0; round < 2; round++) {
    const nextPerson = new Uint32Array(persons)
    const nextRater = new Uint32Array(raters)
    for (let b = 0; b < count; b++) {
      const block = mix(total[b]!, trie.patterns[pattern[b]!]!.length)
      nextPerson[person[b]!]! += mix(block, ofRater[rater[b]!]!)
    }
    ofPerson = nextPerson
    for (let b = 0; b < count; b++) nextRater[rater[b]!]! += mix(mix(total[b]!, 7), ofPerson[person[b]!]!)
    ofRater = nextRater
  }
  return ofRater
}

/** Rademacher signs for probe number `probe`: one for each signature, then one for each further unknown. */
export function signs(signatures: Uint32Array, size: number, probe: number): Float64Array {
  const z = new Float64Array(size)
  for (let y = 0; y < size; y++) {
    const seed = y < signatures.length ? signatures[y]! : 0x51ed270b + y
    z[y] = mix(seed, probe * 2 + 1) & 0x10000 ? 1 : -1
  }
  return z
}
