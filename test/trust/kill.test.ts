// kill -9 of the server and of its embedded database under writes: nothing acknowledged is lost, and it is back soon.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { findRunningCluster } from '../../src/db/embedded/running-cluster.ts'
import { TestBrowser } from '../browser.ts'
import buildProgram from '../build-setup.ts'
import { answerUntil, newAnswering } from './answering.ts'
import { sendAlone } from './balancer.ts'
import { counting } from './counting.ts'
import { sourceServer } from './source-server.ts'

const KILLS = process.env['RUNGS_VERIFY'] === undefined ? 1 : 100
const CLIENTS = 3

const folder = mkdtempSync(join(tmpdir(), 'rungs-kill-'))
// How soon it is back is a word about the program that people run.
buildProgram()
const server = await sourceServer({ RUNGS_DATA: folder, DATABASE_URL: '', RUNGS_LOG: 'error' }, 'built')
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The process of the embedded PostgreSQL, as its own file names it. */
function postmaster(): number {
  return Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
}

async function rows<T extends object>(text: string): Promise<T[]> {
  const client = new pg.Client(findRunningCluster(folder))
  await client.connect()
  try {
    await client.query("set app.maintenance = 'on'")
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}

const KINDS = {
  'the server': async () => server.kill(),
  'the database': async () => {
    process.kill(postmaster(), 'SIGKILL')
    // The server says so and ends; whatever keeps it running starts it again.
    await server.ended()
  },
} as const
/** Seconds from the kill until it is ready again, in the middle of all; on a machine that has nothing else to do. */
const SOON = { 'the server': 5, 'the database': 10 } as const

test.each(Object.keys(KINDS) as (keyof typeof KINDS)[])(
  `${KILLS} times kill -9 of %s under writes: every acknowledged answer is there once`,
  async (kind) => {
    const counted = counting(`B1 kill -9 of ${kind}`)
    const first = await server.start()
    const url = `http://127.0.0.1:${server.port}`
    let isOver = false
    const doings = Array.from({ length: CLIENTS }, newAnswering)
    const count = () => doings.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
    const clients = Promise.all(
      doings.map((doing) => {
        const browser = new TestBrowser((request) => sendAlone(server.port, request), url)
        return answerUntil(
          browser,
          () => isOver,
          () => new Set(),
          doing,
        )
      }),
    )
    const seconds: number[] = []
    for (let turn = 0; turn < KILLS; turn += 1) {
      const before = count()
      await expect.poll(count, { timeout: 180_000 }).toBeGreaterThan(before + 10)
      await new Promise((resolve) => setTimeout(resolve, 7 * (turn % 50)))
      const killed = performance.now()
      await KINDS[kind]()
      await server.start()
      seconds.push((performance.now() - killed) / 1000)
    }
    isOver = true
    const all = await clients
    expect(all.flatMap(({ faults }) => faults)).toEqual([])
    const stored = await rows<{ key: string; assessment_id: string; position: number; count: string }>(
      `select key, assessment_id, position, count(*) over (partition by key) from response where kind = 'answer'`,
    )
    const byKey = new Map(stored.map((row) => [row.key, row]))
    expect(stored.filter(({ count }) => Number(count) > 1)).toEqual([])
    for (const { acknowledged, sent, assessments } of all) {
      for (const [key, assessment] of acknowledged) expect(byKey.get(key)?.assessment_id).toBe(assessment)
      expect(stored.filter(({ key, assessment_id: id }) => assessments.has(id) && !sent.has(key))).toEqual([])
    }
    // Nothing is half written: each answer has its row in the audit, and each row its answer.
    const [halves] = await rows<{ answers: string; audited: string }>(
      `select (select count(*) from response where kind = 'answer') as answers,
         (select count(*) from audit where action = 'assessment.answer') as audited`,
    )
    expect(halves!.audited).toBe(halves!.answers)
    const [jobs] = await rows<{ failures: number }>('select sum(failures)::int as failures from work.job')
    expect(jobs?.failures).toBe(0)
    const acknowledged = all.reduce((sum, one) => sum + one.acknowledged.size, 0)
    const sorted = seconds.toSorted((a, b) => a - b)
    const [median, longest] = [sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!]
    if (loadavg()[0]! < 2 * availableParallelism()) expect(median).toBeLessThan(SOON[kind])
    await server.stop()
    counted(
      KILLS,
      `${acknowledged.toLocaleString('en-US')} acknowledged answers all there once, none half; ready again after ${median.toFixed(1)} s (longest ${longest.toFixed(1)} s, first start ${first.toFixed(1)} s)`,
    )
  },
  KILLS * 60_000 + 300_000,
)
