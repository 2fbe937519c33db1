// Makes the data folder ready, or says in one sentence why it cannot hold a database.
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { errorCodeOf, messageOf, RungsError } from '../../platform/errors.ts'
import { canEnter, type Launcher } from './launcher.ts'

/** Bytes that must be free: a fresh cluster takes 40 MB, and its write-ahead log grows by 16 MB at a time. */
const FREE_FIRST = 96_000_000
const FREE_LATER = 24_000_000

/** Makes the folder if it is absent and checks that it can be written; returns its real path. */
export function prepareDataFolder(folder: string): string {
  try {
    mkdirSync(dirname(folder), { recursive: true })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeProbe(join(folder, `rungs.probe.${process.pid}`))
  } catch (cause) {
    throw new RungsError('unavailable', folderSentence(folder, cause), { cause })
  }
  return realpathSync(folder)
}

/** The folder of the database cluster, which PostgreSQL makes: in the data folder, if it can be reached there. */
export function prepareDatabaseFolder(data: string, launcher: Launcher): string {
  const inside = canEnter(launcher, data)
  // The account that PostgreSQL runs as owns its cluster and may pass through this folder, no more.
  const closed = launcher.kind === 'user' && statSync(data).uid !== launcher.identity.uid
  if (inside && closed) chmodSync(data, statSync(data).mode | 0o011)
  const database = inside ? join(data, 'postgres') : outsideFolder(data)
  assertSpace(dirname(database), existsSync(database))
  return database
}

function assertSpace(folder: string, exists: boolean): void {
  const needed = exists ? FREE_LATER : FREE_FIRST
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= needed) return
  const [free, least] = [bavail * bsize, needed].map((bytes) => Math.floor(bytes / 1e6))
  const message = `The data folder ${folder} is full: ${free} MB are free and Rungs needs ${least}; free some.`
  throw new RungsError('unavailable', message)
}

function writeProbe(file: string): void {
  try {
    const handle = openSync(file, 'w')
    try {
      writeSync(handle, Buffer.alloc(4096))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } finally {
    rmSync(file, { force: true })
  }
}

function folderSentence(folder: string, error: unknown): string {
  switch (errorCodeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `The data folder ${folder} is full; free some space or set RUNGS_DATA to another folder.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The data folder ${folder} cannot be written; change its rights or set RUNGS_DATA to another folder.`
    case 'ENOTDIR':
    case 'EEXIST':
      return `The data folder ${folder} is a file or lies under one; set RUNGS_DATA to a folder.`
    default:
      return `The data folder ${folder} cannot be used: ${messageOf(error)}.`
  }
}

/** Where a data folder lies under root's own folders, an unprivileged PostgreSQL keeps its cluster here. */
function outsideFolder(data: string): string {
  const parent = join('/var/lib/rungs', createHash('sha256').update(data).digest('hex').slice(0, 16))
  mkdirSync(parent, { recursive: true, mode: 0o755 })
  writeFileSync(
    join(data, 'postgres.txt'),
    `The database of this folder lies in ${parent}, which its account can reach.\n`,
  )
  return join(parent, 'postgres')
}
