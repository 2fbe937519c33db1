// Verifies the chain of an organisation against its checkpoints, reading the whole audit in pages.
import { sql, type Kysely } from 'kysely'
import { bindingCheckpoints } from '../../core/audit/checkpoint.ts'
import {
  endVerification,
  VERIFICATION_START,
  verifyLinks,
  type Finding,
  type StoredLink,
} from '../../core/audit/verify.ts'
import type { Tables } from '../../db/schema.ts'
import { AUDIT_COLUMNS, auditRowOf, findHead, type AuditColumns } from './audit-rows.ts'
import type { CheckpointFiles } from './checkpoint-files.ts'
import { sha256 } from './seal-audit.ts'

export interface AuditVerification {
  organisation: string
  /** Links that were computed anew and are right. */
  verified: number
  /** Rows that were written since the last sealing: seconds, while a server runs. */
  waiting: number
  /** The last checkpoint that agrees. */
  agreed: { sequence: number; at: string } | undefined
  /** Times at which somebody said that an older database was put in place on purpose. */
  restored: string[]
  /** The first thing that is wrong. */
  finding: Finding | undefined
}

const PAGE = 20_000

/**
 * Computes every hash anew. `db` must see all rows: the owner's connection in maintenance, or the role of jobs scoped to
 * the organisation. Rows that are written meanwhile count as waiting.
 */
export async function verifyAudit(
  db: Kysely<Tables>,
  organisation: string,
  { checkpoints, unreadable }: CheckpointFiles,
): Promise<AuditVerification> {
  const binding = bindingCheckpoints(checkpoints)
  const head = await findHead(db, organisation)
  let state = VERIFICATION_START
  const upTo = head?.sequence ?? 0
  for (let reading = readLinks(db, organisation, 0, upTo); !state.finding;) {
    const links = await reading
    const last = links.at(-1)
    // The database reads the next page while this one is hashed.
    if (last && links.length === PAGE) reading = readLinks(db, organisation, last.sequence, upTo)
    state = verifyLinks(state, links, binding, sha256)
    if (links.length < PAGE) break
    if (state.finding) await reading
  }
  state = endVerification(state, binding)
  const outside = await findOutside(db, organisation, head)
  const [damaged] = unreadable
  return {
    organisation,
    verified: state.sequence,
    waiting: outside.waiting,
    agreed: state.agreed,
    restored: checkpoints.filter(({ kind }) => kind === 'restored').map(({ at }) => at),
    finding:
      state.finding ??
      (outside.skipped === null ? undefined : { kind: 'not-linked', position: outside.skipped }) ??
      (damaged && { kind: 'checkpoint-unreadable', ...damaged }),
  }
}

async function readLinks(
  db: Kysely<Tables>,
  organisation: string,
  after: number,
  upTo: number,
): Promise<StoredLink[]> {
  const links = await db
    .selectFrom('audit_link')
    .select(['sequence', 'position', 'hash'])
    .where('organisation_id', '=', organisation)
    .where('sequence', '>', after)
    .where('sequence', '<=', upTo)
    .orderBy('sequence')
    .limit(PAGE)
    .execute()
  const { rows } = await sql<AuditColumns>`
    select ${AUDIT_COLUMNS} from audit a where a.organisation_id = ${organisation}
      and a.position = any (${links.map(({ position }) => position)}::bigint[])`.execute(db)
  const byPosition = new Map(rows.map((row) => [row.position, row]))
  return links.map((link) => {
    const row = byPosition.get(link.position)
    return { ...link, row: row && auditRowOf(organisation, row) }
  })
}

/** Rows without a link: those that wait for the next sealing, and the first that every sealing passed over. */
async function findOutside(
  db: Kysely<Tables>,
  organisation: string,
  head: { sealedBefore: string } | undefined,
): Promise<{ waiting: number; skipped: number | null }> {
  const before = head?.sealedBefore ?? '0'
  const { rows } = await sql<{ waiting: number; skipped: number | null }>`
    select count(*) filter (where a.xact >= ${before}::xid8) as waiting,
      min(a.position) filter (where a.xact < ${before}::xid8) as skipped
    from audit a
    where a.organisation_id = ${organisation} and not exists (
      select 1 from audit_link l where l.organisation_id = a.organisation_id and l.position = a.position)`.execute(
    db,
  )
  return rows[0] ?? { waiting: 0, skipped: null }
}
