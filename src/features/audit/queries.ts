// Reads the audit for those who may read all of it, and verifies its chain.
import { sql } from 'kysely'
import { findHead } from '../../platform/audit/audit-rows.ts'
import { readCheckpoints } from '../../platform/audit/checkpoint-files.ts'
import { findingSentence } from '../../platform/audit/finding-sentence.ts'
import { checkpointFolders, findLastKept } from '../../platform/audit/kept-checkpoints.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { verifyAudit } from '../../platform/audit/verify-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { refused } from '../../platform/refused.ts'
import { canReadAudit } from './policy.ts'

interface Filter {
  action?: string | undefined
  object?: string | undefined
  person?: string | undefined
  from?: string | undefined
  to?: string | undefined
  before?: number | undefined
}

const PAGE = 100

function assertMay({ actor }: Context): void {
  if (!canReadAudit(actor)) throw refused('forbidden', 'read-audit')
}

/** A page of rows that pass every part of the filter, newest first. */
export async function listAudit(context: Context, filter: Filter) {
  assertMay(context)
  const { db, actor } = context
  const { organisation } = actor
  const prefix = `${(filter.action ?? '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const given = <T>(value: T | undefined) => value ?? null
  interface Row {
    position: number
    at: Date
    actor_id: string | null
    actor_name: string | null
    action: string
    object_kind: string
    object_id: string
    subject_id: string | null
    subject_name: string | null
    subjects: number
    reason: string | null
    sequence: number | null
  }
  const { rows } = await sql<Row>`
    select a.position, a.at, a.actor_id, p.name as actor_name, a.action, a.object_kind, a.object_id, a.subject_id,
      s.name as subject_name, a.reason, l.sequence,
      coalesce(cardinality(a.subject_ids), case when a.subject_id is null then 0 else 1 end) as subjects
    from audit a
    left join person p on p.organisation_id = a.organisation_id and p.id = a.actor_id
    left join person s on s.organisation_id = a.organisation_id and s.id = a.subject_id
    left join audit_link l on l.organisation_id = a.organisation_id and l.position = a.position
    where a.organisation_id = ${organisation} and a.action like ${prefix}
      and (${given(filter.object)}::text is null or a.object_id = ${given(filter.object)})
      and (${given(filter.person)}::uuid is null or ${given(filter.person)}::uuid in (a.actor_id, a.subject_id)
        or ${given(filter.person)}::uuid = any (a.subject_ids))
      and (${given(filter.from)}::date is null or a.at >= ${given(filter.from)}::date::timestamp at time zone 'UTC')
      and (${given(filter.to)}::date is null or a.at < (${given(filter.to)}::date + 1)::timestamp at time zone 'UTC')
      and (${given(filter.before)}::bigint is null or a.position < ${given(filter.before)}::bigint)
    order by a.position desc limit ${PAGE + 1}`.execute(db)
  return {
    rows: rows.slice(0, PAGE).map((row) => ({
      ...{ position: row.position, at: row.at.toISOString(), action: row.action, reason: row.reason },
      actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name },
      object: { kind: row.object_kind, id: row.object_id },
      subject: row.subject_id === null ? null : { id: row.subject_id, name: row.subject_name },
      ...{ subjects: row.subjects, sequence: row.sequence },
    })),
    more: rows.length > PAGE,
    actions: [...new Set(rows.map(({ action }) => action))].toSorted(),
  }
}

export async function getAuditState(context: Context) {
  assertMay(context)
  const { organisation } = context.actor
  const head = await findHead(context.db, organisation)
  const kept = findLastKept(organisation)
  return { linked: head?.sequence ?? 0, checkpoint: kept ? { sequence: kept.sequence, at: kept.at } : null }
}

/** Reads everything as the job that seals it, because every row of the chain must be seen; answers with what is wrong. */
export async function verifyNow(context: Context) {
  assertMay(context)
  const { organisation } = context.actor
  const files = await readCheckpoints(checkpointFolders(), organisation)
  const found = await verifyAudit(context.jobs, organisation, files)
  await context.db.transaction().execute(async (transaction) => {
    await recordAudit(transaction, context, {
      ...{ action: 'audit.verify', object: { kind: 'audit', id: organisation } },
      details: { verified: found.verified, finding: found.finding?.kind ?? null },
    })
  })
  const { verified, waiting, agreed, finding } = found
  const { kind: _kind, ...values } = finding ?? { kind: null }
  return {
    ...{ verified, waiting },
    agreed: agreed ?? null,
    finding: finding
      ? {
          kind: finding.kind,
          position: 'position' in finding ? finding.position : null,
          values,
          text: findingSentence(finding),
        }
      : null,
  }
}
