// Taking everything away, and being erased: each personal column is there, nobody else is named, and no mark stays anywhere.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { PERSONAL_DATA } from '../../src/db/personal-data.ts'
import { LOCAL_ORGANISATION, LOCAL_PERSON } from '../../src/platform/actor.ts'
import { createLog } from '../../src/platform/log.ts'
import { keepPrivacy } from '../../src/platform/privacy/keep-privacy.ts'
import { createTestApp } from '../app.ts'
import { counting } from './counting.ts'
import { liveEverywhere, prepareOrganisation, type MarkedPerson } from './privacy-person.ts'

const FULL = process.env['RUNGS_VERIFY'] !== undefined
const PEOPLE = FULL ? 100 : 3
const app = await createTestApp()
const folder = mkdtempSync(join(tmpdir(), 'rungs-privacy-'))
const folders = { erasures: join(folder, 'erasures'), mail: join(folder, 'mail') }
mkdirSync(folders.mail)
const client = new pg.Client({ connectionString: app.database.url })
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
async function placesOf(mark: string): Promise<string[]> {
  const places: string[] = []
  for (const table of tableNames) {
    const { rows } = await client.query<{ n: number }>(
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
async function aggregates(): Promise<unknown> {
  const { rows } = await client.query(
    `select (select count(*)::int from employment) as employed, (select count(*)::int from unit_membership) as members,
       (select count(*)::int from position_holder) as positions, (select count(*)::int from reporting_line) as lines,
       (select count(*)::int from person) as people, (select count(*)::int from round_rater) as sheets,
       (select md5(string_agg(r::text, '' order by r::text)) from round_result r) as results,
       (select md5(string_agg(n::text, '' order by n::text)) from rater_note n) as notes`,
  )
  return rows
}

async function keepCopy(): Promise<void> {
  await client.query('create schema older')
  for (const table of tableNames)
    await client.query(`create table older.${table.replace('.', '_').replaceAll('"', '')} as table ${table}`)
}

async function restoreCopy(): Promise<void> {
  for (const table of tableNames) {
    await client.query(`alter table ${table} disable trigger user`)
    await client.query(`delete from ${table}`)
    await client.query(
      `insert into ${table} ${/audit"?$/.test(table) ? 'overriding system value ' : ''}
       select * from older.${table.replace('.', '_').replaceAll('"', '')}`,
    )
    await client.query(`alter table ${table} enable trigger user`)
  }
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
    await keepCopy()
    for (const { id } of people) await app.client.privacy.erase({ person: id, reason: 'asked' })
    await expect(app.client.privacy.erase({ person: held.id, reason: 'asked' })).rejects.toThrow('legal hold')
    expect(await turn()).toBe(PEOPLE)
    const found: string[] = []
    for (const { mark } of people) found.push(...(await placesOf(mark)))
    expect(found).toEqual([])
    expect(await aggregates()).toEqual(before)
    expect(await placesOf(held.mark)).toEqual(heldBefore)

    // The backup of before the erasures is restored; the files outside are of now.
    await restoreCopy()
    expect((await placesOf(people[0]!.mark)).length).toBeGreaterThan(15)
    expect(await turn()).toBe(PEOPLE)
    const after: string[] = []
    for (const { mark } of people) after.push(...(await placesOf(mark)))
    expect(after).toEqual([])
    expect(await aggregates()).toEqual(before)
    expect(await placesOf(held.mark)).toEqual(heldBefore)
    process.stdout.write(`Erased: ${PEOPLE} people twice, marks found: 0\n`)
    count(PEOPLE, '0 marks in tables, files, log, search; what is held and what others rely on unchanged')
  },
)
