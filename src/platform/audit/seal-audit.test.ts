// Sealing and verifying on a real database: writers do not wait, every row gets one place, checkpoints lie outside.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { LOCAL_ORGANISATION, LOCAL_PERSON } from '../actor.ts'
import { createLog } from '../log.ts'
import { startAuditSealer } from './audit-sealer.ts'
import { findHead } from './audit-rows.ts'
import { appendCheckpoint, readCheckpoints } from './checkpoint-files.ts'
import { recordAudit } from './record-audit.ts'
import { sealAudit } from './seal-audit.ts'
import { verifyAudit } from './verify-audit.ts'

const app = await createTestApp()
const folder = mkdtempSync(join(tmpdir(), 'rungs-checkpoints-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const jobs = app.system().db
const write = (id: string, rows = 1) =>
  app
    .context()
    .db.transaction()
    .execute(async (transaction) => {
      for (let row = 0; row < rows; row += 1)
        await recordAudit(transaction, app.context(), {
          ...{ action: 'test.write', object: { kind: 'test', id } },
        })
    })
const verify = async () =>
  verifyAudit(jobs, LOCAL_ORGANISATION, await readCheckpoints([folder], LOCAL_ORGANISATION))
const count = async (table: 'audit' | 'audit_link') =>
  (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(app.database.owner.db))
    .rows[0]!.n

test('sixteen writers and three sealers at once: every row has one place in the chain, and it verifies', async () => {
  const writers = Array.from({ length: 16 }, async (_, writer) => {
    for (let turn = 0; turn < 20; turn += 1) await write(`${writer}`, (turn % 3) + 1)
  })
  let writing = true
  const sealers = Array.from({ length: 3 }, async () => {
    while (writing) await sealAudit(jobs, LOCAL_ORGANISATION, { batch: 7 })
  })
  await Promise.all(writers)
  writing = false
  await Promise.all(sealers)
  await sealAudit(jobs, LOCAL_ORGANISATION)
  expect(await count('audit_link')).toBe(await count('audit'))
  const { finding, waiting, verified } = await verify()
  expect({ finding, waiting, verified }).toEqual({
    ...{ finding: { kind: 'no-checkpoint' }, waiting: 0, verified: await count('audit') },
  })
})

test('a transaction that is still open keeps nobody waiting, and its rows are linked after it ends', async () => {
  let end = (): void => undefined
  const held = new Promise<void>((resolve) => (end = resolve))
  const slow = app
    .context()
    .db.transaction()
    .execute(async (transaction) => {
      await recordAudit(transaction, app.context(), {
        ...{ action: 'test.slow', object: { kind: 'test', id: 'slow' } },
      })
      await held
    })
  await write('quick')
  expect(await sealAudit(jobs, LOCAL_ORGANISATION)).toBeGreaterThanOrEqual(1)
  end()
  await slow
  expect(await sealAudit(jobs, LOCAL_ORGANISATION)).toBe(1)
  expect(await count('audit_link')).toBe(await count('audit'))
})

test('the sealer writes checkpoints that verify, one line each, readable by the owner of the folder alone', async () => {
  const options = { databases: app.database, folder, log: createLog('error'), now: () => app.clock.now }
  const sealer = startAuditSealer({ ...options, every: 20 })
  await write('sealed')
  await sealer.stop()
  const { finding, agreed } = await verify()
  expect({ finding, agreed: agreed?.sequence }).toEqual({ finding: undefined, agreed: await count('audit') })
  const [file = ''] = readdirSync(folder)
  expect(file).toBe(`${LOCAL_ORGANISATION}-2026-03.jsonl`)
  appendFileSync(join(folder, file), '{"half')
  await write('more')
  await startAuditSealer(options).stop()
  expect(readFileSync(join(folder, file), 'utf8').split('\n').at(-3)).toBe('{"half')
  expect((await verify()).finding).toMatchObject({ kind: 'checkpoint-unreadable', file })
})

test('after a dump came from a cluster whose transactions had higher numbers, new rows are still linked', async () => {
  await write('before')
  await sealAudit(jobs, LOCAL_ORGANISATION)
  const head = await findHead(jobs, LOCAL_ORGANISATION)
  await sql`
    alter table audit_link disable trigger append_only;
    update audit_link set sealed_before = '99999999999' where sequence = ${sql.lit(head!.sequence)};
    alter table audit_link enable trigger append_only`.execute(app.database.owner.db)
  await write('after')
  expect(await sealAudit(jobs, LOCAL_ORGANISATION)).toBe(1)
  expect(await count('audit_link')).toBe(await count('audit'))
  await write('later')
  expect(await sealAudit(jobs, LOCAL_ORGANISATION)).toBe(1)
})

test('nobody changes or deletes a row, not even the owner of the tables', async () => {
  const { owner, request, job, signIn } = app.database
  for (const { pool } of [owner, request, job, signIn])
    for (const statement of [
      'update audit set reason = null',
      'delete from audit',
      'truncate audit',
      'update audit_link set position = 1',
      'delete from audit_link',
    ])
      await expect(pool.query(statement)).rejects.toThrow(/only added|permission denied/)
})

test('a request cannot give a row another transaction than its own', async () => {
  const insert = sql`
    insert into audit (organisation_id, at, actor_kind, actor_id, action, object_kind, object_id, details, xact)
    values (${LOCAL_ORGANISATION}, now(), 'person', ${LOCAL_PERSON}, 'a.b', 'x', 'y', '{}', '3'::xid8)`
  await expect(insert.execute(app.context().db)).rejects.toThrow(/row-level security/)
  await expect(insert.execute(jobs)).rejects.toThrow(/row-level security/)
})

test('an older database in place of the newest is told when the sealer starts', async () => {
  const lines: string[] = []
  const later = {
    ...{ kind: 'checkpoint' as const, organisation: LOCAL_ORGANISATION, sequence: 1_000_000 },
    ...{ hash: '0'.repeat(64), count: 1_000_000, at: '2026-03-02T10:00:00.000Z' },
  }
  await appendCheckpoint(folder, later)
  const log = createLog('error', (line) => lines.push(line))
  await startAuditSealer({ databases: app.database, folder, log, now: () => app.clock.now }).stop()
  expect(lines.filter((line) => line.includes('audit shorter than its checkpoint'))).toHaveLength(1)
  expect((await verify()).finding?.kind).toBe('cut-off')
})
