// Invitations and members through the whole application: by mail, once, by those who keep the person, and ended at once.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { TestBrowser } from '../../../test/browser.ts'
import { TEST_SECRET } from '../../../test/database.ts'
import { PASSWORD, TEST_URL } from '../../../test/sign-in.ts'
import { maintenanceDatabase } from '../../db/scoped.ts'
import { LOCAL_ORGANISATION, LOCAL_PERSON, type Actor } from '../../platform/actor.ts'
import { listOrganisations, loadActor } from '../../platform/load-actor.ts'
import { createLog } from '../../platform/log.ts'
import { sendNext } from '../../platform/mail/send-mails.ts'
import { createSignIn } from '../../platform/sign-in/sign-in.ts'

const app = await createTestApp()
const { database, clock } = app
const rows = maintenanceDatabase(database.owner.pool)
const owner: Actor = {
  ...{ kind: 'member', organisation: LOCAL_ORGANISATION, person: LOCAL_PERSON, account: 'owner-account' },
  grants: [{ role: 'owner', units: 'all' }],
}
const signIn = createSignIn({
  ...{ pool: database.signIn.pool, url: TEST_URL, secret: TEST_SECRET, oidc: undefined },
  ...{ log: createLog('error'), now: () => clock.now },
})
const browser = () => new TestBrowser((request) => signIn.handle(request), TEST_URL)

async function addPerson(): Promise<string> {
  const id = randomUUID()
  const created_at = clock.now
  await rows
    .insertInto('person')
    .values({ organisation_id: LOCAL_ORGANISATION, id, name: 'Kim', created_at })
    .execute()
  return id
}

/** The words of the mails that were sent since the last call. */
async function sentMails(): Promise<{ to: string; body: string }[]> {
  const sent: { to: string; body: string }[] = []
  const transport = {
    send: async ({ to, body }: { to: string; body: string }) => {
      sent.push({ to, body })
    },
    close: () => undefined,
  }
  while (await sendNext(database.job.pool, transport, createLog('silent'), TEST_URL));
  return sent
}

const tokenOf = (body = '') => /\/invitation\/(\S+)/.exec(body)?.[1] ?? ''

test('an invitation goes out by mail, opens an account once, and its account acts as the invited person', async () => {
  const person = await addPerson()
  const made = await app.clientOf(owner).accounts.invite({ person, email: 'kim@example.org', language: 'en' })
  const [mail] = await sentMails()
  expect(mail?.to).toBe('kim@example.org')
  expect(mail?.body).toContain(`${TEST_URL}/invitation/`)
  const kept = await rows
    .selectFrom('invitation')
    .selectAll()
    .where('id', '=', made.id)
    .executeTakeFirstOrThrow()
  expect(JSON.stringify(kept)).not.toContain(tokenOf(mail?.body))
  const visitor = browser()
  const given = { token: tokenOf(mail?.body), name: 'Kim', password: PASSWORD }
  expect((await visitor.post('/sign-in-api/links/open', given)).status).toBe(200)
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const proven = await signIn.findSignedIn(new Headers({ cookie }))
  const account = proven?.account ?? ''
  expect(await listOrganisations(database, account, clock.now)).toEqual([LOCAL_ORGANISATION])
  const asking = await loadActor(database, { account, organisation: LOCAL_ORGANISATION }, clock.now)
  expect(asking?.actor).toMatchObject({ kind: 'member', person, grants: [] })

  const members = await app.clientOf(owner).accounts.members()
  expect(members).toMatchObject([{ account, person, endedAt: null, can: { end: true } }])
  expect((await app.clientOf(owner).accounts.invitations())[0]).toMatchObject({
    state: 'used',
    can: { withdraw: false },
  })
  await expect(app.clientOf(owner).accounts.invite({ person, email: 'kim@example.org' })).rejects.toThrow(
    /has an account/,
  )

  await app.clientOf(owner).accounts.end({ account })
  expect(await loadActor(database, { account, organisation: LOCAL_ORGANISATION }, clock.now)).toBeUndefined()
  const acts = await rows
    .selectFrom('audit')
    .select('action')
    .where('subject_id', '=', person)
    .orderBy('position')
    .execute()
  expect(acts.map(({ action }) => action)).toEqual([
    'invitation.make',
    'membership.join',
    'session.begin',
    'membership.end',
  ])
})

test('a second invitation withdraws the first; a withdrawn one lets nobody in', async () => {
  const person = await addPerson()
  const client = app.clientOf(owner)
  await client.accounts.invite({ person, email: 'lee@example.org', language: 'zh-Hans' })
  const [first] = await sentMails()
  const second = await client.accounts.invite({ person, email: 'lee@example.org' })
  const [again] = await sentMails()
  const read = async (body: string | undefined) =>
    (await browser().post('/sign-in-api/links/read', { token: tokenOf(body) })).status
  expect([await read(first?.body), await read(again?.body)]).toEqual([409, 200])
  expect(await client.accounts.withdraw({ id: second.id })).toEqual({ withdrawn: true })
  expect(await client.accounts.withdraw({ id: second.id })).toEqual({ withdrawn: false })
  expect(await read(again?.body)).toBe(409)
})

test('an invitation is over after seven days', async () => {
  const person = await addPerson()
  await app.clientOf(owner).accounts.invite({ person, email: 'late@example.org' })
  const [mail] = await sentMails()
  const before = clock.now
  clock.now = new Date(before.getTime() + 7 * 86_400_000)
  const answer = await browser().post('/sign-in-api/links/read', { token: tokenOf(mail?.body) })
  clock.now = before
  expect(answer.body.code).toBe('EXPIRED_LINK')
})

test('members without a role invite nobody, see no invitation of others, and end no place', async () => {
  const member: Actor = { ...owner, person: await addPerson(), account: 'other', grants: [] }
  const other = await addPerson()
  const client = app.clientOf(member)
  await expect(client.accounts.invite({ person: other, email: 'x@example.org' })).rejects.toThrow(
    /Only the owner/,
  )
  expect(await client.accounts.invitations()).toEqual([])
  expect(await client.accounts.members()).toEqual([])
  await expect(client.accounts.end({ account: 'owner-account' })).rejects.toThrow(/There is no account/)
  expect(await sentMails()).toEqual([])
})

test('somebody of another organisation is not known here', async () => {
  await expect(app.clientOf(owner).accounts.invite({ person: randomUUID() })).rejects.toThrow(
    /There is no person/,
  )
})

test('who has no address is not invited without one', async () => {
  const person = await addPerson()
  await expect(app.clientOf(owner).accounts.invite({ person })).rejects.toThrow(/no e-mail address/)
  expect(await rows.selectFrom('invitation').select('id').where('person_id', '=', person).execute()).toEqual(
    [],
  )
})

test('an instance for one person has nobody to invite', async () => {
  const person = await addPerson()
  await expect(app.client.accounts.invite({ person, email: 'x@example.org' })).rejects.toThrow(
    /has no accounts/,
  )
})

test('a key is held to its scopes', async () => {
  const read: Actor = { ...owner, scopes: ['accounts:read'] }
  expect(await app.clientOf(read).accounts.invitations()).toBeDefined()
  await expect(app.clientOf(read).accounts.invite({ person: randomUUID() })).rejects.toThrow(/accounts:admin/)
  await expect(app.clientOf(read).frameworks.list()).rejects.toThrow(/frameworks:read/)
})
