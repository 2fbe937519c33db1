// Which persons and raters are linked by ratings, and which ratings would link the rest.
import type { Blocks } from './blocks.ts'
import type { Link } from './measurement.ts'

export interface Connectivity {
  /** Number of subsets; 0 is the one with most blocks. Elements without a rating are counted to it. */
  readonly subsets: number
  readonly ofPerson: Int32Array
  readonly ofRater: Int32Array
}

/** Connected subsets of persons and raters by union-find; anchored elements are linked through the anchor's scale. */
export function connectivity(
  blocks: Blocks,
  raters: number,
  anchored: (facet: 'person' | 'rater', at: number) => boolean,
): Connectivity {
  const persons = blocks.personStart.length - 1
  const parent = new Int32Array(persons + raters + 1)
  for (let v = 0; v < parent.length; v++) parent[v] = v
  const find = (v: number): number => {
    let root = v
    while (parent[root] !== root) root = parent[root]!
    while (parent[v] !== root) {
      const next = parent[v]!
      parent[v] = root
      v = next
    }
    return root
  }
  for (let b = 0; b < blocks.count; b++) {
    const a = find(blocks.person[b]!)
    const c = find(persons + blocks.rater[b]!)
    if (a !== c) parent[a] = c
  }
  const hub = persons + raters
  for (let n = 0; n < persons; n++) if (anchored('person', n)) parent[find(n)] = find(hub)
  for (let j = 0; j < raters; j++) if (anchored('rater', j)) parent[find(persons + j)] = find(hub)
  const load = new Map<number, number>()
  for (let b = 0; b < blocks.count; b++) {
    const root = find(blocks.person[b]!)
    load.set(root, (load.get(root) ?? 0) + 1)
  }
  const order = [...load].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const number = new Map(order.map(([root], at) => [root, at]))
  return {
    subsets: order.length,
    ofPerson: Int32Array.from({ length: persons }, (_, n) => number.get(find(n)) ?? 0),
    ofRater: Int32Array.from({ length: raters }, (_, j) => number.get(find(persons + j)) ?? 0),
  }
}

/** One rating per further subset that would join it to the first: its busiest rater judges the first's most rated person. */
export function joiningLinks(
  blocks: Blocks,
  found: Connectivity,
  personIds: readonly string[],
  raterIds: readonly string[],
): Link[] {
  if (found.subsets < 2) return []
  const personLoad = new Int32Array(personIds.length)
  const raterLoad = new Int32Array(raterIds.length)
  for (let b = 0; b < blocks.count; b++) {
    personLoad[blocks.person[b]!]!++
    raterLoad[blocks.rater[b]!]!++
  }
  const busiest = (subset: Int32Array, load: Int32Array) => {
    const best = new Int32Array(found.subsets).fill(-1)
    for (let v = 0; v < subset.length; v++) {
      const s = subset[v]!
      if (best[s]! < 0 || load[v]! > load[best[s]!]!) best[s] = v
    }
    return best
  }
  const person = busiest(found.ofPerson, personLoad)
  const rater = busiest(found.ofRater, raterLoad)
  const links: Link[] = []
  for (let s = 1; s < found.subsets; s++) {
    if (rater[s]! < 0 || person[0]! < 0) continue
    links.push({ rater: raterIds[rater[s]!]!, person: personIds[person[0]!]!, joins: [0, s] })
  }
  return links
}
