// Scores that joint estimation reproduces: observed, smoothed by epsilon, or shifted to add up, and first guesses.
import type { Blocks } from './blocks.ts'
import type { Connectivity } from './connectivity.ts'
import { factorise, solveFactored } from './dense.ts'
import { momentsAt } from './joint-aside.ts'
import type { Ratings } from './ratings.ts'
import type { StepParameters } from './step-model.ts'

/** Observed scores by element and category counts by cell; with epsilon, of smoothed ratings. */
export function observed(
  ratings: Ratings,
  blocks: Blocks,
  cells: number,
  activeBlock: Uint8Array,
  activeItem: Uint8Array,
  epsilon: number,
) {
  const { categories } = ratings
  const most = categories - 1
  const sums = {
    person: new Float64Array(ratings.personIds.length),
    rater: new Float64Array(ratings.raterIds.length),
    occasion: new Float64Array(ratings.occasionIds.length),
    cells: new Float64Array(cells),
  }
  const ofPerson = new Int32Array(ratings.personIds.length)
  for (let b = 0; b < blocks.count; b++)
    ofPerson[blocks.person[b]!]! += blocks.trie.patterns[blocks.pattern[b]!]!.length
  for (let b = 0; b < blocks.count; b++) {
    if (!activeBlock[b]) continue
    const n = blocks.person[b]!
    const each = epsilon > 0 ? epsilon / ((ofPerson[n]! * most * (most + 1)) / 2) : 0
    const own = 1 - each * categories
    const of = blocks.trie.patterns[blocks.pattern[b]!]!
    let total = 0
    for (let k = 0; k < of.length; k++) {
      const i = of[k]!
      if (!activeItem[i]) continue
      const score = blocks.score[blocks.start[b]! + k]!
      const w = blocks.ratingWeight ? blocks.ratingWeight[blocks.start[b]! + k]! : 1
      total += w * (own * score + (each * most * (most + 1)) / 2)
      sums.cells[i * categories + score]! += w * own
      if (each > 0) for (let c = 0; c < categories; c++) sums.cells[i * categories + c]! += w * each
    }
    sums.person[n]! += total
    sums.rater[blocks.rater[b]!]! += total
    if (blocks.occasion && sums.occasion.length) sums.occasion[blocks.occasion[b]!]! += total
  }
  return sums
}

/**
 * Kept extreme persons have scores that do not add up to those of raters and items. As immer's alternation does at its
 * fixed point, all persons' equations then hold at one shared shift: new targets at the unshifted locations. Returns
 * the largest change of a target.
 */
export function sharedShift(
  scores: Float64Array,
  targets: { person: Float64Array; rater: Float64Array },
  theta: Float64Array,
  activeBlock: Uint8Array,
  blocks: Blocks,
  eta: Float64Array,
  beta: Float64Array,
  categories: number,
): number {
  const expected = (shift: number, into: Float64Array) => {
    let variance = 0
    into.fill(0)
    for (let b = 0; b < blocks.count; b++) {
      if (!activeBlock[b]) continue
      for (const i of blocks.trie.patterns[blocks.pattern[b]!]!) {
        const one = momentsAt(beta, categories, i, eta[b]! + shift)
        into[blocks.person[b]!]! += one.mean
        variance += one.variance
      }
    }
    return variance
  }
  const now = new Float64Array(theta.length)
  const there = new Float64Array(theta.length)
  expected(0, now)
  const sum = (of: Float64Array) => of.reduce((total, score) => total + score, 0)
  const goal = sum(now) + sum(scores) - sum(targets.rater)
  let shift = 0
  for (let round = 0; round < 50; round++) {
    const variance = expected(shift, there)
    const step = (goal - sum(there)) / variance
    shift += step
    if (Math.abs(step) < 1e-14) break
  }
  expected(shift, there)
  let largest = 0
  for (let n = 0; n < theta.length; n++) {
    const target = scores[n]! - (there[n]! - now[n]!)
    largest = Math.max(largest, Math.abs(target - targets.person[n]!))
    targets.person[n] = target
  }
  return largest
}

/** First locations of persons from the logits of their scores. */
export function guess(blocks: Blocks, theta: Float64Array, heldPerson: Uint8Array, categories: number): void {
  for (let n = 0; n < theta.length; n++) {
    if (heldPerson[n]) continue
    let sum = 0
    let top = 0
    for (let b = blocks.personStart[n]!; b < blocks.personStart[n + 1]!; b++) {
      sum += blocks.total[b]!
      top += blocks.trie.patterns[blocks.pattern[b]!]!.length * (categories - 1)
    }
    theta[n] = Math.log((sum + 0.5) / (top - sum + 0.5))
  }
}

/**
 * First severities from the logits of raters' scores. Those of a subset stand relative to its reference rater, who is
 * held at 0 (`reference[subset]`, -1 for none), and its persons move with them.
 */
export function guessSeverities(
  blocks: Blocks,
  { ofPerson, ofRater }: Connectivity,
  reference: Int32Array,
  theta: Float64Array,
  y: Float64Array,
  held: Uint8Array,
  heldPerson: Uint8Array,
  categories: number,
): void {
  const raters = ofRater.length
  const sum = new Float64Array(raters)
  const top = new Float64Array(raters)
  for (let b = 0; b < blocks.count; b++) {
    sum[blocks.rater[b]!]! += blocks.total[b]!
    top[blocks.rater[b]!]! += blocks.trie.patterns[blocks.pattern[b]!]!.length * (categories - 1)
  }
  const logits = sum.map((score, j) => Math.log((top[j]! - score + 0.5) / (score + 0.5)))
  const mean = logits.reduce((total, value) => total + value, 0) / raters
  const origin = Float64Array.from(reference, (j) => (j < 0 ? mean : logits[j]!))
  for (let j = 0; j < raters; j++) if (!held[j]) y[j] = logits[j]! - origin[ofRater[j]!]!
  for (let n = 0; n < theta.length; n++) if (!heldPerson[n]) theta[n]! += mean - origin[ofPerson[n]!]!
}

/** First step parameters: those whose costs come nearest to the logs of the category counts of each item. */
export function guessSteps(parameters: StepParameters, counts: Float64Array): Float64Array {
  const { free, design, offset, used, categories } = parameters
  const normal = new Float64Array(free * free)
  const right = new Float64Array(free)
  for (let c = 0; c < counts.length; c++) {
    if (!used[c]) continue
    const low = parameters.low[Math.floor(c / categories)]!
    const lowest = counts[c - (c % categories) + low]!
    const cost = Math.log((lowest + 0.5) / (counts[c]! + 0.5)) - offset[c]!
    for (let a = 0; a < free; a++) {
      const d = design[c * free + a]!
      if (d === 0) continue
      right[a]! += d * cost
      for (let b = 0; b < free; b++) normal[a * free + b]! += d * design[c * free + b]!
    }
  }
  if (!factorise(normal, free)) return new Float64Array(free)
  solveFactored(normal, free, right)
  return right
}
