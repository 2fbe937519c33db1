// The program as its users run it: it ends cleanly when asked, and survives being killed in the middle of work.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { isAlive, listProcessesIn, sendSignal, waitUntil } from '../db/embedded/processes.ts'
import { makeDataFolder, removeDataFolder, startServerProcess } from '../../test/server-process.ts'

const KILLS = process.env['RUNGS_VERIFY'] === undefined ? 3 : 60

const folders: string[] = []
afterEach(() => folders.splice(0).forEach(removeDataFolder))

function newFolder(): string {
  const folder = makeDataFolder()
  folders.push(folder)
  return folder
}

const databaseProcesses = (folder: string) => listProcessesIn(realpathSync(join(folder, 'postgres')))

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends server and database, with exit code 0', async (signal) => {
  const folder = newFolder()
  const server = await startServerProcess(folder)
  expect(databaseProcesses(folder).length).toBeGreaterThan(0)
  const started = Date.now()
  expect(await server.end(signal)).toBe(0)
  expect(Date.now() - started).toBeLessThan(15_000)
  expect(databaseProcesses(folder)).toEqual([])
  expect(readdirSync(folder).filter((name) => name.startsWith('rungs.lock'))).toEqual([])
})

test('a request that is being answered is not cut off by the end', async () => {
  const server = await startServerProcess(newFolder())
  const answers = Array.from({ length: 20 }, () => fetch(`${server.url}/api/frameworks/coder-to-cto`))
  await answers[0]
  const ended = server.end('SIGTERM')
  const results = await Promise.allSettled(answers.map(async (answer) => (await answer).json()))
  // A connection that was never accepted is refused; one that was gets its whole answer.
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
  for (const result of results)
    if (result.status === 'fulfilled') expect(result.value).toHaveProperty('framework')
  expect(await ended).toBe(0)
})

test('a killed server takes its database with it', async () => {
  const folder = newFolder()
  const server = await startServerProcess(folder)
  expect(await server.end('SIGKILL')).toBe('SIGKILL')
  expect(await waitUntil(() => databaseProcesses(folder).length === 0, 10_000)).toBe(true)
})

test('a database whose server and watchdog were killed is ended by the next start', async () => {
  const folder = newFolder()
  const server = await startServerProcess(folder)
  const before = databaseProcesses(folder)
  const watchdog = childrenOf(server.pid).find((pid) => !before.includes(pid))
  expect(watchdog).toBeDefined()
  sendSignal(watchdog ?? 0, 'SIGKILL')
  await server.end('SIGKILL')
  expect(before.some(isAlive)).toBe(true)
  const next = await startServerProcess(folder)
  expect(before.filter(isAlive)).toEqual([])
  expect(await next.end()).toBe(0)
})

test('a database that was killed ends the server with one sentence, and the next start recovers', async () => {
  const folder = newFolder()
  const server = await startServerProcess(folder)
  for (const pid of databaseProcesses(folder)) sendSignal(pid, 'SIGKILL')
  expect(await server.end('SIGCONT')).toBe(1)
  expect(server.output()).toMatch(
    /rungs: The embedded database ended by itself; its log is in the data folder\.\n/,
  )
  const next = await startServerProcess(folder)
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200)
  await next.end()
})

test(
  'no acknowledged write is lost when everything is killed in the middle of writing',
  { timeout: 600_000 },
  async () => {
    const folder = newFolder()
    const acknowledged: string[] = []
    for (let round = 0; round < KILLS; round++) {
      const server = await startServerProcess(folder)
      const writers = Array.from({ length: 4 }, () => writeUntilRefused(server.url, acknowledged))
      const before = acknowledged.length
      await waitFor(() => acknowledged.length > before + 10 + round)
      if (round % 2 === 1) for (const pid of databaseProcesses(folder)) sendSignal(pid, 'SIGKILL')
      await server.end('SIGKILL')
      await Promise.all(writers)
    }
    const server = await startServerProcess(folder)
    const response = await fetch(`${server.url}/api/assessments`)
    const { assessments } = (await response.json()) as { assessments: { id: string }[] }
    const kept = new Set(assessments.map(({ id }) => id))
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    expect(acknowledged.length).toBeGreaterThan(KILLS * 10)
    await server.end()
  },
)

async function writeUntilRefused(url: string, acknowledged: string[]): Promise<void> {
  try {
    for (;;) {
      const body = JSON.stringify({ framework: 'coder-to-cto', mode: 'quick', key: randomUUID() })
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`${url}/api/assessments`, { method: 'POST', headers, body })
      if (!response.ok) return
      const { assessment } = (await response.json()) as { assessment: { id: string } }
      acknowledged.push(assessment.id)
    }
  } catch {
    // The server is gone.
  }
}

async function waitFor(holds: () => boolean): Promise<void> {
  if (!(await waitUntil(holds, 20_000))) throw new Error('it did not happen within 20 s')
}

function childrenOf(parent: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number))
  return pairs.flatMap(([pid, ppid]) => (ppid === parent && pid !== undefined ? [pid] : []))
}
