// Accounts on the real database: links, passwords, second factor, sessions, keys; and everything that must be refused.
import { expect, test } from 'vitest'
import { createTestSignIn, PASSWORD } from '../../../test/sign-in.ts'
import { totpCode } from '../../../test/totp.ts'
import { LOCAL_PERSON } from '../actor.ts'
import { accessNeeded, coversAccess } from './scopes.ts'

const team = await createTestSignIn()
const API = '/sign-in-api'

test('the code of RFC 6238, appendix B, is computed', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  expect([59, 1_111_111_109, 1_234_567_890, 2_000_000_000].map((s) => totpCode(secret, s * 1000))).toEqual([
    ...['287082', '081804', '005924', '279037'],
  ])
})

test('an invitation tells whom it is for, makes an account once, and signs it in', async () => {
  const token = await team.invite('Kim@Example.org')
  const browser = team.browser()
  const read = await browser.post(`${API}/links/read`, { token })
  expect(read.body).toMatchObject({ kind: 'invitation', email: 'Kim@Example.org' })
  const opened = await browser.post(`${API}/links/open`, { token, name: 'Kim', password: PASSWORD })
  expect(opened.status).toBe(200)
  const account = await browser.get(`${API}/account`)
  expect(account.body).toMatchObject({ email: 'kim@example.org', hasPassword: true, hasSecondFactor: false })
  const again = await team.browser().post(`${API}/links/open`, { token, name: 'Eve', password: PASSWORD })
  expect([again.status, again.body.code]).toEqual([409, 'USED_LINK'])
})

test('of many that use one link at the same moment, one gets in', async () => {
  const token = await team.invite('race@example.org')
  const answers = await Promise.all(
    Array.from({ length: 12 }, () =>
      team.browser().post(`${API}/links/open`, { token, name: 'R', password: PASSWORD }),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(11)
})

test.each([
  ['unknown', async () => 'x'.repeat(43), 404, 'UNKNOWN_LINK'],
  [
    'too old',
    () => team.invite('old@example.org', { expiresAt: new Date(Date.now() - 1000) }),
    409,
    'EXPIRED_LINK',
  ],
])('a link that is %s lets nobody in', async (_, make, status, code) => {
  const token = await make()
  for (const path of ['read', 'open']) {
    const answer = await team.browser().post(`${API}/links/${path}`, { token, name: 'E', password: PASSWORD })
    expect([answer.status, answer.body.code]).toEqual([status, code])
  }
})

test('a withdrawn link lets nobody in', async () => {
  const token = await team.invite('withdrawn@example.org')
  await team.rows("UPDATE invitation SET withdrawn_at = now() WHERE email = 'withdrawn@example.org'")
  expect((await team.browser().post(`${API}/links/read`, { token })).body.code).toBe('USED_LINK')
})

test('the sign-in role sees no other person, invitation or organisation, and makes no link', async () => {
  await team.invite('hidden@example.org')
  const { pool } = team.database.signIn
  for (const table of ['person', 'invitation', 'organisation', 'owner_link']) {
    const { rows } = await pool.query(`SELECT count(*)::int AS n FROM ${table}`)
    expect([table, rows[0]]).toEqual([table, { n: 0 }])
  }
  for (const statement of [
    "INSERT INTO owner_link SELECT organisation_id, repeat('a', 64), id, now(), now() + interval '1 day', NULL FROM person",
    'SELECT 1 FROM assessment',
    'SELECT 1 FROM response',
    "UPDATE invitation SET expires_at = now() + interval '1 day'",
    'SELECT 1 FROM role_grant',
  ])
    await expect(pool.query(statement)).rejects.toThrow(/permission denied/)
  await expect(
    pool.query(
      "INSERT INTO membership VALUES ('6e1d0c5e-52a7-4b0e-9d7c-0a52756e6773', 'x', $1, now(), NULL)",
      [LOCAL_PERSON],
    ),
  ).rejects.toThrow(/row-level security/)
})

test("the console's link makes the owner, tied to what was there before, and then no further link is made", async () => {
  const [first, second] = [await team.ownerToken(), await team.ownerToken()]
  const stored = await team.rows<{ token_hash: string }>('SELECT token_hash FROM owner_link')
  expect(stored.map((row) => row.token_hash)).not.toContain(first)
  const owner = team.browser()
  const given = { name: 'Ada', email: 'ada@example.org', password: PASSWORD }
  expect((await owner.post(`${API}/links/open`, { token: first, ...given })).status).toBe(200)
  const late = await team
    .browser()
    .post(`${API}/links/open`, { token: second, ...given, email: 'eve@example.org' })
  expect(late.body.code).toBe('PERSON_HAS_ACCOUNT')
  const [membership] = await team.rows<{ person_id: string }>(
    `SELECT person_id FROM membership m JOIN sign_in."user" u ON u.id = m.account_id WHERE u.email = 'ada@example.org'`,
  )
  expect(membership).toEqual({ person_id: LOCAL_PERSON })
  // A people file that names this address is about them.
  expect(await team.rows('SELECT person_id, email FROM person_contact')).toEqual([
    { person_id: LOCAL_PERSON, email: 'ada@example.org' },
  ])
  expect(await team.ownerToken()).toBe('')
  expect(
    await team.rows("SELECT reason FROM audit WHERE action = 'membership.join' AND reason = 'owner-link'"),
  ).toHaveLength(1)
})

test('nobody makes an account by themselves', async () => {
  for (const path of [
    'sign-up/email',
    'sign-in/anonymous',
    'delete-user',
    'update-user',
    'change-email',
    'api-key/create',
  ])
    expect([path, (await team.browser().post(`${API}/${path}`, { email: 'a@example.org' })).status]).toEqual([
      path,
      404,
    ])
})

test('a password of 11 characters is refused, one of 12 is taken', async () => {
  const token = await team.invite('short@example.org')
  const open = (password: string) => team.browser().post(`${API}/links/open`, { token, name: 'S', password })
  expect((await open('a'.repeat(11))).body.code).toBe('PASSWORD_TOO_SHORT')
  expect((await open('a'.repeat(129))).body.code).toBe('PASSWORD_TOO_LONG')
  expect((await open('a'.repeat(12))).status).toBe(200)
})

test('the session cookie is out of reach of scripts and of other sites', async () => {
  const { email } = await team.member()
  const answer = await team.browser().post(`${API}/sign-in/email`, { email, password: PASSWORD })
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('rungs.session_token'))
  expect(cookie).toMatch(/HttpOnly/i)
  expect(cookie).toMatch(/SameSite=Lax/i)
})

test('behind https the cookies are Secure and carry the prefix that says so', async () => {
  const secure = await createTestSignIn({ url: 'https://rungs.example.org' })
  const member = await secure.member('secure@example.org')
  expect([...member.cookies.keys()].every((name) => name.startsWith('__Secure-rungs.'))).toBe(true)
})

test('a request of another origin changes nothing', async () => {
  const member = await team.member()
  for (const origin of [
    'https://evil.example',
    'null',
    'http://localhost:9999',
    'http://localhost.evil.example:7474',
  ]) {
    const answer = await member.post(`${API}/sign-out`, {}, { origin })
    expect([origin, answer.status]).toEqual([origin, 403])
  }
  expect((await member.get(`${API}/account`)).status).toBe(200)
})

test('a session is listed, and once it is ended its cookie opens nothing', async () => {
  const one = await team.member()
  const two = team.browser()
  await two.post(`${API}/sign-in/email`, { email: one.email, password: PASSWORD })
  const { body: sessions } = await one.get(`${API}/list-sessions`)
  expect(sessions).toHaveLength(2)
  const { body: own } = await two.get(`${API}/account`)
  const { token } = sessions.find((each: { id: string }) => each.id === own.session)
  expect((await one.post(`${API}/revoke-session`, { token })).status).toBe(200)
  expect((await two.get(`${API}/account`)).status).toBe(401)
  expect((await one.get(`${API}/account`)).status).toBe(200)
})

test('somebody whose place has ended does not get in any more', async () => {
  const member = await team.member()
  await team.rows(
    `UPDATE membership SET ended_at = now() WHERE account_id = (SELECT id FROM sign_in."user" WHERE email = $1)`,
    [member.email],
  )
  const answer = await team
    .browser()
    .post(`${API}/sign-in/email`, { email: member.email, password: PASSWORD })
  expect([answer.status, answer.body.code]).toEqual([403, 'NO_MEMBERSHIP'])
})

test('a forgotten password is set anew by mail, once, and ends all sessions', async () => {
  const member = await team.member()
  const visitor = team.browser()
  await visitor.post(`${API}/request-password-reset`, { email: member.email }, { 'accept-language': 'zh-CN' })
  const [mail] = await team.rows<{ body: string; subject: string; person_id: string | null }>(
    "SELECT subject, body, person_id FROM mail.outbox WHERE kind = 'password-reset' AND to_address = $1",
    [member.email],
  )
  expect(mail?.subject).toBe('设置新的 Rungs 密码')
  // The person's export and erasure reach it.
  expect(mail?.person_id).toMatch(/^[0-9a-f-]{36}$/)
  const token = /\/sign-in\/reset\/(\S+)/.exec(mail?.body ?? '')?.[1] ?? ''
  const stored = await team.rows<{ identifier: string }>('SELECT identifier FROM sign_in.verification')
  expect(JSON.stringify(stored)).not.toContain(token)
  const reset = () => visitor.post(`${API}/reset-password`, { token, newPassword: 'another good password' })
  expect((await reset()).status).toBe(200)
  expect((await reset()).status).toBe(400)
  expect((await member.get(`${API}/account`)).status).toBe(401)
  const signIn = (password: string) =>
    team.browser().post(`${API}/sign-in/email`, { email: member.email, password })
  expect((await signIn(PASSWORD)).status).toBe(401)
  expect((await signIn('another good password')).status).toBe(200)
})

test('asking for a reset answers the same for an address that nobody has', async () => {
  const member = await team.member()
  const ask = (email: string) => team.browser().post(`${API}/request-password-reset`, { email })
  const [known, unknown] = [await ask(member.email), await ask('nobody@example.org')]
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
})

test('the second factor is asked for after the password, by code or by a backup code that works once', async () => {
  const member = await team.member()
  const { body: enabled } = await member.post(`${API}/two-factor/enable`, { password: PASSWORD })
  const secret = new URL(enabled.totpURI).searchParams.get('secret') ?? ''
  const setUpAt = Date.now()
  expect(
    (await member.post(`${API}/two-factor/verify-totp`, { code: totpCode(secret, setUpAt) })).status,
  ).toBe(200)
  const visitor = team.browser()
  const first = await visitor.post(`${API}/sign-in/email`, { email: member.email, password: PASSWORD })
  expect(first.body.twoFactorRedirect).toBe(true)
  expect((await visitor.get(`${API}/account`)).status).toBe(401)
  expect((await visitor.post(`${API}/two-factor/verify-totp`, { code: '000000' })).status).toBe(401)
  // The code that set it up was seen: it opens nothing more, the next one does, once.
  const used = await visitor.post(`${API}/two-factor/verify-totp`, { code: totpCode(secret, setUpAt) })
  expect([used.status, used.body.code]).toEqual([401, 'CODE_USED'])
  const next = totpCode(secret, setUpAt + 30_000)
  expect((await visitor.post(`${API}/two-factor/verify-totp`, { code: next })).status).toBe(200)
  expect((await visitor.get(`${API}/account`)).body.hasSecondFactor).toBe(true)
  const onlooker = team.browser()
  await onlooker.post(`${API}/sign-in/email`, { email: member.email, password: PASSWORD })
  const replayed = await onlooker.post(`${API}/two-factor/verify-totp`, { code: next })
  expect([replayed.status, replayed.body.code]).toEqual([401, 'CODE_USED'])

  const other = team.browser()
  const useCode = async () => {
    await other.post(`${API}/sign-in/email`, { email: member.email, password: PASSWORD })
    return (await other.post(`${API}/two-factor/verify-backup-code`, { code: enabled.backupCodes[0] })).status
  }
  expect(await useCode()).toBe(200)
  await other.post(`${API}/sign-out`)
  expect(await useCode()).toBe(401)
  const kept = await team.rows<{ secret: string; backupCodes: string }>(
    'SELECT secret, "backupCodes" FROM sign_in."twoFactor"',
  )
  expect(JSON.stringify(kept)).not.toContain(secret)
  expect(JSON.stringify(kept)).not.toContain(enabled.backupCodes[1])
})

test('an API key carries its scopes, stands only as a hash, and opens nothing of the account itself', async () => {
  const member = await team.member()
  const { body: made } = await member.post(`${API}/keys/make`, {
    name: 'CI',
    scopes: { frameworks: 'write' },
    days: 30,
  })
  expect(made.key).toMatch(/^rungs_/)
  const headers = new Headers({ authorization: `Bearer ${made.key}` })
  const found = await team.signIn.findSignedIn(headers)
  expect(found?.scopes).toEqual(['frameworks:write'])
  expect(found?.session).toBeUndefined()
  const stored = await team.rows('SELECT * FROM sign_in.apikey')
  expect(JSON.stringify(stored)).not.toContain(made.key.slice(12))
  for (const path of ['account', 'list-sessions', 'api-key/list'])
    expect(
      (
        await team
          .browser()
          .get(`${API}/${path}`, { authorization: `Bearer ${made.key}`, 'x-api-key': made.key })
      ).status,
    ).toBe(401)
  expect((await member.get(`${API}/api-key/list`)).body.apiKeys).toHaveLength(1)
  await member.post(`${API}/api-key/delete`, { keyId: made.id })
  expect(await team.signIn.findSignedIn(headers)).toBeUndefined()
})

test('a key that has expired, is unknown or malformed proves nothing, even beside a good cookie', async () => {
  const member = await team.member()
  const { body: made } = await member.post(`${API}/keys/make`, {
    name: 'old',
    scopes: { '*': 'read' },
    days: 1,
  })
  await team.rows(`UPDATE sign_in.apikey SET "expiresAt" = now() - interval '1 second' WHERE id = $1`, [
    made.id,
  ])
  const cookie = [...member.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  expect(await team.signIn.findSignedIn(new Headers({ cookie }))).toBeDefined()
  for (const authorization of [
    `Bearer ${made.key}`,
    'Bearer rungs_nothing',
    'Bearer x',
    'Basic abc',
    'Bearer',
  ])
    expect([authorization, await team.signIn.findSignedIn(new Headers({ cookie, authorization }))]).toEqual([
      authorization,
      undefined,
    ])
})

test.each([
  ['no scopes', { name: 'x', scopes: {}, days: 1 }],
  ['a scope of another kind', { name: 'x', scopes: { people: 'own' }, days: 1 }],
  ['a scope that no endpoint asks for', { name: 'x', scopes: { person: 'read' }, days: 1 }],
  ['more than a year', { name: 'x', scopes: { people: 'read' }, days: 400 }],
  ['no name', { name: ' ', scopes: { people: 'read' }, days: 1 }],
])('a key with %s is refused', async (_, body) => {
  const member = await team.member()
  expect((await member.post(`${API}/keys/make`, body)).status).toBe(400)
})

test('a scope covers what is below it, in its own feature', () => {
  expect(accessNeeded(['assessments', 'answer'], 'POST')).toEqual({ feature: 'assessments', access: 'write' })
  expect(accessNeeded(['administration', 'grant'], 'POST')).toEqual({
    feature: 'administration',
    access: 'admin',
  })
  expect(coversAccess(['people:write'], 'people', 'read')).toBe(true)
  expect(coversAccess(['people:write'], 'people', 'admin')).toBe(false)
  expect(coversAccess(['people:admin'], 'rounds', 'read')).toBe(false)
  expect(coversAccess(['*:read'], 'rounds', 'read')).toBe(true)
  expect(coversAccess([], 'rounds', 'read')).toBe(false)
})
