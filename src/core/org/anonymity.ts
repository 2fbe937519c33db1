// Groups raters into cells that may be published: no difference of cells ever shows fewer people than the minimum.

export interface CellRater {
  readonly rater: string
  /** What they are to the person who is rated: manager, peer, report … */
  readonly kind: string
}

export interface AnonymityRule {
  /** The fewest raters of an anonymous cell; at least 5. */
  readonly minimum: number
  /** Kinds that the published rule names openly, such as self and manager: their answers carry their name. */
  readonly identified: readonly string[]
}

/** Raters who are published together, and only together. */
export interface Cell {
  /** The kinds that went into it, in the order of the alphabet. */
  readonly kinds: readonly string[]
  readonly raters: readonly string[]
  /** True for a rater of an openly named kind, who stands alone. */
  readonly identified: boolean
}

export interface Partition {
  /** Disjoint: each rater stands in one cell or in `withheld`. */
  readonly cells: readonly Cell[]
  /** Raters too few to be published at all: they enter no published figure, no total either. */
  readonly withheld: readonly string[]
}

/**
 * Splits raters into disjoint cells. A kind with at least the minimum is a cell of its own. Smaller kinds are put
 * together; where these are still too few, they join the smallest cell, and where there is none they are withheld.
 * Because cells are disjoint and each at least the minimum, whatever is added or subtracted among published sums is a
 * sum over whole cells. Throws RangeError for a minimum under 5 and for a rater who is given twice.
 */
export function anonymityCells(raters: readonly CellRater[], rule: AnonymityRule): Partition {
  if (!Number.isInteger(rule.minimum) || rule.minimum < 5)
    throw new RangeError(`minimum: expected a whole number of at least 5, got ${rule.minimum}`)
  if (new Set(raters.map(({ rater }) => rater)).size < raters.length)
    throw new RangeError('raters: expected each rater once, got one twice')
  const named = raters.filter(({ kind }) => rule.identified.includes(kind))
  const byKind = new Map<string, string[]>()
  for (const { rater, kind } of raters) {
    if (rule.identified.includes(kind)) continue
    const group = byKind.get(kind)
    if (group) group.push(rater)
    else byKind.set(kind, [rater])
  }
  const groups = [...byKind]
    .map(([kind, members]) => ({ kinds: [kind], raters: members }))
    .sort((a, b) => (a.kinds[0]! < b.kinds[0]! ? -1 : 1))
  const large = groups.filter((group) => group.raters.length >= rule.minimum)
  const small = groups.filter((group) => group.raters.length < rule.minimum)
  const rest = merged(small)
  let withheld: readonly string[] = []
  if (rest.raters.length >= rule.minimum) large.push(rest)
  else if (rest.raters.length > 0) {
    const smallest = large.toSorted((a, b) => a.raters.length - b.raters.length)[0]
    if (smallest) large[large.indexOf(smallest)] = merged([smallest, rest])
    else withheld = rest.raters
  }
  return {
    cells: [
      ...named.map(({ rater, kind }) => ({ kinds: [kind], raters: [rater], identified: true })),
      ...large.map(({ kinds, raters: members }) => ({
        kinds: kinds.toSorted(),
        raters: members.toSorted(),
        identified: false,
      })),
    ],
    withheld: withheld.toSorted(),
  }
}

const merged = (groups: readonly { kinds: string[]; raters: string[] }[]) => ({
  kinds: groups.flatMap(({ kinds }) => kinds),
  raters: groups.flatMap(({ raters }) => raters),
})

/**
 * The cells of each competency, from who gave a rating on it: somebody without an opportunity is in no cell of it. Each
 * competency is split for itself, and no figure may be published that runs over other sets of raters than these.
 */
export function cellsByCompetency(
  ratings: Iterable<{ readonly competency: string; readonly rater: string; readonly kind: string }>,
  rule: AnonymityRule,
): Map<string, Partition> {
  const raters = new Map<string, Map<string, CellRater>>()
  for (const { competency, rater, kind } of ratings) {
    const of = raters.get(competency) ?? new Map<string, CellRater>()
    raters.set(competency, of)
    // Several behaviours of one competency are one rater's one voice.
    of.set(rater, { rater, kind })
  }
  return new Map([...raters].map(([competency, of]) => [competency, anonymityCells([...of.values()], rule)]))
}

/**
 * Whether a figure over these raters may be published: they must be whole cells. Ask it of every filter, breakdown and
 * total, and answer nothing else; an empty set says nothing and may be.
 */
export function isPublishable({ cells }: Partition, raters: Iterable<string>): boolean {
  const asked = new Set(raters)
  let covered = 0
  for (const cell of cells) {
    const inside = cell.raters.filter((rater) => asked.has(rater)).length
    if (inside !== 0 && inside !== cell.raters.length) return false
    covered += inside
  }
  return covered === asked.size
}
