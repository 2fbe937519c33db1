// Variance components of ratings by restricted maximum likelihood: persons, raters, and what they share with items.

/** Ratings by position: `person[n]` gave rise to `score[n]` on `item[n]`, judged by `rater[n]`; ids are 0-based. */
export interface CrossedRatings {
  readonly person: ArrayLike<number>
  readonly rater: ArrayLike<number>
  readonly item: ArrayLike<number>
  readonly score: ArrayLike<number>
}

/** Items are fixed (their means are taken out); `residual` holds what no other component explains. */
export const COMPONENTS = ['person', 'rater', 'person-rater', 'person-item', 'rater-item', 'residual'] as const
export type ComponentName = (typeof COMPONENTS)[number]

export interface VarianceComponents {
  /** In squared score points; a component that the design cannot tell from the residual is absent. */
  readonly components: Readonly<Partial<Record<ComponentName, number>>>
  readonly confounded: readonly ComponentName[]
  /** Minus twice the restricted log-likelihood at the solution. */
  readonly deviance: number
  readonly iterations: number
  /** Largest relative change of a component in the last step. */
  readonly change: number
  readonly ratings: number
  readonly persons: number
  readonly raters: number
  readonly items: number
}

export interface VarianceRefusal {
  readonly code: 'too-few-persons' | 'too-few-raters' | 'no-replication' | 'too-many-raters' | 'no-variation' | 'not-converged'
  readonly message: string
}

/** The dense part of the equations holds raters, rater-items and items; above this it would take minutes. */
const MOST_GLOBAL_EFFECTS = 2500

interface Design {
  readonly n: number
  readonly persons: number
  readonly raters: number
  readonly items: number
  readonly y: Float64Array
  /** Per rating: position of its item, rater and (if estimated) rater-item among the global effects, else -1. */
  readonly globals: { readonly item: Int32Array; readonly rater: Int32Array; readonly raterItem: Int32Array; readonly size: number }
  /** Ratings of each person, and the local effects (person, person-items, person-raters) of each rating. */
  readonly ratingsOf: readonly Int32Array[]
  readonly localPersonItem: Int32Array
  readonly localPersonRater: Int32Array
  readonly localSize: Int32Array
  /** Component of each local effect, by person. */
  readonly localComponent: readonly Int8Array[]
  readonly raterItems: number
  readonly counts: Readonly<Record<ComponentName, number>>
  readonly used: readonly ComponentName[]
  readonly confounded: readonly ComponentName[]
}

const PERSON = 0
const PERSON_ITEM = 3
const PERSON_RATER = 2

/** Numbers ids in order of appearance. */
function numbering(): { of: (id: string | number) => number; size: () => number } {
  const known = new Map<string | number, number>()
  return {
    of: (id) => {
      let position = known.get(id)
      if (position === undefined) known.set(id, (position = known.size))
      return position
    },
    size: () => known.size,
  }
}

function designOf(ratings: CrossedRatings): Design | VarianceRefusal {
  const n = ratings.score.length
  const persons = numbering()
  const raters = numbering()
  const items = numbering()
  const pairs = { personRater: numbering(), personItem: numbering(), raterItem: numbering() }
  const person = new Int32Array(n)
  const rater = new Int32Array(n)
  const item = new Int32Array(n)
  const raterItem = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    person[i] = persons.of(ratings.person[i]!)
    rater[i] = raters.of(ratings.rater[i]!)
    item[i] = items.of(ratings.item[i]!)
    pairs.personRater.of(`${person[i]},${rater[i]}`)
    pairs.personItem.of(`${person[i]},${item[i]}`)
    raterItem[i] = pairs.raterItem.of(`${rater[i]},${item[i]}`)
  }
  if (persons.size() < 3) return { code: 'too-few-persons', message: `Variance components need at least 3 persons; there are ${persons.size()}.` }
  if (raters.size() < 2) return { code: 'too-few-raters', message: `Variance components need at least 2 raters; there are ${raters.size()}.` }
  if (n <= persons.size() + items.size()) {
    return { code: 'no-replication', message: 'Each person was rated about once: nothing separates persons from everything else.' }
  }
  // An interaction can be told from the residual only where its cells are filled more than once and it adds cells.
  const separable = (cells: number, margins: number[]) => n > 1.05 * cells && margins.every((margin) => cells > margin)
  const candidate: Record<string, boolean> = {
    'person-rater': separable(pairs.personRater.size(), [persons.size(), raters.size()]),
    'person-item': items.size() > 1 && separable(pairs.personItem.size(), [persons.size()]),
    'rater-item': items.size() > 1 && separable(pairs.raterItem.size(), [raters.size()]),
  }
  const used = COMPONENTS.filter((name) => candidate[name] ?? true)
  const raterItems = candidate['rater-item'] ? pairs.raterItem.size() : 0
  const size = items.size() + raters.size() + raterItems
  if (size > MOST_GLOBAL_EFFECTS) {
    return {
      code: 'too-many-raters',
      message: `${raters.size()} raters on ${items.size()} items are ${size} shared effects; at most ${MOST_GLOBAL_EFFECTS} are solved for. Analyse a unit, or a sample of raters.`,
    }
  }
  const lists: number[][] = Array.from({ length: persons.size() }, () => [])
  for (let i = 0; i < n; i++) lists[person[i]!]!.push(i)
  const localPersonItem = new Int32Array(n).fill(-1)
  const localPersonRater = new Int32Array(n).fill(-1)
  const localSize = new Int32Array(persons.size())
  const localComponent = lists.map((list, p) => {
    const components = [PERSON]
    const seen = new Map<string, number>()
    const positionOf = (key: string, component: number) => {
      let position = seen.get(key)
      if (position === undefined) {
        seen.set(key, (position = components.length))
        components.push(component)
      }
      return position
    }
    for (const i of list) {
      if (candidate['person-item']) localPersonItem[i] = positionOf(`i${item[i]}`, PERSON_ITEM)
      if (candidate['person-rater']) localPersonRater[i] = positionOf(`r${rater[i]}`, PERSON_RATER)
    }
    localSize[p] = components.length
    return Int8Array.from(components)
  })
  return {
    n,
    persons: persons.size(),
    raters: raters.size(),
    items: items.size(),
    y: Float64Array.from({ length: n }, (_, i) => ratings.score[i]!),
    globals: {
      item,
      rater: rater.map((position) => items.size() + position),
      raterItem: raterItem.map((position) => (candidate['rater-item'] ? items.size() + raters.size() + position : -1)),
      size,
    },
    ratingsOf: lists.map((list) => Int32Array.from(list)),
    localPersonItem,
    localPersonRater,
    localSize,
    localComponent,
    raterItems,
    counts: {
      person: persons.size(),
      rater: raters.size(),
      'person-rater': candidate['person-rater'] ? pairs.personRater.size() : 0,
      'person-item': candidate['person-item'] ? pairs.personItem.size() : 0,
      'rater-item': raterItems,
      residual: n,
    },
    used,
    confounded: COMPONENTS.filter((name) => candidate[name] === false),
  }
}

/** In-place Cholesky factor (lower) of a dense symmetric matrix; the log-determinant, or undefined if not positive. */
function cholesky(matrix: Float64Array, size: number): number | undefined {
  let logDeterminant = 0
  for (let j = 0; j < size; j++) {
    const rowJ = j * size
    let diagonal = matrix[rowJ + j]!
    for (let k = 0; k < j; k++) diagonal -= matrix[rowJ + k]! ** 2
    if (!(diagonal > 1e-12)) return undefined
    const root = Math.sqrt(diagonal)
    matrix[rowJ + j] = root
    logDeterminant += 2 * Math.log(root)
    for (let i = j + 1; i < size; i++) {
      const rowI = i * size
      let value = matrix[rowI + j]!
      for (let k = 0; k < j; k++) value -= matrix[rowI + k]! * matrix[rowJ + k]!
      matrix[rowI + j] = value / root
    }
  }
  return logDeterminant
}

/** Solves L L' x = b in place, along the rows of L both ways. */
function solveCholesky(factor: Float64Array, size: number, b: Float64Array, offset = 0): void {
  for (let i = 0; i < size; i++) {
    let value = b[offset + i]!
    const row = i * size
    for (let k = 0; k < i; k++) value -= factor[row + k]! * b[offset + k]!
    b[offset + i] = value / factor[row + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    const row = i * size
    const value = (b[offset + i]! /= factor[row + i]!)
    for (let k = 0; k < i; k++) b[offset + k]! -= factor[row + k]! * value
  }
}

/** The inverse of L L' (full, symmetric): L inverted by rows, then its outer products summed. */
function inverseOfCholesky(factor: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    const row = i * size
    const own = 1 / factor[row + i]!
    lower[row + i] = own
    for (let k = 0; k < i; k++) {
      const share = -factor[row + k]! * own
      if (share === 0) continue
      const other = k * size
      for (let j = 0; j <= k; j++) lower[row + j]! += share * lower[other + j]!
    }
  }
  const inverse = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    const row = i * size
    for (let a = 0; a <= i; a++) {
      const value = lower[row + a]!
      const to = a * size
      for (let b = 0; b <= a; b++) inverse[to + b]! += value * lower[row + b]!
    }
  }
  for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) inverse[b * size + a] = inverse[a * size + b]!
  return inverse
}

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
function factorise(design: Design, ratios: Ratios): Factorisation | undefined {
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
    for (const i of list) for (const k of globalsOf(design, i)) if (!positions.has(k)) positions.set(k, positions.size)
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
  return determinant === undefined ? undefined : { blocks, dense, logDeterminant: logDeterminant + determinant }
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
function solve(design: Design, { blocks, dense }: Factorisation, y: Float64Array): Solution {
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
    for (let t = 0; t < touched.length; t++) for (let k = 0; k < m; k++) right[k]! -= solved[t * m + k]! * shared[touched[t]!]!
    for (const i of design.ratingsOf[p]!) {
      for (const a of localsOf(design, i)) residuals[i]! -= right[a]!
      for (const k of globalsOf(design, i)) residuals[i]! -= shared[k]!
    }
  }
  return { shared, local, residuals }
}

/** For each component: the sum of squared effects, and the trace of its block of the inverse. */
function squaresAndTraces(design: Design, { blocks, dense }: Factorisation, solution: Solution) {
  const { items, raters } = design
  const g = design.globals.size
  const squares: Record<string, number> = {}
  const traces: Record<string, number> = {}
  const add = (name: ComponentName, effect: number, inverse: number) => {
    squares[name] = (squares[name] ?? 0) + effect ** 2
    traces[name] = (traces[name] ?? 0) + inverse
  }
  const inverse = inverseOfCholesky(dense, g)
  for (let k = items; k < g; k++) add(k < items + raters ? 'rater' : 'rater-item', solution.shared[k]!, inverse[k * g + k]!)
  const most = blocks.reduce((size, { touched }) => Math.max(size, touched.length), 0)
  const near = new Float64Array(most * most)
  const along = new Float64Array(most)
  for (const [p, effects] of solution.local.entries()) {
    const { factor, touched, solved } = blocks[p]!
    const m = effects.length
    const unit = new Float64Array(m)
    const many = touched.length
    for (let s = 0; s < many; s++) for (let t = 0; t <= s; t++) near[s * many + t] = inverse[touched[s]! * g + touched[t]!]!
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
function direction(design: Design, { shared, local, residuals }: Solution, name: ComponentName, variance: number): Float64Array {
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

/** Solves a small symmetric system by elimination with pivoting; undefined if singular. */
function solveSmall(matrix: number[][], right: number[]): number[] | undefined {
  const size = right.length
  const rows = matrix.map((row, i) => [...row, right[i]!])
  for (let column = 0; column < size; column++) {
    const pivot = rows.slice(column).reduce((best, row, i) => (Math.abs(row[column]!) > Math.abs(rows[best]![column]!) ? column + i : best), column)
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    if (Math.abs(rows[column]![column]!) < 1e-300) return undefined
    for (let row = 0; row < size; row++) {
      if (row === column) continue
      const share = rows[row]![column]! / rows[column]![column]!
      for (let k = column; k <= size; k++) rows[row]![k]! -= share * rows[column]![k]!
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!)
}

/**
 * Variance components by restricted maximum likelihood for y = item + person + rater + person:rater + person:item +
 * rater:item + error, on complete or incomplete data. Average-information steps (Gilmour, Thompson and Cullis 1995,
 * Biometrics 51, 1440-1450) on Henderson's equations with persons eliminated; expectation-maximisation where such a
 * step would leave the admissible range. Scores are taken as intervals; a component at zero stays at zero.
 */
export function varianceComponents(ratings: CrossedRatings, { tolerance = 1e-7, most = 200 } = {}): VarianceComponents | VarianceRefusal {
  const design = designOf(ratings)
  if ('code' in design) return design
  const { n, items, used, counts, y } = design
  const mean = y.reduce((sum, score) => sum + score, 0) / n
  const total = y.reduce((sum, score) => sum + (score - mean) ** 2, 0) / n
  if (!(total > 0)) return { code: 'no-variation', message: 'All ratings are the same: there is no variance to take apart.' }
  const floor = total * 1e-10
  const variance = Object.fromEntries(COMPONENTS.map((name) => [name, used.includes(name) ? total / used.length : floor])) as Record<ComponentName, number>
  let change = Number.POSITIVE_INFINITY
  for (let iteration = 1; iteration <= most; iteration++) {
    const ratios = Object.fromEntries(COMPONENTS.map((name) => [name, variance.residual / variance[name]])) as Record<ComponentName, number>
    const factorisation = factorise(design, ratios)
    if (!factorisation) return { code: 'not-converged', message: 'The equations became singular: some effects cannot be told apart in this design.' }
    const solution = solve(design, factorisation, y)
    const fitted = y.reduce((sum, score, i) => sum + score * solution.residuals[i]!, 0)
    const random = COMPONENTS.filter((name) => name !== 'residual' && used.includes(name))
    const effects = random.reduce((sum, name) => sum + counts[name], 0)
    const deviance =
      (n - items - effects) * Math.log(variance.residual) +
      random.reduce((sum, name) => sum + counts[name] * Math.log(variance[name]), 0) +
      factorisation.logDeterminant +
      fitted / variance.residual +
      (n - items) * Math.log(2 * Math.PI)
    if (change < tolerance) {
      const components = Object.fromEntries(used.map((name) => [name, variance[name] <= 2 * floor ? 0 : variance[name]]))
      return { components, confounded: design.confounded, deviance, iterations: iteration, change, ratings: n, persons: design.persons, raters: design.raters, items }
    }
    const { squares, traces } = squaresAndTraces(design, factorisation, solution)
    const squaredResiduals = solution.residuals.reduce((sum, value) => sum + value ** 2, 0)
    const free = used.filter((name) => name === 'residual' || variance[name] > 2 * floor)
    const score = free.map((name) => {
      if (name !== 'residual') {
        const ownVariance = variance[name]
        return -0.5 * (counts[name] / ownVariance - (traces[name]! * variance.residual + squares[name]!) / ownVariance ** 2)
      }
      const explained = random.reduce((sum, other) => sum + counts[other] - (traces[other]! * variance.residual) / variance[other], 0)
      return -0.5 * ((n - items - explained) / variance.residual - squaredResiduals / variance.residual ** 2)
    })
    const directions = free.map((name) => direction(design, solution, name, variance[name]))
    const projected = directions.map((laid) => solve(design, factorisation, laid).residuals)
    const information = directions.map((a) => projected.map((b) => (0.5 * a.reduce((sum, value, i) => sum + value * b[i]!, 0)) / variance.residual))
    const step = solveSmall(information, score)
    const inside = step?.every((delta, k) => variance[free[k]!] + delta > variance[free[k]!] * 0.05)
    const next = { ...variance }
    for (const [k, name] of free.entries()) {
      const byExpectation =
        name === 'residual' ? fitted / (n - items) : (squares[name]! + variance.residual * traces[name]!) / counts[name]
      const wanted = inside ? variance[name] + step![k]! : step && variance[name] + step[k]! < 0 && byExpectation < variance[name] ? variance[name] * 0.05 : byExpectation
      next[name] = Math.max(floor, wanted)
    }
    change = Math.max(...free.map((name) => Math.abs(next[name] - variance[name]) / Math.max(variance[name], total * 1e-6)))
    Object.assign(variance, next)
  }
  return { code: 'not-converged', message: `Variance components did not settle in ${most} steps (last relative change ${change.toExponential(1)}).` }
}
