// Live updates over two servers' worth of streams on one database: who is told, how soon, and when a stream ends.
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase, TEST_SECRET } from '../../../test/database.ts'
import { connectRoles } from '../../db/open-databases.ts'
import { loadBuiltInFrameworks } from '../../main/built-in-frameworks.ts'
import { appRoutes } from '../../main/routes.ts'
import { systemActor, type Actor, type Grant } from '../actor.ts'
import { RungsError } from '../errors.ts'
import { createApp } from '../http/app.ts'
import { createLog } from '../log.ts'
import { contextFor } from '../procedure.ts'
import { startLive } from './live-streams.ts'
import { parseNotice } from './notices.ts'

const database = await createTestDatabase()
const log = createLog('error')
const ORGANISATIONS = [randomUUID(), randomUUID()] as const
const [OURS, THEIRS] = ORGANISATIONS
const owners = [randomUUID(), randomUUID()]
const member = randomUUID()
const unit = randomUUID()
const OWNER: Grant = { role: 'owner', units: 'all' }

async function asOwner(text: string, values: unknown[] = []) {
  const client = await database.owner.pool.connect()
  try {
    await client.query("begin; set local app.maintenance = 'on'")
    await client.query(text, values)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
for (const [index, organisation] of ORGANISATIONS.entries()) {
  await asOwner('insert into organisation (id, name, created_at) values ($1, null, now())', [organisation])
  for (const person of index === 0 ? [owners[0], member] : [owners[1]])
    await asOwner('insert into person (organisation_id, id, name, created_at) values ($1, $2, $3, now())', [
      ...[organisation, person, 'Somebody'],
    ])
  await asOwner(
    `insert into role_grant (organisation_id, id, person_id, role, granted_at)
      values ($1, gen_random_uuid(), $2, 'owner', now())`,
    [organisation, owners[index]],
  )
}
await asOwner(`insert into unit (organisation_id, id, kind) values ($1, $2, 'team')`, [OURS, unit])

const actors = new Map<string, Actor>([
  ['owner', { kind: 'member', organisation: OURS, person: owners[0]!, account: 'a', grants: [OWNER] }],
  ['member', { kind: 'member', organisation: OURS, person: member, account: 'b', grants: [] }],
  ['stranger', { kind: 'member', organisation: THEIRS, person: owners[1]!, account: 'c', grants: [OWNER] }],
  [
    'key',
    { kind: 'member', organisation: OURS, person: member, account: 'b', grants: [], scopes: ['*:read'] },
  ],
])
const signedOut = new Set<string>()

/** What one process has of its own: pools, its listening connection, its streams. */
function oneProcess() {
  const databases = {
    ...connectRoles(
      { target: { connectionString: database.url }, secret: TEST_SECRET, ownCluster: false },
      log,
      database.owner,
    ),
  }
  const live = startLive({ listening: databases.listening, log, heartbeat: 100 })
  const app = createApp({
    ...{ databases, router: appRoutes, live, log, now: () => new Date(), webFolder: 'dist/web' },
    authenticate: async ({ headers }) => {
      const name = headers.get('x-test-actor') ?? ''
      const actor = actors.get(name)
      if (!actor || signedOut.has(name)) throw new RungsError('unauthenticated', 'Sign in first.')
      return { actor, today: '2026-03-02' }
    },
    findNeeds: () => ({ language: 'en', modules: [], calls: [] }),
  })
  const ask = async (name: string, path: string, init: RequestInit = {}) => {
    const headers = { host: '127.0.0.1', 'x-test-actor': name, 'content-type': 'application/json' }
    return await app.fetch(new Request(`http://127.0.0.1${path}`, { ...init, headers }))
  }
  return { live, ask, databases }
}
const first = oneProcess()
await loadBuiltInFrameworks(contextFor(first.databases, systemActor(OURS), new Date(), '2026-03-02'))
const second = oneProcess()
afterAll(async () => {
  for (const { live, databases } of [first, second]) {
    await live.stop()
    await Promise.all(
      [databases.request, databases.job, databases.signIn, databases.listening].map((each) => each.close()),
    )
  }
})

interface Opened {
  /** Everything told so far. */
  readonly told: string[]
  /** Resolves when it was told; rejects after 10 s, or when the stream ends first. */
  heard(event: string): Promise<void>
  readonly ended: Promise<void>
  close(): Promise<void>
}

async function open({ ask }: typeof first, name: string): Promise<Opened> {
  const response = await ask(name, '/live')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const reader = response.body!.getReader()
  const told: string[] = []
  const ended = (async () => {
    const decoder = new TextDecoder()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      for (const line of decoder.decode(value).split('\n'))
        if (line.startsWith('data: ')) told.push(line.slice(6))
    }
  })()
  return {
    told,
    ended,
    close: async () => await reader.cancel(),
    heard: async (event) => await expect.poll(() => told, { timeout: 10_000, interval: 20 }).toContain(event),
  }
}

const rename = async ({ ask }: typeof first, name: string, person: string) => {
  const body = JSON.stringify({ name: `Renamed ${randomUUID()}` })
  const response = await ask(name, `/api/people/${person}/correct`, { method: 'POST', body })
  expect(response.status).toBe(200)
}

test('a change in one process is told in another, once for a transaction, and never to another organisation', async () => {
  const near = await open(first, 'owner')
  const far = await open(second, 'member')
  const theirs = await open(second, 'stranger')
  await listening()
  const began = performance.now()
  await rename(first, 'owner', member)
  await far.heard('people')
  // Written, told, gathered and read: a quiet machine needs a quarter of a second.
  expect(performance.now() - began).toBeLessThan(10_000)
  await near.heard('people')
  await rename(first, 'stranger', owners[1]!)
  await theirs.heard('people')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect({ near: near.told, far: far.told, theirs: theirs.told }).toEqual({
    ...{ near: ['people'], far: ['people'], theirs: ['people'] },
  })
  for (const each of [near, far, theirs]) await each.close()
})

test('of a round those hear who keep it, and nobody else of the organisation', async () => {
  const keeper = await open(second, 'owner')
  const other = await open(second, 'member')
  const theirs = await open(second, 'stranger')
  const round = randomUUID()
  await asOwner(
    `insert into round (organisation_id, id, open_key, unit_id, name, framework_hash, minimum_group, manager_named,
        opens_to_manager, opens_to_partner, state, opened_by, opened_at, closes_on)
      select $1, $2, $2, $3, 'Spring', hash, 5, true, true, true, 'preparing', $4, now(), '2026-06-01'
      from framework_version where organisation_id = $1 limit 1`,
    [OURS, round, unit, owners[0]],
  )
  await keeper.heard(`round ${round}`)
  await rename(first, 'owner', member)
  await other.heard('people')
  expect(other.told).toEqual(['people'])
  expect(theirs.told).toEqual([])
  for (const each of [keeper, other, theirs]) await each.close()
})

test('a stream ends within a heartbeat of signing out, and nobody opens one signed out or with a key', async () => {
  const stream = await open(first, 'member')
  signedOut.add('member')
  await stream.ended
  expect((await first.ask('member', '/live')).status).toBe(401)
  signedOut.delete('member')
  expect((await first.ask('key', '/live')).status).toBe(403)
})

test('an account has ten streams of a process at most; one that is closed makes room', async () => {
  const streams: Opened[] = []
  for (let each = 0; each < 10; each += 1) streams.push(await open(first, 'member'))
  expect((await first.ask('member', '/live')).status).toBe(429)
  const other = await open(first, 'owner')
  await streams[0]!.close()
  const again = await open(first, 'member')
  for (const each of [...streams.slice(1), other, again]) await each.close()
  await expect.poll(() => first.live.count()).toBe(0)
})

test('where the listening connection is lost, screens are told to look again and then hear as before', async () => {
  const stream = await open(second, 'member')
  await asOwner(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'`,
  )
  await stream.heard('missed')
  await rename(first, 'owner', member)
  await stream.heard('people')
  expect(stream.told).toEqual(['missed', 'people'])
  await stream.close()
})

test('stopping ends every stream', async () => {
  const third = oneProcess()
  const stream = await open(third, 'member')
  await third.live.stop()
  await stream.ended
  expect((await third.ask('member', '/live')).status).toBe(503)
  await third.databases.listening.close()
  await Promise.all([
    third.databases.request.close(),
    third.databases.job.close(),
    third.databases.signIn.close(),
  ])
})

test('a line that says anything else is no notice', () => {
  const id = randomUUID()
  expect(parseNotice(`people ${id}`)).toEqual({ kind: 'people', organisation: id })
  expect(parseNotice(`round ${id} ${id}`)).toEqual({ kind: 'round', organisation: id, round: id })
  for (const text of ['', 'people', `people ${id} ${id}`, `round ${id}`, `people ${id}\ndata: x`])
    expect(parseNotice(text)).toBeUndefined()
})

/** Both processes have their listening connection. */
async function listening(): Promise<void> {
  const count = async () =>
    (
      await database.owner.pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and query ilike 'listen %'`,
      )
    ).rows.length
  await expect.poll(count, { timeout: 20_000 }).toBe(2)
}
