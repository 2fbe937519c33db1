// Signing in through a real OpenID provider: oidc-provider, with its own pages, codes and keys.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { afterAll, expect, test } from 'vitest'
import { TestBrowser } from '../../../test/browser.ts'
import { createTestSignIn, TEST_URL } from '../../../test/sign-in.ts'

const API = '/sign-in-api'
const idp = await startProvider()
afterAll(() => idp.stop())
const oidc = {
  name: 'Acme',
  issuer: idp.issuer,
  clientId: 'rungs',
  clientSecret: idp.secret,
  trustEmail: false,
}
const team = await createTestSignIn({ oidc })

async function startProvider() {
  const secret = 'a secret of the client that is long enough'
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'rungs',
        client_secret: secret,
        redirect_uris: [`${TEST_URL}${API}/callback/oidc`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['a key of tests alone'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, email: `${id}@example.org`, email_verified: true, name: id }),
    }),
  })
  provider.on('server_error', (_, error) => process.stderr.write(`${error.message}\n`))
  const answer = provider.callback()
  server.on('request', (request, response) => void answer(request, response))
  return { issuer, secret, server, stop: () => stop(server) }
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

/** Goes through the provider's own pages as `login` and resolves with the address that it leads back to. */
async function visitProvider(url: string, login: string): Promise<string> {
  const person = new TestBrowser((request) => fetch(request, { redirect: 'manual' }), idp.issuer)
  const form = (prompt: string) => new URLSearchParams({ prompt, login, password: 'x' }).toString()
  let next = url
  for (let steps = 0; steps < 12; steps += 1) {
    if (next.startsWith(TEST_URL)) return next
    const answer = next.includes('/interaction/')
      ? await person.form(next, form(steps < 3 ? 'login' : 'consent'))
      : await person.get(next)
    next = new URL(answer.headers.get('location') ?? '', idp.issuer).href
  }
  throw new Error(`the provider led nowhere: ${next}`)
}

async function begin(browser: TestBrowser, more: object = {}): Promise<string> {
  const { body } = await browser.post(`${API}/sign-in/social`, {
    provider: 'oidc',
    callbackURL: '/',
    ...more,
  })
  return body.url as string
}

test('the request asks for a code with PKCE, a nonce and a state', async () => {
  const { searchParams } = new URL(await begin(team.browser()))
  expect(searchParams.get('response_type')).toBe('code')
  expect(searchParams.get('code_challenge_method')).toBe('S256')
  expect(searchParams.get('nonce')?.length).toBeGreaterThanOrEqual(32)
  expect(searchParams.get('state')?.length).toBeGreaterThanOrEqual(32)
  expect(searchParams.get('scope')?.split(' ')).toContain('openid')
})

test('who is invited comes in by the provider, and comes back without an invitation', async () => {
  const linkToken = await team.invite('ada@example.org')
  const browser = team.browser()
  const back = await visitProvider(await begin(browser, { additionalData: { linkToken } }), 'ada')
  expect((await browser.get(back)).headers.get('location')).toBe('/')
  const { body } = await browser.get(`${API}/account`)
  expect(body).toMatchObject({
    email: 'ada@example.org',
    hasPassword: false,
    oidc: { name: 'Acme', linked: true },
  })
  const later = team.browser()
  await later.get(await visitProvider(await begin(later), 'ada'))
  expect((await later.get(`${API}/account`)).body.email).toBe('ada@example.org')
})

test('a code is good once, and only in the browser that asked for it', async () => {
  const browser = team.browser()
  const back = await visitProvider(await begin(browser), 'ada')
  const thief = team.browser()
  await thief.get(back)
  expect((await thief.get(`${API}/account`)).status).toBe(401)
  const again = team.browser()
  const own = new URL(await begin(again))
  const stolen = new URL(back)
  stolen.searchParams.set('state', own.searchParams.get('state') ?? '')
  await again.get(stolen.href)
  expect((await again.get(`${API}/account`)).status).toBe(401)
})

test('who is not invited is told so', async () => {
  const browser = team.browser()
  const answer = await browser.get(await visitProvider(await begin(browser), 'eve'))
  expect(answer.headers.get('location')).toMatch(/\/sign-in\?error=signup_disabled/)
})

test('while the provider is away, the others ways in still work and this one says so', async () => {
  const away = await startProvider()
  await away.stop()
  const other = await createTestSignIn({ oidc: { ...oidc, issuer: away.issuer } })
  const answer = await other.browser().post(`${API}/sign-in/social`, { provider: 'oidc', callbackURL: '/' })
  expect([answer.status, answer.body.code]).toEqual([503, 'PROVIDER_UNREACHABLE'])
  expect((await (await other.member()).get(`${API}/account`)).status).toBe(200)
})
