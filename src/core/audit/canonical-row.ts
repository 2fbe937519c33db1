// The one way to write an audit row down before it is hashed.

/** A row of the audit as the database has it, every column as a text that loses nothing. */
export interface AuditRow {
  readonly organisation: string
  readonly position: number
  /** UTC with microseconds: 2026-03-02T09:00:00.000000Z */
  readonly at: string
  readonly actorKind: string
  readonly actor: string | null
  readonly action: string
  readonly objectKind: string
  readonly object: string
  readonly subject: string | null
  /** The persons of a set, in the order in which they are stored. */
  readonly subjects: readonly string[] | null
  readonly reason: string | null
  readonly reasonFingerprint: string | null
  /** JSON as the database writes it. */
  readonly details: string
  /** The transaction that wrote it, a decimal number. */
  readonly transaction: string
}

/**
 * The row as a JSON array of its columns, in the order of `AuditRow`, after the number of this form. Two rows that differ
 * anywhere give two texts: JSON marks where each text ends and tells null from 'null'.
 */
export function canonicalRow(row: AuditRow): string {
  return JSON.stringify([
    FORM,
    row.organisation,
    row.position,
    row.at,
    row.actorKind,
    row.actor,
    row.action,
    row.objectKind,
    row.object,
    row.subject,
    row.subjects,
    row.reason,
    row.reasonFingerprint,
    row.details,
    row.transaction,
  ])
}

/** Another form would be another number, so that rows of both can stand in one chain. */
const FORM = 1
