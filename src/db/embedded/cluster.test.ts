// The embedded PostgreSQL in awkward places: deep folders, root's own folders, other owners, damaged locks.
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { packageRoot } from '../../platform/package-root.ts'
import { getBinaries } from './binaries.ts'
import { startCluster, type ClusterOptions } from './cluster.ts'
import { isAlive } from './processes.ts'

const asRoot = process.getuid?.() === 0
const scratch: string[] = []
afterEach(() => scratch.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })))

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rungs-cluster-'))
  scratch.push(folder)
  return folder
}

/** Starts, writes a row, stops, starts again, reads it. */
async function expectKeepsRow(options: ClusterOptions): Promise<void> {
  const first = await startCluster(options)
  await query(first.target, 'create table kept as select 42 as answer')
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)
  const second = await startCluster(options)
  expect((await query(second.target, 'select answer from kept')).rows).toEqual([{ answer: 42 }])
  await second.stop()
}

async function query(target: pg.ClientConfig, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client(target)
  await client.connect()
  try {
    return await client.query(text)
  } finally {
    await client.end()
  }
}

test('a folder whose path is longer than a socket may be is no hindrance', async () => {
  const folder = join(newFolder(), 'a-long-name-'.repeat(8), 'another-long-name-'.repeat(5))
  await expectKeepsRow({ folder })
})

/** What a script prints before it ends; a TypeScript file is run through tsx. */
function outputOf(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--import', 'tsx', file], { cwd: packageRoot }, (error, stdout) =>
      error === null ? resolve(stdout.trim()) : reject(error),
    )
  })
}

test('the cluster is UTF-8, durable, and listens on nothing but its own socket', async () => {
  const cluster = await startCluster({ folder: newFolder() })
  const names = ['server_encoding', 'fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses']
  const { rows } = await query(
    cluster.target,
    `select name, setting from pg_settings where name = any('{${names.join(',')}}') order by name`,
  )
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
  })
  expect(statSync(cluster.target.host).mode & 0o077).toBe(0)
  await expect(query({ ...cluster.target, password: 'another' }, 'select 1')).rejects.toMatchObject({
    code: '28P01',
  })
  await cluster.stop()
  expect(lstatSync(cluster.target.host, { throwIfNoEntry: false })).toBeUndefined()
})

test('the symbolic links of the libraries come back when they are missing', () => {
  const { postgres } = getBinaries()
  const link = join(dirname(postgres), '../lib/libpq.so.5')
  unlinkSync(link)
  getBinaries()
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
})

test('a start that was killed while it made the cluster is no hindrance', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'postgres.new'))
  writeFileSync(join(folder, 'postgres.new/PG_VERSION'), '18')
  writeFileSync(join(folder, 'rungs.lock'), '{"pid":')
  await expectKeepsRow({ folder })
})

test('a lock of a process that is long gone is no hindrance, also when its id lives on in another', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'rungs.lock'), JSON.stringify({ pid: process.ppid, identity: 'another start' }))
  await expectKeepsRow({ folder })
})

test('a database whose lock names a process that lives is started, if that process does not work there', async () => {
  const folder = newFolder()
  const cluster = await startCluster({ folder })
  await cluster.stop()
  const database = join(folder, 'postgres')
  writeFileSync(
    join(database, 'postmaster.pid'),
    `${process.pid}\n${database}\n1767225600\n5432\n/tmp\n\n\nready\n`,
  )
  await expectKeepsRow({ folder })
})

test('of many starts at once exactly one gets the folder', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'rungs.lock'), JSON.stringify({ pid: 1, identity: 'before the last boot' }))
  const script = `
    import { lockFolder } from ${JSON.stringify(new URL('./folder-lock.ts', import.meta.url).href)}
    try { lockFolder(${JSON.stringify(folder)}); console.log('got it'); setTimeout(() => {}, 5000) } catch { console.log('no') }
  `
  const file = join(folder, 'lock.ts')
  writeFileSync(file, script)
  const results = await Promise.all(Array.from({ length: 6 }, () => outputOf(file)))
  expect(results.filter((line) => line === 'got it')).toHaveLength(1)
  expect(results.filter((line) => line === 'no')).toHaveLength(5)
})

test.runIf(asRoot)(
  'as root under a folder of mode 0700 it runs in a user namespace (where one is allowed)',
  async () => {
    const folder = newFolder()
    chmodSync(folder, 0o700)
    await expectKeepsRow({ folder: join(folder, 'inside/data') })
  },
)

test.runIf(asRoot)(
  'as root without namespaces it runs as an unprivileged account that owns its folder',
  async () => {
    const folder = join(newFolder(), 'data')
    chmodSync(dirname(folder), 0o755)
    await expectKeepsRow({ folder, launchers: ['user'] })
    expect(statSync(join(folder, 'postgres')).uid).not.toBe(0)
  },
)

test.runIf(asRoot)('where that account cannot reach the folder, the cluster lies outside of it', async () => {
  const folder = join(newFolder(), 'data')
  const outside = join('/var/lib/rungs', createHash('sha256').update(folder).digest('hex').slice(0, 16))
  scratch.push(outside)
  await expectKeepsRow({ folder, launchers: ['user'] })
  expect(statSync(join(outside, 'postgres')).isDirectory()).toBe(true)
  expect(statSync(join(folder, 'postgres.txt')).isFile()).toBe(true)
})

test.runIf(asRoot)('a cluster changes its owner with the way that it is run', async () => {
  const folder = join(newFolder(), 'data')
  chmodSync(dirname(folder), 0o755)
  await expectKeepsRow({ folder, launchers: ['user'] })
  const cluster = await startCluster({ folder })
  expect((await query(cluster.target, 'select answer from kept')).rows).toEqual([{ answer: 42 }])
  await cluster.stop()
})

test.runIf(asRoot)("as root under another user's folder of mode 0700 it runs as that user", async () => {
  const folder = newFolder()
  // The account daemon, which every Linux has.
  chownSync(folder, 1, 1)
  await expectKeepsRow({ folder: join(folder, 'data') })
  expect(statSync(join(folder, 'data/postgres')).uid).toBe(1)
})

test.runIf(asRoot)("another user's database is left alone", async () => {
  const folder = newFolder()
  const cluster = await startCluster({ folder })
  await cluster.stop()
  chownSync(join(folder, 'postgres'), 4711, 4711)
  await expect(startCluster({ folder })).rejects.toThrow(
    / is another user's \(id 4711\); start Rungs as that user\.$/,
  )
})

test.runIf(asRoot)('with no way to be somebody else it says so in one sentence', async () => {
  await expect(startCluster({ folder: newFolder(), launchers: [] })).rejects.toThrow(
    /^PostgreSQL does not run as root, and here root can neither .*; start Rungs as an ordinary user or set DATABASE_URL\.$/,
  )
})
