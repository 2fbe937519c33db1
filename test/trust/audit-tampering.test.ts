// Whoever can write every table cannot change the past unseen: edits, deletions, insertions, orders, cut tails, older databases.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql, type Transaction } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { CHAIN_START, hexOf, linkHash } from '../../src/core/audit/chain.ts'
import type { Checkpoint } from '../../src/core/audit/checkpoint.ts'
import { maintenanceDatabase } from '../../src/db/scoped.ts'
import type { Tables } from '../../src/db/schema.ts'
import { LOCAL_ORGANISATION, LOCAL_PERSON } from '../../src/platform/actor.ts'
import {
  AUDIT_COLUMNS,
  auditRowOf,
  findHead,
  type AuditColumns,
} from '../../src/platform/audit/audit-rows.ts'
import { appendCheckpoint, readCheckpoints } from '../../src/platform/audit/checkpoint-files.ts'
import { recordAudits } from '../../src/platform/audit/record-audit.ts'
import { sealAudit, sha256 } from '../../src/platform/audit/seal-audit.ts'
import { verifyAudit } from '../../src/platform/audit/verify-audit.ts'
import { createTestApp } from '../app.ts'
import { counting } from './counting.ts'

const FULL = process.env['RUNGS_VERIFY'] !== undefined
const TAMPERINGS = FULL ? 1000 : 60
const app = await createTestApp()
const folder = mkdtempSync(join(tmpdir(), 'rungs-checkpoints-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const jobs = app.system().db
const maintenance = maintenanceDatabase(app.database.owner.pool)
type Db = Transaction<Tables>

/** Numbers that are the same in each run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

async function keepCheckpoint(): Promise<void> {
  const head = await findHead(jobs, LOCAL_ORGANISATION)
  await appendCheckpoint(folder, {
    ...{ kind: 'checkpoint', organisation: LOCAL_ORGANISATION, sequence: head!.sequence },
    ...{ hash: hexOf(head!.hash), count: head!.sequence, at: app.clock.now.toISOString() },
  } satisfies Checkpoint)
}

/** A day of writes: 400 rows in transactions of one to seven, sealed and kept outside every few minutes. */
async function liveThroughADay(): Promise<number> {
  const pick = randomFrom(7)
  for (let written = 0; written < 400;) {
    app.clock.now = new Date(app.clock.now.getTime() + 60_000 * (1 + pick(4)))
    const rows = 1 + pick(7)
    const context = app.context()
    await context.db.transaction().execute((transaction) =>
      recordAudits(
        transaction,
        context,
        Array.from({ length: rows }, (_, index) => ({
          action: pick(2) === 0 ? ('assessment.answer' as const) : ('person.move' as const),
          object: { kind: 'thing', id: String(written + index) },
          ...(pick(2) === 0 ? { subject: LOCAL_PERSON } : {}),
          ...(pick(3) === 0 ? { reason: 'asked' } : {}),
          details: { position: written + index },
        })),
      ),
    )
    written += rows
    if (pick(4) === 0) {
      await sealAudit(jobs, LOCAL_ORGANISATION)
      await keepCheckpoint()
    }
  }
  await sealAudit(jobs, LOCAL_ORGANISATION)
  await keepCheckpoint()
  return (await findHead(jobs, LOCAL_ORGANISATION))!.sequence
}

const length = await liveThroughADay()
const files = await readCheckpoints([folder], LOCAL_ORGANISATION)
const run = (db: Db, text: string) => sql.raw(text).execute(db)

/** What somebody who knows Rungs does afterwards: numbers the links anew, computes all hashes anew. */
async function chainAnew(db: Db): Promise<void> {
  await run(db, `update audit_link set sequence = sequence + 1000000`)
  await run(
    db,
    `update audit_link l set sequence = n.place from (
       select sequence, row_number() over (order by sequence) as place from audit_link) n where n.sequence = l.sequence`,
  )
  const { rows } = await sql<AuditColumns & { sequence: number }>`
    select l.sequence, ${AUDIT_COLUMNS} from audit_link l
    join audit a on a.organisation_id = l.organisation_id and a.position = l.position order by l.sequence`.execute(
    db,
  )
  let hash = CHAIN_START
  const hashes = rows.map((row) => {
    hash = linkHash(hash, auditRowOf(LOCAL_ORGANISATION, row), sha256)
    return Buffer.from(hash)
  })
  await sql`
    update audit_link l set hash = n.hash from (
      select hash, place from unnest(${hashes}::bytea[]) with ordinality as u(hash, place)) n
    where n.place = l.sequence`.execute(db)
}

type Pick = (below: number) => number
const positionAt = (sequence: number) => `(select position from audit_link where sequence = ${sequence})`

const EDITS = [
  "at = at + interval '1 microsecond'",
  "actor_kind = 'person', actor_id = '99999999-9999-4999-8999-999999999999'",
  `actor_kind = case actor_kind when 'system' then 'person' else 'system' end,
    actor_id = case actor_kind when 'system' then '99999999-9999-4999-8999-999999999999'::uuid end`,
  "action = action || 'x'",
  "object_kind = object_kind || 'x'",
  "object_id = object_id || '0'",
  "subject_id = '99999999-9999-4999-8999-999999999999'",
  "subject_ids = array['99999999-9999-4999-8999-999999999999'::uuid]",
  "reason = coalesce(reason, '') || 'x'",
  "reason_fingerprint = repeat('a', 64)",
  `details = details || '{"more": 1}'`,
  "xact = '1'::xid8",
]

const copyOf = (sequence: number, at: string, xact: string) => `
  insert into audit (organisation_id, position, at, actor_kind, actor_id, action, object_kind, object_id, details, xact)
  overriding system value
  select organisation_id, 900000, ${at}, actor_kind, actor_id, 'person.forged', object_kind, object_id, details, ${xact}
  from audit where position = ${positionAt(sequence)}`

/** Each changes the past in one way, at a place that `pick` chooses; `clever` computes the chain anew afterwards. */
const KINDS: Record<string, (db: Db, pick: Pick, clever: boolean) => Promise<void>> = {
  edit: async (db, pick) => {
    const where = positionAt(1 + pick(length))
    await run(db, `update audit set ${EDITS[pick(EDITS.length)]} where position = ${where}`)
  },
  delete: async (db, pick, clever) => {
    const sequence = 1 + pick(length - 1)
    await run(db, `delete from audit where position = ${positionAt(sequence)}`)
    if (clever || pick(2) === 0) await run(db, `delete from audit_link where sequence = ${sequence}`)
  },
  insert: async (db, pick, clever) => {
    const sequence = 1 + pick(length - 1)
    if (!clever && pick(2) === 0) {
      // As a row of today that says it is of long ago, linked at the end as every row is.
      await run(db, copyOf(sequence, "at - interval '3 days'", 'pg_current_xact_id()'))
      await run(
        db,
        `insert into audit_link select organisation_id, ${length + 1}, 900000, hash, sealed_before from audit_link
         where sequence = ${length}`,
      )
      await chainAnew(db)
      return
    }
    await run(db, copyOf(sequence, 'at', 'xact'))
    if (!clever) return
    await run(db, `update audit_link set sequence = sequence + 1 + 1000000 where sequence > ${sequence}`)
    await run(
      db,
      `insert into audit_link select organisation_id, ${sequence} + 1, 900000, hash, sealed_before from audit_link
       where sequence = ${sequence}`,
    )
  },
  reorder: async (db, pick) => {
    const one = 1 + pick(length - 1)
    const other = one + 1 + pick(length - one)
    const [a, b] = [positionAt(one), positionAt(other)]
    if (pick(2) === 0)
      await run(
        db,
        `with two as (select ${a} as a, ${b} as b)
         update audit_link l set position = -l.position from two where l.position in (a, b);
         with two as (select (select -position from audit_link where sequence = ${one}) as a,
           (select -position from audit_link where sequence = ${other}) as b)
         update audit_link l set position = case l.sequence when ${one} then two.b else two.a end
         from two where l.sequence in (${one}, ${other})`,
      )
    else
      await run(
        db,
        `with two as (select ${a} as a, ${b} as b)
         update audit x set object_id = y.object_id || '', details = y.details
         from audit y, two where (x.position, y.position) in ((a, b), (b, a))`,
      )
  },
  'cut the tail': async (db, pick) => {
    const from = length - pick(length)
    const what = pick(3)
    if (what < 2)
      await run(
        db,
        `delete from audit where position in (
      select position from audit_link where sequence >= ${from})`,
      )
    if (what > 0) await run(db, `delete from audit_link where sequence >= ${from}`)
  },
  'older database': async (db, pick) => {
    const upTo = 1 + pick(length - 1)
    await run(
      db,
      `delete from audit where position in (select position from audit_link where sequence > ${upTo});
       delete from audit_link where sequence > ${upTo}`,
    )
    // Life goes on in it, for a shorter or a longer time than was lost.
    const since = pick(2) === 0 ? 0 : 1 + pick(2 * (length - upTo))
    for (let row = 1; row <= since; row += 1)
      await run(
        db,
        `insert into audit (organisation_id, position, at, actor_kind, action, object_kind, object_id, details)
         overriding system value values ('${LOCAL_ORGANISATION}', ${900_000 + row}, '${app.clock.now.toISOString()}',
           'system', 'test.later', 'x', '${row}', '{}');
         insert into audit_link values ('${LOCAL_ORGANISATION}', ${upTo + row}, ${900_000 + row},
           decode(repeat('00', 32), 'hex'), pg_snapshot_xmin(pg_current_snapshot()))`,
      )
    if (since > 0) await chainAnew(db)
  },
}

test('what nobody touched verifies', async () => {
  const found = await verifyAudit(jobs, LOCAL_ORGANISATION, files)
  expect({ verified: found.verified, finding: found.finding }).toEqual({
    verified: length,
    finding: undefined,
  })
  expect(files.checkpoints.length).toBeGreaterThan(10)
})

test(
  `${TAMPERINGS} tamperings, half of them with the whole chain computed anew: all are found`,
  { timeout: 1_200_000 },
  async () => {
    const count = counting('E1 tamperings with the audit, found')
    const kinds = Object.entries(KINDS)
    const missed: string[] = []
    const found = new Map<string, number>()
    for (let turn = 0; turn < TAMPERINGS; turn += 1) {
      const pick = randomFrom(1000 + turn)
      const [name, tamper] = kinds[turn % kinds.length]!
      const clever = Math.floor(turn / kinds.length) % 2 === 1
      await maintenance
        .transaction()
        .execute(async (db) => {
          await run(db, 'alter table audit disable trigger user; alter table audit_link disable trigger user')
          await run(db, 'set constraints all deferred')
          await tamper(db, pick, clever)
          if (clever) await chainAnew(db)
          const { finding } = await verifyAudit(db, LOCAL_ORGANISATION, files)
          if (finding === undefined) missed.push(`${turn} ${name}${clever ? ', chain anew' : ''}`)
          else found.set(`${name}: ${finding.kind}`, (found.get(`${name}: ${finding.kind}`) ?? 0) + 1)
          throw new Error('put back')
        })
        .catch((error: unknown) => {
          if (!(error instanceof Error) || error.message !== 'put back') throw error
        })
    }
    expect(missed).toEqual([])
    expect([...found.values()].reduce((sum, n) => sum + n, 0)).toBe(TAMPERINGS)
    process.stdout.write(
      `Tamperings found: ${TAMPERINGS} of ${TAMPERINGS}; ${JSON.stringify(Object.fromEntries(found))}\n`,
    )
    expect((await verifyAudit(jobs, LOCAL_ORGANISATION, files)).finding).toBeUndefined()
    count(TAMPERINGS, 'all found')
  },
)

test('the row that was edited is the one that is named', async () => {
  const edit = maintenance.transaction().execute(async (db) => {
    await run(db, 'alter table audit disable trigger user')
    const { rows } = await sql<{ position: number }>`
      update audit set object_id = 'other' where position = ${sql.raw(positionAt(123))} returning position`.execute(
      db,
    )
    const { finding } = await verifyAudit(db, LOCAL_ORGANISATION, files)
    expect(finding).toEqual({ kind: 'row-differs', sequence: 123, position: rows[0]?.position })
    throw new Error('put back')
  })
  await expect(edit).rejects.toThrow('put back')
})

const MANY = FULL ? 1_000_000 : 10_000

test(`${MANY} rows are verified within a minute`, { timeout: 600_000 }, async () => {
  const count = counting('E1 audit rows verified within a minute')
  const organisation = '77777777-7777-4777-8777-777777777777'
  const scoped = { ...app.system().actor, organisation }
  await maintenance.transaction().execute(async (db) => {
    await run(db, `insert into organisation (id, created_at) values ('${organisation}', now())`)
    await run(
      db,
      `insert into audit (organisation_id, at, actor_kind, actor_id, action, object_kind, object_id, subject_id, details)
       select '${organisation}', now(), 'person', '${LOCAL_PERSON}', 'assessment.answer', 'assessment',
         '${LOCAL_PERSON}', '${LOCAL_PERSON}', jsonb_build_object('position', n) from generate_series(1, ${MANY}) n`,
    )
  })
  const db = app.context(scoped).db
  const started = performance.now()
  expect(await sealAudit(db, organisation)).toBe(MANY)
  const sealed = performance.now()
  const head = await findHead(db, organisation)
  const checkpoint = {
    ...{ kind: 'checkpoint' as const, organisation, sequence: MANY, count: MANY },
    ...{ hash: hexOf(head!.hash), at: new Date().toISOString() },
  }
  const found = await verifyAudit(db, organisation, { checkpoints: [checkpoint], unreadable: [] })
  const seconds = (performance.now() - sealed) / 1000
  expect({ verified: found.verified, finding: found.finding }).toEqual({ verified: MANY, finding: undefined })
  process.stdout.write(
    `Audit: ${MANY} rows sealed in ${((sealed - started) / 1000).toFixed(1)} s, verified in ${seconds.toFixed(1)} s\n`,
  )
  expect(seconds).toBeLessThan(FULL ? 60 : 5.6)
  count(MANY, `verified in ${seconds.toFixed(1)} s, sealed in ${((sealed - started) / 1000).toFixed(1)} s`)
})
