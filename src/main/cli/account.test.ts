// rungs account: an operator sees who has access, ends it, and lets a lost owner in again; the last owner is not lost.
import { expect, test } from 'vitest'
import { createTestSignIn, PASSWORD, TEST_URL } from '../../../test/sign-in.ts'
import { runRungs } from '../../../test/terminal.ts'

const team = await createTestSignIn()
const API = '/sign-in-api'
const env = {
  DATABASE_URL: team.database.url,
  RUNGS_ACCOUNTS: 'on',
  RUNGS_URL: TEST_URL,
  RUNGS_SECRET: 's'.repeat(40),
}
const rungs = (...words: string[]) => runRungs(['account', ...words], { env })
const given = { name: 'Ada', email: 'ada@example.org', password: PASSWORD }

test('accounts are listed with what is open; one is signed out, another loses its access', async () => {
  expect(await rungs('list')).toMatchObject({ code: 0, out: expect.stringContaining('No accounts yet.') })
  const owner = team.browser()
  await owner.post(`${API}/links/open`, { token: await team.ownerToken(), ...given })
  const [stays, goes] = [await team.member(), await team.member()]
  const listed = await rungs('list')
  expect(listed.out).toMatch(/ada@example\.org .*owner/)
  expect(listed.out).toContain(stays.email)

  expect((await rungs('end-sessions', stays.email)).out).toContain('1 sign-in ended')
  expect((await stays.get(`${API}/account`)).status).toBe(401)
  expect((await rungs('disable', goes.email)).out).toContain('has no access any more')
  const again = await goes.post(`${API}/sign-in/email`, { email: goes.email, password: PASSWORD })
  expect(again.body.code).toBe('NO_MEMBERSHIP')
  expect((await rungs('disable', goes.email)).out).toContain('had no access already')
  const rows = await team.rows(
    "SELECT action, actor_kind FROM audit WHERE reason = 'operator' ORDER BY position",
  )
  expect(rows).toEqual([
    { action: 'session.end-all', actor_kind: 'system' },
    { action: 'membership.end', actor_kind: 'system' },
  ])
})

test('the last owner is not disabled; a new link takes their account away and lets them in again', async () => {
  const refused = await rungs('disable', given.email)
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('last owner')])
  const made = await rungs('owner-link')
  expect(made.out).toContain('within 24 hours')
  const token = /\/set-up\/(\S+)/.exec(made.out)?.[1] ?? ''
  const locked = await team.browser().post(`${API}/sign-in/email`, { ...given })
  expect(locked.body.code).toBe('NO_MEMBERSHIP')
  const owner = team.browser()
  const opened = await owner.post(`${API}/links/open`, { token, ...given, email: 'ada.new@example.org' })
  expect(opened.status).toBe(200)
  const { code, out, err } = await rungs('list', '--json')
  expect([code, err]).toEqual([0, ''])
  const { accounts } = JSON.parse(out) as {
    accounts: { email: string; owner: boolean; endedAt: string | null }[]
  }
  expect(accounts.find(({ email }) => email === 'ada.new@example.org')).toMatchObject({
    owner: true,
    endedAt: null,
  })
  expect(accounts.find(({ email }) => email === given.email)?.endedAt).not.toBeNull()
})

test.each([
  [['disable'], 'needs an account'],
  [['disable', 'nobody@example.org'], 'There is no account nobody@example.org'],
  [['list', 'x'], 'takes no account'],
])('%s is refused in words', async (words, message) => {
  const { code, err } = await rungs(...words)
  expect([code, err]).toEqual([2, expect.stringContaining(message)])
})
