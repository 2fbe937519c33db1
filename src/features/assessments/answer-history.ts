// From everything that was done in an assessment, in order, to the answers that hold now.
import type { Selectable } from 'kysely'
import type { Answer, Response } from '../../core/assess/answers.ts'
import type { ResponseTable } from '../../db/schema.ts'

/** A stored step without the ids of where it is stored. */
export type HistoryStep = Omit<Selectable<ResponseTable>, 'organisation_id' | 'assessment_id' | 'person_id'>

/** An answer that holds, with where and when it was given. */
export interface HeldAnswer {
  readonly item: string
  readonly answer: Answer
  readonly evidence: string | null
  /** Position of the step that gave it. */
  readonly position: number
  readonly givenAt: Date
  /** The earlier assessment that it was given in and carried from; null where it was given here. */
  readonly carriedFrom: string | null
}

/**
 * The answers that hold after these steps (in order of position), in the order in which they were last given. An undo
 * takes back one answer, and the one that it replaced holds again.
 */
export function heldAnswers(steps: readonly HistoryStep[]): HeldAnswer[] {
  const undone = new Set(steps.map(({ undoes }) => undoes).filter((position) => position !== null))
  const held = new Map<string, HeldAnswer>()
  for (const { kind, item, answer, evidence, position, given_at, carried_from } of steps) {
    if (kind === 'answer' && answer !== null && !undone.has(position)) {
      held.delete(item)
      held.set(item, { item, answer, evidence, position, givenAt: given_at, carriedFrom: carried_from })
    }
    const current = held.get(item)
    if (kind === 'evidence' && current) held.set(item, { ...current, evidence })
  }
  return [...held.values()]
}

/** The same as responses of the measurement. */
export function responsesOf(held: readonly HeldAnswer[]): Response[] {
  return held.map(({ item, answer, evidence, carriedFrom, givenAt }) => ({
    item,
    answer,
    ...(evidence === null ? {} : { evidence }),
    ...(carriedFrom === null ? {} : { carried: { from: carriedFrom, givenAt: givenAt.toISOString() } }),
  }))
}

/** The answer that undo takes back: the last one given here that was not taken back yet; a carried one never. */
export function findLastAnswer(steps: readonly HistoryStep[]): HistoryStep | undefined {
  const undone = new Set(steps.map(({ undoes }) => undoes))
  return steps.findLast(
    ({ kind, position, carried_from }) => kind === 'answer' && carried_from === null && !undone.has(position),
  )
}
