// Seals the audit: links every committed row into the hash chain of its organisation, without making writers wait.
import { createHash } from 'node:crypto'
import { sql, type Kysely, type Transaction } from 'kysely'
import { CHAIN_START, linkHash, type Sha256 } from '../../core/audit/chain.ts'
import type { Tables } from '../../db/schema.ts'
import { AUDIT_COLUMNS, auditRowOf, findHead, type AuditColumns } from './audit-rows.ts'

export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest()

/** Rows in one transaction. */
const BATCH = 10_000

/**
 * Links all committed rows that stand outside of the chain, in the order of their transactions. Resolves with how many;
 * 0 where another process is sealing the same organisation. `db` is of the role rungs_job, scoped to the organisation.
 */
export async function sealAudit(
  db: Kysely<Tables>,
  organisation: string,
  batch: number = BATCH,
): Promise<number> {
  for (let sealed = 0; ;) {
    const linked = await db
      .transaction()
      .execute((transaction) => sealBatch(transaction, organisation, batch))
    sealed += linked
    if (linked < batch) return sealed
  }
}

async function sealBatch(transaction: Transaction<Tables>, organisation: string, batch: number) {
  const lock = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`audit seal ${organisation}`}, 0)) as free`.execute(
    transaction,
  )
  if (!lock.rows[0]?.free) return 0
  const head = await findHead(transaction, organisation)
  // Before the rows are read: what had ended by now is visible to that read, whatever commits in between.
  const snapshot = await sql<{ xmin: string; xmax: string }>`
    select pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmax(s)::text as xmax from pg_current_snapshot() s`.execute(
    transaction,
  )
  const { xmin, xmax } = snapshot.rows[0]!
  const from = startOf(head?.sealedBefore, xmax)
  const { rows } = await sql<AuditColumns>`
    select ${AUDIT_COLUMNS} from audit a
    where a.organisation_id = ${organisation} and a.xact >= ${from}::xid8
      and not exists (
        select 1 from audit_link l where l.organisation_id = a.organisation_id and l.position = a.position)
    order by a.xact, a.position limit ${batch}`.execute(transaction)
  if (rows.length === 0) return 0
  let hash: Uint8Array = head?.hash ?? CHAIN_START
  const hashes = rows.map((row) =>
    Buffer.from((hash = linkHash(hash, auditRowOf(organisation, row), sha256))),
  )
  const first = (head?.sequence ?? 0) + 1
  const before = sealedBefore(rows, batch, { from, xmin })
  await sql`
    insert into audit_link (organisation_id, sequence, position, hash, sealed_before)
    select ${organisation}, ${first}::bigint + place - 1, position, hash, ${before}::xid8
    from unnest(${rows.map(({ position }) => position)}::bigint[], ${hashes}::bytea[])
      with ordinality as u(position, hash, place)`.execute(transaction)
  return rows.length
}

/**
 * Where to look for rows without a link. Numbers of transactions are the cluster's: after a dump was loaded into another
 * one they may start lower than those that the last link speaks of. Then all rows are looked through, once.
 */
function startOf(sealed: string | undefined, xmax: string): string {
  return sealed === undefined || BigInt(sealed) > BigInt(xmax) ? '0' : sealed
}

/** After a whole read everything that had ended is linked; after a part of it, only what came before its last row. */
function sealedBefore(
  rows: readonly AuditColumns[],
  batch: number,
  { from, xmin }: { from: string; xmin: string },
): string {
  const last = rows.at(-1)!.xact
  const reached = rows.length < batch || BigInt(last) > BigInt(xmin) ? xmin : last
  return BigInt(reached) < BigInt(from) ? from : reached
}
