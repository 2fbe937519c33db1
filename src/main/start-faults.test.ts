// Whatever keeps Rungs from starting is told in one clear sentence, with a non-zero exit code.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { packageRoot } from '../platform/package-root.ts'
import { makeDataFolder, runToEnd, startServerProcess, type Ended } from '../../test/server-process.ts'

const isRoot = process.getuid?.() === 0
const scratch = mkdtempSync(join(tmpdir(), 'rungs-faults-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

function expectOneSentence(ended: Ended, sentence: RegExp): void {
  expect(ended.stderr).toMatch(sentence)
  expect(ended.stderr.trim().split('\n')).toHaveLength(1)
  expect(ended.stdout).toBe('')
  expect(ended.code).toBe(1)
}

test('a second start on the same folder names the process that has it, and leaves it alone', async () => {
  const folder = makeDataFolder()
  const first = await startServerProcess(folder)
  try {
    const second = await runToEnd(['--port', '0'], { RUNGS_DATA: folder })
    expectOneSentence(
      second,
      new RegExp(`^rungs: Rungs already runs on \\S+ \\(process ${first.pid}\\); stop it`),
    )
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  } finally {
    await first.end()
    rmSync(folder, { recursive: true })
  }
})

test('a taken port is named, and the database that was started for it is stopped', async () => {
  const taken = await listenOnce()
  const { port } = taken.address() as AddressInfo
  const folder = makeDataFolder()
  try {
    const ended = await runToEnd(['--port', String(port)], { RUNGS_DATA: folder })
    expectOneSentence(ended, new RegExp(`^rungs: Port ${port} is taken; start with --port or RUNGS_PORT`))
    const again = await startServerProcess(folder)
    expect(await again.end()).toBe(0)
  } finally {
    taken.close()
    rmSync(folder, { recursive: true })
  }
})

test.each([
  [
    'a word',
    'not-a-url',
    /^rungs: DATABASE_URL: expected a URL such as postgres:.* got something that is no URL\./,
  ],
  [
    'another database',
    'mysql://root@127.0.0.1/x',
    /^rungs: DATABASE_URL: .* got one that starts with mysql:\./,
  ],
  [
    'no database name',
    'postgres://root@127.0.0.1',
    /^rungs: DATABASE_URL: .* got one without a database name\./,
  ],
  [
    'nobody there',
    'postgres://a:b@127.0.0.1:1/x',
    /^rungs: The database of DATABASE_URL cannot be reached: nothing/,
  ],
  [
    'an unknown host',
    'postgres://a:b@no-such-host.invalid/x',
    /^rungs: The database of DATABASE_URL cannot be reached/,
  ],
])('a DATABASE_URL with %s is refused', async (_, url, sentence) => {
  expectOneSentence(await runToEnd(['--port', '0'], { DATABASE_URL: url }), sentence)
})

test('a DATABASE_URL with a wrong password is refused without printing it', async () => {
  const url = new URL(inject('databaseUrl'))
  url.password = 'wrong-password-7f3'
  const ended = await runToEnd(['--port', '0'], { DATABASE_URL: url.href })
  expectOneSentence(ended, /^rungs: The database of DATABASE_URL refuses the user or the password/)
  expect(ended.stderr).not.toContain('7f3')
})

test('a DATABASE_URL that names no database of its server is refused', async () => {
  const url = new URL(inject('databaseUrl'))
  url.pathname = '/there_is_none'
  const ended = await runToEnd(['--port', '0'], { DATABASE_URL: url.href })
  expectOneSentence(ended, /^rungs: The database of DATABASE_URL names a database that does not exist/)
})

test('a server older than PostgreSQL 15 is refused', async () => {
  const old = await listenAsOldPostgres(140_009)
  const { port } = old.address() as AddressInfo
  try {
    const ended = await runToEnd(['--port', '0'], { DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/x` })
    expectOneSentence(
      ended,
      /^rungs: The database of DATABASE_URL is PostgreSQL 14; Rungs needs PostgreSQL 15 or newer\./,
    )
  } finally {
    old.close()
  }
})

test('a data folder that is a file is refused', async () => {
  const file = join(scratch, 'file')
  writeFileSync(file, '')
  const ended = await runToEnd(['--port', '0'], { RUNGS_DATA: file })
  expectOneSentence(ended, /^rungs: The data folder \S+ is a file or lies under one/)
})

test.skipIf(isRoot && !canMount())('a data folder that cannot be written is refused', async () => {
  const folder = join(scratch, 'read-only')
  mkdirSync(folder)
  const restore = makeUnwritable(folder)
  try {
    const ended = await runToEnd(['--port', '0'], { RUNGS_DATA: folder })
    expectOneSentence(
      ended,
      /^rungs: The data folder \S+ cannot be written; change its rights or set RUNGS_DATA/,
    )
  } finally {
    restore()
  }
})

test.skipIf(!canMount())('a full data folder is refused (needs root and a mount of its own)', async () => {
  const folder = join(scratch, 'full')
  mkdirSync(folder)
  mount(['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder])
  try {
    const ended = await runToEnd(['--port', '0'], { RUNGS_DATA: folder })
    expectOneSentence(
      ended,
      /^rungs: The data folder \S+ is full: \d+ MB are free and Rungs needs \d+; free some\./,
    )
    const filled = spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=1M'], {
      timeout: 20_000,
    })
    expect(filled.status).not.toBe(0)
    const later = await runToEnd(['--port', '0'], { RUNGS_DATA: folder })
    expectOneSentence(later, /^rungs: The data folder \S+ is full/)
  } finally {
    spawnSync('umount', [folder])
  }
})

test('all faults of the configuration are listed at once', async () => {
  const ended = await runToEnd(['--port', 'many'], { RUNGS_DATA: '', DATABASE_URL: 'x', RUNGS_LOG: 'loud' })
  expect(ended.code).toBe(1)
  expect(
    ended.stderr
      .trim()
      .split('\n')
      .map((line) => line.split(':')[1]?.trim()),
  ).toEqual(['--port', 'RUNGS_DATA', 'DATABASE_URL', 'RUNGS_LOG'])
})

function listenOnce(handler?: (socket: Socket) => void): Promise<Server> {
  const server = createServer(handler)
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

/** Speaks just enough of the PostgreSQL protocol to say its version: there is no old server to be had here. */
function listenAsOldPostgres(version: number): Promise<Server> {
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(body.length + 4)
    return Buffer.concat([Buffer.from(type), length, body])
  }
  const ready = message('Z', Buffer.from('I'))
  const name = Buffer.from('server_version_num\0')
  const column = Buffer.concat([
    Buffer.from([0, 1]),
    name,
    Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 255, 255]),
  ])
  const text = Buffer.from(String(version))
  const row = Buffer.concat([Buffer.from([0, 1, 0, 0, 0, text.length]), text])
  const description = Buffer.concat([column, Buffer.from([255, 255, 255, 255, 0, 0])])
  return listenOnce((socket) => {
    let greeted = false
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      if (!greeted) socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]))
      else if (chunk[0] === 0x51) {
        const done = message('C', Buffer.from('SHOW\0'))
        socket.write(Buffer.concat([message('T', description), message('D', row), done, ready]))
      }
      greeted = true
    })
  })
}

/** Root writes wherever it likes, except on a file system that is mounted read-only. */
function makeUnwritable(folder: string): () => void {
  if (!isRoot) {
    chmodSync(folder, 0o500)
    return () => chmodSync(folder, 0o700)
  }
  mount(['-t', 'tmpfs', '-o', 'ro', 'tmpfs', folder])
  return () => spawnSync('umount', [folder])
}

function mount(args: string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`mount failed: ${stderr}`)
}

function canMount(): boolean {
  if (!isRoot) return false
  const folder = mkdtempSync(join(tmpdir(), 'rungs-mount-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0
  if (mounted) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true, force: true })
  return mounted
}

test('a Node that is too old gets one sentence, before anything else is tried', () => {
  const fake = join(scratch, 'old-node.cjs')
  writeFileSync(fake, "Object.defineProperty(process.versions, 'node', { value: '18.20.4' })\n")
  const script = join(packageRoot, 'scripts/prepare.cjs')
  const { status, stderr } = spawnSync(process.execPath, ['-r', fake, script], { encoding: 'utf8' })
  expect(stderr).toBe('rungs: Rungs needs Node 20.19 or newer; this is Node 18.20.4.\n')
  expect(status).toBe(1)
})
