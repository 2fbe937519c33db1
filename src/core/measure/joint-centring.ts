// Joint estimates on the scale that is reported: raters of each unanchored subset sum to zero, with their variances.
import type { Anchors } from './anchors.ts'
import type { Connectivity } from './connectivity.ts'
import type { Couplings } from './joint-system.ts'

export interface JointSolution {
  readonly theta: Float64Array
  /** Severities, occasions, step parameters. */
  readonly y: Float64Array
  /** Inverse of the information on `y` with persons eliminated (size x size), zero where held. */
  readonly covariance: Float64Array
  readonly couplings: Couplings
  readonly personInformation: Float64Array
  readonly heldPerson: Uint8Array
  /** Blocks by rater. */
  readonly load: Int32Array
  readonly anchoredSubset: Uint8Array
}

/** Centres persons, raters and occasions; variances are joint and of the centred measures. */
export function centredJoint(
  solution: JointSolution,
  connected: Connectivity,
  anchors: Anchors,
  occasions: number,
) {
  const { theta, y, covariance, couplings, personInformation, heldPerson, load, anchoredSubset } = solution
  const size = y.length
  const raters = load.length
  const persons = theta.length
  // Raters and persons of an unanchored subset move together until its raters sum to zero.
  const members: number[][] = Array.from({ length: anchoredSubset.length }, () => [])
  for (let j = 0; j < raters; j++) if (load[j]! > 0) members[connected.ofRater[j]!]!.push(j)
  const shift = members.map((of, s) =>
    anchoredSubset[s] || of.length === 0 ? 0 : of.reduce((sum, j) => sum + y[j]!, 0) / of.length,
  )
  const means = members.map((of, s) => {
    const mean = new Float64Array(size)
    if (anchoredSubset[s] || of.length === 0) return { mean, variance: 0 }
    for (const j of of) for (let a = 0; a < size; a++) mean[a]! += covariance[a * size + j]! / of.length
    return { mean, variance: of.reduce((sum, j) => sum + mean[j]!, 0) / of.length }
  })
  const occasionMean =
    occasions > 0 ? y.subarray(raters, raters + occasions).reduce((a, b) => a + b, 0) / occasions : 0
  const raterVariance = Float64Array.from({ length: raters }, (_, j) => {
    const { mean, variance } = means[connected.ofRater[j]!]!
    return Math.max(0, covariance[j * size + j]! - 2 * mean[j]! + variance)
  })
  const personVariance = new Float64Array(persons)
  for (let n = 0; n < persons; n++) {
    const begin = couplings.start[n]!
    const end = couplings.start[n + 1]!
    if (heldPerson[n] || begin === end) continue
    const { mean, variance } = means[connected.ofPerson[n]!]!
    let sum = 1 / personInformation[n]! + variance
    const inverse = 1 / personInformation[n]!
    for (let k = begin; k < end; k++) {
      const column = couplings.column[k]!
      const g = -couplings.value[k]! * inverse
      let covered = 0
      for (let l = begin; l < end; l++)
        covered += covariance[column * size + couplings.column[l]!]! * couplings.value[l]!
      sum -= g * (2 * mean[column]! + covered * inverse)
    }
    personVariance[n] = Math.max(0, sum)
  }
  const rater = Float64Array.from({ length: raters }, (_, j) => y[j]! - shift[connected.ofRater[j]!]!)
  const person = theta.map((value, n) =>
    Number.isNaN(anchors.persons[n]!) ? value - shift[connected.ofPerson[n]!]! - occasionMean : value,
  )
  const occasion = Float64Array.from({ length: occasions }, (_, o) => y[raters + o]! - occasionMean)
  return { members, person, rater, occasion, personVariance, raterVariance }
}
