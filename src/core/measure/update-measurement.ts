// A measurement that is kept open: one rating changes, and the measures follow at once.
import type { Blocks } from './blocks.ts'
import { crossedEstimates } from './crossed-estimates.ts'
import { estimate, type EstimateRun } from './estimate.ts'
import { reported } from './measure.ts'
import type { Measurement, MeasureOptions } from './measurement.ts'
import type { Ratings } from './ratings.ts'
import { refused, type Checked } from './refusals.ts'

/** A measurement with what is needed to update it. Values: an update makes a new one and leaves the old as it is. */
export interface OpenMeasurement {
  readonly ratings: Ratings
  readonly measurement: Measurement
  readonly options: MeasureOptions
  readonly run: EstimateRun
}

/** A new score (category from 0, as in `ratings.score`) for the rating at position `rating`. */
export interface RatingChange {
  readonly rating: number
  readonly score: number
}

/** Measures as `measure` does and keeps the run open for `updateMeasurement`. */
export function openMeasurement(ratings: Ratings, options: MeasureOptions = {}): Checked<OpenMeasurement> {
  const run = estimate(ratings, options)
  if (!run.ok) return run
  const measured = reported(ratings, run.value.estimates, options)
  if (!measured.ok) return measured
  return { ok: true, value: { ratings, measurement: measured.value, options, run: run.value } }
}

/**
 * Measures again after some scores have changed. Measures, variances and fit are those of a cold run (within 1e-6).
 * Standard errors are exact for the persons and raters whose ratings changed; for others what they owe to others'
 * ratings is carried over until a variance component has moved by 1 %, and for items and steps until their information has
 * moved by .4 %. Ratings that are added or removed need `openMeasurement` with `start`. Estimators other than `cml` start
 * again from the last solution.
 */
export function updateMeasurement(
  previous: OpenMeasurement,
  changes: readonly RatingChange[],
): Checked<OpenMeasurement> {
  const score = previous.ratings.score.slice()
  for (const change of changes) {
    const { rating } = change
    if (!(rating in score)) {
      const message = `rating ${rating} is not among ${score.length}`
      return refused('index-out-of-range', message, 'the position of a rating, from 0')
    }
    if (!Number.isInteger(change.score) || change.score < 0 || change.score >= previous.ratings.categories) {
      const message = `rating ${rating}: expected a category in 0-${previous.ratings.categories - 1}, got ${change.score}`
      return refused('score-out-of-scale', message, 'scores on the scale')
    }
    score[rating] = change.score
  }
  const ratings = { ...previous.ratings, score }
  const { options } = previous
  const { estimates, carried, anchors } = previous.run
  if (!carried || !anchors)
    return openMeasurement(ratings, { ...options, start: previous.measurement.solution })
  const { blocks, changed } = changedBlocks(ratings, estimates.blocks, changes)
  const at = changes.map((change) => change.rating)
  const persons = new Set(at.map((r) => ratings.person[r]!))
  const raters = new Set(at.map((r) => ratings.rater[r]!))
  const run = crossedEstimates(ratings, blocks, estimates.connected, anchors, options, {
    carried,
    blocksBefore: estimates.blocks,
    changed,
    persons,
    raters,
  })
  if (!run.ok) return run
  const measured = reported(ratings, run.value.estimates, options)
  if (!measured.ok) return measured
  const measurement = measured.value
  return {
    ok: true,
    value: { ratings, measurement, options, run: { ...run.value, anchors } },
  }
}

/** The blocks with new scores and totals; who rated whom on what stays. */
function changedBlocks(ratings: Ratings, blocks: Blocks, changes: readonly RatingChange[]) {
  const score = blocks.score.slice()
  const total = blocks.total.slice()
  const changed = new Set<number>()
  for (const { rating } of changes) {
    const n = ratings.person[rating]!
    for (let b = blocks.personStart[n]!; b < blocks.personStart[n + 1]!; b++) {
      if (blocks.rater[b] !== ratings.rater[rating]) continue
      if (blocks.occasion && blocks.occasion[b] !== ratings.occasion?.[rating]) continue
      const place = blocks.trie.patterns[blocks.pattern[b]!]!.indexOf(ratings.item[rating]!)
      if (place < 0) continue
      const at = blocks.start[b]! + place
      total[b]! += ratings.score[rating]! - score[at]!
      score[at] = ratings.score[rating]!
      changed.add(b)
    }
  }
  return { blocks: { ...blocks, score, total }, changed: [...changed] }
}
