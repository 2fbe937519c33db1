// Ratings that are being measured: opened once, then one score after another is changed and measured at once.
import { withheldReasons, type WithheldReason } from '../../../core/measure/analysis.ts'
import { itemCosts, type ItemCosts } from '../../../core/measure/item-costs.ts'
import type { Estimator, Measurement, StepModel } from '../../../core/measure/measurement.ts'
import type { TellProgress } from '../../../core/measure/measuring-progress.ts'
import type { Ratings } from '../../../core/measure/ratings.ts'
import { refused, type Checked } from '../../../core/measure/refusals.ts'
import { withoutSelf } from '../../../core/measure/self-ratings.ts'
import {
  openMeasurement,
  updateMeasurement,
  type OpenMeasurement,
} from '../../../core/measure/update-measurement.ts'

export interface HowToMeasure {
  readonly estimator: Estimator
  readonly steps: StepModel
}

/** What the page draws from. */
export interface Measured {
  readonly measurement: Measurement
  readonly costs: ItemCosts
  readonly withheld: ReadonlyMap<string, readonly WithheldReason[]>
  readonly selfRatings: number
}

/** A value: a change makes a new session and leaves the old as it is. */
export interface MeasuringSession {
  readonly all: Ratings
  /** Positions of self-ratings, which are kept apart. */
  readonly self: readonly number[]
  readonly how: HowToMeasure
  readonly open: OpenMeasurement
}

/** Measures all ratings but self-ratings and keeps the run open. */
export function openSession(
  all: Ratings,
  how: HowToMeasure,
  progress?: TellProgress,
): Checked<MeasuringSession> {
  const { others, self } = withoutSelf(all)
  if (others.score.length === 0) {
    const message = 'all ratings are self-ratings, and these never enter the measure'
    return refused('no-ratings', message, 'ratings by others')
  }
  const { estimator, steps } = how
  const open = openMeasurement(others, { estimator, steps, ...(progress ? { progress } : {}) })
  return open.ok ? { ok: true, value: { all, self, how, open: open.value } } : open
}

/** Gives the rating at `rating` (among those by others) the category `score` (from 0) and measures from where it was. */
export function changeScore(
  session: MeasuringSession,
  rating: number,
  score: number,
): Checked<MeasuringSession> {
  const open = updateMeasurement(session.open, [{ rating, score }])
  return open.ok ? { ok: true, value: { ...session, open: open.value } } : open
}

/** All ratings, self-ratings included, with the scores as they are now. */
export function ratingsNow({ all, self, open }: MeasuringSession): Ratings {
  const score = all.score.slice()
  const isSelf = new Uint8Array(score.length)
  for (const r of self) isSelf[r] = 1
  for (let r = 0, k = 0; r < score.length; r++) if (!isSelf[r]) score[r] = open.ratings.score[k++]!
  return { ...all, score }
}

/** What is seen of a session. */
export function measuredNow({ self, open: { ratings, measurement } }: MeasuringSession): Measured {
  return {
    measurement,
    costs: itemCosts(ratings, measurement),
    withheld: new Map(measurement.persons.map((person) => [person.id, withheldReasons(person, measurement)])),
    selfRatings: self.length,
  }
}
