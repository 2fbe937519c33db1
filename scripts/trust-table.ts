// What the tests of trust counted: the rows that a full run must reach, and the table of the last one in docs/trust.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { packageRoot } from '../src/platform/package-root.ts'

/** Every count, and the least that a full run must reach. */
export const LEAST = {
  'A1 who may do what: cells of the table': 20_000,
  'A2 laws of rights: random cases': 100_000,
  'A3 calls with rows of another organisation': 1_000,
  'A4 weakened policies and row security, each noticed': 600,
  'A4 widened grants, each noticed': 500,
  'A5 sequences of questions after one rater': 10_000,
  'B1 kill -9 of the server': 100,
  'B1 kill -9 of the scheduled work': 100,
  'B1 kill -9 of the database': 100,
  'B1 two servers killed in turn: seconds': 120,
  'B6 restores, equal': 10,
  'B6 damaged backups, refused': 300,
  'C1 requests of each operation': 1_000,
  'C3 strings in each text field': 500,
  'C6 logins on one account': 10_000,
  'C6 accounts from one address': 10_000,
  'C6 pages and files read in bulk until the alarm': 100,
  'E1 tamperings with the audit, found': 1_000,
  'E1 audit rows verified within a minute': 1_000_000,
  'E2 reads and writes without an audit, refused': 100,
  'F1 personal columns in an export': 300,
  'F2 people erased, and again after a restore': 100,
} as const
export type CountedRow = keyof typeof LEAST

export interface Counted {
  row: CountedRow
  count: number
  /** What came out, in few words. */
  found: string
  /** Whether it was the full count. */
  full: boolean
  seconds: number
  /** The machine's load average of the last minute at its end. */
  load: number
  command: string
  at: string
}

export const COUNTS_FOLDER = join(packageRoot, 'test-results/trust')
const TABLE = join(packageRoot, 'docs/trust/verify.md')

/** What was counted since the folder was made, in the order of the rows. */
export function readCounts(folder = COUNTS_FOLDER): Counted[] {
  const files = existsSync(folder) ? readdirSync(folder) : []
  const all = files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Counted)
  return (Object.keys(LEAST) as CountedRow[]).flatMap((row) => all.filter((one) => one.row === row))
}

/** Rows that a full run did not reach, as sentences. */
export function listMissed(counts: readonly Counted[]): string[] {
  return (Object.keys(LEAST) as CountedRow[]).flatMap((row) => {
    const one = counts.find((each) => each.row === row && each.full)
    if (one === undefined) return [`${row}: not counted, or it failed`]
    return one.count >= LEAST[row] ? [] : [`${row}: ${one.count}, expected at least ${LEAST[row]}`]
  })
}

const numberOf = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 0 })

/** The table's text with the lines of these counts in place of older ones of the same rows. */
export function mergeCounts(text: string, counts: readonly Counted[]): string {
  const [head, rest = ''] = text.split(/(?<=\n\| ---.*\n)/)
  const lines = new Map(
    rest.split('\n').flatMap((line) => {
      const row = /^\| ([^|]+) \|/.exec(line)?.[1]
      return row === undefined ? [] : [[row, line] as const]
    }),
  )
  for (const { row, count, found, seconds, load, command, at } of counts.filter(({ full }) => full))
    lines.set(
      row,
      `| ${row} | ${numberOf(count)} | ${found.replaceAll('|', '/')} | ${numberOf(seconds)} | ${load.toFixed(0)} | \`${command}\` | ${at.slice(0, 16).replace('T', ' ')} |`,
    )
  const kept = Object.keys(LEAST).map(
    (row) => lines.get(row) ?? `| ${row} | | not counted since this table began | | | | |`,
  )
  return `${head}${kept.join('\n')}\n`
}

/** Puts the full counts into docs/trust/verify.md. */
export function writeTable(): void {
  writeFileSync(TABLE, mergeCounts(readFileSync(TABLE, 'utf8'), readCounts()))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeTable()
