// Whoever reads in bulk is seen within a minute: by the metric, by the log, and by every auditor in the audit.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { dayOf } from '../../src/core/org/day.ts'
import { loadSample } from '../../src/features/people/sample.ts'
import { findNeeds } from '../../src/main/first-needs.ts'
import { appRoutes } from '../../src/main/routes.ts'
import { LOCAL_ORGANISATION, localActor } from '../../src/platform/actor.ts'
import { createApp } from '../../src/platform/http/app.ts'
import { DEFAULT_RATES } from '../../src/platform/http/rate-limits.ts'
import { createLog } from '../../src/platform/log.ts'
import { createMetrics } from '../../src/platform/metrics/metrics.ts'
import { createTestApp } from '../app.ts'
import { counting } from './counting.ts'

const FULL = process.env['RUNGS_VERIFY'] !== undefined
const world = await createTestApp()
const { database, clock } = world
await loadSample(world.context())
const people = await database.owner.db.transaction().execute(async (transaction) => {
  const all = await transaction.selectFrom('person').select('id').where('sample', '=', true).execute()
  await transaction
    .insertInto('role_grant')
    .values({
      ...{ organisation_id: LOCAL_ORGANISATION, id: randomUUID(), person_id: all[0]!.id, role: 'auditor' },
      ...{ unit_id: null, granted_at: clock.now, granted_by: null, until: null },
    })
    .execute()
  return all.map(({ id }) => id)
})
const auditor = world.clientOf({
  ...{
    kind: 'member',
    organisation: LOCAL_ORGANISATION,
    person: people[0]!,
    grants: [{ role: 'auditor', units: 'all' }],
  },
})

function serve(bulkReads: number) {
  const lines: string[] = []
  const log = createLog('warn', (line) => void lines.push(line))
  const metrics = createMetrics(database, log)
  const app = createApp({
    ...{ databases: database, router: appRoutes, now: () => clock.now, webFolder: 'nowhere', findNeeds },
    ...{ log, metrics, bulkReads },
    authenticate: async ({ headers }, now) => ({
      actor: { ...localActor, account: headers.get('x-account')! },
      today: dayOf(now, 'UTC'),
    }),
  })
  const read = async (account: string, path: string) => {
    const headers = { host: '127.0.0.1', 'x-account': account }
    const { status } = await app.fetch(new Request(`http://127.0.0.1/api${path}`, { headers }))
    return status
  }
  const alarms = () => lines.filter((line) => line.includes('bulk read')).length
  return { read, alarms, lines, metrics }
}

const rowsOf = async (account: string) =>
  (await auditor.audit.list({ action: 'account.bulk-read' })).rows.filter(
    ({ object }) => object.id === account,
  )

test('a page of every person is read: nobody is stopped, and the auditor is told before a minute is over', async () => {
  const count = counting('C6 pages and files read in bulk until the alarm')
  // More than the parts in which a process tells of reads: each part is then more than one.
  const most = FULL ? DEFAULT_RATES.bulk : 60
  const { read, alarms, lines, metrics } = serve(most)
  for (let at = 0; at < most; at += 1) {
    expect(await read('clicks', `/people/${people[at % 20]}`)).toBe(200)
    expect(alarms()).toBe(0)
  }
  const started = performance.now()
  let reads = 0
  while (alarms() === 0) {
    expect(await read('scrapes', `/people/${people[reads % people.length]}`)).toBe(200)
    reads += 1
  }
  const seconds = (performance.now() - started) / 1000
  expect(reads).toBe(most + 1)
  expect(seconds).toBeLessThan(60)
  expect(JSON.parse(lines.find((line) => line.includes('bulk read'))!)).toMatchObject({
    ...{ level: 'warn', event: 'bulk read', account: 'scrapes', reads: most, seconds: 60 },
  })
  expect(await metrics.text()).toContain('rungs_bulk_reads_total 1')
  expect(await rowsOf('scrapes')).toMatchObject([{ actor: null, action: 'account.bulk-read' }])
  expect(await rowsOf('clicks')).toEqual([])
  // Going on adds no more rows within the minute.
  for (let more = 0; more < 20; more += 1) await read('scrapes', `/people/${people[more]}`)
  expect(await rowsOf('scrapes')).toHaveLength(1)
  count(reads, `metric, log line and audit row after ${seconds.toFixed(1)} s; ${most} reads raise none`)
}, 180_000)

test('whoever stays just under the limit of a minute is seen within the hour', async () => {
  const { read, alarms } = serve(10)
  let reads = 0
  for (let minute = 0; minute < 60 && alarms() === 0; minute += 1) {
    for (let at = 0; at < 9 && alarms() === 0; at += 1, reads += 1) await read('patient', '/about')
    await database.owner.pool.query(
      `update work.read_count set minute_began = minute_began - interval '61 s', hour_began = hour_began - interval '61 s'`,
    )
  }
  expect(reads).toBe(101)
  expect(await rowsOf('patient')).toHaveLength(1)
})

test('two processes count together: the alarm comes once, for both as early as for one', async () => {
  const most = 30
  const [one, other] = [serve(most), serve(most)]
  const alarms = () => one.alarms() + other.alarms()
  let reads = 0
  for (; reads < 2 * most && alarms() === 0; reads += 1)
    await (reads % 2 === 0 ? one : other).read('both', '/about')
  expect(reads).toBe(most + 1)
  await Promise.all(Array.from({ length: most }, (_, at) => (at % 2 ? one : other).read('both', '/about')))
  expect(alarms()).toBe(1)
  expect(await rowsOf('both')).toHaveLength(1)
  // Where each tells of several at a time, the other's untold reads may be missing; never more.
  const [left, right] = [serve(90), serve(90)]
  let mixed = 0
  for (; mixed < 180 && left.alarms() + right.alarms() === 0; mixed += 1)
    await (mixed % 2 === 0 ? left : right).read('mixed', '/about')
  expect(mixed).toBeGreaterThan(90)
  expect(mixed).toBeLessThanOrEqual(91 + 2)
})
