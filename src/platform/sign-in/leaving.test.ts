// Who is let in no more: people who have left, accounts whose place ended; an owner stays; the audit tells of accounts.
import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { createTestSignIn, PASSWORD } from '../../../test/sign-in.ts'
import { totpCode } from '../../../test/totp.ts'
import { LOCAL_ORGANISATION } from '../actor.ts'
import { listOrganisations, loadActor } from '../load-actor.ts'
import { createLog } from '../log.ts'
import { keepPrivacy } from '../privacy/keep-privacy.ts'

const team = await createTestSignIn()
const API = '/sign-in-api'
const { database } = team
const rows: typeof team.rows = (text, values) => team.rows(text, values)

interface Member {
  account: string
  person: string
  browser: Awaited<ReturnType<typeof team.member>>
}

async function member(): Promise<Member> {
  const browser = await team.member()
  const [row] = await rows<{ account: string; person: string }>(
    `SELECT m.account_id AS account, m.person_id AS person FROM membership m
     JOIN sign_in."user" u ON u.id = m.account_id WHERE u.email = $1`,
    [browser.email],
  )
  return { ...row!, browser }
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const employ = (person: string, from: string, to: string | null) =>
  rows(
    `INSERT INTO employment (organisation_id, id, person_id, valid_from, valid_to, recorded_at)
     VALUES ($1, $2, $3, $4, $5, now())`,
    [LOCAL_ORGANISATION, randomUUID(), person, from, to],
  )
const makeOwner = (person: string) =>
  rows(
    `INSERT INTO role_grant (organisation_id, id, person_id, role, granted_at) VALUES ($1, $2, $3, 'owner', now())`,
    [LOCAL_ORGANISATION, randomUUID(), person],
  )
const actsAt = async ({ account }: Member, at = new Date()) =>
  (await loadActor(database, { account, organisation: LOCAL_ORGANISATION }, at)) !== undefined
const makeKey = async ({ browser }: Member) =>
  (await browser.post(`${API}/keys/make`, { name: 'CI', scopes: { '*': 'read' }, days: 3 })).body as {
    id: string
    key: string
  }
const isKnown = async (key: string) =>
  (await team.signIn.findSignedIn(new Headers({ authorization: `Bearer ${key}` }))) !== undefined
const told = async ({ person }: Pick<Member, 'person'>) =>
  (
    await rows<{ action: string }>('SELECT action FROM audit WHERE subject_id = $1 ORDER BY position', [
      person,
    ])
  ).map(({ action }) => action)

const keep = () =>
  keepPrivacy(
    {
      databases: database,
      folders: { erasures: '/nonexistent', mail: undefined },
      log: createLog('silent'),
      now: () => new Date(),
    },
    false,
  )

test('the last day of work is the last day of access; the session and the keys go with the place', async () => {
  const one = await member()
  await employ(one.person, day(-400), day(1))
  const { key } = await makeKey(one)
  expect(await actsAt(one)).toBe(true)
  expect(await actsAt(one, new Date(Date.now() + 2 * 86_400_000))).toBe(false)
  await rows('UPDATE employment SET valid_to = $2 WHERE person_id = $1', [one.person, day(0)])
  expect(await actsAt(one)).toBe(false)
  expect(await listOrganisations(database, one.account, new Date())).toEqual([])
  const again = await team
    .browser()
    .post(`${API}/sign-in/email`, { email: one.browser.email, password: PASSWORD })
  expect([again.status, again.body.code]).toEqual([403, 'NO_MEMBERSHIP'])
  await keep()
  expect((await one.browser.get(`${API}/account`)).status).toBe(401)
  expect(await isKnown(key)).toBe(false)
  expect((await told(one)).at(-1)).toBe('membership.end')
  const [row] = await rows(
    `SELECT actor_kind, reason FROM audit WHERE subject_id = $1 AND action = 'membership.end'`,
    [one.person],
  )
  expect(row).toEqual({ actor_kind: 'system', reason: 'left' })
})

test('whoever starts later, works here again, or never was employed here is let in', async () => {
  const [later, again, never] = [await member(), await member(), await member()]
  await employ(later.person, day(30), null)
  await employ(again.person, day(-400), day(-200))
  await employ(again.person, day(-100), null)
  await keep()
  for (const one of [later, again, never]) expect(await actsAt(one)).toBe(true)
})

test('between two employments nobody is let in', async () => {
  const one = await member()
  await employ(one.person, day(-400), day(-200))
  await employ(one.person, day(20), null)
  expect(await actsAt(one)).toBe(false)
})

test('a place that is ended ends every session and key at once, whatever ended it', async () => {
  const one = await member()
  const { key } = await makeKey(one)
  await rows('UPDATE membership SET ended_at = now() WHERE account_id = $1', [one.account])
  expect(await rows('SELECT id FROM sign_in.session WHERE "userId" = $1', [one.account])).toEqual([])
  expect(await isKnown(key)).toBe(false)
})

/** One statement as an owner through the role of requests; resolves with its error's code. */
async function asOwner(person: string, statement: string, values: unknown[]): Promise<string | undefined> {
  const client = await database.request.pool.connect()
  try {
    await client.query(
      `BEGIN; SET LOCAL app.organisation = '${LOCAL_ORGANISATION}'; SET LOCAL app.person = '${person}';
       SET LOCAL app.today = '${day(0)}'; SET LOCAL app.now = '${new Date().toISOString()}'`,
    )
    const { rowCount } = await client.query(statement, values)
    await client.query(
      `INSERT INTO audit (organisation_id, at, actor_kind, actor_id, action, object_kind, object_id, details)
       VALUES ($1, now(), 'person', $2, 'test.try', 'x', 'x', '{}')`,
      [LOCAL_ORGANISATION, person],
    )
    await client.query('COMMIT')
    return rowCount === 0 ? 'nothing' : undefined
  } catch (error) {
    await client.query('ROLLBACK')
    return (error as { code: string }).code
  } finally {
    client.release()
  }
}

const WAYS: Record<string, (who: Member) => [string, unknown[]]> = {
  'revoking the role': ({ person }) => [
    `UPDATE role_grant SET revoked_at = now(), revoked_by = app_person() WHERE person_id = $1 AND role = 'owner'`,
    [person],
  ],
  'ending the place': ({ account }) => [
    'UPDATE membership SET ended_at = now() WHERE account_id = $1',
    [account],
  ],
  'a last day of work': ({ person }) => [
    'UPDATE employment SET valid_to = $2 WHERE person_id = $1 AND corrected_at IS NULL',
    [person, day(90)],
  ],
  'putting the employment right': ({ person }) => [
    `WITH old AS (UPDATE employment SET corrected_at = now() WHERE person_id = $1 RETURNING organisation_id)
     INSERT INTO employment (organisation_id, id, person_id, valid_from, valid_to, recorded_at)
     SELECT organisation_id, gen_random_uuid(), $1, '1990-01-01', '1990-02-01', now() FROM old`,
    [person],
  ],
  'an order to erase': ({ person }) => [
    `INSERT INTO erasure (organisation_id, person_id, reason, ordered_at, ordered_by) VALUES ($1, $2, 'asked', now(), $2)`,
    [LOCAL_ORGANISATION, person],
  ],
}

/** Whoever was an owner in an earlier test is none any more; triggers are off, as when rows are brought from elsewhere. */
const noOwners = () =>
  database.owner.pool
    .query(`begin; set local app.maintenance = 'on'; set local session_replication_role = replica;
    update role_grant set revoked_at = now() where revoked_at is null; commit`)

test.each(Object.keys(WAYS))('the last owner is not lost by %s; one of two may be', async (way) => {
  await noOwners()
  const [one, two] = [await member(), await member()]
  for (const { person } of [one, two]) await employ(person, day(-10), null)
  await makeOwner(one.person)
  expect(await asOwner(one.person, ...WAYS[way]!(one))).toBe('RG001')
  await makeOwner(two.person)
  expect(await asOwner(one.person, ...WAYS[way]!(one))).toBeUndefined()
  expect(await asOwner(two.person, ...WAYS[way]!(two))).toBe('RG001')
})

test('of two owners who take each other’s role in the same moment one stays', async () => {
  await noOwners()
  const [one, two] = [await member(), await member()]
  for (const { person } of [one, two]) await makeOwner(person)
  const codes = await Promise.all([
    asOwner(one.person, ...WAYS['revoking the role']!(two)),
    asOwner(two.person, ...WAYS['revoking the role']!(one)),
  ])
  expect(codes.filter((code) => code === undefined)).toHaveLength(1)
  const left = await rows(`SELECT 1 FROM role_grant WHERE role = 'owner' AND revoked_at IS NULL`)
  expect(left).toHaveLength(1)
})

test('signing in and out, keys, the second factor, a new password and too many tries are in the audit, by opaque ids', async () => {
  const one = await member()
  const { id } = await makeKey(one)
  await one.browser.post(`${API}/api-key/delete`, { keyId: id })
  const { body } = await one.browser.post(`${API}/two-factor/enable`, { password: PASSWORD })
  const secret = new URL(body.totpURI as string).searchParams.get('secret') ?? ''
  await one.browser.post(`${API}/two-factor/verify-totp`, { code: totpCode(secret) })
  await one.browser.post(`${API}/two-factor/disable`, { password: PASSWORD })
  await one.browser.post(`${API}/change-password`, {
    ...{ currentPassword: PASSWORD, newPassword: 'another good password', revokeOtherSessions: false },
  })
  await one.browser.post(`${API}/sign-out`)
  expect(await told(one)).toEqual([
    ...['membership.join', 'session.begin', 'key.make', 'key.revoke'],
    // Switching the second factor changes the session, so that one stolen before it is worth nothing.
    ...['second-factor.set', 'session.begin', 'session.end'],
    ...['second-factor.remove', 'session.begin', 'session.end'],
    ...['password.change', 'session.end'],
  ])
  const stranger = team.browser()
  for (let time = 0; time < 12; time += 1)
    await stranger.post(`${API}/sign-in/email`, { email: one.browser.email, password: 'wrong wrong wrong' })
  const acts = await rows<Record<string, string>>(
    'SELECT * FROM audit WHERE subject_id = $1 ORDER BY position',
    [one.person],
  )
  expect(acts.filter(({ action }) => action === 'sign-in.block')).toMatchObject([
    { actor_kind: 'system', actor_id: null, object_id: one.account, reason: 'too-many-tries' },
  ])
  for (const text of [one.browser.email, 'Kim', '192.0.2.', PASSWORD])
    expect(JSON.stringify(acts)).not.toContain(text)
})

let mended: string | undefined
afterEach(async () => {
  if (mended !== undefined) await database.owner.pool.query(mended)
  mended = undefined
})

test('where the audit cannot be written nobody is signed in, and no key is made', async () => {
  const one = await member()
  await database.owner.pool.query(`create function refuse_rows() returns trigger language plpgsql as
    $$ begin raise exception 'no space' using errcode = '53100'; end $$;
    create trigger refuse_rows before insert on audit for each row execute function refuse_rows()`)
  mended = 'drop function refuse_rows cascade'
  const before = await rows('SELECT id FROM sign_in.session ORDER BY id')
  const visitor = team.browser()
  const refused = await visitor.post(`${API}/sign-in/email`, { email: one.browser.email, password: PASSWORD })
  expect(refused.status).toBe(500)
  expect((await visitor.get(`${API}/account`)).status).toBe(401)
  expect(await rows('SELECT id FROM sign_in.session ORDER BY id')).toEqual(before)
  expect((await makeKey(one)).key).toBeUndefined()
  expect(await rows('SELECT id FROM sign_in.apikey WHERE "referenceId" = $1', [one.account])).toEqual([])
})

test('an account in two organisations says in which it works, and chooses the other', async () => {
  const one = await member()
  const other = randomUUID()
  const person = randomUUID()
  await rows(`INSERT INTO organisation (id, name, created_at) VALUES ($1, 'Second', now())`, [other])
  await rows(`INSERT INTO person (organisation_id, id, name, created_at) VALUES ($1, $2, 'Kim', now())`, [
    other,
    person,
  ])
  await rows(
    `INSERT INTO membership (organisation_id, account_id, person_id, joined_at) VALUES ($1, $2, $3, now())`,
    [other, one.account, person],
  )
  const places = async () => (await one.browser.get(`${API}/places`)).body
  expect(await places()).toMatchObject({
    chosen: LOCAL_ORGANISATION,
    places: [{ organisation: LOCAL_ORGANISATION }, { organisation: other, name: 'Second' }],
  })
  expect((await one.browser.post(`${API}/places/choose`, { organisation: randomUUID() })).status).toBe(404)
  expect((await one.browser.post(`${API}/places/choose`, { organisation: other })).status).toBe(200)
  expect((await places()).chosen).toBe(other)
  await rows('UPDATE membership SET ended_at = now() WHERE organisation_id = $1', [other])
  const again = await one.browser.post(`${API}/sign-in/email`, {
    email: one.browser.email,
    password: PASSWORD,
  })
  expect(again.status).toBe(200)
  expect(await places()).toMatchObject({ chosen: LOCAL_ORGANISATION, places: [{}] })
})
