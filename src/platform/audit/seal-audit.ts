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
 * `all` looks through every row: what the last link says of transactions is another cluster's word after a restore.
 */
export async function sealAudit(
  db: Kysely<Tables>,
  organisation: string,
  { batch = BATCH, all = false } = {},
): Promise<number> {
  const reading = await startReading(db, all)
  for (let sealed = 0; ;) {
    const linked = await db
      .transaction()
      .execute((transaction) => sealBatch(transaction, organisation, reading, batch))
    sealed += linked
    if (linked < batch) return sealed
  }
}

/** One pass over what stands outside, in as many transactions as it takes. */
interface Reading {
  readonly all: boolean
  /** Transactions before this one had ended when the pass began: the pass sees all that they committed. */
  readonly ended: string
  /** The first transaction that had not begun when the pass began. */
  readonly next: string
  /** The last row of the batch before. */
  after: { xact: string; position: number }
}

async function startReading(db: Kysely<Tables>, all: boolean): Promise<Reading> {
  const { rows } = await sql<{ ended: string; next: string }>`
    select pg_snapshot_xmin(s)::text as ended, pg_snapshot_xmax(s)::text as next from pg_current_snapshot() s`.execute(
    db,
  )
  return { ...rows[0]!, all, after: { xact: '0', position: 0 } }
}

async function sealBatch(
  transaction: Transaction<Tables>,
  organisation: string,
  reading: Reading,
  batch: number,
) {
  const lock = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`audit seal ${organisation}`}, 0)) as free`.execute(
    transaction,
  )
  if (!lock.rows[0]?.free) return 0
  const head = await findHead(transaction, organisation)
  const from = reading.all ? '0' : startOf(head?.sealedBefore, reading.next)
  const { xact, position } = reading.after
  // A subquery for each row, and no join: whatever the planner thinks of it, only what is new is read.
  const { rows } = await sql<AuditColumns>`
    select ${AUDIT_COLUMNS} from audit a
    where a.organisation_id = ${organisation} and a.xact >= ${from}::xid8
      and (a.xact, a.position) > (${xact}::xid8, ${position}::bigint)
      and (select true from audit_link l
        where l.organisation_id = a.organisation_id and l.position = a.position) is null
    order by a.xact, a.position limit ${batch}`.execute(transaction)
  const last = rows.at(-1)
  if (last === undefined) return 0
  reading.after = last
  let hash: Uint8Array = head?.hash ?? CHAIN_START
  const hashes = rows.map((row) =>
    Buffer.from((hash = linkHash(hash, auditRowOf(organisation, row), sha256))),
  )
  const first = (head?.sequence ?? 0) + 1
  const reached = rows.length < batch ? reading.ended : earlier(last.xact, reading.ended)
  await sql`
    insert into audit_link (organisation_id, sequence, position, hash, sealed_before)
    select ${organisation}, ${first}::bigint + place - 1, position, hash, ${later(reached, from)}::xid8
    from unnest(${rows.map((row) => row.position)}::bigint[], ${hashes}::bytea[])
      with ordinality as u(position, hash, place)`.execute(transaction)
  return rows.length
}

/**
 * Where to look for rows without a link. Numbers of transactions are the cluster's: after a dump was loaded into another
 * one they may start lower than those that the last link speaks of. Then all rows are looked through, once.
 */
function startOf(sealed: string | undefined, next: string): string {
  return sealed === undefined || BigInt(sealed) > BigInt(next) ? '0' : sealed
}

const earlier = (one: string, other: string) => (BigInt(one) < BigInt(other) ? one : other)
const later = (one: string, other: string) => (BigInt(one) < BigInt(other) ? other : one)
