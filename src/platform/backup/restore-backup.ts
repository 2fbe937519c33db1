// Puts a backup back: the tables in one transaction, proven equal, the audit verified, then the files beside it.
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type pg from 'pg'
import { parseCheckpoints } from '../../core/audit/checkpoint.ts'
import { kyselyOnClient } from '../../db/backup/kysely-on-client.ts'
import { countTables, loadTables, type TableLoader } from '../../db/backup/load-tables.ts'
import { verifyAudit, type AuditVerification } from '../audit/verify-audit.ts'
import { RungsError } from '../errors.ts'
import type { BackupKey } from './backup-key.ts'
import type { BackupPlaces } from './make-backup.ts'
import { readBackup, type ReadBackup } from './read-backup.ts'

export interface RestoreOptions {
  /** Drops what the database holds before; without it a database with tables of Rungs is refused. */
  replace: boolean
}

export interface Restored extends ReadBackup {
  /** What the chain of each organisation is against the checkpoints that the backup brought. */
  audits: AuditVerification[]
  /** Sign-ins of the time of the backup, which do not come back: some may have been ended since. */
  endedSessions: number
}

interface BesideFile {
  folder: 'checkpoints' | 'erasures' | 'data'
  name: string
  content: Buffer
}

/**
 * `client` is the owner's, without pipeline. Throws a RungsError, and changes nothing, where the key is wrong, the backup
 * damaged, the database not empty, a table not equal to what was backed up, or the audit's chain broken. Files beside the
 * database are only added to: what a checkpoint or an erasure says stays said.
 */
export async function restoreBackup(
  client: pg.ClientBase,
  places: BackupPlaces,
  key: BackupKey,
  file: string,
  { replace }: RestoreOptions,
): Promise<Restored> {
  if (!replace && (await countTables(client)) > 0)
    throw new RungsError(
      'conflict',
      'This database holds tables of Rungs already: restore into an empty one, or say --replace to lose what is there.',
    )
  const { head } = await readHead(file, key)
  const files: BesideFile[] = []
  let read: ReadBackup | undefined
  let audits: AuditVerification[] = []
  let endedSessions = 0
  const load = async (loader: TableLoader) => {
    read = await readBackup(file, key, {
      table: (schema, name, columns) => loader.begin(schema, name, columns),
      bytes: (bytes) => loader.bytes(bytes),
      tableEnd: (sum) => loader.end(sum),
      file: async (folder, name, content) => void files.push({ folder, name, content }),
    })
  }
  const prove = async () => {
    audits = await verifyAll(client, files)
    const wrong = audits.find(({ finding }) => finding !== undefined && finding.kind !== 'no-checkpoint')
    if (wrong)
      throw new RungsError(
        'invalid',
        `The audit of ${wrong.organisation} in this backup is not whole (${wrong.finding?.kind}): nothing was restored.`,
      )
    assertSecret(places, files)
    endedSessions = await endSessions(client)
  }
  await loadTables(client, { migrations: head.migrations, replace }, load, prove)
  for (const one of files) await putBeside(places, one)
  return { ...read!, audits, endedSessions }
}

/** Reads the whole file once before anything is changed: a damaged one is refused early. */
async function readHead(file: string, key: BackupKey): Promise<ReadBackup> {
  return readBackup(file, key)
}

async function verifyAll(client: pg.ClientBase, files: readonly BesideFile[]): Promise<AuditVerification[]> {
  const db = kyselyOnClient(client)
  const organisations = await db.selectFrom('organisation').select('id').orderBy('id').execute()
  const found: AuditVerification[] = []
  for (const { id } of organisations) {
    const texts = files.filter(({ folder, name }) => folder === 'checkpoints' && name.startsWith(id))
    const checkpoints = texts.flatMap(({ content }) => [
      ...parseCheckpoints(content.toString(), id).checkpoints,
    ])
    found.push(await verifyAudit(db, id, { checkpoints, unreadable: [] }))
  }
  return found
}

/** The backup's secret and another one in place: sign-in could read neither second factors nor keys. */
function assertSecret({ secretFile }: BackupPlaces, files: readonly BesideFile[]): void {
  const brought = files.find(({ folder, name }) => folder === 'data' && name === 'secret')
  if (brought === undefined || secretFile === undefined || !existsSync(secretFile)) return
  if (readFileSync(secretFile, 'utf8').trim() === brought.content.toString().trim()) return
  throw new RungsError(
    'conflict',
    `The file ${secretFile} holds another secret than the backup: move it away, then restore again.`,
  )
}

async function endSessions(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('sign_in.session') is not null as there",
  )
  if (rows[0]?.there !== true) return 0
  return (await client.query('delete from sign_in.session')).rowCount ?? 0
}

async function putBeside(places: BackupPlaces, { folder, name, content }: BesideFile): Promise<void> {
  if (folder === 'data') {
    const { secretFile } = places
    if (secretFile !== undefined && basename(secretFile) === name && !existsSync(secretFile))
      await writeWhole(secretFile, content)
    return
  }
  const target = folder === 'checkpoints' ? places.checkpointFolder : places.erasureFolder
  await mkdir(target, { recursive: true, mode: 0o700 })
  const path = join(target, name)
  await writeWhole(path, existsSync(path) ? withMissingLines(await readFile(path), content) : content)
}

/** The lines that are there, then those of the backup that are not. */
function withMissingLines(there: Buffer, brought: Buffer): Buffer {
  const lines = there
    .toString()
    .split('\n')
    .filter((line) => line !== '')
  const known = new Set(lines)
  const missing = brought
    .toString()
    .split('\n')
    .filter((line) => line !== '' && !known.has(line))
  return Buffer.from([...lines, ...missing].map((line) => `${line}\n`).join(''))
}

async function writeWhole(path: string, content: Buffer): Promise<void> {
  const aside = `${path}.part`
  const handle = await open(aside, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(aside, path)
}
