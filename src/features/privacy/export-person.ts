// Everything about the acting person as files: each kind of row as JSON, and one page to read.
import { sql } from 'kysely'
import { strToU8, zipSync } from 'fflate'
import { PERSONAL_DATA } from '../../db/personal-data.ts'
import type { PersonalTable } from '../../db/personal-table.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { rowsOf } from '../../platform/privacy/person-rows.ts'
import type { Context } from '../../platform/procedure.ts'
import { aboutColumns } from './kinds.ts'
import { exportPage, type ReadableTable } from './export-page.ts'
import { privacyWordsFor, type PrivacyLanguage } from './purposes.ts'
import { accountRows, readAccount } from './queries.ts'

const SECRET = '(secret)'
/** Beside the columns of a row: whether it is about the person, or only says that they wrote it. */
const ABOUT = 'is about the person'

/** What the acting person may take away. Others are "somebody else"; rows that would tell who rated them are not there. */
export async function collectExport(context: Context, language: PrivacyLanguage): Promise<ReadableTable[]> {
  const words = privacyWordsFor(context.actor, language)
  const account = await readAccount(context)
  const tables: ReadableTable[] = []
  for (const described of PERSONAL_DATA) {
    const { table, columns, retention } = described
    const stored = accountRows(account, table) ?? (await readRows(context, described))
    const protectedRow = (row: Record<string, unknown>) => protect(described, row, context.actor.person)
    const [first] = Object.values(columns)
    tables.push({
      table,
      purpose: first ? words.purpose[first.purpose] : '',
      retention: words.retention[retention],
      erasure: Object.fromEntries(
        Object.entries(columns).map(([column, { erasure }]) => [column, words.erasure[erasure]]),
      ),
      rows: stored.map(protectedRow),
      about: stored.filter((row) => row[ABOUT] !== false).map(protectedRow),
    })
  }
  return tables
}

async function readRows(
  { db, actor }: Context,
  { table, columns, exported, through }: PersonalTable,
): Promise<Record<string, unknown>[]> {
  const hangs = { table, ...(through && exported.through ? { through } : {}) }
  const about = rowsOf(hangs, aboutColumns({ exported }), actor)
  const names = Object.keys(columns).filter((column) => columns[column]?.export !== 'secret')
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(names.map((name) => sql.ref(`${table}.${name}`)))}, ${about} as ${sql.ref(ABOUT)}
    from ${sql.table(table)} where ${rowsOf(hangs, exported.of, actor)}`.execute(db)
  return rows
}

/** Nobody but the person is named, also where a row is about a person by its object. */
function protect(
  { columns }: PersonalTable,
  row: Record<string, unknown>,
  me: string,
): Record<string, unknown> {
  const who = (id: unknown): unknown =>
    id === null ? null : Array.isArray(id) ? id.map(who) : id === me ? 'you' : 'somebody else'
  const isPerson = row['object_kind'] === 'person'
  return Object.fromEntries(
    Object.entries(columns).map(([column, { export: how }]) => {
      const value = row[column] ?? null
      if (how === 'secret') return [column, SECRET]
      if (column === 'details' && hasGiver(value))
        return [column, { ...value, inPlaceOf: who(value.inPlaceOf) }]
      return [column, how === 'person' || (isPerson && column === 'object_id') ? who(value) : value]
    }),
  )
}

/** Particulars of the audit that say in whose place somebody acted. */
function hasGiver(details: unknown): details is { inPlaceOf: string } {
  return typeof details === 'object' && details !== null && 'inPlaceOf' in details
}

/** What the ids in the rows are called: units and rounds, which everybody in them may read by name. */
async function namesIn({ db, actor, today }: Context): Promise<Map<string, string>> {
  const { organisation } = actor
  const { rows } = await sql<{ id: string; name: string }>`
    select unit_id as id, name from unit_record where organisation_id = ${organisation} and corrected_at is null
      and valid_from <= ${today}::date and (valid_to is null or valid_to > ${today}::date)
    union all select id, name from round where organisation_id = ${organisation}`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The zip, with an audit row that it was taken. */
export async function exportMe(context: Context, { language }: { language: PrivacyLanguage }): Promise<File> {
  const { actor, now } = context
  const tables = await context.db.transaction().execute(async (transaction) => {
    await recordAudit(transaction, context, {
      action: 'person.export',
      ...{ object: { kind: 'person', id: actor.person }, subject: actor.person },
    })
    return await collectExport({ ...context, db: transaction }, language)
  })
  const json = (value: unknown) => strToU8(`${JSON.stringify(value, null, 2)}\n`)
  const files = Object.fromEntries([
    ['about-me.md', strToU8(exportPage(tables, await namesIn(context), language, now))],
    [
      'about-me.json',
      json({ at: now.toISOString(), tables: tables.map((each) => ({ ...each, about: undefined })) }),
    ],
    ...tables.map((each) => [`tables/${each.table}.json`, json(each.rows)] as const),
  ])
  const bytes = zipSync(files, { mtime: now })
  return new File([new Uint8Array(bytes)], 'rungs-about-me.zip', { type: 'application/zip' })
}
