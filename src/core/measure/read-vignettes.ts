// Reads a table of self-ratings beside ratings of vignettes: one row a person.
import Papa from 'papaparse'
import { refused, type Checked, type Refusal } from './refusals.ts'

export interface VignetteAnswers {
  /** Vignettes in their intended order, lowest first. */
  readonly vignettes: readonly string[]
  /** Null where nothing was answered. */
  readonly rows: readonly {
    readonly person: string
    readonly self: number | null
    readonly ratings: readonly (number | null)[]
  }[]
}

export interface VignetteColumns {
  /** The column of names; `person` by default, and rows are numbered where there is none. */
  readonly person?: string
  /** The column of self-ratings; `self` by default. */
  readonly self?: string
  /** Columns of vignettes, lowest first; by default all others in the order of the file. */
  readonly vignettes?: readonly string[]
}

const MISSING = /^(na|n\/a|null|no opportunity|)$/i

/** Parses CSV or TSV with a header. Refuses, with line and column, what is not a number or missing. */
export function parseVignettesText(text: string, columns: VignetteColumns = {}): Checked<VignetteAnswers> {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' })
  const quotes = errors.find((error) => error.type === 'Quotes')
  if (quotes)
    return refused('unreadable', `line ${(quotes.row ?? 0) + 1}: ${quotes.message}`, 'closed quotes')
  const head = (data[0] ?? []).map((name) => name.trim())
  const person = columns.person ?? 'person'
  const self = columns.self ?? 'self'
  if (columns.person !== undefined && !head.includes(person)) return absent(person, head)
  if (!head.includes(self)) return absent(self, head)
  const vignettes = columns.vignettes ?? head.filter((name) => name !== person && name !== self)
  const unknown = vignettes.find((name) => !head.includes(name))
  if (unknown !== undefined) return absent(unknown, head)
  if (vignettes.length === 0 || new Set(vignettes).size < vignettes.length)
    return refused('columns-unclear', 'no vignettes, or one twice', 'a column for each vignette, each once')
  const places = vignettes.map((name) => head.indexOf(name))
  const selfAt = head.indexOf(self)
  const personAt = head.indexOf(person)
  const faults: Refusal[] = []
  const rows = data.slice(1).map((cells, r) => {
    const at = (column: number) => {
      const cell = (cells[column] ?? '').trim()
      if (MISSING.test(cell)) return null
      const value = Number(cell)
      if (Number.isFinite(value)) return value
      faults.push({
        code: 'score-not-integer',
        message: `line ${r + 2}, column ${head[column]}: "${cell.slice(0, 40)}" is not a number`,
        missing: 'a number, or an empty cell or NA where nothing was answered',
      })
      return null
    }
    return {
      person: personAt < 0 ? `row ${r + 1}` : (cells[personAt] ?? '').trim(),
      self: at(selfAt),
      ratings: places.map(at),
    }
  })
  if (faults.length) return { ok: false, refusals: faults.slice(0, 20) }
  if (rows.length === 0) return refused('no-ratings', 'there are no rows', 'one row a person')
  return { ok: true, value: { vignettes, rows } }
}

function absent(name: string, head: readonly string[]) {
  const message = `there is no column "${name}"; there are ${head.join(', ') || 'none'}`
  return refused('columns-unclear', message, 'the names of columns as the header has them', [name])
}
