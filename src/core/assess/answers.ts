// The answers that a person can give to a behaviour, and the records made of them.

/** Scored answers in order; the index is the score 0-4. */
export const ANSWERS = ['not-yet', 'with-help', 'on-my-own', 'lead-others', 'set-how'] as const
export type ScoredAnswer = (typeof ANSWERS)[number]
/** "No opportunity to show it" is an answer and is missing by design, never a zero. */
export type Answer = ScoredAnswer | 'no-opportunity'
/** From this score on a person *shows* the behaviour: "on my own" or more. */
export const SHOWS_FROM = 2

/** One answer to one behaviour. `item` is the behaviour's id; ids are unique in a framework. */
export interface Response {
  readonly item: string
  readonly answer: Answer
  /** A link to real work, optional. */
  readonly evidence?: string
  /** Where it was carried from an earlier assessment: which one, and when it was given there (ISO 8601). */
  readonly carried?: { readonly from: string; readonly givenAt: string }
}
