// By how much severity moved what a person's raters said, told only where no rater can be told from it.
import type { Cell } from '../org/anonymity.ts'

/** How harsh the raters of some cells are together: what was taken out of each of these cells. */
export interface RoundAdjustment {
  readonly subject: string
  readonly kinds: readonly string[]
  readonly raters: number
  /** The competencies whose cells have exactly these raters. */
  readonly competencies: readonly string[]
  /** Their mean severity in logits, positive for harsh, and its standard error; rounded to 0.01. */
  readonly severity: number
  readonly se: number
}

type FormedCell = Cell & { readonly subject: string; readonly competency: string }

/**
 * One figure for all cells of a person that have the same raters, the most cells first, and never for overlapping sets
 * of raters: so a person who reads no other result learns from it only about all of these raters together
 * (docs/method/rounds.md). It needs the minimum of raters who are measured on somebody else too: without that their
 * harshness cannot be told from the person anyhow.
 */
export function adjustmentsOf(
  cells: readonly FormedCell[],
  severities: ReadonlyMap<string, { readonly measure: number; readonly se: number }>,
  minimum: number,
): RoundAdjustment[] {
  const rated = new Map<string, Set<string>>()
  for (const { raters, subject } of cells)
    for (const rater of raters) {
      const of = rated.get(rater)
      if (of) of.add(subject)
      else rated.set(rater, new Set([subject]))
    }
  const bySubject = new Map<string, Map<string, FormedCell[]>>()
  for (const cell of cells) {
    if (cell.identified) continue
    const own = bySubject.get(cell.subject) ?? new Map<string, FormedCell[]>()
    bySubject.set(cell.subject, own)
    const key = cell.raters.toSorted().join(' ')
    own.set(key, [...(own.get(key) ?? []), cell])
  }
  const found: RoundAdjustment[] = []
  for (const [subject, sets] of bySubject) {
    const taken = new Set<string>()
    for (const same of [...sets.values()].toSorted((a, b) => b.length - a.length)) {
      const { raters, kinds } = same[0]!
      const linked = raters.filter((rater) => rated.get(rater)!.size > 1)
      if (linked.length < minimum || raters.some((rater) => taken.has(rater))) continue
      for (const rater of raters) taken.add(rater)
      const each = raters.map((rater) => severities.get(rater)!)
      const mean = each.reduce((sum, { measure }) => sum + measure, 0) / each.length
      const variance = each.reduce((sum, { se }) => sum + se ** 2, 0) / each.length ** 2
      found.push({
        ...{ subject, kinds, raters: raters.length, competencies: same.map(({ competency }) => competency) },
        ...{ severity: rounded(mean), se: Math.max(0.01, rounded(Math.sqrt(variance))) },
      })
    }
  }
  return found
}

const rounded = (value: number): number => Math.round(value * 100) / 100
