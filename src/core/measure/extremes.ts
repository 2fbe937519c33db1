// Elements whose every rating is at one end of the scale: joint estimation sets them aside and measures them after.
import type { Blocks } from './blocks.ts'

export interface ActiveElements {
  readonly person: Int8Array
  readonly rater: Int8Array
  readonly item: Int8Array
}

/**
 * -1 (all lowest), 1 (all highest) or 0 for each person, rater and item, judged without those already found, until
 * nothing more is extreme (Wright and Masters 1982). `used` tells which categories exist.
 */
export function findExtremes(
  blocks: Blocks,
  raters: number,
  items: number,
  low: Int32Array,
  high: Int32Array,
): ActiveElements {
  const persons = blocks.personStart.length - 1
  const found = { person: new Int8Array(persons), rater: new Int8Array(raters), item: new Int8Array(items) }
  for (;;) {
    const score = {
      person: new Float64Array(persons),
      rater: new Float64Array(raters),
      item: new Float64Array(items),
    }
    const top = {
      person: new Float64Array(persons),
      rater: new Float64Array(raters),
      item: new Float64Array(items),
    }
    for (let b = 0; b < blocks.count; b++) {
      const n = blocks.person[b]!
      const j = blocks.rater[b]!
      if (found.person[n] || found.rater[j]) continue
      const of = blocks.trie.patterns[blocks.pattern[b]!]!
      const begin = blocks.start[b]!
      let sum = 0
      let most = 0
      for (let k = 0; k < of.length; k++) {
        const i = of[k]!
        if (found.item[i]) continue
        const above = blocks.score[begin + k]! - low[i]!
        const span = high[i]! - low[i]!
        score.item[i]! += above
        top.item[i]! += span
        sum += above
        most += span
      }
      score.person[n]! += sum
      top.person[n]! += most
      score.rater[j]! += sum
      top.rater[j]! += most
    }
    let more = false
    for (const facet of ['person', 'rater', 'item'] as const) {
      for (let at = 0; at < found[facet].length; at++) {
        if (found[facet][at] !== 0 || top[facet][at] === 0) continue
        const end = score[facet][at] === 0 ? -1 : score[facet][at] === top[facet][at] ? 1 : 0
        if (end === 0) continue
        found[facet][at] = end
        more = true
      }
    }
    if (!more) return found
  }
}
