// The page to read of what is held about a person: names for ids, and no more than a person can make something of.
import { kindOf } from './kinds.ts'
import type { PrivacyLanguage } from './purposes.ts'

interface ExportedTable {
  table: string
  purpose: string
  retention: string
  erasure: Record<string, string>
  rows: Record<string, unknown>[]
}

/** For the page to read: a table with its rows about the person alone, and what units and people in them are called. */
export interface ReadableTable extends ExportedTable {
  about: Record<string, unknown>[]
}

const HEADLINES = {
  en: {
    ...{ title: 'What Rungs holds about you', kept: 'Kept' },
    lead: 'Ids and what only programs read are left out here: they stand in about-me.json and in tables/.',
    wrote: 'Rows about others or other things that you wrote',
    nothing: 'Nothing is held of these kinds',
  },
  'zh-Hans': {
    ...{ title: 'Rungs 保存的关于你的内容', kept: '保留' },
    lead: '这里省略了各种标识符和仅供程序读取的内容：它们在 about-me.json 和 tables/ 中。',
    wrote: '你写入的、关于他人或其他事项的行数',
    nothing: '以下各类没有任何内容',
  },
}

/** Columns that many kinds have. Others are called as the data model calls them. */
const COLUMNS: Readonly<Record<string, Readonly<Record<PrivacyLanguage, string>>>> = {
  valid_from: { en: 'from', 'zh-Hans': '起始' },
  valid_to: { en: 'until before', 'zh-Hans': '截至（不含）' },
  recorded_at: { en: 'written', 'zh-Hans': '写入时间' },
  recorded_by: { en: 'written by', 'zh-Hans': '写入者' },
  corrected_at: { en: 'corrected', 'zh-Hans': '更正时间' },
  corrected_by: { en: 'corrected by', 'zh-Hans': '更正者' },
  person_id: { en: 'person', 'zh-Hans': '人员' },
  manager_id: { en: 'manager', 'zh-Hans': '上级' },
  unit_id: { en: 'unit', 'zh-Hans': '部门' },
  round_id: { en: 'round', 'zh-Hans': '评价轮次' },
  rater_id: { en: 'rater', 'zh-Hans': '打分的人' },
  subject_id: { en: 'about', 'zh-Hans': '对象' },
  actor_id: { en: 'who', 'zh-Hans': '操作者' },
  actor_kind: { en: 'kind of actor', 'zh-Hans': '操作者类型' },
  object_kind: { en: 'of', 'zh-Hans': '对象类型' },
  name: { en: 'name', 'zh-Hans': '姓名' },
  email: { en: 'address', 'zh-Hans': '邮箱' },
  title: { en: 'title', 'zh-Hans': '职位' },
  role: { en: 'role', 'zh-Hans': '角色' },
  grade: { en: 'grade', 'zh-Hans': '职级' },
  kind: { en: 'kind', 'zh-Hans': '类型' },
  state: { en: 'state', 'zh-Hans': '状态' },
  reason: { en: 'why', 'zh-Hans': '原因' },
  at: { en: 'when', 'zh-Hans': '时间' },
  action: { en: 'what', 'zh-Hans': '操作' },
  item: { en: 'behaviour', 'zh-Hans': '行为' },
  answer: { en: 'answer', 'zh-Hans': '回答' },
  competency: { en: 'competency', 'zh-Hans': '能力' },
  given_at: { en: 'given', 'zh-Hans': '作答时间' },
}

/** What only programs read. */
const LEFT_OUT = new Set(['position', 'details', 'object_id', 'reason_fingerprint', 'form', 'key', 'sample'])
/** UUIDs and hashes. */
const OPAQUE = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32,})$/i

/** Markdown: each kind of which something is held, with its purpose, and its rows as lists. `names` by id. */
export function exportPage(
  tables: readonly ReadableTable[],
  names: ReadonlyMap<string, string>,
  language: PrivacyLanguage,
  at: Date,
): string {
  const words = HEADLINES[language]
  const stop = language === 'en' ? '.' : '。'
  const colon = language === 'en' ? ': ' : '：'
  const sections = tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ table, purpose, retention, rows, about }) => {
      const wrote = rows.length - about.length
      return [
        `## ${kindOf(table)[language]}`,
        `${purpose}${stop}${language === 'en' ? ' ' : ''}${words.kept}${colon}${retention}${stop}`,
        ...(about.length > 0 ? [about.map((row) => rowText(row, names, language)).join('\n')] : []),
        ...(wrote > 0 ? [`${words.wrote}${colon}${wrote}${stop}`] : []),
      ].join('\n\n')
    })
  const none = tables.filter(({ rows }) => rows.length === 0).map(({ table }) => kindOf(table)[language])
  const nothing = `${words.nothing}${colon}${none.join(language === 'en' ? ', ' : '、')}${stop}`
  const parts = [`# ${words.title}`, at.toISOString(), words.lead, ...sections]
  return `${[...parts, ...(none.length > 0 ? [nothing] : [])].join('\n\n')}\n`
}

/** One line of a list: what can be read of a row, in its order. */
function rowText(
  row: Record<string, unknown>,
  names: ReadonlyMap<string, string>,
  language: PrivacyLanguage,
): string {
  const said = Object.entries(row).flatMap(([column, value]) => {
    const text = valueText(value, names)
    if (text === undefined || LEFT_OUT.has(column)) return []
    return [`${COLUMNS[column]?.[language] ?? column.replaceAll('_', ' ')}: ${text}`]
  })
  return `- ${said.join('; ')}`
}

/** Undefined for what is empty, and for ids that nobody could read. */
function valueText(value: unknown, names: ReadonlyMap<string, string>): string | undefined {
  if (value === null || value === undefined) return undefined
  const text =
    value instanceof Date
      ? value.toISOString()
      : typeof value === 'string'
        ? (names.get(value) ?? value)
        : JSON.stringify(value)
  if (text === '' || OPAQUE.test(text)) return undefined
  return text.replaceAll(/\s+/g, ' ').replaceAll(/([\\`*_[\]<>|])/g, String.raw`\$1`)
}
