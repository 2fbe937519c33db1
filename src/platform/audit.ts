// The audit: who did what, when, on what, for whom and why, written in the same transaction as the write itself.
import type { Transaction } from 'kysely'
import type { Tables } from '../db/schema.ts'
import type { Context } from './procedure.ts'

export interface AuditEntry {
  /** Noun and verb: assessment.answer. */
  action: `${string}.${string}`
  object: { kind: string; id: string }
  /** The person whom it concerns. */
  subject?: string
  /** Why, as a code. */
  reason?: string
  /** Opaque particulars only: no names, no answers, no free text. */
  details?: Record<string, string | number | boolean | null>
  /** True for what Rungs does by itself. */
  bySystem?: boolean
}

/** Adds the row; when it cannot be written, the transaction fails and with it the write that it is about. */
export async function recordAudit(
  transaction: Transaction<Tables>,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
  { action, object, subject, reason, details = {}, bySystem = false }: AuditEntry,
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
      reason: reason ?? null,
      details: JSON.stringify(details),
    })
    .execute()
}
