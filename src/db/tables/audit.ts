// The tables of the audit: who did what, and the chain that shows whether it is still what was written.
import type { ColumnType, GeneratedAlways } from 'kysely'
import type { Fixed, FixedJson } from './columns.ts'

/** Given by the database with the row, as text; never changed. */
type GivenByDatabase = ColumnType<string, never, never>

/**
 * Who did what, when, on what, for whom and why: one row for each write, and for each read of what another person
 * answered or of their result, in the same transaction. Opaque ids only: no names, no answers, no free text.
 */
export interface AuditTable {
  organisation_id: Fixed<string>
  /** Orders the rows; numbers may be missing where a transaction was rolled back. */
  position: GeneratedAlways<number>
  at: Fixed<Date>
  /** person: somebody did it; system: Rungs did it by itself, as at its start. */
  actor_kind: Fixed<'person' | 'system'>
  /** The person's id; null for the system. */
  actor_id: Fixed<string | null>
  /** What was done, as noun and verb: assessment.answer. */
  action: Fixed<string>
  /** What it was done to: its kind and id. */
  object_kind: Fixed<string>
  object_id: Fixed<string>
  /** The person whom it concerns; null where it concerns nobody, or several. */
  subject_id: Fixed<string | null>
  /** The persons of a set that was read in one request; null where it concerns one or nobody. */
  subject_ids: ColumnType<string[] | null, string[] | null | undefined, never>
  /** Why, as a code; `as-stated` where the object itself keeps the words. */
  reason: Fixed<string | null>
  /** For `as-stated`: SHA-256 of the words and of the salt beside them, in hex. */
  reason_fingerprint: Fixed<string | null>
  /** Opaque particulars such as a position or a version. */
  details: FixedJson<Record<string, string | number | boolean | null>>
  /** The transaction that wrote it: tells the chain which rows it has not seen yet. */
  xact: GivenByDatabase
}

/** A row's place in the hash chain of its organisation; added within seconds, never changed. */
export interface AuditLinkTable {
  organisation_id: Fixed<string>
  /** 1, 2, 3 … in an organisation. */
  sequence: Fixed<number>
  /** The row of the audit. */
  position: Fixed<number>
  /** SHA-256 of the hash before and of the row: 32 bytes. */
  hash: Fixed<Buffer>
  /** Every row of a transaction before this one was linked when this link was added. */
  sealed_before: Fixed<string>
}
