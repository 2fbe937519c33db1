// Joint standard errors of persons and severities: exact by factorisation, or local and scaled to stochastic traces.
import { inverseAt } from './dense.ts'
import { LANES, RaterLanes } from './rater-lanes.ts'
import type { RaterSystem } from './rater-system.ts'

/** Up to this many unknowns beside persons the inverse is taken exactly. */
export const EXACT_UNKNOWNS = 1_100

/** Relative tolerance of a solve for one variance, which is right to the square of it. */
const SOLVED = 1e-6
const RENEWED = 1e-4

export interface JointVariances {
  readonly person: Float64Array
  readonly rater: Float64Array
  /** Variances of the means of groups and occasions by position in y. */
  readonly means: Float64Array
  readonly method: 'exact' | 'stochastic'
  /** What they would be were everything else known: of persons, and of unknowns. */
  readonly alone: { readonly person: Float64Array; readonly unknown: Float64Array }
}

/** Posterior variances of every person's location and rater's severity, not conditional on the other facets. */
export function jointVariances(system: RaterSystem, probes: readonly Float64Array[]): JointVariances {
  const rows = system.layout.size <= EXACT_UNKNOWNS ? system.denseInverseFactor() : undefined
  return { ...(rows ? exactVariances(system, rows) : localVariances(system, probes)), alone: alone(system) }
}

/** Variances of persons' locations and of unknowns, each with everything else held. */
function alone(system: RaterSystem) {
  system.refresh()
  return {
    person: system.personInformation.map((information) => 1 / information),
    unknown: system.preconditioner().map((information) => 1 / information),
  }
}

/**
 * The variances of an earlier run with those of the persons and raters named taken anew, each by one exact solve. Of
 * others what their own ratings say is taken anew, and what they owe to others is carried over.
 */
export function renewedVariances(
  system: RaterSystem,
  before: JointVariances,
  persons: ReadonlySet<number>,
  raters: ReadonlySet<number>,
): JointVariances {
  const { layout } = system
  const now = alone(system)
  const person = before.person.map((variance, n) =>
    layout.heldPerson[n] ? 0 : variance + now.person[n]! - before.alone.person[n]!,
  )
  const rater = before.rater.map((variance, j) => variance * (now.unknown[j]! / before.alone.unknown[j]!))
  const contrasts = [
    ...[...persons].map((n) => ({
      column: person,
      at: n,
      ...contrastOf(system, new Map([[n, 1]]), new Map()),
    })),
    ...[...raters].map((j) => {
      const group = layout.groupAt + layout.groupOfRater[j]!
      const unknowns = new Map([
        [j, 1],
        [group, 1],
      ])
      return { column: rater, at: j, ...contrastOf(system, new Map(), unknowns) }
    }),
  ]
  const { size } = layout
  const solver = new RaterLanes(system)
  for (let from = 0; from < contrasts.length; from += LANES) {
    const some = contrasts.slice(from, from + LANES)
    const right = new Float64Array(LANES * size)
    for (const [l, { right: own }] of some.entries())
      for (let y = 0; y < size; y++) right[LANES * y + l] = own[y]!
    const x = new Float64Array(LANES * size)
    solver.solve(right, x, RENEWED, 2000)
    for (const [l, { column, at, own, right: weights }] of some.entries()) {
      let variance = own
      for (let y = 0; y < size; y++) variance += weights[y]! * x[LANES * y + l]!
      column[at] = variance
    }
  }
  return { ...before, person, rater, alone: now }
}

/** With the inverse of the Cholesky factor: a variance is the squared length of what it makes of a contrast. */
function exactVariances(system: RaterSystem, rows: Float64Array): Omit<JointVariances, 'alone'> {
  const { blocks, layout, personInformation, blockInformation } = system
  const { size } = layout
  const persons = personInformation.length
  const person = new Float64Array(persons)
  const columns = new Int32Array(4)
  const sign = new Float64Array(4)
  const response = new Float64Array(size)
  const reach = new Float64Array(size)
  const touched: number[] = []
  for (let n = 0; n < persons; n++) {
    if (layout.heldPerson[n]) continue
    const own = 1 / personInformation[n]!
    touched.length = 0
    const subset = layout.subsetAt + layout.subsetOfPerson[n]!
    if (!layout.held[subset]) {
      response[subset] = 1
      touched.push(subset)
    }
    for (let b = blocks.personStart[n]!; b < blocks.personStart[n + 1]!; b++) {
      const many = system.columnsOf(b, columns, sign)
      for (let k = 0; k < many; k++) {
        const y = columns[k]!
        if (!touched.includes(y)) touched.push(y)
        response[y]! -= own * blockInformation[b]! * sign[k]!
      }
    }
    reach.fill(0)
    for (const y of touched) {
      const by = response[y]!
      for (let at = y, from = y * size + y; at < size; at++, from++) reach[at]! += by * rows[from]!
      response[y] = 0
    }
    let variance = own
    for (let at = 0; at < size; at++) variance += reach[at]! * reach[at]!
    person[n] = variance
  }
  const at = (y: number, z: number) => inverseAt(rows, size, y, z)
  const rater = new Float64Array(layout.raters)
  for (let j = 0; j < layout.raters; j++) {
    const g = layout.groupAt + layout.groupOfRater[j]!
    const own = layout.held[j] ? 0 : at(j, j)
    const group = layout.held[g] ? 0 : at(g, g)
    rater[j] = own + group + (layout.held[j] || layout.held[g] ? 0 : 2 * at(j, g))
  }
  const means = Float64Array.from({ length: size }, (_, y) => (layout.held[y] ? 0 : at(y, y)))
  return { person, rater, means, method: 'exact' }
}

/**
 * The diagonal of the inverse to second order in the coupling between raters, scaled so that its sums over raters and
 * over persons are those of Hutchinson's estimator (1990) with the probes given. `exactVariance` gives single ones.
 */
function localVariances(system: RaterSystem, probes: readonly Float64Array[]): Omit<JointVariances, 'alone'> {
  const { blocks, layout, personInformation, blockInformation, priorPrecision } = system
  const { raters, size } = layout
  const { personStart, rater: of } = blocks
  const persons = personInformation.length
  const diagonal = Float64Array.from(priorPrecision.subarray(0, raters))
  for (let b = 0; b < blocks.count; b++) {
    const w = blockInformation[b]!
    diagonal[of[b]!]! += layout.heldPerson[blocks.person[b]!]
      ? w
      : w - (w * w) / personInformation[blocks.person[b]!]!
  }
  const excess = new Float64Array(raters)
  for (let n = 0; n < persons; n++) {
    if (layout.heldPerson[n]) continue
    for (let b = personStart[n]!; b < personStart[n + 1]!; b++) {
      for (let c = personStart[n]!; c < personStart[n + 1]!; c++) {
        if (of[b] === of[c]) continue
        const coupling = (blockInformation[b]! * blockInformation[c]!) / personInformation[n]!
        excess[of[b]!]! += (coupling * coupling) / (diagonal[of[b]!]! * diagonal[of[c]!]!)
      }
    }
  }
  const rater = Float64Array.from({ length: raters }, (_, j) =>
    layout.held[j] ? 0 : (1 + excess[j]!) / diagonal[j]!,
  )
  let raterSum = 0
  let firstOrder = 0
  let stochastic = 0
  for (let j = 0; j < raters; j++) {
    if (layout.held[j]) continue
    raterSum += excess[j]! / diagonal[j]!
    firstOrder += 1 / diagonal[j]!
  }
  const solutions = probes.map((z) => {
    const x = new Float64Array(size)
    // The quadratic form that is wanted of a solution is right to the square of this.
    system.solve(z, x, 1e-3)
    for (let j = 0; j < raters; j++) if (!layout.held[j]) stochastic += (z[j]! * x[j]!) / probes.length
    return x
  })
  const ratio = raterSum > 0 ? Math.max(0, (stochastic - firstOrder) / raterSum) : 1
  for (let j = 0; j < raters; j++) if (!layout.held[j]) rater[j] = (1 + ratio * excess[j]!) / diagonal[j]!
  const shared = new Float64Array(persons)
  let sharedSum = 0
  let sharedStochastic = 0
  for (let n = 0; n < persons; n++) {
    if (layout.heldPerson[n]) continue
    for (let b = personStart[n]!; b < personStart[n + 1]!; b++) {
      shared[n]! += (blockInformation[b]! / personInformation[n]!) ** 2 * rater[of[b]!]!
    }
    sharedSum += shared[n]!
  }
  for (const [k, z] of probes.entries()) {
    const reachZ = system.blockReach(z)
    const reachX = system.blockReach(solutions[k]!)
    for (let n = 0; n < persons; n++) {
      if (layout.heldPerson[n]) continue
      const subset = layout.subsetAt + layout.subsetOfPerson[n]!
      let gz = layout.held[subset] ? 0 : z[subset]!
      let gx = layout.held[subset] ? 0 : solutions[k]![subset]!
      for (let b = personStart[n]!; b < personStart[n + 1]!; b++) {
        gz -= (blockInformation[b]! / personInformation[n]!) * reachZ[b]!
        gx -= (blockInformation[b]! / personInformation[n]!) * reachX[b]!
      }
      sharedStochastic += (gz * gx) / probes.length
    }
  }
  const personRatio = sharedSum > 0 && sharedStochastic > 0 ? sharedStochastic / sharedSum : 1
  const person = Float64Array.from({ length: persons }, (_, n) =>
    layout.heldPerson[n] ? 0 : 1 / personInformation[n]! + personRatio * shared[n]!,
  )
  const means = new Float64Array(size)
  for (let y = layout.groupAt; y < size && y < layout.groupAt + 50; y++)
    if (!layout.held[y]) means[y] = exactVariance(system, new Map(), new Map([[y, 1]]), 1e-4)
  return { person, rater, means, method: 'stochastic' }
}

/**
 * The exact posterior variance of a contrast: `persons` maps positions to weights on locations, `unknowns` positions
 * in y to weights. One solve by conjugate gradients at any size.
 */
export function exactVariance(
  system: RaterSystem,
  persons: ReadonlyMap<number, number>,
  unknowns: ReadonlyMap<number, number>,
  tolerance = SOLVED,
): number {
  const { own, right } = contrastOf(system, persons, unknowns)
  const x = new Float64Array(system.layout.size)
  system.solve(right, x, tolerance, 2000)
  let variance = own
  for (let y = 0; y < right.length; y++) variance += right[y]! * x[y]!
  return variance
}

/** A contrast of persons' locations and unknowns: its variance given unknowns, and its weights on these. */
function contrastOf(
  system: RaterSystem,
  persons: ReadonlyMap<number, number>,
  unknowns: ReadonlyMap<number, number>,
): { own: number; right: Float64Array } {
  const { blocks, layout, personInformation, blockInformation } = system
  const right = new Float64Array(layout.size)
  const columns = new Int32Array(4)
  const sign = new Float64Array(4)
  let own = 0
  for (const [y, weight] of unknowns) if (!layout.held[y]) right[y]! += weight
  for (const [n, weight] of persons) {
    if (layout.heldPerson[n]) continue
    own += weight ** 2 / personInformation[n]!
    const subset = layout.subsetAt + layout.subsetOfPerson[n]!
    if (!layout.held[subset]) right[subset]! += weight
    for (let b = blocks.personStart[n]!; b < blocks.personStart[n + 1]!; b++) {
      const many = system.columnsOf(b, columns, sign)
      for (let k = 0; k < many; k++)
        right[columns[k]!]! -= ((weight * blockInformation[b]!) / personInformation[n]!) * sign[k]!
    }
  }
  return { own, right }
}
