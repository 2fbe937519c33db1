// Attacks on signing in through an identity provider, as a table: each is refused, and none leaves a session behind.
import { createHmac, generateKeyPairSync, randomUUID, sign as signBytes } from 'node:crypto'
import { exportJWK, exportSPKI, importJWK, type JWTPayload } from 'jose'
import { afterAll, afterEach, expect, test } from 'vitest'
import type { Answer, TestBrowser } from '../../../test/browser.ts'
import { KEY_ID, startTestProvider, tokens, type TokenAnswer } from '../../../test/identity-provider.ts'
import { REASONS } from '../../../test/open-id-refusals.ts'
import { createTestSignIn } from '../../../test/sign-in.ts'
import { createLog } from '../log.ts'

const idp = await startTestProvider()
afterAll(() => idp.stop())
const { issuer, clientId, clientSecret } = idp
/** What the server wrote down since the attack began. */
const logged: string[] = []
const team = await createTestSignIn({
  oidc: { name: 'Acme', issuer, clientId, clientSecret, trustEmail: false },
  log: createLog('warn', (line) => logged.push(line)),
})
const API = '/sign-in-api'
const honest = idp.answer

/** Begins at the sign-in page, up to where the browser would leave for the provider. */
async function begin(browser: TestBrowser, more: Record<string, unknown> = {}) {
  const { body } = await browser.post(`${API}/sign-in/social`, {
    provider: 'oidc',
    callbackURL: '/',
    ...more,
  })
  const { searchParams } = new URL(body.url)
  idp.nonce = searchParams.get('nonce') ?? ''
  return { state: searchParams.get('state') ?? '', nonce: idp.nonce }
}

function comeBack(browser: TestBrowser, parameters: Record<string, string>): Promise<Answer> {
  return browser.get(
    `${API}/callback/oidc?${new URLSearchParams({ code: randomUUID(), iss: issuer, ...parameters })}`,
  )
}

async function isSignedIn(browser: TestBrowser): Promise<boolean> {
  return (await browser.get(`${API}/account`)).status === 200
}

const countOf = async (table: string) =>
  (await team.rows<{ n: number }>(`SELECT count(*)::int AS n FROM sign_in."${table}"`))[0]?.n ?? -1

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const part = (value: unknown) => bytes(value).toString('base64url')
const unsigned = (header: object, claims: JWTPayload) => `${part(header)}.${part(claims)}`
const withHmac = (alg: 'HS256' | 'HS512', key: string) => (claims: JWTPayload) => {
  const text = unsigned({ alg, kid: KEY_ID }, claims)
  return `${text}.${createHmac(alg === 'HS256' ? 'sha256' : 'sha512', key)
    .update(text)
    .digest('base64url')}`
}
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })
const foreignJwk = await exportJWK(foreign.publicKey)
const byForeignKey = (header: object) => (claims: JWTPayload) => {
  const text = unsigned({ alg: 'RS256', kid: KEY_ID, ...header }, claims)
  return `${text}.${signBytes('sha256', Buffer.from(text), foreign.privateKey).toString('base64url')}`
}
const publicPem = await exportSPKI((await importJWK(idp.publicJwk, 'RS256')) as CryptoKey)
const withHeader = (header: object) => async (claims: JWTPayload) => {
  const text = unsigned({ alg: 'RS256', kid: KEY_ID, ...header }, claims)
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', idp.privateKey, Buffer.from(text))
  return `${text}.${Buffer.from(signature).toString('base64url')}`
}
const good = withHeader({})
const seconds = (from: number) => Math.floor(Date.now() / 1000) + from

/** How the ID token is made. */
const TOKENS: Record<string, (claims: JWTPayload) => unknown> = {
  'algorithm none, no signature': (claims) => `${unsigned({ alg: 'none' }, claims)}.`,
  'algorithm none over a good signature': async (claims) =>
    `${unsigned({ alg: 'none', kid: KEY_ID }, claims)}.${(await good(claims)).split('.')[2]}`,
  'algorithm None in other letters': (claims) => `${unsigned({ alg: 'nOnE' }, claims)}.`,
  'an empty algorithm': (claims) => `${unsigned({ alg: '' }, claims)}.`,
  'no algorithm': (claims) => `${unsigned({ kid: KEY_ID }, claims)}.`,
  'HMAC with the public key as PEM': withHmac('HS256', publicPem),
  'HMAC with the public key as PEM, trimmed': withHmac('HS256', publicPem.trim()),
  'HMAC with the public key as JWK': withHmac('HS256', JSON.stringify(idp.publicJwk)),
  'HMAC with the modulus': withHmac('HS256', idp.publicJwk.n ?? ''),
  "HMAC with the client's secret": withHmac('HS256', clientSecret),
  "HMAC-512 with the client's secret": withHmac('HS512', clientSecret),
  'HMAC with an empty key': withHmac('HS256', ''),
  'a foreign key under the known key id': byForeignKey({}),
  'a foreign key that comes along': byForeignKey({ jwk: foreignJwk }),
  'a foreign key at an address that comes along': byForeignKey({ jku: 'http://127.0.0.1:9/keys' }),
  'a certificate that comes along': byForeignKey({ x5c: ['MIIB'], x5u: 'http://127.0.0.1:9/cert' }),
  'a key id that nobody has': byForeignKey({ kid: 'other' }),
  'a key id that is a path': byForeignKey({ kid: '../../dev/null' }),
  'a critical extension that nobody knows': withHeader({ crit: ['urn:x'], 'urn:x': true }),
  'an unencoded payload': withHeader({ crit: ['b64'], b64: false }),
  'another algorithm named than used': withHeader({ alg: 'PS256' }),
  'a curve named over an RSA key': withHeader({ alg: 'ES256' }),
  'SHA-1': withHeader({ alg: 'RS1' }),
  'no signature part': (claims) => unsigned({ alg: 'RS256', kid: KEY_ID }, claims),
  'an empty signature': (claims) => `${unsigned({ alg: 'RS256', kid: KEY_ID }, claims)}.`,
  'a signature cut short': async (claims) => (await good(claims)).slice(0, -8),
  'a payload changed after signing': async (claims) => {
    const [head, , signature] = (await good(claims)).split('.')
    return `${head}.${part({ ...claims, sub: 'subject-1', admin: true })}.${signature}`
  },
  'an encrypted token': () =>
    `${part({ alg: 'dir', enc: 'A256GCM' })}..${part('x')}.${part('y')}.${part('z')}`,
  'a token in JSON form': async (claims) => {
    const [head, payload, signature] = (await good(claims)).split('.')
    return JSON.stringify({ protected: head, payload, signature })
  },
  'an empty token': () => '',
  'no token': () => undefined,
  'a token that is no text': () => 7,
}

/** What differs from good claims. */
const CLAIMS: Record<string, (claims: JWTPayload) => object> = {
  'another issuer': () => ({ iss: 'https://evil.example' }),
  'the issuer with a slash': () => ({ iss: `${issuer}/` }),
  'no issuer': () => ({ iss: undefined }),
  'several issuers': () => ({ iss: [issuer] }),
  'another audience': () => ({ aud: 'other-client' }),
  'no audience': () => ({ aud: undefined }),
  'an empty audience': () => ({ aud: [] }),
  'us among several audiences': () => ({ aud: [clientId, 'other-client'] }),
  'us among several audiences, made for another': () => ({ aud: [clientId, 'other'], azp: 'other' }),
  'made for another party': () => ({ azp: 'other-client' }),
  'the beginning of our name as audience': () => ({ aud: 'rung' }),
  'another nonce': () => ({ nonce: 'x'.repeat(32) }),
  'no nonce': () => ({ nonce: undefined }),
  'an empty nonce': () => ({ nonce: '' }),
  'the nonce in a list': ({ nonce }) => ({ nonce: [nonce] }),
  'over since five minutes': () => ({ exp: seconds(-300) }),
  'over since two minutes': () => ({ exp: seconds(-120), iat: seconds(-300) }),
  'no end': () => ({ exp: undefined }),
  'an end that is no number': () => ({ exp: 'tomorrow' }),
  'no time of making': () => ({ iat: undefined }),
  'made in five minutes': () => ({ iat: seconds(300), exp: seconds(600) }),
  'made eleven minutes ago': () => ({ iat: seconds(-661) }),
  'valid in five minutes': () => ({ nbf: seconds(300) }),
  'no subject': () => ({ sub: undefined }),
  'an empty subject': () => ({ sub: '' }),
  'a subject of 256 letters': () => ({ sub: 's'.repeat(256) }),
  'a subject that is a number': () => ({ sub: 1 }),
  'the hash of another access token': () => ({ at_hash: part('another one') }),
}

test('the good flow signs in who was invited, and again without a link', async () => {
  const linkToken = await team.invite('kim@example.org')
  const browser = team.browser()
  const { state } = await begin(browser, { additionalData: { linkToken } })
  const answer = await comeBack(browser, { state })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/'])
  expect(await isSignedIn(browser)).toBe(true)
  const later = team.browser()
  await comeBack(later, await begin(later))
  expect(await isSignedIn(later)).toBe(true)
})

/** Why it was refused, as the server says it: to its log, to the screen by the address, or in the answer. */
function reasonOf(answer: Answer): string {
  const told = logged
    .map((line) => JSON.parse(line) as { event: string; reason?: string })
    .findLast(({ event, reason }) => event === 'identity provider refused' && reason !== undefined)
  const location = new URL(answer.headers.get('location') ?? '/', 'http://localhost')
  const body = answer.body as { code?: string } | undefined
  return told?.reason ?? location.searchParams.get('error') ?? body?.code ?? String(answer.status)
}

async function expectRefusal(name: string, answer: Answer, browser: TestBrowser, sessions: number) {
  expect([name, reasonOf(answer)]).toEqual([name, REASONS[name]])
  expect([302, 400, 401, 403, 404, 405, 415]).toContain(answer.status)
  if (answer.status === 302) expect(answer.headers.get('location')).toMatch(/\/sign-in\?.*error=/)
  expect(await isSignedIn(browser)).toBe(false)
  expect(await countOf('session')).toBe(sessions)
}

afterEach(() => {
  logged.length = 0
  idp.answer = honest
  idp.discovery = {}
  idp.userInfo = {}
})

test.each(Object.entries(TOKENS))('a token is refused: %s', async (name, make) => {
  const sessions = await countOf('session')
  idp.answer = async (nonce) => ({ body: tokens(await make(idp.claims(nonce))) })
  const browser = team.browser()
  await expectRefusal(name, await comeBack(browser, await begin(browser)), browser, sessions)
})

test.each(Object.entries(CLAIMS))('a well-signed token is refused: %s', async (name, change) => {
  const sessions = await countOf('session')
  idp.answer = async (nonce) => {
    const claims = idp.claims(nonce)
    return { body: tokens(await good({ ...claims, ...change(claims) })) }
  }
  const browser = team.browser()
  await expectRefusal(name, await comeBack(browser, await begin(browser)), browser, sessions)
})

/** What is wrong about the way back. */
const FLOWS: Record<string, (browser: TestBrowser) => Promise<Answer>> = {
  'begun by the provider, without a state': (browser) => comeBack(browser, {}),
  'a state that nobody gave': (browser) => comeBack(browser, { state: 'x'.repeat(32) }),
  'an empty state': (browser) => comeBack(browser, { state: '' }),
  "another browser's state": async (browser) =>
    comeBack(browser, { state: (await begin(team.browser())).state }),
  "another flow's token": async (browser) => {
    const { state } = await begin(browser)
    await begin(team.browser())
    return comeBack(browser, { state })
  },
  'a state used before': async (browser) => {
    const { state } = await begin(browser)
    await comeBack(browser, { state })
    await browser.post(`${API}/sign-out`)
    return comeBack(browser, { state })
  },
  'a forged state cookie': async (browser) => {
    const { state } = await begin(team.browser())
    browser.cookies.set('rungs.state', `${state}.${'A'.repeat(43)}=`)
    return comeBack(browser, { state })
  },
  'a state that is over': async (browser) => {
    const { state } = await begin(browser)
    await team.rows(
      `UPDATE sign_in.verification SET value = jsonb_set(value::jsonb, '{expiresAt}', '1')::text WHERE value LIKE '{%'`,
    )
    return comeBack(browser, { state })
  },
  'no code': async (browser) => {
    const { state } = await begin(browser)
    return browser.get(`${API}/callback/oidc?${new URLSearchParams({ state, iss: issuer })}`)
  },
  'an error of the provider': async (browser) =>
    comeBack(browser, { state: (await begin(browser)).state, error: 'access_denied' }),
  "another provider's answer": async (browser) =>
    comeBack(browser, { state: (await begin(browser)).state, iss: 'https://evil.example' }),
  'an answer that does not say who gave it': async (browser) => {
    const { state } = await begin(browser)
    return browser.get(`${API}/callback/oidc?${new URLSearchParams({ state, code: 'c' })}`)
  },
  'a code that the provider refuses': async (browser) => {
    const flow = await begin(browser)
    idp.answer = () => ({ status: 400, body: { error: 'invalid_grant' } })
    return comeBack(browser, flow)
  },
  'a token endpoint that leads elsewhere': async (browser) => {
    const flow = await begin(browser)
    idp.answer = (): TokenAnswer => ({ status: 307, headers: { location: `${issuer}/elsewhere` }, body: {} })
    return comeBack(browser, flow)
  },
  'user information about somebody else': async (browser) => {
    const flow = await begin(browser)
    idp.answer = async (nonce) => ({ body: tokens(await good({ ...idp.claims(nonce), email: undefined })) })
    idp.userInfo = { sub: 'subject-2', email: 'kim@example.org', email_verified: true }
    return comeBack(browser, flow)
  },
  'a token that the client brings': async (browser) => {
    const token = await good(idp.claims('n'))
    return browser.post(`${API}/sign-in/social`, { provider: 'oidc', idToken: { token, nonce: 'n' } })
  },
  'another provider in the address': async (browser) => {
    const { state } = await begin(browser)
    return browser.get(`${API}/callback/google?${new URLSearchParams({ state, code: 'c', iss: issuer })}`)
  },
  'an answer sent as a form by another site': async (browser) =>
    browser.post(
      `${API}/callback/oidc`,
      { state: (await begin(browser)).state, code: 'c' },
      { origin: issuer },
    ),
  'a way back to another site': (browser) =>
    browser.post(`${API}/sign-in/social`, { provider: 'oidc', callbackURL: 'https://evil.example/' }),
  'a way back to another site, written without a scheme': (browser) =>
    browser.post(`${API}/sign-in/social`, { provider: 'oidc', callbackURL: '//evil.example/' }),
}

test.each(Object.entries(FLOWS))('a flow is refused: %s', async (name, go) => {
  const browser = team.browser()
  const before = await countOf('session')
  const answer = await go(browser)
  // The flow that is replayed was good the first time, and signed out.
  expect(await countOf('session')).toBe(before)
  await expectRefusal(name, answer, browser, before)
})

/** Whom the provider says it is, and what of it must not open or join an account. */
const LINKS: Record<
  string,
  (browser: TestBrowser) => Promise<JWTPayload & { linkToken?: string; path?: string }>
> = {
  "an unverified address, somebody's here": async () => ({
    sub: 's2',
    email: (await team.member()).email,
    email_verified: false,
  }),
  "a verified address, somebody's here, never linked": async () => ({
    sub: 's3',
    email: (await team.member()).email,
  }),
  'an address in other letters': async () => ({
    sub: 's4',
    email: (await team.member()).email.toUpperCase(),
  }),
  'nobody invited': async () => ({ sub: 's5', email: 'new@example.org' }),
  'invited, with an unverified address': async () => ({
    ...{ sub: 's6', email: 'six@example.org', email_verified: false },
    linkToken: await team.invite('six@example.org'),
  }),
  'invited, verified in words that mean nothing': async () => ({
    ...{ sub: 's7', email: 'seven@example.org', email_verified: 'yes' },
    linkToken: await team.invite('seven@example.org'),
  }),
  'invited under another address': async () => ({
    ...{ sub: 's8', email: 'eight@example.org' },
    linkToken: await team.invite('somebody.else@example.org'),
  }),
  'an invitation that is over': async () => ({
    ...{ sub: 's9', email: 'nine@example.org' },
    linkToken: await team.invite('nine@example.org', { expiresAt: new Date(Date.now() - 1000) }),
  }),
  'an invitation that nobody made': async () => ({
    sub: 's10',
    email: 'ten@example.org',
    linkToken: 'x'.repeat(43),
  }),
  'no address at all': async () => {
    idp.userInfo = { sub: 's11' }
    return { sub: 's11', email: undefined }
  },
}

test.each(Object.entries(LINKS))('no account is opened or joined: %s', async (name, who) => {
  const browser = team.browser()
  const { linkToken, ...claims } = await who(browser)
  const [sessions, users, accounts] = [
    await countOf('session'),
    await countOf('user'),
    await countOf('account'),
  ]
  idp.answer = async (nonce) => ({ body: tokens(await good({ ...idp.claims(nonce), ...claims })) })
  const flow = await begin(browser, linkToken === undefined ? {} : { additionalData: { linkToken } })
  await expectRefusal(name, await comeBack(browser, flow), browser, sessions)
  expect([await countOf('user'), await countOf('account')]).toEqual([users, accounts])
})

test.each([
  ['an unverified address', (email: string) => ({ sub: 'l1', email, email_verified: false })],
  ['another address', () => ({ sub: 'l2', email: 'other@example.org' })],
  ["somebody else's identity", (email: string) => ({ sub: 'subject-1', email })],
])('who is signed in cannot join %s to their account', async (_, claims) => {
  const member = await team.member()
  const { body } = await member.post(`${API}/link-social`, { provider: 'oidc', callbackURL: '/account' })
  const { searchParams } = new URL(body.url)
  idp.nonce = searchParams.get('nonce') ?? ''
  idp.answer = async (nonce) => ({
    body: tokens(await good({ ...idp.claims(nonce), ...claims(member.email) })),
  })
  const accounts = await countOf('account')
  const answer = await comeBack(member, { state: searchParams.get('state') ?? '' })
  expect(answer.headers.get('location')).toMatch(/error=/)
  expect(await countOf('account')).toBe(accounts)
})

test('who is signed in joins an identity with the same verified address, and signs in by it', async () => {
  const member = await team.member()
  const { body } = await member.post(`${API}/link-social`, { provider: 'oidc', callbackURL: '/account' })
  const { searchParams } = new URL(body.url)
  idp.nonce = searchParams.get('nonce') ?? ''
  idp.answer = async (nonce) => ({
    body: tokens(await good({ ...idp.claims(nonce), sub: 'l9', email: member.email })),
  })
  await comeBack(member, { state: searchParams.get('state') ?? '' })
  const browser = team.browser()
  await comeBack(browser, await begin(browser))
  expect((await browser.get(`${API}/account`)).body.email).toBe(member.email)
})

test.each([
  ['another issuer', { issuer: 'https://evil.example' }],
  ['an address without TLS', { token_endpoint: 'http://evil.example/token' }],
  ['no keys', { jwks_uri: undefined }],
])('a provider that is described with %s is not gone to', async (_, discovery) => {
  const fresh = await startTestProvider()
  fresh.discovery = discovery
  const oidc = { name: 'Acme', issuer: fresh.issuer, clientId, clientSecret, trustEmail: false }
  const other = await createTestSignIn({ oidc })
  const answer = await other.browser().post(`${API}/sign-in/social`, { provider: 'oidc', callbackURL: '/' })
  expect(answer.status).toBe(503)
  await fresh.stop()
})

test('the tables hold 90 attacks, each with what refuses it', () => {
  const attacks = [TOKENS, CLAIMS, FLOWS, LINKS].flatMap((table) => Object.keys(table))
  expect(attacks.length).toBeGreaterThanOrEqual(90)
  expect(attacks.toSorted()).toEqual(Object.keys(REASONS).toSorted())
})
