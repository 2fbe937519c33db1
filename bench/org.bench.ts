// Ten endpoints over HTTP under 32 connections, nine reads to one write, in organisations of 1,000 to 100,000 people:
// p50, p95, p99 as ratios to a bare route with one indexed query, and how p50 grows with the organisation.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { startCluster } from '../src/db/embedded/cluster.ts'
import { openDatabases } from '../src/db/open-databases.ts'
import { appRoutes } from '../src/main/routes.ts'
import { createApp } from '../src/platform/http/app.ts'
import { listen } from '../src/platform/http/listen.ts'
import { RungsError } from '../src/platform/errors.ts'
import { loadActor } from '../src/platform/load-actor.ts'
import { createLog } from '../src/platform/log.ts'
import { makeOrganisation, TEAM_SIZE } from './org-data.ts'

const SIZES = (process.env['RUNGS_BENCH_SIZES'] ?? '1000,10000,100000').split(',').map(Number)
const CONNECTIONS = 32
const SECONDS = Number(process.env['RUNGS_BENCH_SECONDS'] ?? 4)
/** A page about one person or one team may take so many times longer where there are a hundred times more people. */
const MOST_GROWTH = 1.5

interface Call {
  path: string
  account: string
  body?: object
}
/** What a page about one person or one team asks for, and what spans the organisation. */
type About = 'one' | 'all'

let seed = 1
const random = (below: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((seed / 2_147_483_648) * below)
}
function uuidOf(kind: string, size: number, n: number): string {
  const hash = createHash('md5').update(`${kind} ${size} ${n}`).digest('hex')
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
}

const anybody = (size: number) => uuidOf('person', size, random(size))
const account = (size: number) => `${size} ${random(size)}`
const get = (size: number, path: string): Call => ({ path: `/api${path}`, account: account(size) })

const ENDPOINTS: readonly [name: string, about: About, call: (size: number) => Call][] = [
  ['a person', 'one', (size) => get(size, `/people/${anybody(size)}`)],
  ['a person last year', 'one', (size) => get(size, `/people/${anybody(size)}?asOf=2025-01-15`)],
  ['the history of a person', 'one', (size) => get(size, `/people/${anybody(size)}/history`)],
  ['a team', 'one', (size) => get(size, `/units/${uuidOf('team', size, random(size / TEAM_SIZE))}`)],
  [
    'the chart below a manager',
    'one',
    (size) => get(size, `/org-chart?root=${uuidOf('person', size, random(size / 100))}&depth=1`),
  ],
  ['own assessments', 'one', (size) => get(size, '/assessments')],
  ['own delegations', 'one', (size) => get(size, '/administration/delegations')],
  [
    'people of a team',
    'one',
    (size) => get(size, `/people?unit=${uuidOf('team', size, random(size / TEAM_SIZE))}`),
  ],
  ['the first page of people', 'all', (size) => get(size, '/people')],
  ['a search', 'all', (size) => get(size, `/people?search=${'abcdef'[random(6)]}${'ghij'[random(4)]}c`)],
]
const write = (size: number): Call => ({
  path: `/api/people/${anybody(size)}/correct`,
  account: `${size} 0`,
  body: { name: `Renamed ${random(1_000_000)}` },
})

const folder = mkdtempSync(join(tmpdir(), 'rungs-bench-'))
const log = createLog('error')
const cluster = await startCluster({ folder, durable: false })
const secret = 'a secret of the benchmark alone'
const databases = await openDatabases(
  { name: 'bench', target: cluster.target, secret, ownCluster: true },
  log,
)
const app = createApp({
  databases,
  router: appRoutes,
  // As in an instance with accounts, but for the session: the account's place, person and roles are read each time.
  authenticate: async ({ headers }, now) => {
    const [size = '', name = ''] = (headers.get('x-bench-account') ?? '').split(' ')
    const organisation = organisations.get(Number(size)) ?? ''
    const asking = await loadActor(databases, { account: `${size} ${name}`, organisation }, now)
    if (!asking) throw new RungsError('unauthenticated', 'Nobody.')
    return asking
  },
  now: () => new Date(),
  webFolder: folder,
  findNeeds: () => ({ modules: [], calls: [] }),
  log,
})
const organisations = new Map<number, string>()
const bare = new Hono().get('/bare/:size/:id', async (c) => {
  const { rows } = await databases.owner.pool.query(
    'select name from person where organisation_id = $1 and id = $2',
    [organisations.get(Number(c.req.param('size'))), c.req.param('id')],
  )
  return c.json(rows)
})
const listener = await listen(
  (asked) => (new URL(asked.url).pathname.startsWith('/bare/') ? bare.fetch(asked) : app.fetch(asked)),
  0,
)
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

function send({ path, account: as, body }: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(listener.url)
    const headers = { 'x-bench-account': as, ...(body ? { 'content-type': 'application/json' } : {}) }
    const options = { host: '127.0.0.1', port, path, agent, headers, method: body ? 'POST' : 'GET' }
    const asked = request(options, (answer) => {
      answer.resume()
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(0)
        else reject(new Error(`${path} answered ${answer.statusCode}`))
      })
    })
    asked.on('error', reject)
    asked.end(body && JSON.stringify(body))
  })
}

interface Times {
  p50: number
  p95: number
  p99: number
}

/** Milliseconds of the calls of `next`; every tenth request is a write, which is not counted with them. */
async function measure(
  next: () => Call,
  writes: (() => Call) | undefined,
  into: number[] = [],
): Promise<Times> {
  const times: number[] = []
  const end = performance.now() + SECONDS * 1000
  let count = 0
  const work = async (): Promise<void> => {
    while (performance.now() < end) {
      count += 1
      const writing = writes !== undefined && count % 10 === 0
      const call = writing ? writes() : next()
      const began = performance.now()
      await send(call)
      ;(writing ? into : times).push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  return quantiles(times)
}

function quantiles(times: number[]): Times {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (p: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

const ratio = (a: number, b: number): string => (a / b).toFixed(1)
const rounded = ({ p50, p95, p99 }: Times): string =>
  [p50, p95, p99].map((each) => each.toFixed(1)).join(' / ')

try {
  const found = new Map<string, Times[]>()
  const bares: Times[] = []
  for (const size of SIZES) {
    const began = performance.now()
    organisations.set(size, await makeOrganisation(databases.owner.pool, size))
    console.log(`\n${size} people, made in ${((performance.now() - began) / 1000).toFixed(0)} s`)
    const plain = await measure(() => ({ path: `/bare/${size}/${anybody(size)}`, account: '' }), undefined)
    bares.push(plain)
    console.log(`  bare route: ${rounded(plain)} ms (p50 / p95 / p99)`)
    const writing: number[] = []
    for (const [name, , call] of ENDPOINTS) {
      const times = await measure(
        () => call(size),
        () => write(size),
        writing,
      )
      found.set(name, [...(found.get(name) ?? []), times])
      const ratios = [times.p50 / plain.p50, times.p95 / plain.p95, times.p99 / plain.p99]
      console.log(
        `  ${name}: ${rounded(times)} ms = ${ratios.map((each) => each.toFixed(1)).join(' / ')} bare`,
      )
    }
    const times = quantiles(writing)
    found.set('correcting a name (write)', [...(found.get('correcting a name (write)') ?? []), times])
    console.log(`  correcting a name (write): ${rounded(times)} ms`)
  }
  console.log(`\nGrowth of p50 from ${SIZES[0]} to ${SIZES.at(-1)} people, against the bare route's own`)
  const own = bares.at(-1)!.p50 / bares[0]!.p50
  let over = 0
  for (const [name, times] of found) {
    const grown = times.at(-1)!.p50 / times[0]!.p50
    const about = ENDPOINTS.find(([each]) => each === name)?.[1] ?? 'one'
    const isOver = about === 'one' && grown / Math.max(1, own) > MOST_GROWTH
    if (isOver) over += 1
    console.log(
      `  ${name}: ${grown.toFixed(2)} (bare ${ratio(own, 1)})${isOver ? `  OVER ${MOST_GROWTH}` : ''}`,
    )
  }
  process.exitCode = over > 0 ? 1 : 0
} finally {
  agent.destroy()
  await listener.close()
  await databases.close()
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
}
