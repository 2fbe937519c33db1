// Rights through the whole application: given and taken by the owner alone, with an end, and never the last owner's.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { maintenanceDatabase } from '../../db/scoped.ts'
import { LOCAL_ORGANISATION, LOCAL_PERSON, type Actor } from '../../platform/actor.ts'
import { loadActor } from '../../platform/load-actor.ts'
import { signInDesk } from '../../platform/sign-in/sign-in-desk.ts'
import { endSessions } from './commands.ts'
import { listSessions } from './queries.ts'

const app = await createTestApp()
const { database } = app
const rows = maintenanceDatabase(database.owner.pool)
const DAY = '2026-03-02'
const member = (person: string, grants: Actor['grants'] = [], account = `account of ${person}`): Actor => ({
  ...{ kind: 'member', organisation: LOCAL_ORGANISATION, person, account, grants },
})
const ownerActor = member(LOCAL_PERSON, [{ role: 'owner', units: 'all' }])
const owner = app.clientOf(ownerActor).administration
const { people } = app.client

const addUnit = async (name: string, parent: string | null = null) =>
  (await people.addUnit({ key: randomUUID(), kind: 'team', name, parent, from: '2024-01-01' })).unit.id
const addPerson = async (name: string, unit?: string) =>
  (
    await people.join({
      ...{ key: randomUUID(), name, from: '2024-01-01' },
      place: unit === undefined ? {} : { unit },
    })
  ).person.id
async function addAccount(person: string): Promise<string> {
  const account = `account of ${person}`
  await rows
    .insertInto('membership')
    .values({
      ...{ organisation_id: LOCAL_ORGANISATION, account_id: account, person_id: person },
      ...{ joined_at: app.clock.now, ended_at: null },
    })
    .execute()
  return account
}
const actions = async (subject: string) =>
  (
    await rows
      .selectFrom('audit')
      .select('action')
      .where('subject_id', '=', subject)
      .orderBy('position')
      .execute()
  ).map(({ action }) => action)

test('a role for a unit holds for the units below it until its last day, and every change is in the audit', async () => {
  const unit = await addUnit('Payments')
  const below = await addUnit('Cards', unit)
  const person = await addPerson('Pat')
  const account = await addAccount(person)
  const { id } = await owner.grant({ key: randomUUID(), person, role: 'people-partner', unit, lastDay: DAY })
  const grantsAt = async (moment: string) =>
    (await loadActor(database, { account, organisation: LOCAL_ORGANISATION }, new Date(moment)))?.actor.grants
  expect(await grantsAt(`${DAY}T23:59:59Z`)).toEqual([
    { role: 'people-partner', units: [unit, below].sort() },
  ])
  expect(await grantsAt('2026-03-03T00:00:00Z')).toEqual([])
  const listed = (await owner.roles({})).grants.find((grant) => grant.id === id)
  expect(listed).toMatchObject({
    ...{ unit: { name: 'Payments' }, lastDay: DAY, ended: null, can: { revoke: true } },
  })
  expect(await owner.revoke({ id })).toEqual({ revoked: true })
  expect(await owner.revoke({ id })).toEqual({ revoked: false })
  expect(await grantsAt(`${DAY}T10:00:00Z`)).toEqual([])
  expect((await actions(person)).slice(-2)).toEqual(['role.grant', 'role.revoke'])
})

test('a role is given once, to somebody who is there, for a unit only to a people partner', async () => {
  const person = await addPerson('Quinn')
  const unit = await addUnit('Search')
  const key = randomUUID()
  await owner.grant({ key, person, role: 'auditor' })
  await owner.grant({ key, person, role: 'auditor' })
  await expect(owner.grant({ key: randomUUID(), person, role: 'auditor' })).rejects.toThrow(/already/)
  await expect(owner.grant({ key: randomUUID(), person, role: 'auditor', unit })).rejects.toThrow(/unit/)
  await expect(owner.grant({ key: randomUUID(), person: randomUUID(), role: 'auditor' })).rejects.toThrow(
    /There is no person/,
  )
  await expect(
    owner.grant({ key: randomUUID(), person, role: 'owner', lastDay: '2026-03-01' }),
  ).rejects.toThrow(/lastDay/)
})

test('nobody but the owner gives or takes roles, and nobody else sees how one signs in', async () => {
  const person = await addPerson('Rae')
  const partner = app.clientOf(member(person, [{ role: 'people-partner', units: 'all' }])).administration
  await expect(partner.grant({ key: randomUUID(), person, role: 'owner' })).rejects.toThrow(/Only the owner/)
  const [first] = (await owner.roles({})).grants
  await expect(partner.revoke({ id: first!.id })).rejects.toThrow(/Only the owner/)
  await expect(partner.signIn()).rejects.toThrow(/matter of the owner/)
  expect((await partner.rights()).can).toEqual({
    ...{
      seeAudit: false,
      seeKeeping: true,
      seeMembers: true,
      grant: false,
      nameOrganisation: false,
      setOrganisation: false,
      delegateForOthers: false,
      seeSignIn: false,
    },
  })
  expect((await partner.roles({})).grants.every(({ can }) => !can.revoke)).toBe(true)
})

test('the last owner stays: another needs an account and a role without an end', async () => {
  const mine = (await owner.roles({})).grants.find(({ person }) => person.id === LOCAL_PERSON)!
  await expect(owner.revoke({ id: mine.id })).rejects.toThrow(/last owner/)
  const person = await addPerson('Sam')
  const { id } = await owner.grant({ key: randomUUID(), person, role: 'owner' })
  await expect(owner.revoke({ id: mine.id })).rejects.toThrow(/last owner/)
  await addAccount(person)
  expect(await app.clientOf(ownerActor).administration.revoke({ id: mine.id })).toEqual({ revoked: true })
  const next = app.clientOf(member(person, [{ role: 'owner', units: 'all' }])).administration
  await expect(next.revoke({ id })).rejects.toThrow(/last owner/)
  await addAccount(LOCAL_PERSON)
  await next.grant({ key: randomUUID(), person: LOCAL_PERSON, role: 'owner' })
  expect(await next.revoke({ id })).toEqual({ revoked: true })
})

test('members are listed for whom they concern: all to the owner, those of the units to a partner, none to others', async () => {
  const unit = await addUnit('Platform')
  const inside = await addPerson('Tove Inside', unit)
  const outside = await addPerson('Tove Outside')
  await addAccount(inside)
  const seen = async (actor: Actor, show: 'everybody' | 'account' | 'none' = 'everybody') =>
    (await app.clientOf(actor).administration.members({ search: 'tove', show })).members.map(
      ({ person }) => person.id,
    )
  const partnerPerson = await addPerson('Uma')
  await owner.grant({ key: randomUUID(), person: partnerPerson, role: 'people-partner', unit })
  const partner = member(partnerPerson, [{ role: 'people-partner', units: [unit] }])
  expect(await seen(ownerActor)).toEqual([inside, outside])
  expect(await seen(ownerActor, 'account')).toEqual([inside])
  expect(await seen(ownerActor, 'none')).toEqual([outside])
  expect(await seen(partner)).toEqual([inside])
  await expect(seen(member(outside))).rejects.toThrow(/matter of the owner/)
  const { members } = await owner.members({ search: 'tove inside' })
  expect(members[0]).toMatchObject({
    account: { id: `account of ${inside}` },
    can: { invite: false, end: true },
  })
})

test('a manager delegates their own rights for some days and takes them back; others do not', async () => {
  const [from, to, other] = [await addPerson('Vic'), await addPerson('Wen'), await addPerson('Xia')]
  const giver = app.clientOf(member(from)).administration
  const wanted = { from, to, starts: DAY, lastDay: '2026-03-06' }
  await expect(
    app.clientOf(member(other)).administration.delegate({ key: randomUUID(), ...wanted }),
  ).rejects.toThrow(/their own rights/)
  const { id } = await giver.delegate({ key: randomUUID(), ...wanted })
  const stored = await rows
    .selectFrom('delegation')
    .select('ends')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(stored.ends).toBe('2026-03-07')
  const listOf = async (person: string) =>
    (await app.clientOf(member(person)).administration.delegations()).delegations
  expect(await listOf(to)).toMatchObject([
    { id, state: 'running', lastDay: '2026-03-06', can: { takeBack: false } },
  ])
  expect(await listOf(other)).toEqual([])
  await expect(app.clientOf(member(to)).administration.takeBack({ id })).rejects.toThrow(/takes them back/)
  expect(await giver.takeBack({ id })).toEqual({ takenBack: true })
  expect(await listOf(from)).toMatchObject([{ state: 'taken back' }])
  await expect(giver.delegate({ key: randomUUID(), ...wanted, lastDay: '2026-03-01' })).rejects.toThrow(
    /lastDay/,
  )
  await expect(giver.delegate({ key: randomUUID(), ...wanted, lastDay: '2028-03-01' })).rejects.toThrow(
    /366 days/,
  )
})

test('the owner sees where a member is signed in and signs them out there alone, with audit rows of both', async () => {
  const person = await addPerson('Yun')
  const account = await addAccount(person)
  const { pool } = database.signIn
  for (const id of [account, 'somebody else']) {
    await pool.query(
      'insert into sign_in."user" (id, name, email, "emailVerified", "createdAt", "updatedAt") values ($1, $1, $2, true, now(), now())',
      [id, `${randomUUID()}@example.org`],
    )
    await pool.query(
      'insert into sign_in.session (id, "expiresAt", token, "updatedAt", "userId", "userAgent") values ($1, now() + interval \'1 day\', $1, now(), $2, $3)',
      [randomUUID(), id, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
    )
  }
  const settings = { url: 'http://localhost', host: '127.0.0.1', proxies: [], oidc: undefined }
  const desk = signInDesk({ ...settings, mail: { from: 'x', folder: 'y', smtp: undefined } })
  const context = { ...app.context(ownerActor), signIn: desk }
  await expect(listSessions({ ...context, actor: member(person) }, account)).rejects.toThrow(/owner/)
  const auditor = member(person, [{ role: 'auditor', units: 'all' }], 'another')
  await expect(listSessions({ ...context, actor: auditor }, account)).rejects.toThrow(/owner/)
  await expect(listSessions(context, 'somebody else')).rejects.toThrow(/no account/)
  expect(await listSessions(context, account)).toEqual({
    sessions: [{ begun: expect.any(Date), seen: expect.any(Date), device: 'Firefox, Linux' }],
  })
  // The database holds to it as well: for whoever is no owner, and for an account of no member.
  const asked = (id: string) => sql`select * from sessions_of(${id})`
  await expect(asked(account).execute(app.context(member(person)).db)).rejects.toThrow(/only an owner/)
  expect((await asked('somebody else').execute(context.db)).rows).toEqual([])
  expect(await actions(person)).toContain('session.list')
  await expect(endSessions({ ...context, actor: member(person) }, account)).rejects.toThrow()
  expect(await endSessions(context, account)).toEqual({ ended: 1 })
  expect(await endSessions(context, account)).toEqual({ ended: 0 })
  const { rows: left } = await pool.query('select "userId" from sign_in.session')
  expect(left).toEqual([{ userId: 'somebody else' }])
  expect(await actions(person)).toContain('session.end-all')
})

test('the owner alone names the organisation, in one line; the audit says that it was named and not how', async () => {
  const named = async () =>
    await rows
      .selectFrom('audit')
      .select(['actor_id', 'object_id', 'details'])
      .where('action', '=', 'organisation.name')
      .execute()
  const person = await addPerson('Zoe')
  const partner = app.clientOf(member(person, [{ role: 'people-partner', units: 'all' }])).administration
  await expect(partner.nameOrganisation({ name: 'Acme' })).rejects.toMatchObject({
    ...{ status: 403, data: { refusal: 'name-organisation' } },
  })
  for (const name of ['Acme\r\nBcc: x@example.org', 'Ac\u007fme', 'Ac\u2028me'])
    await expect(owner.nameOrganisation({ name })).rejects.toMatchObject({
      ...{ status: 400, data: { refusal: 'control-characters' } },
    })
  for (const name of ['', '  ', 'x'.repeat(101)])
    await expect(owner.nameOrganisation({ name })).rejects.toMatchObject({ status: 400 })
  expect(await named()).toEqual([])
  expect((await owner.rights()).organisation.name).toBeNull()
  expect(await owner.nameOrganisation({ name: ' Acme 北 ' })).toEqual({ named: true })
  expect(await owner.nameOrganisation({ name: 'Acme 北' })).toEqual({ named: false })
  const { organisation, alone } = await partner.rights()
  expect({ organisation, alone }).toMatchObject({ organisation: { name: 'Acme 北' }, alone: false })
  expect(await named()).toEqual([{ actor_id: LOCAL_PERSON, object_id: LOCAL_ORGANISATION, details: {} }])
  // The database holds to it as well.
  const rename = sql`update organisation set name = 'Other'`
  expect((await rename.execute(app.context(member(person)).db)).numAffectedRows).toBe(0n)
  const made = sql`update organisation set created_at = now()`
  await expect(made.execute(app.context(ownerActor).db)).rejects.toThrow(/permission denied/)
})

test('the owner alone sets a time zone that both server and database know, and a minimum of 5 or more', async () => {
  const written = async () =>
    await rows
      .selectFrom('audit')
      .select(['object_id', 'details'])
      .where('action', '=', 'organisation.set')
      .orderBy('position')
      .execute()
  const person = await addPerson('Abe')
  const partner = member(person, [{ role: 'people-partner', units: 'all' }])
  await expect(
    app.clientOf(partner).administration.setOrganisation({ timeZone: 'Asia/Shanghai' }),
  ).rejects.toMatchObject({ ...{ status: 403, data: { refusal: 'set-organisation' } } })
  for (const timeZone of ['Mars/Olympus', '+08:00', "UTC'", 'utc+3', 'asia/shanghai'])
    await expect(owner.setOrganisation({ timeZone })).rejects.toMatchObject({
      ...{ status: 400, data: { refusal: 'time-zone' } },
    })
  for (const minimumGroup of [4, 101, 5.5])
    await expect(owner.setOrganisation({ minimumGroup })).rejects.toMatchObject({ status: 400 })
  expect(await owner.setOrganisation({ timeZone: 'UTC', minimumGroup: 5 })).toEqual({ changed: false })
  expect(await written()).toEqual([])
  expect(await owner.setOrganisation({ timeZone: 'Asia/Shanghai', minimumGroup: 5 })).toEqual({
    changed: true,
  })
  expect(await owner.setOrganisation({ minimumGroup: 7 })).toEqual({ changed: true })
  expect((await owner.rights()).organisation).toMatchObject({ timeZone: 'Asia/Shanghai', minimumGroup: 7 })
  expect(await written()).toEqual([
    { object_id: LOCAL_ORGANISATION, details: { timeZone: 'Asia/Shanghai' } },
    { object_id: LOCAL_ORGANISATION, details: { minimumGroup: 7 } },
  ])
  const move = sql`update organisation set time_zone = 'UTC'`
  expect((await move.execute(app.context(partner).db)).numAffectedRows).toBe(0n)
  const fewer = sql`update organisation set minimum_group = 4`
  await expect(fewer.execute(app.context(ownerActor).db)).rejects.toThrow(/minimum_group/)
  await owner.setOrganisation({ timeZone: 'UTC', minimumGroup: 5 })
})
