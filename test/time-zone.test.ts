// An organisation's time zone decides which day it is: for whoever asks, for verbs of the command line and for scheduled work.
import { randomUUID } from 'node:crypto'
import { afterAll, expect, test, vi } from 'vitest'
import { dayOf } from '../src/core/org/day.ts'
import { isTimeZone, listTimeZones, RENAMED_ZONES } from '../src/core/org/time-zones.ts'
import { organisationContext } from '../src/main/cli/organisation-context.ts'
import { scheduledJobs } from '../src/main/scheduled-jobs.ts'
import { LOCAL_ORGANISATION } from '../src/platform/actor.ts'
import { loadActor } from '../src/platform/load-actor.ts'
import { createTestApp } from './app.ts'
import { buildRoundWorld, ROUND_RULE } from './round-world.ts'

const app = await createTestApp()
const world = await buildRoundWorld(app)
const { members, partner, clientOf } = world
const { administration } = app.client
const [leaver, other] = members as [string, string]
/** The third of March in Shanghai already, the second in Berlin, and in UTC. */
const EVENING = new Date('2026-03-02T18:00:00Z')

afterAll(() => vi.useRealTimers())

async function addAccount(person: string): Promise<string> {
  const account = `account of ${person}`
  await app.database.owner.pool.query(
    'insert into membership (organisation_id, account_id, person_id, joined_at) values ($1, $2, $3, $4)',
    [LOCAL_ORGANISATION, account, person, app.clock.now],
  )
  return account
}
const accounts = new Map([
  [leaver, await addAccount(leaver)],
  [other, await addAccount(other)],
])
const seenBy = async (person: string) =>
  await loadActor(
    app.database,
    { account: accounts.get(person)!, organisation: LOCAL_ORGANISATION },
    app.clock.now,
  )
const closeDue = async () => {
  const job = scheduledJobs(app.database).find(({ name }) => name === 'close-rounds')!
  await job.run(app.clock.now)
}

test('when the owner moves the days of the organisation, today, leaving and the close of rounds move with them', async () => {
  await administration.setOrganisation({ timeZone: 'Europe/Berlin' })
  await world.leave(leaver, '2026-03-03')
  const { id } = (
    await clientOf(partner).rounds.open({
      ...{ key: randomUUID(), unit: world.unit, name: 'Spring', framework: 'coder-to-cto' },
      ...{ rule: ROUND_RULE, closesOn: '2026-03-03', mostPeers: 2 },
    })
  ).round
  await clientOf(partner).rounds.start({ id })
  const state = async () => (await clientOf(partner).rounds.get({ id })).round.state
  app.clock.now = EVENING

  expect([(await seenBy(leaver))?.today, (await seenBy(other))?.today]).toEqual(['2026-03-02', '2026-03-02'])
  await closeDue()
  expect(await state()).toBe('running')

  await administration.setOrganisation({ timeZone: 'Asia/Shanghai' })
  expect([await seenBy(leaver), (await seenBy(other))?.today]).toEqual([undefined, '2026-03-03'])
  await closeDue()
  expect(await state()).toBe('closed')

  await administration.setOrganisation({ timeZone: 'UTC' })
  expect((await seenBy(other))?.today).toBe('2026-03-02')
  expect(await state()).toBe('closed')
})

test('a verb of the command line works on the day of the organisation', async () => {
  vi.useFakeTimers({ now: EVENING, toFake: ['Date'] })
  for (const timeZone of ['Asia/Shanghai', 'America/New_York', 'UTC']) {
    await administration.setOrganisation({ timeZone })
    const { today } = await organisationContext(app.database.owner, undefined)
    expect(today).toBe(dayOf(EVENING, timeZone))
  }
})

test('the names of today of time zones are offered, and known to the database', async () => {
  const offered = listTimeZones()
  expect(offered.length).toBeGreaterThan(400)
  expect(offered.filter((name) => !isTimeZone(name))).toEqual([])
  const wanted = ['UTC', 'Asia/Shanghai', ...RENAMED_ZONES]
  expect(offered).toEqual(expect.arrayContaining(wanted))
  const { rows } = await app.database.owner.pool.query(
    'select name from pg_timezone_names where name = any($1)',
    [wanted],
  )
  expect(rows).toHaveLength(wanted.length)
})
