// Why a set of ratings is not measured, or is measured with a caution: closed lists of codes with what is missing.

export type RefusalCode =
  | 'unreadable'
  | 'columns-unclear'
  | 'no-ratings'
  | 'too-many-ratings'
  | 'score-not-integer'
  | 'score-out-of-scale'
  | 'weight-invalid'
  | 'index-out-of-range'
  | 'duplicate-id'
  | 'duplicate-rating'
  | 'too-few-raters'
  | 'one-item'
  | 'one-category'
  | 'empty-category'
  | 'separated'
  | 'extreme-item'
  | 'all-extreme'
  | 'items-not-linked'
  | 'weights-differ-in-block'
  | 'anchor-unknown'
  | 'too-large-for-estimator'
  | 'not-converged'
  | 'no-person-spread'

/** A refusal to measure. `missing` says what would have to be there; `ids` names the elements or rows concerned. */
export interface Refusal {
  readonly code: RefusalCode
  readonly message: string
  readonly missing: string
  readonly ids?: readonly string[]
}

export type CautionCode =
  | 'disconnected'
  | 'few-raters'
  | 'category-unused'
  | 'category-rare'
  | 'steps-disordered'
  | 'extreme-persons'
  | 'item-without-category'
  | 'no-dyad-effect'
  | 'no-dyad-found'
  | 'weak-prior'
  | 'no-rater-variance'

/** Something that a reader of the measures must know; the measures stand, with the reason they are wide. */
export interface Caution {
  readonly code: CautionCode
  readonly message: string
  readonly ids?: readonly string[]
}

/** Why one measure is wide or rests on a convention. */
export type WideReason =
  | 'all-ratings-highest'
  | 'all-ratings-lowest'
  | 'one-rater'
  | 'fewer-than-three-raters'
  | 'few-ratings'
  | 'subset-not-linked'

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** A failed check with one refusal. */
export function refused(code: RefusalCode, message: string, missing: string, ids?: readonly string[]) {
  const refusal: Refusal = ids ? { code, message, missing, ids } : { code, message, missing }
  return { ok: false as const, refusals: [refusal] }
}
