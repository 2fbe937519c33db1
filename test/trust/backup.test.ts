// A backup comes back equal, or not at all: counts, checksums and the audit's chain; every damage and wrong key is refused.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { dumpTables, type TableSum } from '../../src/db/backup/dump-tables.ts'
import { checkDatabase } from '../../src/db/backup/check-database.ts'
import { connect } from '../../src/db/connect.ts'
import { migrate } from '../../src/db/migrate.ts'
import { loadSample } from '../../src/features/people/sample.ts'
import { LOCAL_ORGANISATION, localActor } from '../../src/platform/actor.ts'
import { headCheckpoint } from '../../src/platform/audit/audit-sealer.ts'
import { appendCheckpoint } from '../../src/platform/audit/checkpoint-files.ts'
import { sealAudit } from '../../src/platform/audit/seal-audit.ts'
import { fileKey, passphraseKey } from '../../src/platform/backup/backup-key.ts'
import { makeBackup, type BackupPlaces } from '../../src/platform/backup/make-backup.ts'
import { readBackup } from '../../src/platform/backup/read-backup.ts'
import { restoreBackup } from '../../src/platform/backup/restore-backup.ts'
import { createLog } from '../../src/platform/log.ts'
import { createTestApp } from '../app.ts'
import { counting } from './counting.ts'

const RESTORES = process.env['RUNGS_VERIFY'] === undefined ? 2 : 10
const DAMAGES = process.env['RUNGS_VERIFY'] === undefined ? 30 : 300

const app = await createTestApp()
const folder = mkdtempSync(join(tmpdir(), 'rungs-backup-'))
const log = createLog('error')
const made: string[] = []
const places = (name: string): BackupPlaces => ({
  checkpointFolder: join(folder, name, 'checkpoints'),
  erasureFolder: join(folder, name, 'erasures'),
  secretFile: join(folder, name, 'secret'),
})
const keyFile = join(folder, 'key')
writeFileSync(keyFile, randomBytes(48))
const key = fileKey(keyFile)
const file = join(folder, 'all.backup')

/** A new empty database on the test server, owned by `owner` where one is named. */
async function emptyDatabase(owner?: { name: string; password: string }) {
  const name = `rungs_restore_${randomBytes(6).toString('hex')}`
  made.push(name)
  await onServer(`create database ${name} ${owner ? `owner ${owner.name}` : ''}`)
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${name}`
  if (owner) [url.username, url.password] = [owner.name, owner.password]
  return connect({ connectionString: url.href }, log)
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Every table's sum, as the owner sees it. */
async function sumsOf(pool: pg.Pool): Promise<Record<string, TableSum>> {
  const client = await pool.connect()
  const sums: Record<string, TableSum> = {}
  try {
    await dumpTables(client, {
      table: async () => undefined,
      bytes: async () => undefined,
      end: async ({ schema, name }, sum) => void (sums[`${schema}.${name}`] = sum),
    })
    return sums
  } finally {
    client.release(true)
  }
}

async function within<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    return await work(client)
  } finally {
    client.release(true)
  }
}

const restoreInto = (pool: pg.Pool, name: string, { replace = false, from = file, by = key } = {}) =>
  within(pool, (client) => restoreBackup(client, places(name), by, from, { replace }))

beforeAll(async () => {
  await loadSample(app.context(localActor))
  await app.client.assessments.list({})
  const db = app.system().db
  await sealAudit(db, LOCAL_ORGANISATION)
  const head = await headCheckpoint(db, LOCAL_ORGANISATION, new Date())
  await appendCheckpoint(places('source').checkpointFolder, head!)
  writeFileSync(places('source').secretFile!, 'a secret of this test alone, 32 and more\n')
  await within(app.database.owner.pool, (client) =>
    makeBackup(client, places('source'), key, file, new Date()),
  )
})
afterAll(async () => {
  for (const name of made) await onServer(`drop database if exists ${name} with (force)`)
  rmSync(folder, { recursive: true, force: true })
})

test(`${RESTORES} restores are equal in counts and checksums, with the whole chain`, async () => {
  const count = counting('B6 restores, equal')
  const source = await sumsOf(app.database.owner.pool)
  expect(Object.keys(source).length).toBeGreaterThan(30)
  expect(source['public.person']!.rows).toBeGreaterThan(300)
  for (let turn = 0; turn < RESTORES; turn += 1) {
    const target = await emptyDatabase()
    const restored = await restoreInto(target.pool, `turn-${turn}`)
    expect(restored.audits).toMatchObject([{ organisation: LOCAL_ORGANISATION, finding: undefined }])
    expect(restored.audits[0]!.agreed).toBeDefined()
    const sums = await sumsOf(target.pool)
    delete source['public.rungs_migration_lock']
    delete sums['public.rungs_migration_lock']
    expect(sums).toEqual(source)
    expect(await migrate(target.db)).toEqual([])
    expect((await within(target.pool, checkDatabase)).problems).toEqual([])
    const { checkpointFolder, secretFile } = places(`turn-${turn}`)
    expect(readdirSync(checkpointFolder)).toEqual(readdirSync(places('source').checkpointFolder))
    expect(readFileSync(secretFile!, 'utf8')).toBe(readFileSync(places('source').secretFile!, 'utf8'))
    await target.close()
  }
  count(RESTORES, `rows and SHA-256 of ${Object.keys(source).length} tables and the audit's chain equal`)
}, 300_000)

test('a restored database goes on: keys, numbers and triggers hold', async () => {
  const target = await emptyDatabase()
  await restoreInto(target.pool, 'goes-on')
  await within(target.pool, async (client) => {
    await client.query("set app.maintenance = 'on'")
    await expect(client.query("update audit set object_id = 'x'")).rejects.toThrow(/only added/)
    await expect(
      client.query(
        "insert into employment (organisation_id, id, person_id, valid_from, recorded_at) values ($1, gen_random_uuid(), gen_random_uuid(), '2026-01-01', now())",
        [LOCAL_ORGANISATION],
      ),
    ).rejects.toMatchObject({ code: '23503' })
    const { rows } = await client.query(
      `insert into audit (organisation_id, at, actor_kind, action, object_kind, object_id, details)
       values ($1, now(), 'system', 'test.write', 'test', 'x', '{}')
       returning position > (select max(position) from audit) as later`,
      [LOCAL_ORGANISATION],
    )
    expect(rows).toEqual([{ later: true }])
  })
  await target.close()
}, 120_000)

test('an owner who is no superuser can restore and back up again, row security stays forced', async () => {
  const owner = {
    name: `rungs_owner_${randomBytes(4).toString('hex')}`,
    password: randomBytes(12).toString('hex'),
  }
  await onServer(`create role ${owner.name} login createrole password '${owner.password}'`)
  // Where the tests come as no superuser either, only its members may give it a database.
  await onServer(`grant ${owner.name} to current_user`)
  const target = await emptyDatabase(owner)
  const again = join(folder, 'again.backup')
  await restoreInto(target.pool, 'plain-owner')
  expect((await within(target.pool, checkDatabase)).problems).toEqual([])
  await within(target.pool, (client) => makeBackup(client, places('plain-owner'), key, again, new Date()))
  expect((await readBackup(again, key)).rows).toEqual((await readBackup(file, key)).rows)
  await target.close()
  await onServer(`drop database ${made.pop()} with (force)`)
  await onServer(`drop role ${owner.name}`)
}, 120_000)

test('a database that holds something is refused without --replace, and replaced with it', async () => {
  const target = await emptyDatabase()
  await restoreInto(target.pool, 'replaced')
  await expect(restoreInto(target.pool, 'replaced')).rejects.toThrow(/holds tables of Rungs already/)
  await within(target.pool, async (client) => {
    await client.query("set app.maintenance = 'on'")
    await client.query("update person set name = 'Somebody else'")
  })
  await restoreInto(target.pool, 'replaced', { replace: true })
  expect((await sumsOf(target.pool))['public.person']).toEqual(
    (await sumsOf(app.database.owner.pool))['public.person'],
  )
  await target.close()
}, 120_000)

test('nothing of a person can be read in the file', () => {
  const bytes = readFileSync(file)
  // None is short: three letters stand in a file of random bytes by chance.
  for (const text of ['person', LOCAL_ORGANISATION, 'checkpoint']) expect(bytes.includes(text)).toBe(false)
})

test.each([
  ['another key file', () => passwordless()],
  ['a passphrase', () => passphraseKey('correct horse battery staple')],
])('%s opens nothing and changes nothing', async (_, other) => {
  const target = await emptyDatabase()
  await expect(restoreInto(target.pool, 'wrong', { by: other() })).rejects.toThrow(
    /key does not fit|made with a key file/,
  )
  expect(await sumsOf(target.pool)).toEqual({})
  expect(existsSync(places('wrong').checkpointFolder)).toBe(false)
  await target.close()
})

function passwordless() {
  const path = join(folder, 'other-key')
  writeFileSync(path, randomBytes(48))
  return fileKey(path)
}

test('a passphrase opens what it sealed', async () => {
  const sealed = join(folder, 'passphrase.backup')
  const phrase = passphraseKey('correct horse battery staple')
  await within(app.database.owner.pool, (client) =>
    makeBackup(client, places('source'), phrase, sealed, new Date()),
  )
  expect((await readBackup(sealed, phrase)).end.tables).toBeGreaterThan(30)
  await expect(readBackup(sealed, passphraseKey('correct horse battery stable'))).rejects.toThrow(
    /does not fit/,
  )
}, 60_000)

test(`${DAMAGES} damages, of any byte, by cutting, repeating or swapping, are all found`, async () => {
  const count = counting('B6 damaged backups, refused')
  const whole = readFileSync(file)
  const damaged = join(folder, 'damaged.backup')
  const place = fc.nat(whole.length - 2)
  const damage = fc.oneof(
    fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat(7) }),
    fc.record({ kind: fc.constant('cut' as const), at: place }),
    fc.record({ kind: fc.constant('add' as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
    fc.record({ kind: fc.constant('swap' as const), first: fc.nat(1), size: fc.constant(65_552) }),
  )
  await fc.assert(
    fc.asyncProperty(damage, async (one) => {
      const bytes = Buffer.from(whole)
      const header = bytes.indexOf(10) + 1
      let written: Buffer = bytes
      if (one.kind === 'flip') bytes[one.at]! ^= 1 << one.bit
      else if (one.kind === 'cut') written = bytes.subarray(0, one.at)
      else if (one.kind === 'add') written = Buffer.concat([bytes, one.bytes])
      else {
        if (whole.length < header + 3 * one.size) return
        const start = header + one.first * one.size
        whole.copy(bytes, start, start + one.size, start + 2 * one.size)
        whole.copy(bytes, start + one.size, start, start + one.size)
      }
      writeFileSync(damaged, written)
      const digest = (data: Buffer) => createHash('sha256').update(data).digest('hex')
      expect(digest(written)).not.toBe(digest(whole))
      await expect(readBackup(damaged, key)).rejects.toMatchObject({ name: 'RungsError', kind: 'invalid' })
    }),
    { numRuns: DAMAGES, seed: 7 },
  )
  count(DAMAGES, 'all refused')
}, 120_000)
