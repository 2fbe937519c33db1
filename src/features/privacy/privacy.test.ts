// Privacy through the HTTP application: what is held, who looked, holds, erasure, retention.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { LOCAL_ORGANISATION, LOCAL_PERSON, type Actor } from '../../platform/actor.ts'
import { auditedRead } from '../../platform/audit/record-audit.ts'
import { createLog } from '../../platform/log.ts'
import { PERSONAL_DATA } from '../../db/personal-data.ts'
import { NAMED_KINDS } from './kinds.ts'
import { keepPrivacy } from '../../platform/privacy/keep-privacy.ts'

const app = await createTestApp()
const erasures = mkdtempSync(join(tmpdir(), 'rungs-erasures-'))
afterAll(() => rmSync(erasures, { recursive: true, force: true }))
const turn = () =>
  keepPrivacy({
    ...{ databases: app.database, folders: { erasures, mail: undefined } },
    ...{ log: createLog('error'), now: () => app.clock.now },
  })
const owner = app.client

async function enter(name: string, from = '2026-01-01'): Promise<{ id: string; actor: Actor }> {
  const id = randomUUID()
  const email = `${name.toLowerCase()}@example.org`
  await owner.people.join({ key: id, name, email, externalId: name, from, place: {} })
  return { id, actor: { kind: 'member', organisation: LOCAL_ORGANISATION, person: id, grants: [] } }
}
const looked = (id: string) =>
  sql<{ n: number }>`
  select count(*) as n from person where id = ${id} and name is null and erased_at is not null`.execute(
    app.database.owner.db,
  )

test('a member sees what is held, that somebody looked, and not what concerns others', async () => {
  const ada = await enter('Ada')
  const client = app.clientOf(ada.actor)
  const { tables, held } = await client.privacy.held()
  const rows = (name: string) => tables.find(({ table }) => table === name)?.rows
  expect([held, rows('person'), rows('person_contact'), rows('employment'), rows('assessment')]).toEqual([
    ...[false, 1, 1, 1, 0],
  ])
  await auditedRead(
    app.context(),
    {
      action: 'assessment.read',
      object: { kind: 'assessment-set', id: 'team' },
      subjects: [ada.id, LOCAL_PERSON],
    },
    async () => 1,
  )
  const trace = await client.privacy.trace({})
  expect(trace.rows.map(({ action }) => action)).toEqual(['assessment.read', 'person.join'])
  expect(trace.rows[0]?.by?.id).toBe(LOCAL_PERSON)
  // Whoever entered her wrote a row about her, and holds none about themselves by it.
  const entered = (await owner.privacy.held()).tables.find(({ table }) => table === 'employment')
  expect(entered).toMatchObject({ rows: 0, wrote: 1, kind: { en: 'When you worked here' } })
  const zip = await client.privacy.export({ language: 'en' })
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  const page = strFromU8(files['about-me.md']!)
  expect(page).toContain('## When you worked here')
  expect(page).toMatch(/- from: 2026-01-01; .*person: you/)
  expect(page).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|unit_membership/)
  expect(NAMED_KINDS.toSorted()).toEqual(PERSONAL_DATA.map(({ table }) => table).toSorted())
  const bob = await enter('Bob')
  expect((await app.clientOf(bob.actor).privacy.trace({})).rows.map(({ action }) => action)).toEqual([
    'person.join',
  ])
  await expect(client.privacy.keeping()).rejects.toThrow('You may not read holds')
  await expect(client.audit.list({})).rejects.toThrow('read by auditors and owners')
  await expect(client.privacy.erase({ person: bob.id, reason: 'asked' })).rejects.toThrow('You may not')
  await expect(client.privacy.placeHold({ key: randomUUID(), person: bob.id, reason: 'x' })).rejects.toThrow(
    'You may not',
  )
  await expect(client.privacy.setRetention({ kind: 'leavers', days: 3 })).rejects.toThrow('Only an owner')
})

test('a hold stops an erasure, its reason is the person’s to read, and after it was lifted the erasure is done', async () => {
  const cy = await enter('Cy')
  const key = randomUUID()
  await owner.privacy.placeHold({ key, person: cy.id, reason: 'case 17' })
  await owner.privacy.placeHold({ key, person: cy.id, reason: 'case 17' })
  await expect(owner.privacy.erase({ person: cy.id, reason: 'asked' })).rejects.toThrow('legal hold')
  expect((await app.clientOf(cy.actor).privacy.held()).held).toBe(true)
  const { rows } = await sql<{ reason: string }>`select reason from legal_hold`.execute(
    app.context(cy.actor).db,
  )
  expect(rows.map(({ reason }) => reason)).toEqual(['case 17'])
  const { holds } = await owner.privacy.liftHold({ id: key })
  expect(holds[0]).toMatchObject({ person: { name: 'Cy' }, liftedAt: app.clock.now.toISOString() })
  await owner.privacy.erase({ person: cy.id, reason: 'asked' })
  await turn()
  expect((await looked(cy.id)).rows[0]?.n).toBe(1)
  expect((await owner.privacy.keeping()).erasures[0]).toMatchObject({ person: cy.id, reason: 'asked' })
  expect(readFileSync(join(erasures, 'erasures.jsonl'), 'utf8')).toContain(cy.id)
  const left = await sql<{ n: number }>`
    select (select count(*) from person_contact where person_id = ${cy.id})
      + (select count(*) from legal_hold where reason is not null) as n`.execute(app.database.owner.db)
  expect(left.rows[0]?.n).toBe(0)
  await expect(owner.privacy.erase({ person: cy.id, reason: 'asked' })).rejects.toThrow('There is no person')
})

test('nobody erases themselves', async () => {
  await expect(owner.privacy.erase({ person: LOCAL_PERSON, reason: 'asked' })).rejects.toThrow('You may not')
})

test('retention erases who left long enough ago, keeps who is held, and forgets old invitations', async () => {
  const dan = await enter('Dan', '2024-01-01')
  const eve = await enter('Eve', '2024-01-01')
  const fay = await enter('Fay', '2024-01-01')
  for (const { id } of [dan, eve]) await owner.people.leave({ id, lastDay: '2026-01-31', successor: null })
  await owner.privacy.placeHold({ key: randomUUID(), person: eve.id, reason: 'case 18' })
  await sql`insert into invitation (organisation_id, id, person_id, email, token_hash, made_at, expires_at)
    values (${LOCAL_ORGANISATION}, ${randomUUID()}, ${fay.id}, 'fay@example.org', ${'a'.repeat(64)},
      '2025-01-01', '2025-01-08')`.execute(app.database.owner.db)
  await turn()
  expect((await looked(dan.id)).rows[0]?.n).toBe(0)
  const { rules } = await owner.privacy.setRetention({ kind: 'leavers', days: 28 })
  await owner.privacy.setRetention({ kind: 'invitations', days: 30 })
  expect(rules.find(({ kind }) => kind === 'leavers')?.days).toBe(28)
  await turn()
  const gone = await Promise.all([dan, eve, fay].map(async ({ id }) => (await looked(id)).rows[0]?.n))
  expect(gone).toEqual([1, 0, 0])
  const invitations = await sql`select 1 from invitation`.execute(app.database.owner.db)
  expect(invitations.rows).toEqual([])
  const { rows } = await owner.audit.list({ action: 'retention.' })
  expect(rows.map(({ action, actor }) => [action, actor?.id ?? null])).toContainEqual([
    'retention.delete',
    null,
  ])
})

test('an older database that is put in place is held to the list outside of it', async () => {
  const gil = await enter('Gil')
  await owner.privacy.erase({ person: gil.id, reason: 'left' })
  await turn()
  const { db } = app.database.owner
  await sql`update person set name = 'Gil', erased_at = null where id = ${gil.id}`.execute(db)
  await sql`delete from erasure where person_id = ${gil.id}`.execute(db)
  const before = readFileSync(join(erasures, 'erasures.jsonl'), 'utf8')
  expect(await turn()).toBe(1)
  expect((await looked(gil.id)).rows[0]?.n).toBe(1)
  expect(readFileSync(join(erasures, 'erasures.jsonl'), 'utf8')).toBe(before)
  expect(await turn()).toBe(0)
})
