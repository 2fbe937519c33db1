// The life of a rating round, of a subject in it and of a rater's sheet: what may follow what, and what becomes of leavers.
import type { Day } from '../org/day.ts'

/** preparing: raters are proposed and changed; running: they rate; closing: it is measured; closed: published. */
export type RoundState = 'preparing' | 'running' | 'closing' | 'closed' | 'cancelled'
/** rated: takes part; withdrawn: taken out by the partner; left: works here no more. */
export type SubjectState = 'rated' | 'withdrawn' | 'left'
/** What a rater is to the subject. */
export type SheetKind = 'self' | 'manager' | 'peer' | 'report'
/** open: asked to rate, with or without a draft. `lapsed`: rater or subject left, or the round closed, before it was submitted. */
export type SheetState = 'proposed' | 'open' | 'submitted' | 'declined' | 'removed' | 'lapsed'

/** Why a rater may decline; a closed list, so that no free text about a person is collected. */
export const DECLINE_REASONS = ['know-too-little', 'conflict-of-interest', 'no-time', 'other'] as const
export type DeclineReason = (typeof DECLINE_REASONS)[number]

export type RoundAct = 'change-raters' | 'start' | 'extend' | 'remind' | 'close' | 'cancel'

const ROUND_ACTS: Readonly<Record<RoundState, readonly RoundAct[]>> = {
  preparing: ['change-raters', 'start', 'extend', 'cancel'],
  running: ['change-raters', 'extend', 'remind', 'close', 'cancel'],
  closing: [],
  closed: [],
  cancelled: [],
}

/** Whether a round in this state lets its keepers do this. */
export const allowsAct = (state: RoundState, act: RoundAct): boolean => ROUND_ACTS[state].includes(act)

export type SheetAct = 'rate' | 'submit' | 'decline' | 'remove'

/**
 * Whether a sheet lets this be done. Rating needs a running round before its last day is over; declining one's own
 * self-rating is not possible, leaving it unsubmitted is. What was submitted stays: neither rater nor partner takes it back.
 */
export function allowsSheetAct(
  act: SheetAct,
  at: {
    readonly round: RoundState
    readonly subject: SubjectState
    readonly sheet: SheetState
    readonly kind: SheetKind
    readonly closesOn: Day
    readonly today: Day
  },
): boolean {
  if (act === 'remove') {
    const early = at.round === 'preparing' && at.sheet === 'proposed'
    return early || (at.round === 'running' && (at.sheet === 'open' || at.sheet === 'declined'))
  }
  const live = at.round === 'running' && at.subject === 'rated' && at.today < at.closesOn
  return live && at.sheet === 'open' && (act !== 'decline' || at.kind !== 'self')
}

/** Whether scheduled work closes the round: it is running and its first day without ratings has come. */
export const isDue = (round: { readonly state: RoundState; readonly closesOn: Day }, today: Day): boolean =>
  round.state === 'running' && round.closesOn <= today

export interface SheetAtClose {
  readonly id: string
  readonly subject: string
  readonly rater: string
  readonly kind: SheetKind
  readonly state: SheetState
}

export interface ClosePlan {
  /** Sheets that are measured: submitted, about somebody who still works here and was not taken out. */
  readonly counted: readonly string[]
  /** Sheets that were asked for and never submitted. */
  readonly lapsed: readonly string[]
  /** Subjects who have left by now: nothing about them is read, measured or published. */
  readonly left: readonly string[]
}

/**
 * What becomes of everybody at the close. A rater who left after submitting is counted: what was said was said. A draft
 * is never counted, however full it is. Whoever changed manager keeps the sheets that were agreed, as what they were
 * agreed; who reads the result is the manager of the day that it is read. Nobody in particular has to be there to close.
 */
export function planClose(
  subjects: readonly { readonly person: string; readonly state: SubjectState }[],
  sheets: readonly SheetAtClose[],
  employed: ReadonlySet<string>,
): ClosePlan {
  const left = subjects
    .filter(({ person, state }) => state === 'left' || (state === 'rated' && !employed.has(person)))
    .map(({ person }) => person)
  const gone = new Set(left)
  const rated = new Set(
    subjects
      .filter(({ person, state }) => state === 'rated' && !gone.has(person))
      .map(({ person }) => person),
  )
  const counted = sheets.filter(({ subject, state }) => state === 'submitted' && rated.has(subject))
  const lapsed = sheets.filter(({ state }) => state === 'open' || state === 'proposed')
  return { counted: counted.map(({ id }) => id), lapsed: lapsed.map(({ id }) => id), left }
}
