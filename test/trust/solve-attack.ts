// An attacker with linear algebra: whether figures that were read can be combined into one about few people alone.

/** One figure: the weight of each unknown in it. */
export type Equation = ReadonlyMap<string, number>

/**
 * Whether some combination of the equations holds unknowns of the group and nothing else: it does where leaving the
 * group's columns out lowers the rank.
 */
export function canBeSolved(equations: readonly Equation[], ofGroup: (column: string) => boolean): boolean {
  const columns = [...new Set(equations.flatMap((equation) => [...equation.keys()]))]
  const others = columns.filter((column) => !ofGroup(column))
  if (others.length === columns.length) return false
  const whole = ranks.get(equations) ?? rankOf(equations, columns)
  ranks.set(equations, whole)
  return rankOf(equations, others) < whole
}

/** The same equations are asked about many groups: their own rank is worked out once. */
const ranks = new WeakMap<readonly Equation[], number>()

/** The rank: each row is reduced by the rows before it and pivots where it is largest; under 1e-9 counts as nothing. */
function rankOf(equations: readonly Equation[], columns: readonly string[]): number {
  const at = new Map(columns.map((column, index) => [column, index]))
  const kept: { row: Float64Array; pivot: number }[] = []
  for (const equation of equations) {
    const row = new Float64Array(columns.length)
    for (const [column, weight] of equation) {
      const index = at.get(column)
      if (index !== undefined) row[index] = weight
    }
    for (const { row: before, pivot } of kept) {
      const factor = row[pivot]! / before[pivot]!
      if (factor !== 0) for (let c = 0; c < row.length; c++) row[c]! -= factor * before[c]!
    }
    let pivot = 0
    for (let c = 1; c < row.length; c++) if (Math.abs(row[c]!) > Math.abs(row[pivot]!)) pivot = c
    if (Math.abs(row[pivot] ?? 0) > 1e-9) kept.push({ row, pivot })
  }
  return kept.length
}
