// Makes a backup: the database as it was in one moment and the files beside it, encrypted, in one file.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { PassThrough, type Writable } from 'node:stream'
import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { dumpTables, listMigrations } from '../../db/backup/dump-tables.ts'
import { errorCodeOf, RungsError } from '../errors.ts'
import { packageVersion } from '../package-root.ts'
import type { BackupKey } from './backup-key.ts'
import type { BackupEnd, BackupRecord } from './backup-record.ts'
import { bytesFrame, recordFrame } from './frames.ts'
import { sealStream } from './sealed-stream.ts'

export interface BackupPlaces {
  checkpointFolder: string
  erasureFolder: string
  /** The file of the secret; undefined where the secret is kept elsewhere. */
  secretFile: string | undefined
}

export interface MadeBackup extends BackupEnd {
  bytes: number
}

/**
 * Writes the backup to `file`, whole or not at all; an existing one is refused. `client` is the owner's, without pipeline.
 * Checkpoints are read before the database, so that its chain reaches as far as they do; erasures after it, so that none
 * is missed.
 */
export async function makeBackup(
  client: pg.ClientBase,
  places: BackupPlaces,
  key: BackupKey,
  file: string,
  now: Date,
): Promise<MadeBackup> {
  const aside = `${file}.part`
  const plain = new PassThrough()
  const target = await openNew(aside, file)
  const writing = pipeline(plain, createGzip({ level: 4 }), sealStream(key), target)
  writing.catch(() => undefined)
  try {
    const end = await writeAll(client, places, plain, now)
    plain.end()
    await writing
    const handle = await open(aside, 'r+')
    await handle.sync()
    const { size } = await handle.stat()
    await handle.close()
    await rename(aside, file)
    await syncFolder(dirname(file))
    return { ...end, bytes: size }
  } catch (error) {
    plain.destroy()
    await writing.catch(() => undefined)
    await rm(aside, { force: true })
    const code = errorCodeOf(error)
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new RungsError('unavailable', `There is no space left for the backup ${file}.`, { cause: error })
    throw error
  }
}

async function openNew(aside: string, file: string): Promise<Writable> {
  if (existsSync(file)) throw new RungsError('conflict', `${file} is there already: name another file.`)
  const handle = await open(aside, 'w', 0o600).catch((cause: unknown) => {
    throw new RungsError('unavailable', `${aside} cannot be written: ${errorCodeOf(cause)}.`, { cause })
  })
  return handle.createWriteStream()
}

async function writeAll(
  client: pg.ClientBase,
  { checkpointFolder, erasureFolder, secretFile }: BackupPlaces,
  stream: Writable,
  now: Date,
): Promise<BackupEnd> {
  const send = async (frame: Buffer) => {
    if (stream.destroyed) throw new RungsError('unavailable', 'The backup cannot be written.')
    if (!stream.write(frame)) await once(stream, 'drain')
  }
  const record = (one: BackupRecord) => send(recordFrame(one))
  const counted = { tables: 0, files: 0, rows: 0 }
  const writeFiles = async (folder: 'checkpoints' | 'erasures' | 'data', paths: readonly string[]) => {
    for (const path of paths) {
      const bytes = await readFile(path)
      await record({ kind: 'file', folder, name: basename(path) })
      if (bytes.length > 0) await send(bytesFrame(bytes))
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      await record({ kind: 'file-end', bytes: bytes.length, sha256 })
      counted.files += 1
    }
  }
  const migrations = await listMigrations(client)
  if (migrations.length === 0)
    throw new RungsError('invalid', 'There is nothing to back up: this database has no tables of Rungs.')
  await record({ kind: 'backup', format: 1, madeAt: now.toISOString(), version: packageVersion, migrations })
  await writeFiles('checkpoints', await listFiles(checkpointFolder))
  await dumpTables(client, {
    table: ({ schema, name, columns }) => record({ kind: 'table', schema, name, columns }),
    bytes: (bytes) => send(bytesFrame(bytes)),
    end: async (_, sum) => {
      counted.tables += 1
      counted.rows += sum.rows
      await record({ kind: 'table-end', ...sum })
    },
  })
  await writeFiles('erasures', await listFiles(erasureFolder))
  if (secretFile !== undefined) await writeFiles('data', [secretFile])
  const end: BackupEnd = { kind: 'end', ...counted }
  await record(end)
  return end
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map(({ name }) => join(folder, name))
      .toSorted()
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return []
    throw error
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().catch(() => undefined)
  await handle.close()
}
