// Which answers of a person's earlier assessments a new one counts on, so that it asks only what is new.
import type { Answer } from './answers.ts'

/** An answer counts on for so many days from when it was given: our choice, about one round of reviews. */
export const CARRY_DAYS = 180

/** An answer that was given in an assessment, or carried into it. */
export interface EarlierAnswer {
  readonly item: string
  readonly answer: Answer
  readonly evidence: string | null
  readonly givenAt: Date
  /** The assessment that it was carried from; null where it was given in this one. */
  readonly carriedFrom: string | null
}

/** A finished assessment of the same framework version whose answers fit together. */
export interface EarlierRun {
  readonly id: string
  readonly finishedAt: Date
  readonly answers: readonly EarlierAnswer[]
}

/** An answer to carry, with the assessment that it was given in. */
export type CarriedAnswer = EarlierAnswer & { readonly carriedFrom: string }

/**
 * The latest answer to each item, where it is no older than `CARRY_DAYS` at `now`, in the order in which they were given.
 * Of the same answer carried from run to run the one in the run finished last counts: its link may have been changed.
 */
export function carriedAnswers(runs: readonly EarlierRun[], now: Date): CarriedAnswer[] {
  const since = now.getTime() - CARRY_DAYS * 24 * 60 * 60 * 1000
  const latest = new Map<string, CarriedAnswer>()
  for (const { id, answers } of runs.toSorted((a, b) => a.finishedAt.getTime() - b.finishedAt.getTime()))
    for (const one of answers) {
      const known = latest.get(one.item)
      if (one.givenAt.getTime() < since || (known && known.givenAt > one.givenAt)) continue
      latest.delete(one.item)
      latest.set(one.item, { ...one, carriedFrom: one.carriedFrom ?? id })
    }
  return [...latest.values()].toSorted((a, b) => a.givenAt.getTime() - b.givenAt.getTime())
}
