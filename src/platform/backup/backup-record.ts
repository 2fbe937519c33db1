// The records of a backup: what it is of, its tables and its files, each with what proves it whole.
import { z } from 'zod'

const sum = { sha256: z.string().regex(/^[0-9a-f]{64}$/) }

export const backupRecordSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backup'),
    format: z.literal(1),
    madeAt: z.iso.datetime(),
    version: z.string(),
    migrations: z.array(z.string()),
  }),
  z.object({ kind: z.literal('table'), schema: z.string(), name: z.string(), columns: z.array(z.string()) }),
  z.object({ kind: z.literal('table-end'), rows: z.int().min(0), ...sum }),
  /** A file outside of the database: a checkpoint file, the log of erasures, the secret. */
  z.object({
    kind: z.literal('file'),
    folder: z.enum(['checkpoints', 'erasures', 'data']),
    name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/),
  }),
  z.object({ kind: z.literal('file-end'), bytes: z.int().min(0), ...sum }),
  z.object({ kind: z.literal('end'), tables: z.int().min(0), files: z.int().min(0), rows: z.int().min(0) }),
])
export type BackupRecord = z.output<typeof backupRecordSchema>
export type BackupHead = Extract<BackupRecord, { kind: 'backup' }>
export type BackupEnd = Extract<BackupRecord, { kind: 'end' }>
