// Guessing passwords: how many tries get through, over time, over processes, and who is still let in meanwhile.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { TestBrowser } from '../../../test/browser.ts'
import { createTestSignIn, PASSWORD, TEST_URL, type TestSignIn } from '../../../test/sign-in.ts'
import { totpCode } from '../../../test/totp.ts'
import { counting } from '../../../test/trust/counting.ts'
import { ADDRESS_HEADER } from './mount-point.ts'
import type { SignIn } from './sign-in.ts'

const team = await createTestSignIn()
const API = '/sign-in-api'
const FULL = process.env['RUNGS_VERIFY'] !== undefined
const LOGINS = FULL ? 10_000 : 200
const ACCOUNTS = FULL ? 10_000 : 120

/** A guesser at an address of its own, so that the limit of an address does not hide the account's. */
function guesser(at: number, signIn: SignIn = team.signIn): TestBrowser {
  const address = `198.18.${Math.floor(at / 250) % 250}.${(at % 250) + 1}`
  return new TestBrowser((request) => signIn.handle(request), TEST_URL, { [ADDRESS_HEADER]: address })
}

/** Answers of many requests, a few at a time, counted by what they said. */
async function count(total: number, ask: (at: number) => Promise<{ status: number }>) {
  const counts = new Map<number, number>()
  for (let from = 0; from < total; from += 20) {
    const statuses = await Promise.all(
      Array.from({ length: Math.min(20, total - from) }, (_, at) => ask(from + at)),
    )
    for (const { status } of statuses) counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}

async function attack(one: TestSignIn, email: string, total: number) {
  const second = one.another()
  return count(total, (at) =>
    guesser(at, at % 2 === 0 ? one.signIn : second).post(`${API}/sign-in/email`, {
      email,
      password: `guess number ${at}`,
    }),
  )
}

test(`of ${LOGINS} logins on one account, through two processes, 5 reach its password; its people still get in`, async () => {
  const counted = counting('C6 logins on one account')
  const owner = await team.member('target@example.org')
  const { body: enabled } = await owner.post(`${API}/two-factor/enable`, { password: PASSWORD })
  const secret = new URL(enabled.totpURI).searchParams.get('secret') ?? ''
  await owner.post(`${API}/two-factor/verify-totp`, { code: totpCode(secret) })
  await owner.post(`${API}/sign-out`)

  expect(await attack(team, owner.email, LOGINS)).toEqual({ 401: 5, 429: LOGINS - 5 })

  // The right password alone, from a place that nobody knows, waits too.
  const elsewhere = team.browser()
  const blocked = await elsewhere.post(`${API}/sign-in/email`, { email: owner.email, password: PASSWORD })
  expect([blocked.status, blocked.body.code]).toEqual([429, 'TOO_MANY_TRIES'])
  const wait = Number(blocked.headers.get('retry-after'))
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(900)
  // With a wrong code as well.
  const wrong = { email: owner.email, password: PASSWORD, code: '000000' }
  expect((await elsewhere.post(`${API}/sign-in/email`, wrong)).status).toBe(429)
  // With the second factor it passes, and is asked for it as always.
  const right = { email: owner.email, password: PASSWORD, code: totpCode(secret) }
  expect((await elsewhere.post(`${API}/sign-in/email`, right)).body.twoFactorRedirect).toBe(true)
  const next = totpCode(secret, Date.now() + 30_000)
  expect((await elsewhere.post(`${API}/two-factor/verify-totp`, { code: next })).status).toBe(200)
  counted(
    LOGINS,
    '5 passwords looked at in 15 minutes, all others refused; the owner let in by the second factor',
  )
}, 600_000)

test('a browser that the account was used in before is not locked out by strangers, and has a limit of its own', async () => {
  const member = await team.member('familiar@example.org')
  await member.post(`${API}/sign-out`)
  await attack(team, member.email, 20)
  const again = () => member.post(`${API}/sign-in/email`, { email: member.email, password: PASSWORD })
  expect((await again()).status).toBe(200)
  await member.post(`${API}/sign-out`)
  const wrong = await count(9, () =>
    member.post(`${API}/sign-in/email`, { email: member.email, password: 'wrong wrong wrong' }),
  )
  expect(wrong).toEqual({ 401: 5, 429: 4 })
  // Another account's device opens nothing here.
  const other = await team.member('other@example.org')
  const tried = await other.post(`${API}/sign-in/email`, { email: member.email, password: PASSWORD })
  expect(tried.status).toBe(429)
})

test('the window slides: five tries before its end leave none for the minutes after it', async () => {
  const email = 'slide@example.org'
  await attack(team, email, 5)
  await team.rows(`UPDATE sign_in.tried SET at = ARRAY(SELECT a - interval '14 minutes' FROM unnest(at) a)`)
  expect(await attack(team, email, 5)).toEqual({ 429: 5 })
  await team.rows(`UPDATE sign_in.tried SET at = ARRAY(SELECT a - interval '61 seconds' FROM unnest(at) a)`)
  expect(await attack(team, email, 10)).toEqual({ 401: 5, 429: 5 })
})

test('an address that nobody has is refused in the same way', async () => {
  expect(await attack(team, 'nobody@example.org', 12)).toEqual({ 401: 5, 429: 7 })
})

test(`of ${ACCOUNTS} accounts tried from one address, at most 50 passwords are looked at in 15 minutes`, async () => {
  const counted = counting('C6 accounts from one address')
  const one = guesser(60_000)
  // Each look at a password takes a tenth of a second: a short run begins with some tries made already.
  const made = FULL ? 0 : 40
  const key = createHash('sha256').update(`address:${one.headers[ADDRESS_HEADER]}`).digest('hex')
  await team.rows('INSERT INTO sign_in.tried SELECT $1, array_fill(now(), ARRAY[$2::int])', [key, made])
  const counts = await count(ACCOUNTS, (at) =>
    one.post(`${API}/sign-in/email`, { email: `spray${at}@example.org`, password: 'correct horse' }),
  )
  expect(counts[401] ?? 0).toBeGreaterThan(0)
  expect(counts[401] ?? 0).toBeLessThanOrEqual(50 - made)
  expect(counts).toEqual({ 401: counts[401], 429: ACCOUNTS - (counts[401] ?? 0) })
  counted(ACCOUNTS, `${counts[401]} passwords looked at, all others refused`)
}, 600_000)

test('five wrong codes of the second factor end it for a quarter of an hour', async () => {
  const member = await team.member('codes@example.org')
  const { body: enabled } = await member.post(`${API}/two-factor/enable`, { password: PASSWORD })
  const secret = new URL(enabled.totpURI).searchParams.get('secret') ?? ''
  await member.post(`${API}/two-factor/verify-totp`, { code: totpCode(secret) })
  const wrong: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const guess = guesser(70_000 + round)
    await guess.post(`${API}/sign-in/email`, { email: member.email, password: PASSWORD })
    for (let at = 0; at < 4; at += 1)
      wrong.push(
        (await guess.post(`${API}/two-factor/verify-totp`, { code: `00000${round * 4 + at}`.slice(-6) }))
          .status,
      )
  }
  expect(wrong.filter((status) => status === 401).length).toBeLessThanOrEqual(5)
  const locked = guesser(70_009)
  await locked.post(`${API}/sign-in/email`, { email: member.email, password: PASSWORD })
  const right = totpCode(secret, Date.now() + 30_000)
  expect((await locked.post(`${API}/two-factor/verify-totp`, { code: right })).status).toBe(429)
})
