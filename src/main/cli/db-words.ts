// What rungs db did and found, in sentences.
import type { DatabaseCheck } from '../../db/backup/check-database.ts'
import type { MadeBackup } from '../../platform/backup/make-backup.ts'
import type { ReadBackup } from '../../platform/backup/read-backup.ts'
import type { BroughtBack } from '../../platform/backup/bring-back.ts'
import { verificationText } from './audit-words.ts'

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

export function madeText(file: string, { tables, rows, files, bytes }: MadeBackup): string {
  return `${file}: ${tables} tables, ${rows} rows, ${files} files beside them; ${megabytes(bytes)}, encrypted.`
}

export function readText(file: string, { head, end }: ReadBackup): string {
  return `${file} is whole: made ${head.madeAt} by Rungs ${head.version}; ${end.tables} tables, ${end.rows} rows, ${end.files} files.`
}

export function restoredText(restored: BroughtBack): string {
  const { head, end, audits, endedSessions, lost, migrations, erased } = restored
  return [
    `Restored the backup of ${head.madeAt}: ${end.tables} tables, ${end.rows} rows, each table equal to what was backed up.`,
    ...audits.map(verificationText),
    ...(endedSessions > 0 ? [`${endedSessions} sign-ins ended: everybody signs in again.`] : []),
    ...(erased > 0
      ? [`${erased} ${erased === 1 ? 'person' : 'people'} erased again, as the log of erasures says.`]
      : []),
    ...(migrations.length > 0 ? [`Brought to this version: ${migrations.join(', ')}.`] : []),
    ...lost.map(
      ({ organisation, sequence, expected }) =>
        `${organisation}: the audit ends at link ${sequence}, a checkpoint knows ${expected}. That the rest is lost by this restore is written down; every verification says so.`,
    ),
  ].join('\n')
}

/** Undefined where a log of erasures was held against what came back. */
export function erasuresMissingText({ head, erasureLog }: BroughtBack): string | undefined {
  if (erasureLog.found) return undefined
  return [
    `CAUTION: there was no log of erasures in ${erasureLog.folder}.`,
    `Whoever was erased after ${head.madeAt} is back in this database.`,
    'Before anybody works with it: name the folder with the log (erasures in the data folder of the server that erased them) with RUNGS_ERASURES=<folder>, and restore again with --replace.',
  ].join('\n')
}

export function checkText({ server, rows, problems }: DatabaseCheck): string {
  const total = Object.values(rows).reduce((sum, each) => sum + each, 0)
  const found = problems.length === 0 ? ['Nothing is wrong.'] : problems
  return [`PostgreSQL ${server}, ${Object.keys(rows).length} tables, ${total} rows.`, ...found].join('\n')
}
