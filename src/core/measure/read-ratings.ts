// Reads ratings from text as people have them: CSV or TSV, long or wide, JSON lines or a JSON array.
import Papa from 'papaparse'
import { MOST_RATINGS, parseRatingRows, type RatingRow, type Ratings, type Scale } from './ratings.ts'
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

/** A row of cells by column name, with the line of the text that it stands on. */
interface Line {
  readonly at: number
  readonly cells: Readonly<Record<string, unknown>>
}

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

interface Table {
  readonly names: readonly string[]
  readonly lines: readonly Line[]
}

function csvLines(text: string): Checked<Table> {
  const { data, errors, meta } = Papa.parse<string[]>(text)
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken)
    return refused('unreadable', `line ${(broken.row ?? 0) + 1}: ${broken.message}`, 'quotes that are closed')
  const numbered = data
    .map((row, at) => ({ at: at + 1, row }))
    .filter(({ row }) => row.some((cell) => cell.trim() !== ''))
  const [first, ...rows] = numbered
  const head = first?.row
  if (!head || rows.length === 0)
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
  const ragged = rows.find(({ row }) => row.length !== head.length)
  if (ragged) {
    const message = `line ${ragged.at}: ${ragged.row.length} cells, the header has ${head.length} (separator "${meta.delimiter === '\t' ? 'tab' : meta.delimiter}")`
    return refused('unreadable', message, 'as many cells in each row as in the header')
  }
  const lines = rows.map(({ at, row }) => ({
    at,
    cells: Object.fromEntries(names.map((name, column) => [name, row[column]])),
  }))
  return { ok: true, value: { names, lines } }
}

function jsonLines(text: string): Checked<Table> {
  const lines: Line[] = []
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
  return { ok: true, value: { names: [...names], lines } }
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
  { names, lines }: Table,
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
  const rows: RatingRow[] = []
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
  const { scale = {} } = options
  for (const { at, cells } of lines) {
    const idOf = (facet: RatingFacet) => {
      const column = columns[facet]
      return column === undefined
        ? undefined
        : String(cells[column] ?? '')
            .trim()
            .normalize('NFC')
    }
    const [person, rater, occasion, group] = [
      idOf('person')!,
      idOf('rater')!,
      idOf('occasion'),
      idOf('group'),
    ]
    for (const [facet, id] of [
      ['person', person],
      ['rater', rater],
    ] as const) {
      if (id === '')
        fault(
          'columns-unclear',
          at,
          columns[facet]!,
          `expected the ${facet}, got nothing`,
          `an id of the ${facet} on each row`,
        )
    }
    let weight: number | undefined
    if (columns.weight !== undefined) {
      weight = numberIn(cells[columns.weight])
      if (weight === undefined || !(weight >= 0))
        fault(
          'weight-invalid',
          at,
          columns.weight,
          `expected a number from 0, got "${String(cells[columns.weight])}"`,
          'weights of 0 or more',
        )
    }
    const scored = long
      ? [[idOf('item')!, columns.score!] as const]
      : itemColumns.map((name) => [name.normalize('NFC'), name] as const)
    for (const [item, column] of scored) {
      const cell = cells[column]
      if (item === '')
        fault(
          'columns-unclear',
          at,
          columns.item!,
          'expected the item, got nothing',
          'an id of the item on each row',
        )
      if (
        cell === undefined ||
        cell === null ||
        (typeof cell === 'string' && MISSING.has(cell.trim().toLowerCase()))
      ) {
        missing += 1
        continue
      }
      const score = numberIn(cell)
      if (score === undefined || !Number.isInteger(score)) {
        fault(
          'score-not-integer',
          at,
          column,
          `expected an integer score, got "${String(cell)}"`,
          'integer scores, one category each',
        )
        continue
      }
      if (score < (scale.lowest ?? -Infinity) || score > (scale.highest ?? Infinity)) {
        fault(
          'score-out-of-scale',
          at,
          column,
          `expected a score in ${scale.lowest ?? 'any'}-${scale.highest ?? 'any'}, got ${score}`,
          'scores on the scale',
        )
        continue
      }
      rows.push({
        person,
        rater,
        item,
        score,
        ...(occasion ? { occasion } : {}),
        ...(weight === undefined ? {} : { weight }),
        ...(group ? { group } : {}),
      })
    }
  }
  for (const facet of ['person', 'rater', 'item'] as const) refusals.push(...collisions(facet, rows))
  if (refusals.length > 0) return { ok: false, refusals }
  const checked = parseRatingRows(rows, scale)
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
function collisions(facet: 'person' | 'rater' | 'item', rows: readonly RatingRow[]): Refusal[] {
  const spellings = new Map<string, Set<string>>()
  for (const id of new Set(rows.map((row) => row[facet]))) {
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
