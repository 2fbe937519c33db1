// The audit: who did what, when, on what, for whom and why, written in the same transaction as the write itself.
import type { Transaction } from 'kysely'
import type { Tables } from '../db/schema.ts'
import type { Context } from './procedure.ts'
import { fingerprintOf, type StatedReason } from './stated-reason.ts'

export interface AuditEntry {
  /** Noun and verb: assessment.answer. */
  action: `${string}.${string}`
  object: { kind: string; id: string }
  /** The person whom it concerns. */
  subject?: string
  /** Why, as a code. */
  reason?: string
  /** Why, in words that stand with the object: the row gets the code `as-stated` and their fingerprint, never the words. */
  stated?: StatedReason
  /** Opaque particulars only: no names, no answers, no free text. */
  details?: Record<string, string | number | boolean | null>
  /** True for what Rungs does by itself. */
  bySystem?: boolean
}

/** Adds the row; when it cannot be written, the transaction fails and with it the write that it is about. */
export async function recordAudit(
  transaction: Transaction<Tables>,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
  { action, object, subject, reason, stated, details = {}, bySystem = false }: AuditEntry,
): Promise<void> {
  await transaction
    .insertInto('audit')
    .values({
      organisation_id: actor.organisation,
      at: now,
      actor_kind: bySystem ? 'system' : 'person',
      actor_id: bySystem ? null : actor.person,
      action,
      object_kind: object.kind,
      object_id: object.id,
      subject_id: subject ?? null,
      reason: stated ? 'as-stated' : (reason ?? null),
      reason_fingerprint: stated ? fingerprintOf(stated) : null,
      details: JSON.stringify(details),
    })
    .execute()
}

/** A row that was written for a reason in words. */
export interface StatedAct {
  readonly object: string
  readonly action: string
  readonly fingerprint: string
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}

/** The fingerprints of reasons that the audit holds for some objects of one kind. */
export async function listStatedActs(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  kind: string,
  objects: readonly string[],
): Promise<StatedAct[]> {
  if (objects.length === 0) return []
  return await db
    .selectFrom('audit')
    .select(['object_id as object', 'action', 'reason_fingerprint as fingerprint', 'details'])
    .where('organisation_id', '=', actor.organisation)
    .where('object_kind', '=', kind)
    .where('object_id', 'in', objects)
    .where('reason_fingerprint', 'is not', null)
    .$narrowType<{ fingerprint: string }>()
    .execute()
}
