// The walls of the HTTP application, its health, its documents and its files.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { createTestDatabase } from '../../../test/database.ts'
import { connect } from '../../db/connect.ts'
import { createLog } from '../log.ts'
import { healthRoutes } from './health.ts'

const webFolder = mkdtempSync(join(tmpdir(), 'rungs-web-'))
mkdirSync(join(webFolder, 'assets'))
writeFileSync(
  join(webFolder, 'index.html'),
  '<head><meta property="csp-nonce" nonce="__RUNGS_NONCE__"></head><h1>Rungs</h1>',
)
writeFileSync(join(webFolder, 'assets/main-abc.js'), 'export const rungs = 1')
mkdirSync(join(webFolder, '.vite'))
writeFileSync(
  join(webFolder, '.vite/manifest.json'),
  JSON.stringify({
    'src/ui/words/en.ts': { file: 'assets/en-1.js', imports: ['_both.js'] },
    'src/ui/words/zh-hans.ts': { file: 'assets/zh-1.js', imports: ['_both.js'], css: ['assets/zh-1.css'] },
    '_both.js': { file: 'assets/both-1.js', imports: ['src/ui/words/en.ts'] },
  }),
)
writeFileSync(join(webFolder, 'assets/main-abc.js.gz'), gzipSync('export const rungs = 1'))
afterAll(() => rmSync(webFolder, { recursive: true }))
const app = await createTestApp({ webFolder })

test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:7474', '192.168.0.7:7474', ''])(
  'a request for the host %j is refused, so that no foreign name can be bound to this machine',
  async (host) => {
    expect((await app.request('/api/about', { headers: { host } })).status).toBe(421)
  },
)

test.each(['127.0.0.1', '127.0.0.1:7474', 'localhost:80', '[::1]:7474'])(
  'a request for the host %s is answered',
  async (host) => {
    expect((await app.request('/api/about', { headers: { host } })).status).toBe(200)
  },
)

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['another port of this machine', { origin: 'http://127.0.0.1:9999' }],
  ['an opaque origin', { origin: 'null' }],
  ['a foreign script', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
])('a request from %s is refused', async (_, headers) => {
  for (const path of ['/rpc/about/get', '/api/about', '/']) {
    expect((await app.request(path, { headers })).status).toBe(403)
  }
})

test('a link on another site may open the page', async () => {
  const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
  expect((await app.request('/', { headers })).status).toBe(200)
})

test('a page that was built anew under a running server is the one that is served', async () => {
  const page = join(webFolder, 'index.html')
  const before = readFileSync(page, 'utf8')
  writeFileSync(page, `${before}<p>built anew</p>`)
  utimesSync(page, new Date(), new Date(Date.now() + 5000))
  expect(await (await app.request('/')).text()).toContain('built anew')
  writeFileSync(page, before)
  expect(await (await app.request('/')).text()).not.toContain('built anew')
})

test('the page carries a nonce of its own that its policy names, and nothing inline is allowed without it', async () => {
  const read = async () => {
    const response = await app.request('/some/screen')
    const policy = response.headers.get('content-security-policy') ?? ''
    return { policy, nonce: /nonce="([^"]+)"/.exec(await response.text())?.[1] ?? 'none' }
  }
  const [first, second] = [await read(), await read()]
  expect(first.policy).toContain(`style-src 'self' 'nonce-${first.nonce}'`)
  expect(first.policy).toContain("default-src 'none'")
  expect(first.policy).toMatch(/script-src 'self'( 'sha256-[\w+/=]{44}'){2};/)
  expect(first.nonce).not.toBe(second.nonce)
})

test('the page names the words of the reader’s language and what it reads first, before any script runs', async () => {
  const read = async (path: string, language: string) =>
    (await app.request(path, { headers: { 'accept-language': language } })).text()
  const home = await read('/', 'zh-CN,zh;q=0.9')
  expect(home).toContain('<link rel="modulepreload" crossorigin href="/assets/zh-1.js">')
  expect(home).toContain('<link rel="preload" as="style" crossorigin href="/assets/zh-1.css">')
  expect(home.match(/both-1\.js/g)).toHaveLength(1)
  const [call = ''] = /\/rpc\/assessments\/list[^"]*/.exec(home) ?? []
  expect((await app.request(call)).status).toBe(200)
  const other = await read('/frameworks', 'de')
  expect(other).toContain('/assets/en-1.js')
  expect(other).not.toContain('/rpc/')
  expect(await read(`/standings/"><script>`, 'en')).not.toContain('/rpc/')
})

test('what is read for a page is kept by no cache', async () => {
  const { headers } = await app.request('/rpc/assessments/list?data=%7B%7D')
  expect(headers.get('cache-control')).toBe('no-store')
})

test('every kind of answer carries the security headers', async () => {
  for (const path of ['/', '/assets/main-abc.js', '/api/about', '/api/nothing', '/healthz']) {
    const { headers } = await app.request(path)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  }
})

test('a hashed file may be kept for ever and is sent compressed to who can read it; the page is asked for each time', async () => {
  const plain = await app.request('/assets/main-abc.js')
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(await plain.text()).toBe('export const rungs = 1')
  const packed = await app.request('/assets/main-abc.js', { headers: { 'accept-encoding': 'gzip' } })
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  expect(packed.headers.get('content-type')).toMatch(/javascript/)
  const page = await app.request('/')
  expect(page.headers.get('cache-control')).toBe('no-store')
})

test.each(['/assets/gone.js', '/assets/../../package.json', '/%2e%2e/%2e%2e/etc/passwd'])(
  '%s gives no file',
  async (path) => {
    const response = await app.request(path)
    expect(await response.text()).not.toMatch(/"name"|root:/)
  },
)

test('the OpenAPI document is 3.1 and names every endpoint with its summary', async () => {
  const document = (await (await app.request('/api/openapi.json')).json()) as {
    openapi: string
    paths: Record<string, Record<string, { summary?: string; responses: object }>>
  }
  expect(document.openapi).toMatch(/^3\.1\./)
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
  expect(operations.length).toBeGreaterThan(15)
  expect(operations.filter(({ summary }) => summary === undefined)).toEqual([])
})

test.each([
  ['malformed JSON', '{', 400],
  ['a wrong shape', '{"framework":7}', 400],
  ['more than 8 MB', JSON.stringify({ framework: 'x'.repeat(9_000_000) }), 413],
])('%s is refused without a trace of the server', async (_, body, status) => {
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) }
  const response = await app.request('/api/assessments', { method: 'POST', headers, body })
  expect(response.status).toBe(status)
  const answer = await response.clone().text()
  expect(answer).not.toMatch(/node_modules| at /)
  expect(await response.json()).toMatchObject({
    ...{ status, message: expect.any(String) as string },
    data: { faults: expect.any(Array) as unknown[], refusal: expect.any(String) as string },
  })
})

test('input of another shape is refused with its places, as everything is, and the document says so', async () => {
  const body = JSON.stringify({ framework: 7, key: 'x' })
  const headers = { 'content-type': 'application/json' }
  const response = await app.request('/api/assessments', { method: 'POST', headers, body })
  const { data } = (await response.json()) as { data: { faults: { path: string }[] } }
  expect(data.faults.map(({ path }) => path)).toEqual(expect.arrayContaining(['framework', 'key']))
  expect(data).toMatchObject({ refusal: 'input-not-as-expected', values: { place: data.faults[0]!.path } })
  expect(data).not.toHaveProperty('issues')
  const document = (await (await app.request('/api/openapi.json')).json()) as {
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
  }
  expect(document.paths['/assessments']!['post']!.responses).toHaveProperty('default')
})

test('a people file may be larger than other requests, and is told where it is too large', async () => {
  const send = (length: number) =>
    app.request('/api/people/import', {
      ...{ method: 'POST', body: '{}' },
      headers: { 'content-type': 'application/json', 'content-length': String(length) },
    })
  expect((await send(20_000_000)).status).toBe(400)
  const refused = await send(30_000_000)
  expect(refused.status).toBe(413)
  expect(await refused.json()).toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
    message: expect.stringMatching(/larger than 24 MB.*several files/) as string,
  })
})

test('an unknown endpoint is told as such', async () => {
  const response = await app.request('/api/nothing')
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({
    code: 'NOT_FOUND',
    message: 'There is no endpoint GET /api/nothing.',
  })
})

test('healthz and readyz answer', async () => {
  expect(await (await app.request('/healthz')).json()).toEqual({ status: 'up' })
  expect(await (await app.request('/readyz')).json()).toEqual({ status: 'ready' })
})

test('readyz gives 503 with a reason once the database is gone, healthz stays', async () => {
  const database = await createTestDatabase()
  const nowhere = new URL(database.url)
  nowhere.pathname = '/there_is_none'
  const connection = connect({ connectionString: nowhere.href }, createLog('silent'))
  const routes = healthRoutes(connection)
  const response = await routes.request('/readyz')
  expect(response.status).toBe(503)
  expect(await response.json()).toEqual({
    status: 'not ready',
    reason: 'the database does not answer (3D000)',
  })
  expect((await routes.request('/healthz')).status).toBe(200)
  await connection.close()
})
