// Places elements that joint estimation set aside: one location each, from its score moved inwards.
import type { Estimates } from './estimates.ts'

interface Moments {
  mean: number
  variance: number
}

/** Expected score and its variance of item i at location eta. */
export function momentsAt(beta: Float64Array, categories: number, i: number, eta: number): Moments {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let top = -Infinity
  for (let k = 0; k < categories; k++) top = Math.max(top, k * eta - beta[i * categories + k]!)
  for (let k = 0; k < categories; k++) {
    const term = Math.exp(k * eta - beta[i * categories + k]! - top)
    s0 += term
    s1 += k * term
    s2 += k * k * term
  }
  return { mean: s1 / s0, variance: s2 / s0 - (s1 / s0) ** 2 }
}

/** The shift at which the expected score of some ratings meets `target` (Newton with short steps), and its variance. */
function place(
  target: number,
  expect: (shift: number) => Moments,
  start: number,
): { at: number; variance: number } {
  let at = start
  let here = expect(at)
  for (let round = 0; round < 200; round++) {
    const step = Math.max(-1, Math.min(1, (target - here.mean) / Math.max(here.variance, 1e-9)))
    at += step
    here = expect(at)
    if (Math.abs(step) < 1e-12) break
  }
  return { at, variance: 1 / here.variance }
}

/**
 * Writes locations and variances of extreme items, raters and persons into `estimates`; with `allPersons` every person
 * is located by the raw score (extreme ones moved inwards by `epsilon`), as immer does after smoothing. False where an
 * element has no rating by or of an element that is not extreme itself: then nothing places it.
 */
export function locateAside(
  estimates: Estimates,
  epsilon: number,
  categories: number,
  allPersons: boolean,
  keepPersons: boolean,
): boolean {
  const {
    blocks,
    beta,
    parameters,
    extremePerson,
    extremeRater,
    extremeItem,
    person,
    rater,
    occasion,
    location,
  } = estimates
  const { trie, pattern, start, score } = blocks
  let placedAll = true
  const accept = (placed: { at: number; variance: number }) => {
    const good = Math.abs(placed.at) < 30 && placed.variance > 0 && placed.variance < 1e4
    placedAll &&= good
    return good
  }
  const blocksBy = (column: Int32Array, at: number) => {
    const found: number[] = []
    for (let b = 0; b < blocks.count; b++) if (column[b] === at) found.push(b)
    return found
  }
  const without = (b: number) => -(blocks.occasion && occasion.length ? occasion[blocks.occasion[b]!]! : 0)
  const items = (b: number) => trie.patterns[pattern[b]!]!
  const weight = (at: number) => (blocks.ratingWeight ? blocks.ratingWeight[at]! : 1)
  const total = (of: readonly number[], base: (b: number) => number) => ({
    score: of.reduce((sum, b) => {
      let own = 0
      for (const [k, i] of items(b).entries())
        if (extremeItem[i] === 0) own += weight(start[b]! + k) * score[start[b]! + k]!
      return sum + own
    }, 0),
    expect:
      (sign: number) =>
      (shift: number): Moments => {
        const sum = { mean: 0, variance: 0 }
        for (const b of of) {
          for (const [k, i] of items(b).entries()) {
            if (extremeItem[i] !== 0) continue
            const one = momentsAt(beta, categories, i, base(b) + sign * shift)
            sum.mean += weight(start[b]! + k) * one.mean
            sum.variance += weight(start[b]! + k) * one.variance
          }
        }
        return sum
      },
  })
  for (let i = 0; i < extremeItem.length; i++) {
    const end = extremeItem[i]!
    if (end === 0 || parameters.low[i] === parameters.high[i]) continue
    let observed = 0
    const etas: number[] = []
    for (let b = 0; b < blocks.count; b++) {
      if (extremePerson[blocks.person[b]!] || extremeRater[blocks.rater[b]!]) continue
      const k = items(b).indexOf(i)
      if (k < 0) continue
      observed += score[start[b]! + k]!
      etas.push(location[b]!)
    }
    const placed = place(
      observed - end * epsilon,
      (shift) => {
        const sum = { mean: 0, variance: 0 }
        for (const eta of etas) {
          const one = momentsAt(beta, categories, i, eta + shift)
          sum.mean += one.mean
          sum.variance += one.variance
        }
        return sum
      },
      end * 3,
    )
    if (!accept(placed)) continue
    for (let k = 0; k < categories; k++) {
      parameters.offset[i * categories + k]! -= k * placed.at
      beta[i * categories + k]! -= k * placed.at
    }
    estimates.asideItemVariance![i] = placed.variance
  }
  for (let j = 0; j < extremeRater.length; j++) {
    const end = extremeRater[j]!
    if (end === 0 || estimates.anchoredRater[j]) continue
    const of = blocksBy(blocks.rater, j).filter((b) => extremePerson[blocks.person[b]!] === 0)
    if (of.length === 0) {
      placedAll = false
      continue
    }
    const sums = total(of, (b) => person[blocks.person[b]!]! + without(b))
    const placed = place(sums.score - end * epsilon, (shift) => sums.expect(1)(shift), end * 3)
    if (!accept(placed)) continue
    rater[j] = -placed.at
    estimates.raterVariance[j] = placed.variance
  }
  for (let n = 0; n < person.length; n++) {
    if (estimates.anchoredPerson[n] || (!allPersons && (keepPersons || extremePerson[n] === 0))) continue
    const of: number[] = []
    for (let b = blocks.personStart[n]!; b < blocks.personStart[n + 1]!; b++) of.push(b)
    if (of.length === 0) continue
    const sums = total(of, (b) => without(b) - rater[blocks.rater[b]!]!)
    const placed = place(
      sums.score - extremePerson[n]! * epsilon,
      (shift) => sums.expect(1)(shift),
      person[n]!,
    )
    if (!accept(placed)) continue
    person[n] = placed.at
    if (extremePerson[n] !== 0) estimates.personVariance[n] = placed.variance
  }
  for (let b = 0; b < blocks.count; b++) {
    location[b] = person[blocks.person[b]!]! - rater[blocks.rater[b]!]! + without(b)
  }
  return placedAll
}
