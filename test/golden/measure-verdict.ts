// One quantity of ours beside its reference, and by how much the worst value differs.
export interface Comparison {
  readonly data: string
  readonly quantity: string
  readonly reference: string
  readonly tolerance: number
  readonly pairs: readonly (readonly [name: string, ours: number, reference: number])[]
}

export interface Verdict extends Comparison {
  readonly worst: readonly [name: string, ours: number, reference: number]
  readonly difference: number
}

/** The pair that differs most; a value that is not a number differs infinitely. */
export function verdictOf(comparison: Comparison): Verdict {
  let worst = comparison.pairs[0] ?? (['nothing compared', NaN, NaN] as const)
  let difference = comparison.pairs.length ? -1 : Infinity
  for (const pair of comparison.pairs) {
    const apart = Math.abs(pair[1] - pair[2])
    const size = Number.isNaN(apart) ? Infinity : apart
    if (size > difference) {
      difference = size
      worst = pair
    }
  }
  return { ...comparison, worst, difference }
}
