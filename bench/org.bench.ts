// Eleven calls over HTTP under 32 connections, nine reads to one write, in organisations of 1,000 to 100,000 people:
// p50, p95, p99 as ratios to a bare route with one indexed query, and how p50 grows with the organisation.
// About 5 minutes on a quiet machine with two cores; stops by itself after 12.
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
import { writeTable } from './write-table.ts'

const SIZES = (process.env['RUNGS_BENCH_SIZES'] ?? '1000,10000,100000').split(',').map(Number)
const CONNECTIONS = 32
/** Of each call at each size, in rounds. */
const SECONDS = Number(process.env['RUNGS_BENCH_SECONDS'] ?? 4)
/** So much of each measurement goes before it is counted: caches and plans are filled. */
const WARMING = 0.25
const ROUNDS = 2
const MOST_SECONDS = Number(process.env['RUNGS_BENCH_MOST'] ?? 720)
const SEED = 1
/** A page about one person or one team may take so many times longer where there are a hundred times more people. */
const MOST_GROWTH = 1.5

interface Call {
  path: string
  account: string
  body?: object
}
/** What a page about one person or one team asks for, and what spans the organisation. */
type About = 'one' | 'all'

let seed = SEED
const random = (below: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((seed / 2_147_483_648) * below)
}
function uuidOf(kind: string, size: number, n: number): string {
  const hash = createHash('md5').update(`${kind} ${size} ${n}`).digest('hex')
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
}

/** The first letters of the n-th person's name, as somebody types them: see org-data.ts. */
const beginningOf = (n: number): string =>
  createHash('md5')
    .update(`a${n}`)
    .digest('hex')
    .slice(0, 3)
    .replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '')

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
  ['a search', 'all', (size) => get(size, `/people?search=${beginningOf(random(size))}`)],
]
const write = (size: number): Call => ({
  path: `/api/people/${anybody(size)}/correct`,
  account: `${size} 0`,
  body: { name: `Renamed ${random(1_000_000)}` },
})

const folder = mkdtempSync(join(tmpdir(), 'rungs-bench-'))
const log = createLog('error')
const began = performance.now()
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
  findNeeds: () => ({ language: 'en', modules: [], calls: [] }),
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
const elapsed = () => (performance.now() - began) / 1000
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
    asked.on('error', (error: NodeJS.ErrnoException) => {
      // A server may close a connection that rested at the moment in which it is used again.
      if (asked.reusedSocket && error.code === 'ECONNRESET')
        resolve(send({ path, account: as, ...(body ? { body } : {}) }))
      else reject(error)
    })
    asked.end(body && JSON.stringify(body))
  })
}

interface Times {
  p50: number
  p95: number
  p99: number
}

/** Milliseconds of the calls of `next` go into `times`, of every tenth request, a write, into `writes.times`. */
async function measure(
  seconds: number,
  next: () => Call,
  times: number[],
  writes?: { next: () => Call; times: number[] },
): Promise<void> {
  const start = performance.now() + seconds * WARMING * 1000
  const end = start + seconds * 1000
  let count = 0
  const work = async (): Promise<void> => {
    while (performance.now() < end) {
      count += 1
      const writing = count % 10 === 0 ? writes : undefined
      const call = (writing?.next ?? next)()
      const sent = performance.now()
      await send(call)
      if (performance.now() >= start) (writing?.times ?? times).push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
}

function quantiles(times: readonly number[]): Times {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (p: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

const rounded = ({ p50, p95, p99 }: Times): string =>
  [p50, p95, p99].map((each) => each.toFixed(each < 10 ? 1 : 0)).join(' / ')
const against = (times: Times, plain: Times): string =>
  [times.p50 / plain.p50, times.p95 / plain.p95, times.p99 / plain.p99]
    .map((each) => each.toFixed(1))
    .join(' / ')

const WRITE = 'correcting a name (write)'
const BARE = 'the bare route itself'
try {
  for (const size of SIZES) {
    const making = performance.now()
    organisations.set(size, await makeOrganisation(databases.owner.pool, size))
    console.log(`${size} people, made in ${((performance.now() - making) / 1000).toFixed(0)} s`)
  }
  const found = new Map<string, Map<number, number[]>>()
  const timesOf = (name: string, size: number): number[] => {
    const sizes = found.get(name) ?? new Map<number, number[]>()
    found.set(name, sizes)
    const times = sizes.get(size) ?? []
    sizes.set(size, times)
    return times
  }
  for (const [name, , call] of ENDPOINTS) {
    // The sizes take turns: what else the machine does meets all of them alike.
    for (let round = 0; round < ROUNDS; round += 1)
      for (const size of SIZES) {
        if (elapsed() > MOST_SECONDS)
          throw new Error(`not finished after ${MOST_SECONDS} s: ${name}, ${size}`)
        const bareCall = () => ({ path: `/bare/${size}/${anybody(size)}`, account: '' })
        await measure(SECONDS / 8, bareCall, timesOf(BARE, size))
        const writes = { next: () => write(size), times: timesOf(WRITE, size) }
        await measure(SECONDS / ROUNDS, () => call(size), timesOf(name, size), writes)
      }
    const shown = SIZES.map((size) => `${rounded(quantiles(timesOf(name, size)))} ms`)
    console.log(`  ${name}: ${shown.join('; ')}`)
  }
  const heads = SIZES.map((size) => `${size.toLocaleString('en')} people`)
  const lines = [
    `| p50 / p95 / p99 as multiples of the bare route's | ${heads.join(' | ')} | growth of p50 |`,
    `| --- | ${heads.map(() => '---').join(' | ')} | --- |`,
  ]
  const [small, large] = [SIZES[0]!, SIZES.at(-1)!]
  let over = 0
  for (const name of [...ENDPOINTS.map(([each]) => each), WRITE]) {
    const times = SIZES.map((size) => quantiles(timesOf(name, size)))
    const grown = times.at(-1)!.p50 / times[0]!.p50
    const isAll = ENDPOINTS.some(([each, about]) => each === name && about === 'all')
    const isOver = !isAll && !(grown <= MOST_GROWTH)
    if (isOver) over += 1
    const cells = SIZES.map((size, index) => against(times[index]!, quantiles(timesOf(BARE, size))))
    const marked = `${grown.toFixed(2)}${isOver ? ' **over**' : ''}`
    lines.push(`| ${name}${isAll ? ' (spans the organisation)' : ''} | ${cells.join(' | ')} | ${marked} |`)
  }
  const bares = SIZES.map((size) => quantiles(timesOf(BARE, size)))
  const own = (bares.at(-1)!.p50 / bares[0]!.p50).toFixed(2)
  lines.push(`| ${BARE} | ${bares.map((each) => `${rounded(each)} ms`).join(' | ')} | ${own} |`)
  console.log(
    `\nGrowth from ${small} to ${large} people\n\n${lines.join('\n')}\n\n${elapsed().toFixed(0)} s in all`,
  )
  if (process.env['RUNGS_WRITE'] === '1') writeTable('docs/guide/operations.md', 'org-speed', lines)
  process.exitCode = over > 0 ? 1 : 0
} finally {
  agent.destroy()
  await listener.close()
  await databases.close()
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
}
