// Reads ratings from text as people have them: CSV or TSV, long or wide, JSON lines or a JSON array.
import Papa from 'papaparse'
import { MOST_RATINGS, RatingColumns, tooMany, type Ratings, type Scale } from './ratings.ts'
import { refused, type Checked, type Refusal, type RefusalCode } from './refusals.ts'

export const RATING_FACETS = ['person', 'rater', 'item', 'score', 'occasion', 'weight', 'group'] as const
export type RatingFacet = (typeof RATING_FACETS)[number]

export interface ReadOptions {
  /** Column of each facet, where its name is not one of the usual ones. */
  readonly columns?: Partial<Record<RatingFacet, string>>
  readonly scale?: Scale
}

export interface ReadRatings {
  readonly ratings: Ratings
  readonly format: 'csv' | 'json'
  /** `long`: one score a row. `wide`: one column an item. */
  readonly shape: 'long' | 'wide'
  readonly columns: Partial<Record<RatingFacet, string>>
  /** Scores that were left empty or said to have had no opportunity. */
  readonly missing: number
}

const USUAL_NAMES: Record<RatingFacet, readonly string[]> = {
  person: ['person', 'ratee', 'subject', 'examinee', 'candidate', 'target', '被评人', '人员'],
  rater: ['rater', 'judge', 'assessor', 'reviewer', '评分人', '评估人'],
  item: ['item', 'competency', 'criterion', 'behaviour', 'behavior', 'question', '条目', '能力项'],
  score: ['score', 'rating', 'value', 'answer', '得分', '评分'],
  occasion: ['occasion', 'task', 'sample', 'work sample', 'time', '场合'],
  weight: ['weight', '权重'],
  group: ['group', 'rater group', 'rater_group', 'relation', 'role', '评分人类别'],
}

const MISSING = new Set(['', 'na', 'n/a', 'null', '-', '.', 'no opportunity', 'no-opportunity', 'n'])
const MOST_FAULTS = 20

/**
 * Parses the text of a ratings file. Refuses, with line and column, what is not a table of ratings; never guesses
 * between two columns that could both be a facet.
 */
export function parseRatingsText(text: string, options: ReadOptions = {}): Checked<ReadRatings> {
  const trimmed = text.replace(/^\uFEFF/, '')
  if (trimmed.includes('\0'))
    return refused(
      'unreadable',
      'the file holds NUL bytes: it is not text',
      'a CSV or JSON-lines file in UTF-8',
    )
  let lines = 1
  for (let at = trimmed.indexOf('\n'); at >= 0; at = trimmed.indexOf('\n', at + 1)) lines += 1
  if (lines > MOST_RATINGS + 2) {
    const most = MOST_RATINGS.toLocaleString('en')
    return refused(
      'too-many-ratings',
      `${lines.toLocaleString('en')} lines are more than the ${most} ratings of one run`,
      'a split by competency, unit or round that keeps raters linked',
    )
  }
  const json = /^\s*[[{]/.test(trimmed)
  const table = json ? jsonLines(trimmed) : csvLines(trimmed)
  if (!table.ok) return table
  return ratingsOf(table.value, json ? 'json' : 'csv', options)
}

/** The cell of a row by the name of its column. */
type Cell = (name: string) => unknown

interface Table {
  readonly names: readonly string[]
  /** Calls `visit` for each row with the line it stands on; a refusal where the table breaks off. */
  readonly rows: (visit: (at: number, cell: Cell) => void) => Refusal | undefined
}

const blank = (row: readonly string[]) => row.every((cell) => cell.trim() === '')

/** The rows of a CSV text, read one by one: a large file is never held as rows. */
function csvLines(text: string): Checked<Table> {
  let head: string[] | undefined
  let second = false
  let delimiter = ','
  Papa.parse<string[]>(text, {
    step: ({ data, meta }, parser) => {
      delimiter = meta.delimiter
      if (blank(data)) return
      if (head) {
        second = true
        parser.abort()
      }
      head ??= data
    },
  })
  if (!head || !second)
    return refused(
      'no-ratings',
      'the file has no rows below a header line',
      'a header line and at least one row',
    )
  const names = head.map((name) => name.trim())
  const repeated = names.filter((name, at) => names.indexOf(name) !== at)
  if (repeated.length > 0)
    return refused(
      'columns-unclear',
      `line 1: column "${repeated[0]}" stands twice`,
      'one column of each name',
      repeated,
    )
  const width = head.length
  const position = new Map(names.map((name, at) => [name, at]))
  const rows: Table['rows'] = (visit) => {
    let at = 0
    let row: readonly string[] = []
    let headed = false
    let ragged: Refusal | undefined
    let broken: Refusal | undefined
    const cell: Cell = (name) => row[position.get(name)!]
    Papa.parse<string[]>(text, {
      delimiter,
      step: ({ data, errors }, parser) => {
        at++
        const quotes = errors.find(({ type }) => type === 'Quotes')
        if (quotes) {
          broken = {
            code: 'unreadable',
            message: `line ${at}: ${quotes.message}`,
            missing: 'quotes that are closed',
          }
          parser.abort()
          return
        }
        if (ragged || blank(data)) return
        if (!headed) {
          headed = true
          return
        }
        if (data.length !== width) {
          const separator = delimiter === '\t' ? 'tab' : delimiter
          ragged = {
            code: 'unreadable',
            message: `line ${at}: ${data.length} cells, the header has ${width} (separator "${separator}")`,
            missing: 'as many cells in each row as in the header',
          }
          return
        }
        row = data
        visit(at, cell)
      },
    })
    // Quotes left open swallow lines, so that what looks ragged before them may be their doing.
    return broken ?? ragged
  }
  return { ok: true, value: { names, rows } }
}

function jsonLines(text: string): Checked<Table> {
  const lines: { readonly at: number; readonly cells: Readonly<Record<string, unknown>> }[] = []
  const names = new Set<string>()
  const add = (value: unknown, at: number): Refusal | undefined => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return {
        code: 'unreadable',
        message: `line ${at}: expected an object, got ${Array.isArray(value) ? 'a list' : typeof value}`,
        missing: 'one object a rating',
      }
    }
    const { scores, ...rest } = value as Record<string, unknown>
    const cells =
      typeof scores === 'object' && scores !== null
        ? { ...rest, ...scores }
        : (value as Record<string, unknown>)
    for (const name of Object.keys(cells)) names.add(name)
    lines.push({ at, cells })
    return undefined
  }
  if (/^\s*\[/.test(text)) {
    const whole = parseJson(text, 1)
    if (!whole.ok) return whole
    for (const [at, value] of (whole.value as unknown[]).entries()) {
      const fault = add(value, at + 1)
      if (fault) return { ok: false, refusals: [fault] }
    }
  } else {
    for (const [at, line] of text.split(/\r?\n/).entries()) {
      if (line.trim() === '') continue
      const value = parseJson(line, at + 1)
      if (!value.ok) return value
      const fault = add(value.value, at + 1)
      if (fault) return { ok: false, refusals: [fault] }
    }
  }
  if (lines.length === 0) return refused('no-ratings', 'the file holds no objects', 'at least one rating')
  const rows: Table['rows'] = (visit) => {
    for (const { at, cells } of lines) visit(at, (name) => cells[name])
    return undefined
  }
  return { ok: true, value: { names: [...names], rows } }
}

function parseJson(text: string, line: number): Checked<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch (error) {
    return refused(
      'unreadable',
      `line ${line}: ${(error as Error).message}`,
      'one JSON object a line, or one JSON array',
    )
  }
}

/** Which column is which facet; a facet is never guessed between two candidates. */
function columnsOf(
  names: readonly string[],
  given: ReadOptions['columns'] = {},
): Checked<Partial<Record<RatingFacet, string>>> {
  const columns: Partial<Record<RatingFacet, string>> = {}
  for (const facet of RATING_FACETS) {
    const named = given[facet]
    if (named !== undefined) {
      if (!names.includes(named))
        return refused(
          'columns-unclear',
          `there is no column "${named}" for ${facet}; there are ${names.join(', ')}`,
          `the column that holds the ${facet}`,
        )
      columns[facet] = named
      continue
    }
    const candidates = names.filter(
      (name) => USUAL_NAMES[facet].includes(name.toLowerCase()) && !Object.values(given).includes(name),
    )
    if (candidates.length > 1)
      return refused(
        'columns-unclear',
        `columns ${candidates.join(' and ')} could both be the ${facet}`,
        `a choice: --facets ${facet}=COLUMN`,
        candidates,
      )
    if (candidates[0] !== undefined) columns[facet] = candidates[0]
  }
  return { ok: true, value: columns }
}

function ratingsOf(
  { names, rows }: Table,
  format: ReadRatings['format'],
  options: ReadOptions,
): Checked<ReadRatings> {
  const found = columnsOf(names, options.columns)
  if (!found.ok) return found
  const columns = found.value
  for (const facet of ['person', 'rater'] as const) {
    if (columns[facet] === undefined) {
      const example = USUAL_NAMES[facet].slice(0, 3).join(', ')
      return refused(
        'columns-unclear',
        `no column is named as the ${facet} (${example} …); there are ${names.join(', ')}`,
        `--facets ${facet}=COLUMN`,
      )
    }
  }
  const long = columns.item !== undefined && columns.score !== undefined
  if (!long && (columns.item === undefined) !== (columns.score === undefined)) {
    const has = columns.item === undefined ? 'score' : 'item'
    const lacks = columns.item === undefined ? 'item' : 'score'
    return refused(
      'columns-unclear',
      `there is a column for the ${has} (${columns[has]}) but none for the ${lacks}`,
      `--facets ${lacks}=COLUMN`,
    )
  }
  const taken = new Set(Object.values(columns))
  const itemColumns = long ? [] : names.filter((name) => !taken.has(name))
  if (!long && itemColumns.length === 0)
    return refused(
      'columns-unclear',
      'there is no column of scores',
      'one column an item, or columns item and score',
    )

  const refusals: Refusal[] = []
  const read = new RatingColumns()
  let missing = 0
  const fault = (code: RefusalCode, at: number, column: string, message: string, lacking: string) => {
    if (refusals.length < MOST_FAULTS)
      refusals.push({
        code,
        message: `line ${at}, column ${column}: ${message}`,
        missing: lacking,
        ids: [String(at)],
      })
  }
  const { lowest = -Infinity, highest = Infinity } = options.scale ?? {}
  const nothing = (at: number, facet: 'person' | 'rater' | 'item') =>
    fault(
      'columns-unclear',
      at,
      columns[facet]!,
      `expected the ${facet}, got nothing`,
      `an id of the ${facet} on each row`,
    )
  const scored = itemColumns.map((name) => [name.normalize('NFC'), name] as const)
  const broken = rows((at, cell) => {
    const idOf = (facet: RatingFacet) => {
      const column = columns[facet]
      return column === undefined
        ? ''
        : String(cell(column) ?? '')
            .trim()
            .normalize('NFC')
    }
    const person = idOf('person')
    const rater = idOf('rater')
    const occasion = idOf('occasion')
    const group = idOf('group')
    if (person === '') nothing(at, 'person')
    if (rater === '') nothing(at, 'rater')
    let weight: number | undefined
    if (columns.weight !== undefined) {
      weight = numberIn(cell(columns.weight))
      if (weight === undefined || !(weight >= 0 && weight < Infinity)) {
        const message = `expected a number from 0, got "${String(cell(columns.weight))}"`
        fault('weight-invalid', at, columns.weight, message, 'weights of 0 or more')
      }
    }
    const one = (item: string, column: string) => {
      const given = cell(column)
      if (item === '') nothing(at, 'item')
      if (
        given === undefined ||
        given === null ||
        (typeof given === 'string' && MISSING.has(given.trim().toLowerCase()))
      ) {
        missing += 1
        return
      }
      const score = numberIn(given)
      if (score === undefined || !Number.isInteger(score)) {
        const message = `expected an integer score, got "${String(given)}"`
        fault('score-not-integer', at, column, message, 'integer scores, one category each')
        return
      }
      if (score < lowest || score > highest) {
        const range = `${options.scale?.lowest ?? 'any'}-${options.scale?.highest ?? 'any'}`
        fault(
          'score-out-of-scale',
          at,
          column,
          `expected a score in ${range}, got ${score}`,
          'scores on the scale',
        )
        return
      }
      if (refusals.length > 0 || read.count > MOST_RATINGS) return
      read.add(person, rater, item, score, occasion || undefined, weight, group || undefined)
    }
    if (long) one(idOf('item'), columns.score!)
    else for (const [item, column] of scored) one(item, column)
  })
  if (broken) return { ok: false, refusals: [broken] }
  if (read.count > MOST_RATINGS) return tooMany(read.count)
  for (const facet of ['person', 'rater', 'item'] as const)
    refusals.push(...collisions(facet, read.idsOf(facet)))
  if (refusals.length > 0) return { ok: false, refusals }
  const checked = read.finish(options.scale)
  if (!checked.ok) return checked
  return {
    ok: true,
    value: { ratings: checked.value, format, shape: long ? 'long' : 'wide', columns, missing },
  }
}

function numberIn(cell: unknown): number | undefined {
  if (typeof cell === 'number') return cell
  if (typeof cell !== 'string' || cell.trim() === '') return undefined
  const value = Number(cell)
  return Number.isNaN(value) ? undefined : value
}

/** Ids that a reader would take for one: the same but for case or inner spaces. */
function collisions(facet: 'person' | 'rater' | 'item', all: readonly string[]): Refusal[] {
  const spellings = new Map<string, Set<string>>()
  for (const id of all) {
    const folded = id.toLowerCase().replaceAll(/\s+/g, ' ')
    const known = spellings.get(folded)
    if (known) known.add(id)
    else spellings.set(folded, new Set([id]))
  }
  return [...spellings.values()]
    .filter((ids) => ids.size > 1)
    .slice(0, MOST_FAULTS)
    .map((ids) => ({
      code: 'duplicate-id' as const,
      message: `${facet} ids collide: ${[...ids].map((id) => `"${id}"`).join(' and ')} differ only by case or spaces`,
      missing: `one spelling of each ${facet}`,
      ids: [...ids],
    }))
}
