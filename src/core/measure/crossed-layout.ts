// Where each unknown beside persons stands, and which are held: by anchors, or as the reference of what else would float.
import type { Anchors } from './anchors.ts'
import type { Connectivity } from './connectivity.ts'
import type { Layout } from './rater-system.ts'
import type { Ratings } from './ratings.ts'

/** The layout of the unknowns, and the values of those held (0 elsewhere). */
export function layoutOf(
  ratings: Ratings,
  connected: Connectivity,
  anchors: Anchors,
): { layout: Layout; start: Float64Array } {
  const raters = ratings.raterIds.length
  const groups = ratings.raterGroupIds.length
  const occasions = ratings.occasionIds.length
  const subsetAt = raters
  const groupAt = subsetAt + Math.max(1, connected.subsets)
  const occasionAt = groupAt + groups + 1
  const size = occasionAt + occasions
  const held = new Uint8Array(size)
  const start = new Float64Array(size)
  const groupOfRater = new Uint16Array(raters).fill(groups)
  const members = new Int32Array(groups)
  for (let j = 0; j < raters; j++) {
    const anchor = anchors.raters[j]!
    if (!Number.isNaN(anchor)) {
      held[j] = 1
      start[j] = anchor
    } else if (ratings.raterGroup) {
      groupOfRater[j] = ratings.raterGroup[j]!
      members[ratings.raterGroup[j]!]!++
    }
  }
  held[groupAt + groups] = 1
  const anchoredGroups = anchors.groups.some((value) => !Number.isNaN(value))
  const reference = anchoredGroups ? -1 : members.indexOf(Math.max(...members))
  for (let g = 0; g < groups; g++) {
    const anchor = anchors.groups[g]!
    if (!Number.isNaN(anchor) || g === reference || members[g] === 0) held[groupAt + g] = 1
    if (!Number.isNaN(anchor)) start[groupAt + g] = anchor
  }
  if (occasions > 0) held[occasionAt] = 1
  const heldPerson = Uint8Array.from(anchors.persons, (value) => (Number.isNaN(value) ? 0 : 1))
  const open = new Uint8Array(Math.max(1, connected.subsets))
  for (let n = 0; n < heldPerson.length; n++) if (!heldPerson[n]) open[connected.ofPerson[n]!] = 1
  for (let s = 0; s < open.length; s++) if (!open[s]) held[subsetAt + s] = 1
  return {
    layout: {
      raters,
      size,
      subsetAt,
      groupAt,
      occasionAt,
      subsetOfPerson: connected.ofPerson,
      groupOfRater,
      held,
      heldPerson,
    },
    start,
  }
}
