// The embedded PostgreSQL: made on first start, started and stopped with Rungs, reached over a private socket.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
} from 'node:fs'
import { rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { errorCodeOf, RungsError } from '../../platform/errors.ts'
import { getBinaries, type Binaries } from './binaries.ts'
import { getLauncher, ownFolder, type Launcher } from './launcher.ts'
import { endLeftovers, removeSocketFolder } from './leftovers.ts'
import { prepareDatabaseFolder, prepareDataFolder } from './folders.ts'
import { lockFolder } from './folder-lock.ts'
import { sendSignal } from './processes.ts'

export interface Cluster {
  /** How to connect to the database `rungs`. */
  target: { host: string; port: number; user: string; password: string; database: string }
  /** The process id of the postmaster. */
  pid: number
  /** Resolves when PostgreSQL has ended, for whatever reason. */
  ended: Promise<void>
  /** Stops PostgreSQL within 20 s and frees the folder; safe to call twice. */
  stop(): Promise<void>
}

export interface ClusterOptions {
  /** The absolute path of the data folder; made if absent. */
  folder: string
  /** False only for tests: an acknowledged write is then not yet on disk. */
  durable?: boolean
  /** Further `-c` settings. */
  settings?: Record<string, string>
  /** As root, the ways to become somebody else, in order. */
  launchers?: readonly Launcher['kind'][]
}

const USER = 'rungs'
/** Part of the socket's file name; nothing listens on TCP. */
const PORT = 5432
const LOG_LIMIT = 10_000_000

/** Starts PostgreSQL on the folder; throws a RungsError with one sentence when that cannot be. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const binaries = getBinaries()
  const data = prepareDataFolder(options.folder)
  const lock = lockFolder(data)
  try {
    const launcher = getLauncher(binaries.postgres, data, options.launchers)
    const database = prepareDatabaseFolder(data, launcher)
    if (existsSync(database)) await endLeftovers(database)
    else await createCluster(binaries, launcher, database)
    ownFolder(database, launcher)
    return await runPostgres(binaries, launcher, database, options, () => lock.release())
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Made aside and renamed, so that a start killed in the middle leaves nothing half made. */
async function createCluster(binaries: Binaries, launcher: Launcher, database: string): Promise<void> {
  const fresh = `${database}.new`
  const passwordFile = `${fresh}.password`
  for (const path of [fresh, passwordFile]) rmSync(path, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  ownFolder(fresh, launcher)
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  if (launcher.identity.uid !== undefined)
    chownSync(passwordFile, launcher.identity.uid, launcher.identity.gid ?? 0)
  const flags = ['-D', fresh, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  const locale = ['-E', 'UTF8', '--locale=C.UTF-8', '--no-instructions']
  const { code, output } = await run(launcher, binaries.initdb, [...flags, ...locale])
  if (code !== 0) {
    for (const path of [fresh, passwordFile]) rmSync(path, { recursive: true, force: true })
    throw new RungsError('unavailable', failureSentence('The database cannot be created', database, output))
  }
  renameSync(passwordFile, join(fresh, 'rungs.password'))
  renameSync(fresh, database)
}

function run(
  launcher: Launcher,
  program: string,
  args: string[],
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const [file, all] = launcher.command(program, args)
    const child = spawn(file, all, {
      ...launcher.identity,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

/** PG* variables of the caller must not reach the embedded server. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PG') && !name.startsWith('LC_'),
  )
  return { ...Object.fromEntries(kept), LC_ALL: 'C.UTF-8' }
}

async function runPostgres(
  binaries: Binaries,
  launcher: Launcher,
  database: string,
  options: ClusterOptions,
  release: () => void,
): Promise<Cluster> {
  const socketFolder = makeSocketFolder(launcher)
  const logFile = `${database}.log`
  const logStart = openLog(logFile)
  const log = openSync(logFile, 'a', 0o600)
  const [file, args] = launcher.command(binaries.postgres, [
    '-D',
    database,
    ...settingsOf(socketFolder, options),
  ])
  // Detached: a Ctrl-C in the terminal must reach Rungs alone, which then stops PostgreSQL in order.
  const child = spawn(file, args, {
    ...launcher.identity,
    env: environment(),
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const pid = child.pid ?? 0
  const watchdog = startWatchdog(pid)
  const cleanUp = ended.then(() => {
    watchdog.kill('SIGKILL')
    removeSocketFolder(socketFolder)
    release()
  })
  const password = readFileSync(join(database, 'rungs.password'), 'utf8').trim()
  const target = { host: socketFolder, port: PORT, user: USER, password, database: 'rungs' }
  try {
    await waitUntilReady(target, child)
  } catch (error) {
    await stopProcess(pid, ended)
    await cleanUp
    if (!(error instanceof RungsError)) throw error
    const tail = readFileSync(logFile).subarray(logStart).toString()
    throw new RungsError('unavailable', failureSentence(error.message, database, tail), { cause: error })
  }
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= stopProcess(pid, ended).then(() => cleanUp))
  return { target, pid, ended: cleanUp, stop }
}

/** In the system's temporary folder: a socket's path may be 107 characters long, a data folder's longer. */
function makeSocketFolder(launcher: Launcher): string {
  const parent = tmpdir().length < 70 ? tmpdir() : '/tmp'
  const folder = mkdtempSync(join(parent, 'rungs-'))
  chmodSync(folder, 0o700)
  if (launcher.identity.uid !== undefined)
    chownSync(folder, launcher.identity.uid, launcher.identity.gid ?? 0)
  return folder
}

function settingsOf(socketFolder: string, { durable = true, settings = {} }: ClusterOptions): string[] {
  const all: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    port: String(PORT),
    max_connections: '60',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The log must hold no personal data: no statements, no values.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    ...settings,
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Empties a log that has grown too long; returns where this start's lines begin. */
function openLog(file: string): number {
  if (!existsSync(file)) return 0
  if (statSync(file).size > LOG_LIMIT) truncateSync(file)
  return statSync(file).size
}

/** A killed Rungs closes this pipe; the shell at its other end then stops PostgreSQL. */
function startWatchdog(pid: number): ChildProcess {
  const child = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$0" 2>/dev/null', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  })
  child.on('error', () => undefined)
  child.stdin?.on('error', () => undefined)
  child.unref()
  return child
}

async function waitUntilReady(target: Cluster['target'], child: ChildProcess): Promise<void> {
  const failure = 'The embedded database does not start'
  let exited = child.pid === undefined
  child.once('exit', () => (exited = true))
  // Recovery after a crash may take long; a server that lives and says so is waited for.
  for (const end = Date.now() + 300_000; Date.now() < end;) {
    if (exited) throw new RungsError('unavailable', failure)
    const client = new pg.Client({ ...target, database: 'postgres', connectionTimeoutMillis: 5000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await createDatabase(client, target.database)
      return
    } catch (error) {
      const code = errorCodeOf(error)
      // Not yet listening, or still starting up.
      if (code !== 'ENOENT' && code !== 'ECONNREFUSED' && code !== '57P03' && !exited) throw error
    } finally {
      await client.end().catch(() => undefined)
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new RungsError('unavailable', `${failure} within five minutes`)
}

async function createDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
  if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
}

/** Fast shutdown, then immediate, then by force. */
async function stopProcess(pid: number, ended: Promise<void>): Promise<void> {
  if (pid === 0) return
  const stages: [NodeJS.Signals, number][] = [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ]
  for (const [signal, timeout] of stages) {
    sendSignal(pid, signal)
    const timer = new AbortController()
    const late = new Promise<boolean>((resolve) => {
      const handle = setTimeout(() => resolve(false), timeout)
      timer.signal.addEventListener('abort', () => clearTimeout(handle))
    })
    const done = await Promise.race([ended.then(() => true), late])
    timer.abort()
    if (done) return
  }
}

function failureSentence(what: string, database: string, output: string): string {
  if (/No space left on device|Disk quota exceeded/.test(output)) {
    return `The data folder is full: PostgreSQL found no space left for ${database}; free some and start again.`
  }
  const reason = output.split('\n').findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? output.trim()
  return `${what} in ${database}: ${reason.replace(/^.*?(FATAL|PANIC|error): */i, '').trim()}.`
}
