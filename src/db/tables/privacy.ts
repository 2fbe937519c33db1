// The tables of privacy: who must not be erased, who was, and how long what is kept.
import type { Fixed, Later } from './columns.ts'

/** That somebody's data must be kept as they are, for a matter of law: no erasure, no retention, until it is lifted. */
export interface LegalHoldTable {
  organisation_id: Fixed<string>
  id: Fixed<string>
  /** Whose data are kept. They may read this row: nothing is kept about anybody in secret. */
  person_id: Fixed<string>
  /** Why, in words; null where they were erased with the person later. */
  reason: string | null
  /** 16 random bytes in hex: the audit's fingerprint is of them and the words. */
  reason_salt: string | null
  placed_at: Fixed<Date>
  placed_by: Fixed<string>
  lifted_at: Later<Date>
  lifted_by: Later<string>
}

/** That somebody is to be erased, or was. */
export interface ErasureTable {
  organisation_id: Fixed<string>
  person_id: Fixed<string>
  /** Why, as a code: asked, left, retention, mistake. */
  reason: Fixed<string>
  ordered_at: Fixed<Date>
  /** Who ordered it; null where retention did, or a restore made it necessary again. */
  ordered_by: Fixed<string | null>
  /** When it was done before, in a database that was since replaced by an older one; null for the first time. */
  replay_of: Fixed<Date | null>
  /** When nothing was left; null until then. */
  done_at: Later<Date>
}

/** How long a kind of data is kept; without a row, until somebody deletes it. */
export interface RetentionRuleTable {
  organisation_id: Fixed<string>
  kind: Fixed<'assessments' | 'leavers' | 'invitations' | 'mail'>
  /** Whole days after it was finished, left, used or sent. */
  days: number
  set_at: Date
  set_by: string
}
