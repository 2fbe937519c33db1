// An attacker with linear algebra: whether figures that were read can be combined into one about few people alone.

/** One figure: the weight of each unknown in it. */
export type Equation = ReadonlyMap<string, number>

/** Under this a weight counts as nothing. */
const NOTHING = 1e-9

/** What the equations say in the fewest rows: row `k` has 1 in its own column, where every other row has 0. */
interface Reduced {
  readonly columns: readonly string[]
  readonly rows: readonly Float64Array[]
  readonly own: readonly number[]
}

/**
 * Whether some combination of the equations holds unknowns of the group and nothing else: it does where leaving the
 * group's columns out lowers the rank. Of the reduced rows, those with their own column outside of the group stay
 * independent without it, and only what the others hold outside is left to look at.
 */
export function canBeSolved(equations: readonly Equation[], ofGroup: (column: string) => boolean): boolean {
  const { columns, rows, own } = reducedOf(equations)
  const inGroup = columns.map((column) => ofGroup(column))
  const outside = [...inGroup.keys()].filter((at) => !inGroup[at])
  const touched = rows.filter((_, at) => inGroup[own[at]!])
  return (
    reduce(touched.map((row) => Float64Array.from(outside, (at) => row[at]!))).rows.length < touched.length
  )
}

/** The same equations are asked about many groups: they are reduced once. */
const reduced = new WeakMap<readonly Equation[], Reduced>()

function reducedOf(equations: readonly Equation[]): Reduced {
  const known = reduced.get(equations)
  if (known !== undefined) return known
  const columns = [...new Set(equations.flatMap((equation) => [...equation.keys()]))]
  const rows = equations.map((equation) => Float64Array.from(columns, (column) => equation.get(column) ?? 0))
  const made = { columns, ...reduce(rows) }
  reduced.set(equations, made)
  return made
}

/** Gauss and Jordan: each row is freed of the rows before it, takes its largest column for its own and frees them of it. */
function reduce(rows: readonly Float64Array[]): Pick<Reduced, 'rows' | 'own'> {
  const kept: Float64Array[] = []
  const own: number[] = []
  for (const given of rows) {
    const row = given.slice()
    for (const [at, before] of kept.entries()) subtract(row, row[own[at]!]!, before)
    let largest = 0
    for (let c = 1; c < row.length; c++) if (Math.abs(row[c]!) > Math.abs(row[largest]!)) largest = c
    const pivot = row[largest] ?? 0
    if (Math.abs(pivot) <= NOTHING) continue
    for (let c = 0; c < row.length; c++) row[c]! /= pivot
    for (const before of kept) subtract(before, before[largest]!, row)
    kept.push(row)
    own.push(largest)
  }
  return { rows: kept, own }
}

function subtract(from: Float64Array, times: number, row: Float64Array): void {
  if (times !== 0) for (let c = 0; c < row.length; c++) from[c]! -= times * row[c]!
}
