// Reads reference tables of the measurement corpus: CSV as records, and rating sets as the engine takes them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { measure } from '../../src/core/measure/measure.ts'
import type { Measurement, MeasureOptions } from '../../src/core/measure/measurement.ts'
import { parseRatingRows, type RatingRow, type Ratings } from '../../src/core/measure/ratings.ts'

export type Row = Readonly<Record<string, string>>

/** Records of one CSV file under the measurement folder; quotes may hold commas. */
export function rowsOf(folder: string, file: string): Row[] {
  const lines = readFileSync(join(folder, file), 'utf8').trim().split(/\r?\n/)
  const cells = (line: string) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((m) => m[1] ?? m[2] ?? '')
  const head = cells(lines[0]!)
  return lines.slice(1).map((line) => {
    const values = cells(line)
    return Object.fromEntries(head.map((name, at) => [name, values[at] ?? '']))
  })
}

/** Ratings from records that are good, or the refusal as an error. */
export function ratingsOf(rows: readonly RatingRow[]): Ratings {
  const read = parseRatingRows(rows)
  if (!read.ok) throw new Error(read.refusals[0]!.message)
  return read.value
}

const score = (cell: string | undefined) => (cell === undefined || cell === 'NA' || cell === '' ? null : Number(cell))

/** Long data: person, rater, item, score. */
export function longRatings(folder: string, file: string): Ratings {
  return ratingsOf(rowsOf(folder, file).map((row) => ({ person: row['person']!, rater: row['rater']!, item: row['item']!, score: score(row['score']) })))
}

/** One row per person (or per person and rater), one column per item; `skip` columns name the row. */
export function wideRatings(folder: string, file: string, skip: number, complete = false): Ratings {
  const rows = rowsOf(folder, file)
  const items = Object.keys(rows[0]!).slice(skip)
  const kept = complete ? rows.filter((row) => items.every((item) => row[item] !== 'NA')) : rows
  return ratingsOf(
    kept.flatMap((row, at) => items.map((item) => ({ person: skip > 1 ? row['person']! : `P${at + 1}`, rater: row['rater'] ?? 'test', item, score: score(row[item]) }))),
  )
}

/** The measurement of ratings that are good, or the refusal as an error. */
export function measured(ratings: Ratings, options: MeasureOptions): Measurement {
  const run = measure(ratings, options)
  if (!run.ok) throw new Error(run.refusals[0]!.message)
  return run.value
}

export const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
