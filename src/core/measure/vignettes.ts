// Anchoring vignettes: a self-rating placed among the same person's ratings of described people.

/**
 * Where a self-rating stands among J vignettes, on the C scale 1..2J+1: odd values lie between vignettes, even
 * values equal one. Ties and order violations give an interval (`from` < `to`), never an error.
 */
export interface VignetteRank {
  readonly from: number
  readonly to: number
}

/**
 * The nonparametric C of one person; `vignettes` are that person's ratings of the vignettes in their intended
 * order, lowest first, on the same scale as `self`. At least one vignette; all values finite.
 * Source: King, Murray, Salomon and Tandon (2004), APSR 98, 191-207; King and Wand (2007), Political Analysis 15, 46-66.
 */
export function vignetteRank(self: number, vignettes: readonly number[]): VignetteRank {
  const holds: number[] = []
  for (const [index, vignette] of vignettes.entries()) {
    const below = index === 0 ? Number.NEGATIVE_INFINITY : vignettes[index - 1]!
    if (self > below && self < vignette) holds.push(2 * index + 1)
    if (self === vignette) holds.push(2 * index + 2)
  }
  if (vignettes.length === 0 || self > vignettes[vignettes.length - 1]!) holds.push(2 * vignettes.length + 1)
  return { from: holds[0]!, to: holds[holds.length - 1]! }
}

/** The B scale 1..J+1, in which equality with a vignette belongs to both neighbours (King and Wand 2007, table 1). */
export function vignetteRankB({ from, to }: VignetteRank): VignetteRank {
  return { from: Math.floor((from + 1) / 2), to: Math.floor(to / 2) + 1 }
}

/**
 * How the ranks of many people spread over 1..`size`: intervals shared out evenly over the values they span, and
 * with the interval cases left out. Both sum to 1, or are all 0 where no case counts.
 */
export function spreadOfRanks(
  ranks: readonly VignetteRank[],
  size: number,
): { uniform: number[]; scalarOnly: number[] } {
  const uniform = Array.from({ length: size }, () => 0)
  const scalarOnly = Array.from({ length: size }, () => 0)
  const scalars = ranks.filter(({ from, to }) => from === to).length
  for (const { from, to } of ranks) {
    for (let value = from; value <= to; value++) uniform[value - 1]! += 1 / (to - from + 1) / ranks.length
    if (from === to) scalarOnly[from - 1]! += 1 / scalars
  }
  return { uniform, scalarOnly }
}

/** How people order the vignettes: read this before using them. Shares are of people who rated both of a pair. */
export interface VignetteOrder {
  readonly people: number
  /** Share of people with at least one pair out of the intended order, and with at least one tie. */
  readonly violationRate: number
  readonly tieRate: number
  /** People who gave at least two different ratings, and of them those with exactly 0, 1, 2… pairs out of order. */
  readonly distinguishing: number
  readonly byViolations: readonly number[]
  /** Share of people who rate vignette row below vignette column, strictly. */
  readonly below: readonly (readonly number[])[]
}

/** Ties and order violations over people; rows with a missing vignette are left out, and `people` says how many count. */
export function vignetteOrder(rows: readonly (readonly (number | null)[])[]): VignetteOrder {
  const complete = rows.filter((row): row is readonly number[] => row.every((value) => value !== null))
  const size = rows[0]?.length ?? 0
  const below = Array.from({ length: size }, () => Array.from({ length: size }, () => 0))
  const byViolations: number[] = []
  let violating = 0
  let tied = 0
  let distinguishing = 0
  for (const row of complete) {
    let violations = 0
    let ties = 0
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        if (row[i]! < row[j]!) below[i]![j]! += 1 / complete.length
        if (j > i) {
          violations += Number(row[i]! > row[j]!)
          ties += Number(row[i] === row[j])
        }
      }
    }
    violating += Number(violations > 0)
    tied += Number(ties > 0)
    if (new Set(row).size < 2) continue
    distinguishing += 1
    while (byViolations.length <= violations) byViolations.push(0)
    byViolations[violations]! += 1
  }
  const share = (count: number) => (complete.length === 0 ? 0 : count / complete.length)
  return {
    people: complete.length,
    violationRate: share(violating),
    tieRate: share(tied),
    distinguishing,
    byViolations,
    below,
  }
}
