// Jobs: each once over all processes, begun again when its process dies, tried again when it fails.
import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/database.ts'
import { createLog } from '../log.ts'
import { startJobs, type Job } from './run-jobs.ts'

const database = await createTestDatabase()
const lines: string[] = []
const log = createLog('error', (line) => void lines.push(line))
const now = () => new Date()
const start = (jobs: Job[], pool: pg.Pool = database.job.pool) =>
  startJobs({ pool, jobs, log, now, look: 50 })
const rowOf = async (name: string) =>
  (await database.owner.pool.query('select * from work.job where name = $1', [name])).rows[0]

test('five processes run a job once at its time, and never two of them at once', async () => {
  let [running, most, runs] = [0, 0, 0]
  const job: Job = {
    name: 'count',
    every: 1,
    run: async () => {
      most = Math.max(most, (running += 1))
      runs += 1
      await new Promise((resolve) => setTimeout(resolve, 100))
      running -= 1
    },
  }
  const started = Date.now()
  const runners = Array.from({ length: 5 }, () => start([job]))
  await expect.poll(() => runs, { timeout: 20_000 }).toBe(3)
  const seconds = (Date.now() - started) / 1000
  await Promise.all(runners.map((runner) => runner.stop()))
  expect(most).toBe(1)
  expect(seconds).toBeGreaterThanOrEqual(2)
  expect(await rowOf('count')).toMatchObject({ failures: 0, trouble: null })
})

test('a job whose connection dies is begun again by another process at once', async () => {
  const pool = new pg.Pool(database.job.pool.options)
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  let firstBegun = false
  let again = false
  const dies = start([{ name: 'dies', every: 3600, run: () => new Promise(() => (firstBegun = true)) }], pool)
  await expect.poll(() => firstBegun, { timeout: 10_000 }).toBe(true)
  const other = start([{ name: 'dies', every: 3600, run: async () => void (again = true) }])
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(again).toBe(false)
  // As the end of its process would: the server sees the session go.
  await database.owner.pool.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
       and database = (select oid from pg_database where datname = current_database())`,
  )
  await expect.poll(() => again, { timeout: 10_000 }).toBe(true)
  await other.stop()
  void dies
})

test('a job that fails is tried again soon, the others go on, and the log says no more than its kind', async () => {
  let others = 0
  const runner = start([
    {
      name: 'fails',
      every: 3600,
      run: async () => {
        throw Object.assign(new Error('Ada Lovelace cannot be found'), { code: '23505' })
      },
    },
    { name: 'others', every: 3600, run: async () => void (others += 1) },
  ])
  await expect.poll(async () => (await rowOf('fails'))?.failures, { timeout: 10_000 }).toBe(1)
  await expect.poll(() => others).toBe(1)
  await runner.stop()
  const { due_at: due, trouble } = await rowOf('fails')
  expect(trouble).toBe('23505')
  expect(due.getTime() - Date.now()).toBeGreaterThan(5000)
  expect(due.getTime() - Date.now()).toBeLessThan(11_000)
  expect(lines.join('')).toContain('"job":"fails"')
  expect(lines.join('')).not.toContain('Ada')
})
