// Recognises tables: a matrix of competencies and levels, one row for each role, level and text, or lists of entries.
import type { Proposal } from './proposal.ts'
import { isLevelWord, orderLevels } from './level-words.ts'
import type { RecipeInput } from './recipe.ts'
import { valueOf, walk, type SourceNode } from './source.ts'

type Rules = RecipeInput['rules']

interface Table {
  readonly holder: SourceNode
  readonly headings: readonly string[]
  readonly rows: readonly SourceNode[]
}

const COMPETENCY =
  /^(?:skill|competenc(?:y|ies)|capabilit(?:y|ies)|theme|topic|dimension|attribute|criteri(?:on|a)|能力|技能)(?: name| title)?s?$/i
const COMPETENCY_TEXT = /^(?:skill|competency|capability|theme|topic) (?:description|summary|definition)$/i
const AREA = /^(?:area|category|domain|pillar|group|competency_domain|领域|类别)s?$/i
const ROLE = /^(?:role level|role|title|job title|position|job|level title|岗位|职位)(?: name)?$/i
const ROLE_TEXT = /^(?:role level|role|job|position) (?:description|summary)$/i
const LEVEL = /^(?:skill level|competency level|proficiency(?: level)?|level|grade|等级|级别)$/i
const TEXT =
  /^(?:skill level description|level description|description|behaviou?rs?|indicator|text|criteria|example|描述|行为)s?$/i

/** Words that head a column of roles rather than of anything else. */
const ROLE_WORD =
  /\b(?:engineer|developer|programmer|tester|manager|director|lead|leader|architect|head|principal|staff|senior|junior|associate|analyst|designer|scientist|consultant|intern|cto|vp)\b|工程师|程序员|经理|总监|架构师|主管|负责人|专家|实习/i

/** Rules for all tables that look like part of a ladder; undefined where there are none. */
export function detectTables(
  files: readonly SourceNode[],
  hidden: ReadonlySet<SourceNode>,
): Proposal | undefined {
  const rules: Rules = []
  const reasons: string[] = []
  const levels: string[] = []
  const seen = new Set<string>()
  for (const file of files) {
    for (const table of tablesOf(file, hidden)) {
      const shape = describe(file, table, levels)
      if (!shape) continue
      const name = JSON.stringify(shape.rules)
      if (seen.has(name)) continue
      seen.add(name)
      rules.push(...shape.rules)
      if (!reasons.includes(shape.reason)) reasons.push(shape.reason)
    }
  }
  if (rules.length === 0) return undefined
  const scale = orderLevels(levels)
    .slice(0, 20)
    .map((title, index) => ({ level: index + 1, title }))
  return {
    rules,
    scale,
    reasons,
    leaveOut: [
      {
        at: '**/header/*',
        lines: `!^(?:${[...new Set(levels)].map(escape).join('|')})$`,
        reason: 'column headings',
      },
    ],
  }
}

const escape = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

function tablesOf(file: SourceNode, hidden: ReadonlySet<SourceNode>): Table[] {
  return [...walk(file)].flatMap((holder) => {
    const header = holder.children.find(({ name }) => name === 'header')
    const rows = holder.children.filter(({ name }) => name === 'row')
    return header && rows.length > 0 && !hidden.has(holder)
      ? [{ holder, headings: header.children.map(({ name }) => name), rows }]
      : []
  })
}

/** Average lengths from which a column holds phrases, and from which it holds statements. */
const [PHRASE, PROSE] = [10, 24]

const quote = (name: string) => `"${name.replaceAll('"', '')}"`
const pathTo = (holder: SourceNode) =>
  holder.name === 'file' ? '' : holder.name === 'sheet' ? 'sheet/' : '**/table/'
const cell = (name: string) => `./${quote(name)}`

function describe(
  file: SourceNode,
  table: Table,
  levels: string[],
): { rules: Rules; reason: string } | undefined {
  const { headings, rows, holder } = table
  const at = `${pathTo(holder)}row`
  const pattern = file.place.file
  const long = (heading: string) => averageLength(rows, heading) > PROSE
  // Two columns named by levels say much already; their cells need only be more than ticks, numbers and references.
  const levelColumns = headings.filter(
    (heading) => isLevelWord(heading) && averageLength(rows, heading) > PHRASE,
  )
  const competency = headings.find((heading) => COMPETENCY.test(heading))
  if (levelColumns.length >= 2) {
    levels.push(...levelColumns)
    return matrix(pattern, at, table, levelColumns, competency)
  }
  const level = headings.find((heading) => LEVEL.test(heading) && !long(heading))
  const crossed = level === undefined ? crossedColumns(table, competency) : undefined
  if (crossed) {
    levels.push(
      ...(crossed.by === 'column' ? crossed.columns : rows.map((row) => textOf(row, crossed.owner))),
    )
    return crossedMatrix(pattern, at, holder, crossed)
  }
  const role =
    headings.find((heading) => ROLE.test(heading) && /level/i.test(heading)) ??
    headings.find((heading) => ROLE.test(heading))
  const text = headings.find(
    (heading) =>
      TEXT.test(heading) &&
      !COMPETENCY_TEXT.test(heading) &&
      !ROLE_TEXT.test(heading) &&
      // Beside a competency and a level even a short statement can be nothing else.
      averageLength(rows, heading) > (competency && level ? PHRASE : PROSE),
  )
  if (competency && level && text) {
    levels.push(...rows.map((row) => textOf(row, level)))
    return longTable(pattern, at, table, { competency, level, text, role })
  }
  return list(file, at, headings, rows)
}

/** A matrix whose levels are named by roles: `by` says whether they head the columns or the rows. */
interface Crossed {
  readonly by: 'column' | 'row'
  /** The column that names the rows: competencies, or roles. */
  readonly owner: string
  readonly columns: readonly string[]
}

/** Roles as heads of columns beside a column of competencies, or as heads of rows above columns of competencies. */
function crossedColumns({ headings, rows }: Table, competency: string | undefined): Crossed | undefined {
  const role = headings.find((heading) => ROLE.test(heading))
  const owner = competency ?? role
  if (owner === undefined || (competency !== undefined && role !== undefined)) return undefined
  const columns = headings.filter(
    (heading) =>
      heading !== owner &&
      ![AREA, TEXT, COMPETENCY_TEXT, ROLE_TEXT].some((known) => known.test(heading)) &&
      averageLength(rows, heading) > PHRASE,
  )
  const named = rows.map((row) => textOf(row, owner))
  if (columns.length < 2 || rows.length < 2 || named.some((name) => lengthOf(name) > 60)) return undefined
  const mostlyRoles = (words: readonly string[]) =>
    words.filter((word) => ROLE_WORD.test(word)).length * 2 >= words.length
  if (competency !== undefined && mostlyRoles(columns)) return { by: 'column', owner, columns }
  // The corner above a column of roles is often named after what heads the other columns.
  const rolesInRows = new Set(named).size === rows.length && (role !== undefined || mostlyRoles(named))
  return rolesInRows ? { by: 'row', owner, columns } : undefined
}

/** Each role is a level of the ladder: the text where it meets a competency is what it asks there. */
function crossedMatrix(file: string, at: string, holder: SourceNode, { by, owner, columns }: Crossed) {
  const cells = columns.map(quote).join('|')
  const head = `^row/${quote(owner)}`
  const [competency, role] = by === 'column' ? [head, '.@name'] : ['.@name', head]
  const rules: Rules = [
    by === 'column'
      ? { make: 'role', file, at: `${pathTo(holder)}header/${cells}`, title: '.' }
      : { make: 'role', file, at, title: cell(owner) },
    { make: 'behaviour', file, at: `${at}/${cells}`, competency, level: role, text: '.' },
    { make: 'expectation', file, at: `${at}/${cells}`, role, competency, level: role },
  ]
  const where = by === 'column' ? 'column' : 'row'
  return {
    rules,
    reason: `a ${where} for each role, met by competencies (${by === 'column' ? columns.join(', ') : owner})`,
  }
}

function matrix(
  file: string,
  at: string,
  { holder, headings, rows }: Table,
  columns: readonly string[],
  named: string | undefined,
) {
  const cells = columns.map(quote).join('|')
  const first = headings.find((heading) => !columns.includes(heading) && averageLength(rows, heading) > 1)
  const owner =
    named ?? (holder.name === 'file' || holder.name === 'sheet' || !headingAbove(holder) ? first : undefined)
  const bySheet =
    holder.name === 'sheet' &&
    named === undefined &&
    (first === undefined || isLevelWord(first) || averageLength(rows, first) < 3)
  const competency = bySheet
    ? '^sheet'
    : owner === undefined
      ? `^${headingAbove(holder) ?? 'file'}`
      : `^row/${quote(owner)}`
  const items = rows.some((row) =>
    row.children.some(({ children }) => children.some(({ name }) => name === 'li')),
  )
  const lines = !items && rows.some((row) => columns.some((column) => /\n\s*[-*•]/.test(textOf(row, column))))
  const rules: Rules = [
    {
      make: 'behaviour',
      file,
      at: `${at}/${cells}${items ? '/li' : ''}`,
      competency,
      level: items ? '^@name' : '.@name',
      text: '.',
      ...(lines ? { lines: true } : {}),
    },
  ]
  if (owner === undefined && !bySheet && headingAbove(holder)) {
    rules.push({
      make: 'competency',
      file,
      at: `**/${headingAbove(holder)}[table~]/p`,
      key: competency,
      description: '.',
    })
    rules.pop()
    rules.push({
      make: 'competency',
      file,
      at: `**/${headingAbove(holder)}/p`,
      key: `^${headingAbove(holder)}`,
      description: '.',
      when: { from: `^${headingAbove(holder)}/table/header/*` },
    })
  }
  for (const heading of headings) {
    if (owner === undefined || columns.includes(heading) || heading === owner) continue
    if (AREA.test(heading))
      rules.push({ make: 'competency', file, at, key: cell(owner), area: cell(heading) })
    else if (averageLength(rows, heading) > 3)
      rules.push({ make: 'competency', file, at, key: cell(owner), description: cell(heading) })
  }
  return { rules, reason: `tables with a column for each level (${columns.join(', ')})` }
}

function longTable(
  file: string,
  at: string,
  { headings, rows }: Table,
  {
    competency,
    level,
    text,
    role,
  }: { competency: string; level: string; text: string; role: string | undefined },
) {
  const lines = rows.some((row) => /\n\s*[-*•]/.test(textOf(row, text)))
  const rules: Rules = [
    { make: 'competency', file, at, title: cell(competency) },
    {
      make: 'behaviour',
      file,
      at: `${at}/${quote(text)}`,
      competency: `^row/${quote(competency)}`,
      level: `^row/${quote(level)}`,
      text: '.',
      ...(lines ? { lines: true } : {}),
    },
  ]
  if (role !== undefined) {
    const line = headings.find((heading) => heading !== role && ROLE.test(heading))
    rules.push(
      {
        make: 'role',
        file,
        at,
        title: line === undefined ? cell(role) : { from: cell(role), else: cell(line) },
        ...(line === undefined ? {} : { track: cell(line) }),
      },
      {
        make: 'expectation',
        file,
        at,
        role: line === undefined ? cell(role) : { from: cell(role), else: cell(line) },
        competency: cell(competency),
        level: cell(level),
      },
    )
  }
  for (const heading of headings) {
    if ([competency, level, text, role].includes(heading) || ROLE.test(heading)) continue
    const owner = role ?? competency
    const line = headings.find((other) => other !== role && ROLE.test(other))
    if (COMPETENCY_TEXT.test(heading))
      rules.push({ make: 'competency', file, at, key: cell(competency), description: cell(heading) })
    else if (AREA.test(heading))
      rules.push({ make: 'competency', file, at, key: cell(competency), area: cell(heading) })
    else if (role !== undefined && (line === undefined || /level/i.test(heading)))
      rules.push({ make: 'role', file, at, key: cell(owner), summary: cell(heading) })
    else if (line !== undefined)
      rules.push({ make: 'track', file, at, key: cell(line), description: cell(heading) })
    else rules.push({ make: 'competency', file, at, key: cell(competency), description: cell(heading) })
  }
  return {
    rules,
    reason: `a row for each ${[role, competency, level].filter(Boolean).join(', ').toLowerCase()}`,
  }
}

/** Tables of entries with a name and a description, told apart by the name of their file. */
function list(file: SourceNode, at: string, headings: readonly string[], rows: readonly SourceNode[]) {
  const title =
    headings.find((heading) => /^(?:name|title)$/i.test(heading)) ??
    headings.find((heading) => COMPETENCY.test(heading))
  if (title === undefined) return undefined
  const base = file.attributes['base'] ?? ''
  const key = headings.find((heading) => /^(?:slug|id|key)$/i.test(heading)) ?? title
  const path = file.place.file
  const description = headings.find((heading) => /^(?:description|summary|definition)$/i.test(heading))
  const rest = headings.filter(
    (heading) => ![title, key, description].includes(heading) && averageLength(rows, heading) > 3,
  )
  if (/level|proficiency/i.test(base)) {
    const level = headings.find((heading) => /^(?:level|number|rank)$/i.test(heading))
    const rules: Rules = [
      {
        make: 'level',
        file: path,
        at,
        title: cell(title),
        ...(level ? { level: cell(level) } : {}),
        ...(description ? { description: cell(description) } : {}),
      },
    ]
    for (const heading of rest)
      if (level) rules.push({ make: 'level', file: path, at, level: cell(level), description: cell(heading) })
    return { rules, reason: `${path} names the levels` }
  }
  if (/domain|area|categor/i.test(base)) {
    return {
      rules: [
        {
          make: 'area',
          file: path,
          at,
          key: cell(key),
          title: cell(title),
          ...(description ? { description: cell(description) } : {}),
        },
      ] as Rules,
      reason: `${path} names areas`,
    }
  }
  if (!/skill|competenc|capabilit/i.test(base)) return undefined
  const area = rest.find((heading) => AREA.test(heading) || COMPETENCY.test(heading))
  const rules: Rules = [
    {
      make: 'competency',
      file: path,
      at,
      key: cell(key),
      title: cell(title),
      ...(description ? { description: cell(description) } : {}),
      ...(area ? { area: cell(area) } : {}),
    },
  ]
  for (const heading of rest)
    if (heading !== area)
      rules.push({
        make: 'competency',
        file: path,
        at,
        key: cell(key),
        description: { template: `${heading.replaceAll(/[_{}]/g, ' ')}: {${cell(heading)}}` },
      })
  return { rules, reason: `${path} lists competencies` }
}

const textOf = (row: SourceNode, heading: string) => {
  const found = row.children.find(({ name }) => name === heading)
  return found ? valueOf(found) || found.children.map(({ text }) => text).join(' ') : ''
}

/** Letters; a Chinese, Japanese or Korean sign says as much as three. */
const lengthOf = (text: string) =>
  text.length + 2 * (text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu)?.length ?? 0)

function averageLength(rows: readonly SourceNode[], heading: string): number {
  const texts = rows
    .slice(0, 200)
    .map((row) => textOf(row, heading))
    .filter((text) => text !== '')
  return texts.length === 0 ? 0 : texts.reduce((sum, text) => sum + lengthOf(text), 0) / texts.length
}

function headingAbove(node: SourceNode): string | undefined {
  return node.parent && /^(?:h[1-6]|b)$/.test(node.parent.name) ? node.parent.name : undefined
}
