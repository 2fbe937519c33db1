// Random signs for stochastic traces that follow the data, not the names or the order of rows.
import type { Blocks } from './blocks.ts'

function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return (h ^ (h >>> 16)) >>> 0
}

/** 1 for each signature that another has too. */
function shared(signatures: Uint32Array): Uint8Array {
  let room = 16
  while (room < 2 * signatures.length) room *= 2
  const holder = new Int32Array(room)
  const again = new Uint8Array(signatures.length)
  for (let j = 0; j < signatures.length; j++) {
    let at = signatures[j]! & (room - 1)
    while (holder[at] !== 0 && signatures[holder[at]! - 1] !== signatures[j]) at = (at + 1) & (room - 1)
    if (holder[at] === 0) holder[at] = j + 1
    else again[j] = again[holder[at]! - 1] = 1
  }
  return again
}

/**
 * A 32-bit signature of each rater from the totals they gave; raters whom these do not tell apart have one from those
 * of their colleagues too (up to two rounds of Weisfeiler-Lehman refinement). Renaming or reordering leaves it alone,
 * so a run's stochastic traces, and with them its variance components, are the same for the same ratings in any order;
 * and one rating that changes draws anew the signs of hardly more than its own rater.
 */
export function raterSignatures(blocks: Blocks, raters: number): Uint32Array {
  const { person, rater, total, trie, pattern, count } = blocks
  const persons = blocks.personStart.length - 1
  let ofRater = new Uint32Array(raters)
  for (let b = 0; b < count; b++)
    ofRater[rater[b]!]! += mix(mix(total[b]!, 7), trie.patterns[pattern[b]!]!.length)
  for (let round = 0; round < 2; round++) {
    const again = shared(ofRater)
    if (!again.includes(1)) break
    const ofPerson = new Uint32Array(persons)
    const next = new Uint32Array(raters)
    for (let b = 0; b < count; b++) {
      const block = mix(total[b]!, trie.patterns[pattern[b]!]!.length)
      ofPerson[person[b]!]! += mix(block, round === 0 ? 0 : ofRater[rater[b]!]!)
    }
    for (let b = 0; b < count; b++) next[rater[b]!]! += mix(mix(total[b]!, 7), ofPerson[person[b]!]!)
    ofRater = ofRater.map((own, j) => (again[j] === 1 ? next[j]! : own))
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
