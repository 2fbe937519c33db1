// A framework as tables that people edit in a spreadsheet, and back: one table for each kind of thing.
import type { FrameworkInput, Text } from '../framework/model.ts'

/** One table: a header and rows of the same length. Every cell is text. */
export interface Table {
  readonly name: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A row as it is read: cells by column heading, with the place to name in a fault. */
export interface TableRow {
  readonly cells: Readonly<Record<string, string>>
  readonly place: string
}

/** How a column's cells are written: a text has one column a language, `ids` are separated by commas. */
export type ColumnKind = 'word' | 'number' | 'flag' | 'ids' | 'text' | 'json'
export type Columns = Readonly<Record<string, ColumnKind>>

/** Tables of things that stand in a list of their own, by the framework's key; nested lists have tables below. */
export const LIST_TABLES = {
  sources: {
    id: 'word',
    title: 'text',
    author: 'word',
    publisher: 'word',
    url: 'word',
    date: 'word',
    note: 'text',
  },
  tracks: { id: 'word', title: 'text', description: 'text' },
  gradeSchemes: { id: 'word', title: 'text', official: 'flag', note: 'text', source: 'word' },
  areas: { id: 'word', title: 'text', description: 'text' },
  competencies: { id: 'word', area: 'word', title: 'text', description: 'text' },
  roles: { id: 'word', title: 'text', tracks: 'ids', summary: 'text' },
} as const satisfies Record<string, Columns>

/** Lists inside a role (or its variant), each a table with the role's id in front. */
export const ROLE_TABLES = {
  facts: { text: 'text', source: 'word' },
  experience: { min: 'number', max: 'number', text: 'text', source: 'word' },
  grades: { id: 'word', title: 'text', scheme: 'word', note: 'text' },
  duties: { id: 'word', title: 'text', text: 'text', competencies: 'ids', source: 'word' },
  variants: { id: 'word', title: 'text', summary: 'text' },
} as const satisfies Record<string, Columns>

export const OTHER_TABLES = {
  scale: { competency: 'word', level: 'number', title: 'text', description: 'text' },
  behaviours: { competency: 'word', level: 'number', id: 'word', text: 'text', note: 'text', source: 'word' },
  aliases: { role: 'word', alias: 'text' },
  disagreements: { role: 'word', about: 'text', claim: 'text', source: 'word' },
  expectations: {
    role: 'word',
    variant: 'word',
    competency: 'word',
    level: 'number',
    kind: 'word',
    note: 'text',
  },
  transitions: {
    from: 'word',
    to: 'word',
    kind: 'word',
    min: 'number',
    max: 'number',
    changes: 'text',
    source: 'word',
  },
  'org rules': { id: 'word', title: 'text', text: 'text', when: 'json', asks: 'json', source: 'word' },
} as const satisfies Record<string, Columns>

type Json = Record<string, unknown>

/** Column headings: a text's are `title (en)`, `title (zh-Hans)`. */
const headingsOf = (columns: Columns, languages: readonly string[]) =>
  Object.entries(columns).flatMap(([name, kind]) =>
    kind === 'text' ? languages.map((language) => `${name} (${language})`) : [name],
  )

function cellsOf(columns: Columns, entry: Json, languages: readonly string[]): string[] {
  return Object.entries(columns).flatMap(([name, kind]) => {
    const value = entry[name]
    if (kind === 'text') {
      const text = value as Text | undefined
      return languages.map((language, at) =>
        typeof text === 'object' ? (text[language] ?? '') : at === 0 ? (text ?? '') : '',
      )
    }
    if (value === undefined) return ['']
    if (kind === 'ids') return [(value as string[]).join(', ')]
    if (kind === 'json') return [JSON.stringify(value)]
    if (kind === 'flag') return [value ? 'yes' : 'no']
    return [String(value)]
  })
}

/** The tables of a framework document. What has no table (scoring, lint switches) stands as JSON in `framework`. */
export function frameworkTables(document: FrameworkInput): Table[] {
  const languages = document.languages ?? ['en']
  const table = (name: string, columns: Columns, entries: readonly Json[]): Table => ({
    name,
    header: headingsOf(columns, languages),
    rows: entries.map((entry) => cellsOf(columns, entry, languages)),
  })
  const roles = (document.roles ?? []) as unknown as Json[]
  const listOf = (holder: Json, key: string) => (holder[key] ?? []) as Json[]
  const holders = roles.flatMap((role) => [
    { role: role.id, variant: undefined, holder: role },
    ...listOf(role, 'variants').map((variant) => ({ role: role.id, variant: variant.id, holder: variant })),
  ])
  const own = new Set(['rungs', ...Object.keys(LIST_TABLES), 'scale', 'transitions', 'orgRules'])
  const facts = Object.entries(document).filter(([key]) => !own.has(key))
  const scalar = (key: string, value: unknown): string[][] =>
    typeof value === 'string'
      ? [[key, '', value]]
      : key === 'languages'
        ? [[key, '', (value as string[]).join(', ')]]
        : key === 'title' || key === 'description'
          ? Object.entries(value as Record<string, string>).map(([language, text]) => [key, language, text])
          : [[key, 'json', JSON.stringify(value)]]
  const competencies = document.competencies as unknown as Json[]
  const levels = [
    ...document.scale.levels.map((level) => ({ ...level, competency: '' })),
    ...competencies.flatMap((competency) =>
      listOf((competency.scale ?? {}) as Json, 'levels').map((level) => ({
        ...level,
        competency: competency.id,
      })),
    ),
  ]
  const behaviours = competencies.flatMap((competency) =>
    Object.entries((competency.behaviours ?? {}) as Record<string, Json[]>).flatMap(([level, list]) =>
      list.map((behaviour) => ({ ...behaviour, competency: competency.id, level: Number(level) })),
    ),
  )
  const years = (entry: Json) => ({ ...entry, ...((entry.years ?? {}) as Json) })
  return [
    {
      name: 'framework',
      header: ['key', 'language', 'value'],
      rows: facts.flatMap(([key, value]) => scalar(key, value)),
    },
    ...Object.entries(LIST_TABLES).map(([key, columns]) =>
      table(key, columns, ((document as unknown as Json)[key] ?? []) as Json[]),
    ),
    table('scale', OTHER_TABLES.scale, levels),
    table('behaviours', OTHER_TABLES.behaviours, behaviours),
    table(
      'aliases',
      OTHER_TABLES.aliases,
      roles.flatMap((role) => listOf(role, 'aliases').map((alias) => ({ role: role.id, alias }))),
    ),
    ...Object.entries(ROLE_TABLES).map(([key, columns]) =>
      table(
        key,
        {
          role: 'word',
          ...(key === 'facts' || key === 'duties' ? { variant: 'word' as const } : {}),
          ...columns,
        },
        holders.flatMap(({ role, variant, holder }) =>
          listOf(holder, key).map((entry) => ({ ...years(entry), role, variant })),
        ),
      ),
    ),
    table(
      'disagreements',
      OTHER_TABLES.disagreements,
      roles.flatMap((role) =>
        listOf(role, 'disagreements').flatMap((one) =>
          listOf(one, 'claims').map((claim) => ({
            role: role.id,
            about: one.about,
            claim: claim.text,
            source: claim.source,
          })),
        ),
      ),
    ),
    table(
      'expectations',
      OTHER_TABLES.expectations,
      holders.flatMap(({ role, variant, holder }) =>
        Object.entries((holder.expectations ?? {}) as Record<string, number | Json>).map(
          ([competency, expectation]) => ({
            ...(typeof expectation === 'number'
              ? { level: expectation, kind: 'must' }
              : { kind: 'must', ...expectation }),
            role,
            variant,
            competency,
          }),
        ),
      ),
    ),
    table(
      'transitions',
      OTHER_TABLES.transitions,
      ((document.transitions ?? []) as unknown as Json[]).map(years),
    ),
    table('org rules', OTHER_TABLES['org rules'], document.orgRules ?? []),
  ]
}

/** A fault of a table, at its row. */
export interface TableFault {
  readonly place: string
  readonly message: string
}

function entryOf(columns: Columns, { cells, place }: TableRow, faults: TableFault[]): Json {
  const entry: Json = {}
  for (const [name, kind] of Object.entries(columns)) {
    const cell = (cells[name] ?? '').trim()
    if (kind === 'text') {
      const texts = Object.entries(cells).flatMap(([heading, value]) => {
        const language = heading.startsWith(`${name} (`) ? heading.slice(name.length + 2, -1) : undefined
        return language !== undefined && value.trim() !== '' ? [[language, value.trim()] as const] : []
      })
      if (texts.length > 0) entry[name] = Object.fromEntries(texts)
    } else if (cell === '') continue
    else if (kind === 'word') entry[name] = cell
    else if (kind === 'flag') entry[name] = /^(yes|true|1|是)$/i.test(cell)
    else if (kind === 'ids')
      entry[name] = cell
        .split(/[,，;；]/)
        .map((id) => id.trim())
        .filter((id) => id !== '')
    else if (kind === 'number') {
      const number = Number(cell)
      if (Number.isNaN(number)) faults.push({ place, message: `${name}: expected a number, got "${cell}"` })
      else entry[name] = number
    } else {
      try {
        entry[name] = JSON.parse(cell) as unknown
      } catch {
        faults.push({ place, message: `${name}: expected JSON, got "${cell.slice(0, 40)}"` })
      }
    }
  }
  return entry
}

/** Texts in the first language alone become plain strings, as people write them. */
function plainTexts(value: unknown, first: string): unknown {
  if (Array.isArray(value)) return value.map((one) => plainTexts(one, first))
  if (typeof value !== 'object' || value === null) return value
  const keys = Object.keys(value)
  if (keys.length === 1 && keys[0] === first && typeof (value as Json)[first] === 'string')
    return (value as Json)[first]
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainTexts(one, first)]))
}

/**
 * The framework document of a set of tables (by name, as `frameworkTables` names them) with the faults of their cells.
 * Ids and references are not checked here: validate the document as any other.
 */
export function documentOfTables(tables: ReadonlyMap<string, readonly TableRow[]>): {
  document: Json
  faults: TableFault[]
} {
  const faults: TableFault[] = []
  const rows = (name: string) => tables.get(name) ?? []
  const entries = (name: string, columns: Columns) =>
    rows(name).map((row) => ({ place: row.place, entry: entryOf(columns, row, faults) }))
  const document: Json = { rungs: 1 }
  for (const { cells, place } of rows('framework')) {
    const { key = '', language = '', value = '' } = cells
    if (key === '') faults.push({ place, message: 'expected a key, got nothing' })
    else if (key === 'languages') document[key] = value.split(',').map((one) => one.trim())
    else if (language === 'json')
      document[key] = entryOf({ value: 'json' }, { cells: { value }, place }, faults).value
    else if (language === '') document[key] = value
    else document[key] = { ...(document[key] as Json | undefined), [language]: value }
  }
  for (const [key, columns] of Object.entries(LIST_TABLES))
    document[key] = entries(key, columns).map(({ entry }) => entry)
  const competencies = new Map((document.competencies as Json[]).map((entry) => [entry.id, entry]))
  const roles = new Map((document.roles as Json[]).map((entry) => [entry.id, entry]))
  const roleOf = (entry: Json, place: string) => {
    const role = roles.get(entry.role)
    if (!role)
      faults.push({ place, message: `there is no role "${String(entry.role ?? '')}" in the table roles` })
    return role
  }
  const push = (holder: Json, key: string, value: unknown) => {
    holder[key] = [...((holder[key] as unknown[]) ?? []), value]
  }
  const scale: Json[] = []
  for (const { place, entry } of entries('scale', OTHER_TABLES.scale)) {
    const { competency: of, ...level } = entry
    if (of === undefined) scale.push(level)
    else if (competencies.has(of)) {
      const competency = competencies.get(of)!
      competency.scale = {
        levels: [...(((competency.scale as Json | undefined)?.levels as Json[]) ?? []), level],
      }
    } else faults.push({ place, message: `there is no competency "${String(of)}" in the table competencies` })
  }
  document.scale = { levels: scale }
  for (const { place, entry } of entries('behaviours', OTHER_TABLES.behaviours)) {
    const { competency: of, level, ...behaviour } = entry
    const competency = competencies.get(of)
    if (!competency)
      faults.push({
        place,
        message: `there is no competency "${String(of ?? '')}" in the table competencies`,
      })
    else push((competency.behaviours ??= {}) as Json, String(level), behaviour)
  }
  for (const { place, entry } of entries('aliases', OTHER_TABLES.aliases)) {
    const role = roleOf(entry, place)
    if (role) push(role, 'aliases', entry.alias)
  }
  // Variants first: facts, duties and expectations may stand in them.
  for (const key of ['variants', 'facts', 'experience', 'grades', 'duties'] as const) {
    for (const { place, entry } of entries(key, { role: 'word', variant: 'word', ...ROLE_TABLES[key] })) {
      const role = roleOf(entry, place)
      if (!role) continue
      const { role: _, variant, min, max, ...rest } = entry
      const holder = holderOf(role, variant, place, faults)
      if (holder)
        push(
          holder,
          key,
          key === 'experience'
            ? {
                years: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
                ...rest,
              }
            : rest,
        )
    }
  }
  for (const { place, entry } of entries('disagreements', OTHER_TABLES.disagreements)) {
    const role = roleOf(entry, place)
    if (!role) continue
    const all = (role.disagreements ??= []) as { about: unknown; claims: Json[] }[]
    const claim = { text: entry.claim, source: entry.source }
    const known = all.find(({ about }) => JSON.stringify(about) === JSON.stringify(entry.about))
    if (known) known.claims.push(claim)
    else all.push({ about: entry.about, claims: [claim] })
  }
  for (const { place, entry } of entries('expectations', OTHER_TABLES.expectations)) {
    const role = roleOf(entry, place)
    const holder = role && holderOf(role, entry.variant, place, faults)
    if (!holder) continue
    const { role: _, variant: __, competency: of, ...expectation } = entry
    ;((holder.expectations ??= {}) as Json)[String(of)] = expectation
  }
  document.transitions = entries('transitions', OTHER_TABLES.transitions).map(
    ({ entry: { min, max, ...rest } }) => ({
      ...rest,
      ...(min === undefined ? {} : { years: { min, ...(max === undefined ? {} : { max }) } }),
    }),
  )
  document.orgRules = entries('org rules', OTHER_TABLES['org rules']).map(({ entry }) => entry)
  const first = (document.languages as string[] | undefined)?.[0] ?? 'en'
  return { document: plainTexts(document, first) as Json, faults }
}

function holderOf(role: Json, variant: unknown, place: string, faults: TableFault[]): Json | undefined {
  if (variant === undefined) return role
  const found = ((role.variants ?? []) as Json[]).find(({ id }) => id === variant)
  if (!found)
    faults.push({
      place,
      message: `the role "${String(role.id)}" has no variant "${String(variant)}" in the table variants`,
    })
  return found
}
