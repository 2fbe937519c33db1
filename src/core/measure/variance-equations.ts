// Henderson's mixed-model equations with persons eliminated: factor, solve, and what the score of each variance needs.
import { cholesky, inverseOfCholesky, solveCholesky } from './cholesky.ts'
import { COMPONENTS, type ComponentName, type Design } from './variance-design.ts'

/** One person's equations: their factor, the global effects that they touch, and the coupling solved through the factor. */
interface PersonBlock {
  readonly factor: Float64Array
  readonly touched: Int32Array
  /** Touched x local: for each touched global effect, L^-1 times its coupling column. */
  readonly solved: Float64Array
  /** Touched x local: the coupling itself. */
  readonly coupling: Float64Array
}

interface Factorisation {
  readonly blocks: readonly PersonBlock[]
  readonly dense: Float64Array
  readonly logDeterminant: number
}

type Ratios = Readonly<Record<ComponentName, number>>

/** Henderson's mixed-model equations with persons eliminated; `ratios` are residual over component variance. */
export function factorise(design: Design, ratios: Ratios): Factorisation | undefined {
  const { globals, items, raters } = design
  const g = globals.size
  const dense = new Float64Array(g * g)
  for (let k = items; k < g; k++) dense[k * g + k] = k < items + raters ? ratios.rater : ratios['rater-item']
  let logDeterminant = 0
  const blocks: PersonBlock[] = []
  for (const [p, list] of design.ratingsOf.entries()) {
    const m = design.localSize[p]!
    const factor = new Float64Array(m * m)
    for (let k = 0; k < m; k++) factor[k * m + k] = ratios[COMPONENTS[design.localComponent[p]![k]!]!]
    const positions = new Map<number, number>()
    for (const i of list)
      for (const k of globalsOf(design, i)) if (!positions.has(k)) positions.set(k, positions.size)
    const touched = Int32Array.from(positions.keys())
    const coupling = new Float64Array(touched.length * m)
    for (const i of list) {
      const locals = localsOf(design, i)
      const shared = globalsOf(design, i)
      for (const a of locals) {
        for (const b of locals) factor[a * m + b]! += 1
        for (const k of shared) coupling[positions.get(k)! * m + a]! += 1
      }
      for (const a of shared) for (const b of shared) dense[a * g + b]! += 1
    }
    const determinant = cholesky(factor, m)
    if (determinant === undefined) return undefined
    logDeterminant += determinant
    const solved = coupling.slice()
    for (let t = 0; t < touched.length; t++) solveCholesky(factor, m, solved, t * m)
    for (let s = 0; s < touched.length; s++) {
      for (let t = 0; t <= s; t++) {
        let sum = 0
        for (let k = 0; k < m; k++) sum += coupling[s * m + k]! * solved[t * m + k]!
        dense[touched[s]! * g + touched[t]!]! -= sum
        if (t < s) dense[touched[t]! * g + touched[s]!]! -= sum
      }
    }
    blocks.push({ factor, touched, solved, coupling })
  }
  const determinant = cholesky(dense, g)
  return determinant === undefined
    ? undefined
    : { blocks, dense, logDeterminant: logDeterminant + determinant }
}

function localsOf(design: Design, i: number): number[] {
  const locals = [0]
  if (design.localPersonItem[i]! >= 0) locals.push(design.localPersonItem[i]!)
  if (design.localPersonRater[i]! >= 0) locals.push(design.localPersonRater[i]!)
  return locals
}

function globalsOf({ globals }: Design, i: number): number[] {
  const shared = [globals.item[i]!, globals.rater[i]!]
  if (globals.raterItem[i]! >= 0) shared.push(globals.raterItem[i]!)
  return shared
}

interface Solution {
  readonly shared: Float64Array
  readonly local: readonly Float64Array[]
  readonly residuals: Float64Array
}

/** Effects and residuals of a right-hand side in data space. */
export function solve(design: Design, { blocks, dense }: Factorisation, y: Float64Array): Solution {
  const g = design.globals.size
  const shared = new Float64Array(g)
  const local = design.ratingsOf.map((list, p) => {
    const right = new Float64Array(design.localSize[p]!)
    for (const i of list) {
      for (const a of localsOf(design, i)) right[a]! += y[i]!
      for (const k of globalsOf(design, i)) shared[k]! += y[i]!
    }
    const { touched, solved } = blocks[p]!
    const m = right.length
    for (let t = 0; t < touched.length; t++) {
      let sum = 0
      for (let k = 0; k < m; k++) sum += solved[t * m + k]! * right[k]!
      shared[touched[t]!]! -= sum
    }
    return right
  })
  solveCholesky(dense, g, shared)
  const residuals = y.slice()
  for (const [p, right] of local.entries()) {
    const { factor, touched, solved } = blocks[p]!
    const m = right.length
    solveCholesky(factor, m, right)
    for (let t = 0; t < touched.length; t++)
      for (let k = 0; k < m; k++) right[k]! -= solved[t * m + k]! * shared[touched[t]!]!
    for (const i of design.ratingsOf[p]!) {
      for (const a of localsOf(design, i)) residuals[i]! -= right[a]!
      for (const k of globalsOf(design, i)) residuals[i]! -= shared[k]!
    }
  }
  return { shared, local, residuals }
}

/** For each component: the sum of squared effects, and the trace of its block of the inverse. */
export function squaresAndTraces(design: Design, { blocks, dense }: Factorisation, solution: Solution) {
  const { items, raters } = design
  const g = design.globals.size
  const squares: Record<string, number> = {}
  const traces: Record<string, number> = {}
  const add = (name: ComponentName, effect: number, inverse: number) => {
    squares[name] = (squares[name] ?? 0) + effect ** 2
    traces[name] = (traces[name] ?? 0) + inverse
  }
  const inverse = inverseOfCholesky(dense, g)
  for (let k = items; k < g; k++)
    add(k < items + raters ? 'rater' : 'rater-item', solution.shared[k]!, inverse[k * g + k]!)
  const most = blocks.reduce((size, { touched }) => Math.max(size, touched.length), 0)
  const near = new Float64Array(most * most)
  const along = new Float64Array(most)
  for (const [p, effects] of solution.local.entries()) {
    const { factor, touched, solved } = blocks[p]!
    const m = effects.length
    const unit = new Float64Array(m)
    const many = touched.length
    for (let s = 0; s < many; s++)
      for (let t = 0; t <= s; t++) near[s * many + t] = inverse[touched[s]! * g + touched[t]!]!
    for (let k = 0; k < m; k++) {
      unit.fill(0)
      unit[k] = 1
      solveCholesky(factor, m, unit)
      let value = unit[k]!
      for (let s = 0; s < many; s++) along[s] = solved[s * m + k]!
      for (let s = 0; s < many; s++) {
        const row = s * many
        let sum = 0
        for (let t = 0; t < s; t++) sum += near[row + t]! * along[t]!
        value += along[s]! * (2 * sum + near[row + s]! * along[s]!)
      }
      add(COMPONENTS[design.localComponent[p]![k]!]!, effects[k]!, value)
    }
  }
  return { squares, traces }
}

/** A component's effects laid over the ratings, divided by its variance: the direction in which it moves the data. */
export function direction(
  design: Design,
  { shared, local, residuals }: Solution,
  name: ComponentName,
  variance: number,
): Float64Array {
  const laid = new Float64Array(design.n)
  for (const [p, list] of design.ratingsOf.entries()) {
    for (const i of list) {
      laid[i] =
        (name === 'person'
          ? local[p]![0]!
          : name === 'person-item'
            ? local[p]![design.localPersonItem[i]!]!
            : name === 'person-rater'
              ? local[p]![design.localPersonRater[i]!]!
              : name === 'rater'
                ? shared[design.globals.rater[i]!]!
                : name === 'rater-item'
                  ? shared[design.globals.raterItem[i]!]!
                  : residuals[i]!) / variance
    }
  }
  return laid
}
