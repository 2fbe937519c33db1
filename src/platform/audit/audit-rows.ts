// Reads rows of the audit for its chain: every column as a text that loses nothing.
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { AuditRow } from '../../core/audit/canonical-row.ts'
import type { Tables } from '../../db/schema.ts'

/** The columns as the database gives them, of a table called `a`. */
export const AUDIT_COLUMNS: RawBuilder<unknown> = sql`
  a.position, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, a.actor_kind, a.actor_id,
  a.action, a.object_kind, a.object_id, a.subject_id, a.subject_ids, a.reason, a.reason_fingerprint,
  a.details::text as details, a.xact::text as xact`

export interface AuditColumns {
  position: number
  at: string
  actor_kind: string
  actor_id: string | null
  action: string
  object_kind: string
  object_id: string
  subject_id: string | null
  subject_ids: string[] | null
  reason: string | null
  reason_fingerprint: string | null
  details: string
  xact: string
}

export function auditRowOf(organisation: string, row: AuditColumns): AuditRow {
  return {
    organisation,
    position: row.position,
    at: row.at,
    actorKind: row.actor_kind,
    actor: row.actor_id,
    action: row.action,
    objectKind: row.object_kind,
    object: row.object_id,
    subject: row.subject_id,
    subjects: row.subject_ids,
    reason: row.reason,
    reasonFingerprint: row.reason_fingerprint,
    details: row.details,
    transaction: row.xact,
  }
}

/** The last link of an organisation's chain; undefined where there is none. */
export async function findHead(
  db: Kysely<Tables>,
  organisation: string,
): Promise<{ sequence: number; hash: Buffer; sealedBefore: string } | undefined> {
  const row = await db
    .selectFrom('audit_link')
    .select(['sequence', 'hash', 'sealed_before'])
    .where('organisation_id', '=', organisation)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { sequence: row.sequence, hash: row.hash, sealedBefore: row.sealed_before }
}
