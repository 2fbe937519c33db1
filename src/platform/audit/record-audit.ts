// The audit: who did what, when, on what, for whom and why, written in the same transaction as the write itself.
import type { Transaction } from 'kysely'
import type { Tables } from '../../db/schema.ts'
import { errorCodeOf, type RungsError } from '../errors.ts'
import { refused } from '../refused.ts'
import type { Context } from '../procedure.ts'
import { fingerprintOf, type StatedReason } from '../stated-reason.ts'

export interface AuditEntry {
  /** Noun and verb: assessment.answer. */
  action: `${string}.${string}`
  object: { kind: string; id: string }
  /** The person whom it concerns. */
  subject?: string
  /** The persons of a set that was read in one request, at least one. */
  subjects?: readonly string[]
  /** Why, as a code. */
  reason?: string
  /** Why, in words that stand with the object: the row gets the code `as-stated` and their fingerprint, never the words. */
  stated?: StatedReason
  /** Opaque particulars only: no names, no answers, no free text. */
  details?: Record<string, string | number | boolean | null>
  /** True for what Rungs does by itself. */
  bySystem?: boolean
}

/** Adds the row. Where it cannot be written, throws `unrecorded` with the reason, so that what it is about is not done. */
export async function recordAudit(
  transaction: Transaction<Tables>,
  context: Pick<Context, 'actor' | 'now'>,
  entry: AuditEntry,
): Promise<void> {
  await recordAudits(transaction, context, [entry])
}

/** Parameters that one statement may have are limited: so many rows go into one. */
const ROWS_AT_ONCE = 2_000

/** Adds a row for each of many writes of one transaction, in their order. */
export async function recordAudits(
  transaction: Transaction<Tables>,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
  entries: readonly AuditEntry[],
): Promise<void> {
  for (let at = 0; at < entries.length; at += ROWS_AT_ONCE) {
    const rows = entries
      .slice(at, at + ROWS_AT_ONCE)
      .map(({ action, object, subject, subjects, reason, stated, details = {}, bySystem = false }) => ({
        organisation_id: actor.organisation,
        at: now,
        actor_kind: bySystem ? ('system' as const) : ('person' as const),
        actor_id: bySystem ? null : actor.person,
        action,
        object_kind: object.kind,
        object_id: object.id,
        subject_id: subject ?? null,
        subject_ids: subjects === undefined ? null : [...subjects],
        reason: stated ? 'as-stated' : (reason ?? null),
        reason_fingerprint: stated ? fingerprintOf(stated) : null,
        details: JSON.stringify(details),
      }))
    await transaction
      .insertInto('audit')
      .values(rows)
      .execute()
      .catch((cause: unknown) => {
        throw refusal(cause)
      })
  }
}

/** An action that leaves no trace is not done. What the database says about it is for the log: a code tells nothing personal. */
function refusal(cause: unknown): RungsError {
  const code = errorCodeOf(cause) ?? 'no code'
  return refused('unrecorded', 'unrecorded', { code }, { cause })
}

/**
 * Reads what another person answered or their result, and says in the same transaction that it was read: one row for the
 * request, whose object names the set. `read` gets the context to read with. Without the row nothing is returned.
 */
export async function auditedRead<T>(
  context: Context,
  entry: AuditEntry,
  read: (inside: Context) => Promise<T>,
): Promise<T> {
  return await context.db.transaction().execute(async (transaction) => {
    await recordAudit(transaction, context, entry)
    return await read({ ...context, db: transaction })
  })
}

/** Something that was done for a reason in words, as the audit has it. */
export interface StatedAct {
  /** The id of what it was done to. */
  readonly object: string
  readonly action: string
  /** SHA-256 of the salt and the words, in hex; null where the words were not fingerprinted. */
  readonly fingerprint: string | null
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}

/** What was done to some objects of one kind for a reason in words, in its order. */
export async function listStatedActs(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  kind: string,
  objects: readonly string[],
): Promise<StatedAct[]> {
  if (objects.length === 0) return []
  const rows = await db
    .selectFrom('audit')
    .select(['object_id', 'action', 'reason_fingerprint', 'details'])
    .where('organisation_id', '=', actor.organisation)
    .where('object_kind', '=', kind)
    .where('object_id', 'in', objects)
    .where('reason', '=', 'as-stated')
    .orderBy('position')
    .execute()
  return rows.map(({ object_id, action, reason_fingerprint, details }) => ({
    ...{ object: object_id, action, fingerprint: reason_fingerprint, details },
  }))
}
