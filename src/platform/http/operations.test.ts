// What whoever keeps an instance relies on: ids, counts, limits, and logs that tell nothing about anybody.
import { expect, test } from 'vitest'
import { createTestApp } from '../../../test/app.ts'
import { dayOf } from '../../core/org/day.ts'
import { findNeeds } from '../../main/first-needs.ts'
import { appRoutes } from '../../main/routes.ts'
import { localActor } from '../actor.ts'
import { createLog } from '../log.ts'
import { createMetrics } from '../metrics/metrics.ts'
import { createApp, type AppOptions } from './app.ts'
import { createRateLimits } from './rate-limits.ts'

const { database, clock } = await createTestApp()

function appWith(options: Partial<AppOptions> = {}) {
  const lines: string[] = []
  const log = createLog('debug', (line) => void lines.push(line))
  const metrics = createMetrics(database, log)
  const app = createApp({
    databases: database,
    router: appRoutes,
    authenticate: async ({ headers }, now) => ({
      actor: { ...localActor, account: headers.get('x-account') ?? 'one' },
      today: dayOf(now, 'UTC'),
    }),
    now: () => clock.now,
    webFolder: 'nowhere',
    findNeeds,
    log,
    metrics,
    ...options,
  })
  const request = async (path: string, init: RequestInit = {}, peer = '127.0.0.1') => {
    const headers = { host: '127.0.0.1', ...(init.headers as Record<string, string>) }
    const bindings = { incoming: { socket: { remoteAddress: peer } } }
    return app.fetch(new Request(`http://127.0.0.1${path}`, { ...init, headers }), bindings)
  }
  return { request, lines, metrics }
}

test('every answer has an id of its own, which its line in the log has too', async () => {
  const { request, lines } = appWith()
  const [first, second] = [await request('/api/about'), await request('/nothing/there')]
  const ids = [first, second].map(({ headers }) => headers.get('x-request-id'))
  expect(new Set(ids).size).toBe(2)
  const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(told).toMatchObject([
    { event: 'request', request: ids[0], route: 'about.get', method: 'GET', status: 200 },
    { event: 'request', request: ids[1], route: 'page', method: 'GET' },
  ])
  expect(told[0]!['milliseconds']).toBeGreaterThan(0)
})

test('the log tells nothing that a request holds: path, query, headers, body, failures of the database', async () => {
  const { request, lines } = appWith()
  const word = 'canary-4711'
  const headers = {
    'content-type': 'application/json',
    'user-agent': word,
    cookie: word,
    'x-request-id': word,
  }
  const body = JSON.stringify({ framework: word, name: word, email: `${word}@example.org` })
  for (const path of [
    `/${word}?q=${word}`,
    `/api/people/${word}`,
    `/api/${word}`,
    `/rpc/people/list?data=${word}`,
  ])
    await request(path, { headers })
  for (const path of ['/api/assessments', '/api/people', '/api/rounds', `/api/assessments/${word}/answers`])
    await request(path, { method: 'POST', headers, body })
  const broken = appWith({
    authenticate: () => Promise.reject(Object.assign(new Error(word), { code: '22P02', detail: word })),
  })
  expect((await broken.request('/api/about', { headers })).status).toBe(500)
  expect(lines.length).toBeGreaterThanOrEqual(8)
  expect(broken.lines.join('')).toContain('22P02')
  expect([...lines, ...broken.lines].join('\n')).not.toContain(word)
})

test('the metrics count by endpoint and never by path, with what the database says', async () => {
  const { request, metrics } = appWith()
  await request('/api/about')
  await request('/api/people/somebody-4711')
  metrics.job('close-rounds', 0.2, false)
  const response = await request('/metrics')
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = await response.text()
  expect(text).toContain('rungs_http_request_seconds_count{route="about.get",method="GET",status="200"} 1')
  expect(text).toContain('rungs_database_up 1')
  expect(text).toContain('rungs_mails{state="waiting"} 0')
  expect(text).toContain('rungs_job_seconds_count{job="close-rounds",outcome="done"} 1')
  expect(text).not.toContain('4711')
})

test.each([
  ['another machine', {}, '192.0.2.7', undefined, 404],
  ['this machine', {}, '127.0.0.1', undefined, 200],
  ['a proxy on this machine', { 'x-forwarded-for': '192.0.2.7' }, '127.0.0.1', undefined, 404],
  ['this machine without the token', {}, '127.0.0.1', 'a token of sixteen', 404],
  ['a wrong token', { authorization: 'Bearer a token of fifteen' }, '127.0.0.1', 'a token of sixteen', 404],
  [
    'another machine with the token',
    { authorization: 'Bearer a token of sixteen' },
    '192.0.2.7',
    'a token of sixteen',
    200,
  ],
])('the metrics for %s', async (_, headers, peer, metricsToken, status) => {
  expect((await appWith({ metricsToken }).request('/metrics', { headers }, peer)).status).toBe(status)
})

test('an account that asks too much waits, others do not, and it is seen', async () => {
  const lines: string[] = []
  const log = createLog('warn', (line) => void lines.push(line))
  const metrics = createMetrics(database, log)
  const limits = createRateLimits({ account: 3, address: 0 }, log, metrics)
  const { request } = appWith({ limits })
  const ask = async (account: string) => request('/api/about', { headers: { 'x-account': account } })
  const statuses = []
  for (let turn = 0; turn < 5; turn += 1) statuses.push((await ask('greedy')).status)
  expect(statuses).toEqual([200, 200, 200, 429, 429])
  const refused = await ask('greedy')
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 })
  expect((await ask('patient')).status).toBe(200)
  expect(lines).toHaveLength(1)
  expect(await metrics.text()).toContain('rungs_refused_requests_total{limit="account"} 3')
})

test('an address that asks too much is refused before anybody is asked who it is', async () => {
  let asked = 0
  const limits = createRateLimits({ account: 0, address: 2 }, createLog('silent'))
  const { request } = appWith({
    limits,
    authenticate: async () => {
      asked += 1
      return { actor: localActor, today: dayOf(clock.now, 'UTC') }
    },
  })
  const statuses = []
  for (const path of ['/api/about', '/rpc/about/get', '/api/about', '/rpc/about/get'])
    statuses.push((await request(path, {}, '192.0.2.9')).status)
  expect(statuses).toEqual([200, 200, 429, 429])
  expect(asked).toBe(2)
  expect((await request('/api/about', {}, '192.0.2.10')).status).toBe(200)
  expect((await request('/healthz', {}, '192.0.2.9')).status).toBe(200)
})

test('a server that is stopping says so to balancers and still answers', async () => {
  const { request } = appWith({ isStopping: () => true })
  const ready = await request('/readyz')
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: 'not ready', reason: 'the server is stopping' },
  ])
  expect((await request('/api/about')).status).toBe(200)
})

test('the reference shows every operation of the document, with no script, under the strict policy', async () => {
  const { request } = appWith()
  const response = await request('/api')
  const page = await response.text()
  const document = (await (await request('/api/openapi.json')).json()) as { paths: Record<string, object> }
  for (const path of Object.keys(document.paths)) expect(page).toContain(`<code>/api${path}</code>`)
  const operations = Object.values(document.paths).flatMap((methods) => Object.keys(methods))
  expect(page.match(/<details /g)).toHaveLength(operations.length)
  expect(page).not.toMatch(/<script|https?:\/\/| style=/)
  const [, nonce] = /nonce="([^"]+)"/.exec(page) ?? []
  expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
  expect((await request('/api/')).headers.get('location')).toBe('/api')
})
