// Everything about the acting person as files: each kind of row as JSON, and one page to read.
import { sql } from 'kysely'
import { strToU8, zipSync } from 'fflate'
import { PERSONAL_DATA } from '../../db/personal-data.ts'
import type { PersonalTable } from '../../db/personal-table.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { rowsOf } from '../../platform/privacy/person-rows.ts'
import type { Context } from '../../platform/procedure.ts'
import { privacyWordsFor, type PrivacyLanguage } from './purposes.ts'
import { accountRows, readAccount } from './queries.ts'

export interface ExportedTable {
  table: string
  purpose: string
  retention: string
  erasure: Record<string, string>
  rows: Record<string, unknown>[]
}

const SECRET = '(secret)'

/** What the acting person may take away. Others are "somebody else"; rows that would tell who rated them are not there. */
export async function collectExport(context: Context, language: PrivacyLanguage): Promise<ExportedTable[]> {
  const words = privacyWordsFor(context.actor, language)
  const account = await readAccount(context)
  const tables: ExportedTable[] = []
  for (const described of PERSONAL_DATA) {
    const { table, columns, retention } = described
    const stored = accountRows(account, table) ?? (await readRows(context, described))
    const [first] = Object.values(columns)
    tables.push({
      table,
      purpose: first ? words.purpose[first.purpose] : '',
      retention: words.retention[retention],
      erasure: Object.fromEntries(
        Object.entries(columns).map(([column, { erasure }]) => [column, words.erasure[erasure]]),
      ),
      rows: stored.map((row) => protect(described, row, context.actor.person)),
    })
  }
  return tables
}

async function readRows(
  { db, actor }: Context,
  { table, columns, exported, through }: PersonalTable,
): Promise<Record<string, unknown>[]> {
  const condition = rowsOf({ table, ...(through && exported.through ? { through } : {}) }, exported.of, actor)
  const names = Object.keys(columns).filter((column) => columns[column]?.export !== 'secret')
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(names.map((name) => sql.ref(`${table}.${name}`)))} from ${sql.table(table)}
    where ${condition}`.execute(db)
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
      return [column, how === 'person' || (isPerson && column === 'object_id') ? who(value) : value]
    }),
  )
}

const HEADLINES = {
  en: { title: 'What Rungs holds about you', rows: 'rows', kept: 'Kept', none: 'Nothing.' },
  'zh-Hans': { title: 'Rungs 保存的关于你的内容', rows: '行', kept: '保留', none: '没有内容。' },
}

/** A page of Markdown: each table with its purpose, and its rows as lists. */
export function exportPage(tables: readonly ExportedTable[], language: PrivacyLanguage, at: Date): string {
  const words = HEADLINES[language]
  const sections = tables.map(({ table, purpose, retention, rows }) =>
    [
      `## ${table}`,
      '',
      `${purpose}. ${words.kept}: ${retention}.`,
      '',
      rows.length === 0 ? words.none : rows.map(rowText).join('\n\n'),
      '',
    ].join('\n'),
  )
  return [`# ${words.title}`, '', at.toISOString(), '', ...sections].join('\n')
}

function rowText(row: Record<string, unknown>): string {
  return Object.entries(row)
    .filter(([, value]) => value !== null)
    .map(([column, value], index) => `${index === 0 ? '-' : ' '} ${column}: ${valueText(value)}`)
    .join('  \n')
}

function valueText(value: unknown): string {
  const text =
    value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : JSON.stringify(value)
  return text.replaceAll(/\s+/g, ' ').replaceAll(/([\\`*_[\]<>|])/g, String.raw`\$1`)
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
    ['about-me.md', strToU8(exportPage(tables, language, now))],
    ['about-me.json', json({ at: now.toISOString(), tables })],
    ...tables.map((each) => [`tables/${each.table}.json`, json(each.rows)] as const),
  ])
  const bytes = zipSync(files, { mtime: now })
  return new File([new Uint8Array(bytes)], 'rungs-about-me.zip', { type: 'application/zip' })
}
