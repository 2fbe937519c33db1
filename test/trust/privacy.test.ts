// Taking everything away, and being erased: each personal column is there, nobody else is named, and no mark stays anywhere.
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { PERSONAL_DATA } from '../../src/db/personal-data.ts'
import { maintenanceDatabase } from '../../src/db/scoped.ts'
import { LOCAL_ORGANISATION, LOCAL_PERSON } from '../../src/platform/actor.ts'
import { headCheckpoint } from '../../src/platform/audit/audit-sealer.ts'
import { appendCheckpoint, readCheckpoints } from '../../src/platform/audit/checkpoint-files.ts'
import { sealAudit } from '../../src/platform/audit/seal-audit.ts'
import { verifyAudit } from '../../src/platform/audit/verify-audit.ts'
import { passphraseKey } from '../../src/platform/backup/backup-key.ts'
import { bringBack } from '../../src/platform/backup/bring-back.ts'
import { makeBackup } from '../../src/platform/backup/make-backup.ts'
import { createLog } from '../../src/platform/log.ts'
import { keepPrivacy } from '../../src/platform/privacy/keep-privacy.ts'
import { createTestApp } from '../app.ts'
import { TEST_SECRET } from '../database.ts'
import { counting } from './counting.ts'
import { liveEverywhere, prepareOrganisation, type MarkedPerson } from './privacy-person.ts'

const FULL = process.env['RUNGS_VERIFY'] !== undefined
const PEOPLE = FULL ? 100 : 3
const app = await createTestApp()
const folder = mkdtempSync(join(tmpdir(), 'rungs-privacy-'))
const folders = { erasures: join(folder, 'erasures'), mail: join(folder, 'mail') }
mkdirSync(folders.mail)
const client = new pg.Client({ connectionString: app.database.urlBehind })
await client.connect()
afterAll(async () => {
  await client.end()
  rmSync(folder, { recursive: true, force: true })
})
const logged: string[] = []
const log = createLog('debug', (line) => logged.push(line))
const turn = () => keepPrivacy({ databases: app.database, folders, log, now: () => app.clock.now }, false)

await client.query(`set session_replication_role = replica`)
await client.query(`update person set name = 'Zqother Name' where id = $1`, [LOCAL_PERSON])
const { round } = await prepareOrganisation(client)
const people: MarkedPerson[] = []
for (let number = 1; number <= PEOPLE + 1; number += 1)
  people.push(await liveEverywhere(client, round, number))
const held = people.pop()!
await client.query(
  `insert into legal_hold (organisation_id, id, person_id, reason, reason_salt, placed_at, placed_by)
   values ($1, gen_random_uuid(), $2, 'case', $3, now(), $4)`,
  [LOCAL_ORGANISATION, held.id, 'a'.repeat(32), LOCAL_PERSON],
)
const { rows: outbox } = await client.query<{ id: string; body: string }>('select id, body from mail.outbox')
for (const { id, body } of outbox) writeFileSync(join(folders.mail, `${id}.eml`), body)

const tableNames = (
  await client.query<{ name: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname in ('public', 'sign_in', 'mail') and tablename not like 'rungs_migration%' order by 1`,
  )
).rows.map(({ name }) => name)

/** Where a text stands: tables by their whole rows, files, log lines, what the application's search finds. */
async function placesOf(mark: string, within = client): Promise<string[]> {
  const places: string[] = []
  for (const table of tableNames) {
    const { rows } = await within.query<{ n: number }>(
      `select count(*)::int as n from ${table} t where t::text ilike '%' || $1 || '%'`,
      [mark],
    )
    if (rows[0]!.n > 0) places.push(`${table}: ${rows[0]!.n}`)
  }
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true }))
    if (file.isFile() && readFileSync(join(file.parentPath, file.name), 'utf8').includes(mark))
      places.push(file.name)
  if (logged.some((line) => line.includes(mark))) places.push('log')
  if (JSON.stringify(await app.client.people.list({ search: mark, limit: 10 })).includes(mark))
    places.push('search')
  return places
}

test('the export has every described column of every table, all its texts, and names nobody else', async () => {
  const count = counting('F1 personal columns in an export')
  const me = people[0]!
  await client.query(
    `insert into erasure (organisation_id, person_id, reason, ordered_at, ordered_by) values ($1, $2, 'asked', now(), $3)`,
    [LOCAL_ORGANISATION, me.id, LOCAL_PERSON],
  )
  const started = performance.now()
  const file = await app
    .clientOf({ kind: 'member', organisation: LOCAL_ORGANISATION, person: me.id, grants: [] })
    .privacy.export({ language: 'en' })
  const seconds = (performance.now() - started) / 1000
  await client.query('delete from erasure')
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()))
  const all = Object.values(files)
    .map((bytes) => strFromU8(bytes))
    .join('\n')
  const missing: string[] = []
  let columns = 0
  for (const { table, columns: described, exported } of PERSONAL_DATA) {
    // What somebody opened as its keeper is in the rows of the audit about what they did.
    if (table === 'round') continue
    expect(exported.of.length + Number(exported.through), table).toBeGreaterThan(0)
    const rows = JSON.parse(strFromU8(files[`tables/${table}.json`]!)) as Record<string, unknown>[]
    if (rows.length === 0) missing.push(table)
    for (const column of Object.keys(described)) {
      columns += 1
      if (!rows.every((row) => column in row)) missing.push(`${table}.${column}`)
    }
  }
  expect(missing).toEqual([])
  expect(columns).toBeGreaterThan(200)
  for (const text of [
    `Name ${me.mark}`,
    `E-${me.mark}`,
    `https://example.org/${me.mark}`,
    `as ${me.mark} saw`,
  ])
    expect(all).toContain(text)
  for (const text of [
    `because of ${me.mark}`,
    `undone by ${me.mark}`,
    `Dear ${me.mark}`,
    `Browser of ${me.mark}`,
  ])
    expect(all).toContain(text)
  expect(all).not.toContain(`secret-${me.mark}`)
  // What a rater said of me is theirs, and who it was is nobody's to learn.
  expect(all).not.toContain(`what ${me.mark} did`)
  for (const other of [LOCAL_PERSON, 'Zqother', ...people.slice(1).flatMap(({ id, mark }) => [id, mark])])
    expect(all).not.toContain(other)
  expect(seconds).toBeLessThan(60)
  count(columns, `all there in ${PERSONAL_DATA.length} tables, nobody else named, ${seconds.toFixed(1)} s`)
  process.stdout.write(
    `Export: ${columns} columns of ${PERSONAL_DATA.length} tables in ${seconds.toFixed(2)} s\n`,
  )
})

/** What others rely on: counts of the chart over time, published results. */
async function aggregates(within = client): Promise<unknown> {
  const { rows } = await within.query(
    `select (select count(*)::int from employment) as employed, (select count(*)::int from unit_membership) as members,
       (select count(*)::int from position_holder) as positions, (select count(*)::int from reporting_line) as lines,
       (select count(*)::int from person) as people, (select count(*)::int from round_rater) as sheets,
       (select md5(string_agg(r::text, '' order by r::text)) from round_result r) as results,
       (select md5(string_agg(n::text, '' order by n::text)) from rater_note n) as notes`,
  )
  return rows
}

/** A backup as `rungs db backup` makes it, with the files beside the database. */
const places = {
  checkpointFolder: join(folder, 'checkpoints'),
  erasureFolder: folders.erasures,
  secretFile: undefined,
}
const key = passphraseKey('correct horse battery staple')
const backup = join(mkdtempSync(join(tmpdir(), 'rungs-privacy-backup-')), 'older.backup')
const restoredName = `rungs_test_${randomUUID().replaceAll('-', '')}`
afterAll(async () => {
  await onServer(`drop database if exists ${restoredName} with (force)`)
  rmSync(dirname(backup), { recursive: true, force: true })
})

async function onServer(statement: string): Promise<void> {
  const server = new pg.Client({ connectionString: inject('databaseUrl') })
  await server.connect()
  await server.query(statement)
  await server.end()
}

/** Links what was written, and keeps a checkpoint of it outside. */
async function seal(): Promise<void> {
  const { db } = app.system()
  await sealAudit(db, LOCAL_ORGANISATION)
  const head = await headCheckpoint(db, LOCAL_ORGANISATION, app.clock.now)
  await appendCheckpoint(places.checkpointFolder, head!)
}

async function keepBackup(): Promise<void> {
  await seal()
  const owner = await app.database.owner.pool.connect()
  await makeBackup(owner, places, key, backup, app.clock.now)
  owner.release(true)
}

/** The older backup in a database of its own, as `rungs db restore` brings it back; then looked at as an auditor does. */
async function restoreElsewhere() {
  await onServer(`create database ${restoredName}`)
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${restoredName}`
  const target = { connectionString: url.href }
  const owner = connect(target, log)
  const brought = await bringBack({
    ...{ owner, target, secret: () => TEST_SECRET, ownCluster: false, places, key, file: backup },
    ...{ mailFolder: folders.mail, replace: false, now: () => app.clock.now },
  })
  const files = await readCheckpoints([places.checkpointFolder], LOCAL_ORGANISATION)
  const verified = await verifyAudit(maintenanceDatabase(owner.pool), LOCAL_ORGANISATION, files)
  await owner.close()
  // What is looked at is behind row security, which holds for an owner that is no superuser too.
  url.searchParams.set('options', '-c app.maintenance=on')
  const restored = new pg.Client({ connectionString: url.href })
  await restored.connect()
  return { brought, verified, restored }
}

test(
  `${PEOPLE} people are erased: no mark stays, the held one stays whole, what others rely on is unchanged, also after an older backup`,
  {
    timeout: 900_000,
  },
  async () => {
    const count = counting('F2 people erased, and again after a restore')
    for (const { mark } of people) expect((await placesOf(mark)).length).toBeGreaterThan(15)
    const before = await aggregates()
    const heldBefore = await placesOf(held.mark)
    await keepBackup()
    for (const { id } of people) await app.client.privacy.erase({ person: id, reason: 'asked' })
    await expect(app.client.privacy.erase({ person: held.id, reason: 'asked' })).rejects.toThrow('legal hold')
    expect(await turn()).toBe(PEOPLE)
    const found: string[] = []
    for (const { mark } of people) found.push(...(await placesOf(mark)))
    expect(found).toEqual([])
    expect(await aggregates()).toEqual(before)
    expect(await placesOf(held.mark)).toEqual(heldBefore)

    // The backup of before the erasures is restored; the files outside are of now, and know of more than comes back.
    await seal()
    const { brought, verified, restored } = await restoreElsewhere()
    try {
      expect(brought.erased).toBe(PEOPLE)
      expect(brought.lost).toMatchObject([{ organisation: LOCAL_ORGANISATION }])
      const after: string[] = []
      for (const { mark } of people) after.push(...(await placesOf(mark, restored)))
      expect(after).toEqual([])
      expect(await aggregates(restored)).toEqual(before)
      // A sign-in of the time of the backup does not come back.
      const sessions = /^sign_in\.session/
      expect(await placesOf(held.mark, restored)).toEqual(heldBefore.filter((place) => !sessions.test(place)))
      // The chain is whole: what came back, then the erasures; that something is lost is told every time.
      expect(verified.finding).toBeUndefined()
      expect(verified.verified).toBeGreaterThan(brought.lost[0]!.sequence)
      expect(verified.restored).toHaveLength(1)
    } finally {
      await restored.end()
    }
    process.stdout.write(`Erased: ${PEOPLE} people twice, marks found: 0\n`)
    count(PEOPLE, '0 marks in tables, files, log, search; what is held and what others rely on unchanged')
  },
)
