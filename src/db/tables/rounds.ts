// The tables of rating rounds: the round and its rule, who is rated by whom, what they said, and what came of it.
import type { Answer } from '../../core/assess/answers.ts'
import type { RoundState, SheetKind, SheetState, SubjectState } from '../../core/rounds/round-state.ts'
import type { Day, Defaulted, Fixed, FixedJson, Later } from './columns.ts'

/** One round of ratings in a unit. Its anonymity rule is published with it and never changes. */
export interface RoundTable {
  organisation_id: Fixed<string>
  id: Fixed<string>
  /** The random id of the wish to open it: the same wish sent twice opens one round. */
  open_key: Fixed<string>
  /** Whose people are rated, with all units below as of the day it was opened. */
  unit_id: Fixed<string>
  name: Fixed<string>
  /** The framework version whose behaviours are rated. */
  framework_hash: Fixed<string>
  /** Fewest raters of an anonymous cell: at least 5 and at least the organisation's own minimum. */
  minimum_group: Fixed<number>
  /** True where the published rule says that the line manager's ratings carry their name. */
  manager_named: Fixed<boolean>
  /** Whether the line manager of the day, and who stands in for them, reads the result. */
  opens_to_manager: Fixed<boolean>
  /** Whether people partners of the subject's units of the day read the result. */
  opens_to_partner: Fixed<boolean>
  /** The largest standard error, in logits, with which a measure is shown to others than its person. */
  se_limit: Fixed<number>
  state: RoundState
  /** The first day on which nothing can be given any more. */
  closes_on: Day
  opened_at: Fixed<Date>
  opened_by: Fixed<string>
  started_at: Later<Date>
  /** When it was measured and its results published. */
  closed_at: Later<Date>
  cancelled_at: Later<Date>
  /** True for a round of the sample organisation, which is removed with it. */
  sample: Defaulted<boolean>
}

/** Somebody who is rated in a round, and the form on which everybody rates them. */
export interface RoundSubjectTable {
  organisation_id: Fixed<string>
  round_id: Fixed<string>
  person_id: Fixed<string>
  /** The round's unit, as the round itself says: who may read the row hangs on it. */
  unit_id: Fixed<string>
  /** The role whose bar the form was made around; null where the position named none. */
  role: Fixed<string | null>
  variant: Fixed<string | null>
  /** The behaviours of the form, in the order in which they are shown. */
  form: FixedJson<string[]>
  state: SubjectState
  changed_at: Date
}

/** One sheet: a rater, whom they rate, and as what. */
export interface RoundRaterTable {
  organisation_id: Fixed<string>
  id: Fixed<string>
  round_id: Fixed<string>
  /** The round's unit, as with subjects. */
  unit_id: Fixed<string>
  subject_id: Fixed<string>
  rater_id: Fixed<string>
  /** What the rater is to the subject; it stays as it was agreed, whatever changes later. */
  kind: Fixed<SheetKind>
  state: SheetState
  /** Why a rater declined, as a code; null where they did not. */
  reason: string | null
  proposed_at: Fixed<Date>
  changed_at: Date
  submitted_at: Later<Date>
}

/** What a rater said, in order; rows are only added, and the last one about a behaviour holds. */
export interface RatingTable {
  organisation_id: Fixed<string>
  sheet_id: Fixed<string>
  /** Who said it, as the sheet itself says: nobody else reads the row. */
  rater_id: Fixed<string>
  /** 1, 2, 3 … in a sheet. */
  position: Fixed<number>
  /** The random id of the intended write: the same one sent twice is stored once. */
  key: Fixed<string>
  /** The behaviour that it is about. */
  item: Fixed<string>
  answer: Fixed<Answer>
  /** What the rater refers to, in their own words or as a link; read by nobody else. */
  evidence: Fixed<string | null>
  given_at: Fixed<Date>
}

/** What a round says of one person on one competency: one row a cell of raters, never changed once published. */
export interface RoundResultTable {
  organisation_id: Fixed<string>
  round_id: Fixed<string>
  subject_id: Fixed<string>
  competency: Fixed<string>
  /** 1, 2, 3 … in a competency. */
  cell: Fixed<number>
  /** The kinds of raters who stand together in the cell; `self` alone for the person's own answers. */
  kinds: Fixed<string[]>
  /** How many raters; null where nothing is published. */
  raters: Fixed<number | null>
  /** Location in logits, severity taken out; null where nothing is published. */
  measure: Fixed<number | null>
  /** Its standard error in logits. */
  se: Fixed<number | null>
  /** True where the person's other competencies say more of it than its own ratings. */
  leans: Fixed<boolean>
  /** True where these raters differ more than chance lets expect. */
  disagree: Fixed<boolean>
  /** How many answers other than "no opportunity" it rests on; null where nothing is published, and in rounds of before. */
  answers: Fixed<number | null>
  /** The share of it that the person's other competencies say, 0 to 1. */
  leans_share: Fixed<number | null>
  /** How often each score from 0 was given by the person themselves; null for everybody else. */
  answered: Fixed<number[] | null>
  /** True where the round's answers do not fit the expert-set places of this competency's behaviours. */
  misplaced: Defaulted<boolean>
  /** Why nobody but the person reads it, as a code; null where the rule decides. */
  only_subject: Fixed<string | null>
  /** Why nothing is published, as a code. */
  refusal: Fixed<string | null>
  /** The round's rule, as the round itself says: who may read the row hangs on it. */
  opens_to_manager: Fixed<boolean>
  opens_to_partner: Fixed<boolean>
  published_at: Fixed<Date>
}

/** How harsh the raters of a person's cells were together: read by a person who reads nobody else's result of the round. */
export interface RoundAdjustmentTable {
  organisation_id: Fixed<string>
  round_id: Fixed<string>
  subject_id: Fixed<string>
  /** The kinds of raters of these cells. */
  kinds: Fixed<string[]>
  /** The competencies whose cells have exactly these raters. */
  competencies: Fixed<string[]>
  raters: Fixed<number>
  /** Mean severity in logits, positive for harsh. */
  severity: Fixed<number>
  se: Fixed<number>
}

/** What a rater learns of their own severity; read by the rater alone. */
export interface RaterNoteTable {
  organisation_id: Fixed<string>
  round_id: Fixed<string>
  rater_id: Fixed<string>
  /** In logits, positive for harsh; null where it is not told. */
  severity: Fixed<number | null>
  se: Fixed<number | null>
  /** How many people the rater rated whose ratings were measured. */
  subjects: Fixed<number>
  /** Why it is not told, as a code. */
  refusal: Fixed<string | null>
  noted_at: Fixed<Date>
}
