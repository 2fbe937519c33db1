// Two server processes on one PostgreSQL: what is written through one is told by the other.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase, TEST_SECRET } from '../../../test/database.ts'
import { sourceServer } from '../../../test/trust/source-server.ts'
import { LOCAL_PERSON } from '../actor.ts'

const database = await createTestDatabase()
const folder = mkdtempSync(join(tmpdir(), 'rungs-live-'))
const servers = await Promise.all(
  ['one', 'two'].map((name) =>
    sourceServer({
      DATABASE_URL: database.url,
      RUNGS_DATA: join(folder, name),
      RUNGS_SECRET: TEST_SECRET,
      RUNGS_LOG: 'error',
    }),
  ),
)
const [writing, telling] = servers as [(typeof servers)[0], (typeof servers)[0]]
const leaving = new AbortController()
afterAll(async () => {
  leaving.abort()
  await Promise.all(servers.map((server) => server.kill()))
  rmSync(folder, { recursive: true, force: true })
})

/** Opens the stream of a server; resolves with what waits for the next line of data. */
async function listenTo(port: number) {
  const response = await fetch(`http://127.0.0.1:${port}/live`, { signal: leaving.signal })
  expect(response.status).toBe(200)
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  return async (): Promise<string> => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return 'ended'
      const line = /^data: (.*)$/m.exec(decoder.decode(value))?.[1]
      if (line !== undefined) return line
    }
  }
}

async function rename(port: number, name: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/api/people/${LOCAL_PERSON}/correct`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name }) },
  })
  expect(response.status).toBe(200)
}

const listening = async () =>
  (
    await database.owner.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and query ilike 'listen %'`,
    )
  ).rows.length

test('a change through one process reaches a screen at another, and a screen does not hold up the end of its process', async () => {
  await Promise.all([writing.start(), telling.start()])
  await expect.poll(listening, { timeout: 30_000 }).toBe(2)
  const next = await listenTo(telling.port)
  const began = performance.now()
  await rename(writing.port, 'Ada')
  expect(await next()).toBe('people')
  // Half a second on a busy machine; the bound only tells a stream that works from one that is asked again.
  expect(performance.now() - began).toBeLessThan(10_000)
  // A graceful stop does not wait for screens to leave.
  expect(await telling.stop()).toBe(0)
  expect(await next()).toBe('ended')
}, 180_000)
