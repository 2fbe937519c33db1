// Reads a backup from its file, in order, and holds it to its own sums.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { TableSum } from '../../db/backup/dump-tables.ts'
import { errorCodeOf, RungsError } from '../errors.ts'
import type { BackupKey } from './backup-key.ts'
import { backupRecordSchema, type BackupEnd, type BackupHead, type BackupRecord } from './backup-record.ts'
import { readFrames, type Frame } from './frames.ts'
import { openStream } from './sealed-stream.ts'

export interface BackupVisitor {
  head(head: BackupHead): Promise<void>
  table(schema: string, name: string, columns: readonly string[]): Promise<void>
  bytes(bytes: Buffer): Promise<void>
  tableEnd(sum: TableSum): Promise<void>
  file(folder: 'checkpoints' | 'erasures' | 'data', name: string, content: Buffer): Promise<void>
}

export interface ReadBackup {
  head: BackupHead
  end: BackupEnd
  /** Rows of each table: public.person. */
  rows: Record<string, number>
}

/** Throws a RungsError of the kind invalid where the key is wrong or anything is damaged, missing or too much. */
export async function readBackup(
  file: string,
  key: BackupKey,
  visitor: Partial<BackupVisitor> = {},
): Promise<ReadBackup> {
  let head: BackupHead | undefined
  let end: BackupEnd | undefined
  let open: { table: string; hash: ReturnType<typeof createHash> } | undefined
  let content: { folder: 'checkpoints' | 'erasures' | 'data'; name: string; bytes: Buffer[] } | undefined
  const counted = { tables: 0, files: 0, rows: 0 }
  const rows: Record<string, number> = {}
  const onRecord = async (record: BackupRecord) => {
    if (end || (record.kind === 'backup') !== (head === undefined)) throw misplaced(record.kind)
    if ((open !== undefined) !== (record.kind === 'table-end')) throw misplaced(record.kind)
    if ((content !== undefined) !== (record.kind === 'file-end')) throw misplaced(record.kind)
    switch (record.kind) {
      case 'backup':
        head = record
        return visitor.head?.(record)
      case 'table':
        open = { table: `${record.schema}.${record.name}`, hash: createHash('sha256') }
        return visitor.table?.(record.schema, record.name, record.columns)
      case 'table-end':
        if (open?.hash.digest('hex') !== record.sha256) throw damaged(open?.table ?? '')
        rows[open.table] = record.rows
        open = undefined
        counted.tables += 1
        counted.rows += record.rows
        return visitor.tableEnd?.(record)
      case 'file':
        content = { folder: record.folder, name: record.name, bytes: [] }
        return undefined
      case 'file-end': {
        const { folder, name, bytes } = content!
        const whole = Buffer.concat(bytes)
        if (createHash('sha256').update(whole).digest('hex') !== record.sha256) throw damaged(name)
        content = undefined
        counted.files += 1
        return visitor.file?.(folder, name, whole)
      }
      case 'end':
        if (
          record.tables !== counted.tables ||
          record.files !== counted.files ||
          record.rows !== counted.rows
        )
          throw damaged('the end')
        end = record
        return undefined
    }
  }
  for await (const frame of framesOf(file, key)) {
    if (frame.kind === 'record') await onRecord(parseRecord(frame.record))
    else if (content) content.bytes.push(Buffer.from(frame.bytes))
    else if (open) {
      open.hash.update(frame.bytes)
      await visitor.bytes?.(frame.bytes)
    } else throw misplaced('bytes')
  }
  if (!head || !end) throw new RungsError('invalid', 'The backup ends in the middle.')
  return { head, end, rows }
}

async function* framesOf(file: string, key: BackupKey): AsyncGenerator<Frame, void> {
  const plain = createGunzip()
  let fault: unknown
  pipeline(createReadStream(file), openStream(key), plain, (error) => (fault = error))
  try {
    yield* readFrames(plain as AsyncIterable<Buffer>)
  } catch (error) {
    throw faultOf(fault ?? error, file)
  } finally {
    plain.destroy()
  }
  if (fault) throw faultOf(fault, file)
}

function faultOf(error: unknown, file: string): unknown {
  if (error instanceof RungsError) return error
  const code = errorCodeOf(error) ?? ''
  if (code.startsWith('Z_')) return new RungsError('invalid', 'The backup is damaged.', { cause: error })
  if (/^E[A-Z]+$/.test(code))
    return new RungsError('invalid', `${file} cannot be read: ${code}.`, { cause: error })
  return error
}

function parseRecord(record: unknown): BackupRecord {
  const parsed = backupRecordSchema.safeParse(record)
  if (parsed.success) return parsed.data
  throw new RungsError('invalid', 'The backup is of a format that this version does not know.')
}

const misplaced = (kind: string) => new RungsError('invalid', `The backup is damaged: a misplaced ${kind}.`)
const damaged = (what: string) => new RungsError('invalid', `The backup is damaged: ${what} is not whole.`)
