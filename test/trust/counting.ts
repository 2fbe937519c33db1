// Keeps what a test of trust counted, for the table that npm run verify ends with and docs/trust/verify.md holds.
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join, relative } from 'node:path'
import { expect } from 'vitest'
import { packageRoot } from '../../src/platform/package-root.ts'
import { COUNTS_FOLDER, type Counted, type CountedRow } from '../../scripts/trust-table.ts'

const full = process.env['RUNGS_VERIFY'] !== undefined

/**
 * Call it where a count begins. What it gives is called once, after the last expectation: a count that failed leaves
 * nothing, and is missed at the end.
 */
export function counting(row: CountedRow): (count: number, found: string) => void {
  const started = performance.now()
  return (count, found) => {
    const file = relative(packageRoot, expect.getState().testPath ?? '')
    const entry: Counted = {
      ...{ row, count, found, full, seconds: (performance.now() - started) / 1000 },
      ...{ load: loadavg()[0] ?? 0, command: `npx vitest run ${file}`, at: new Date().toISOString() },
    }
    mkdirSync(COUNTS_FOLDER, { recursive: true })
    const name = row.replaceAll(/[^A-Za-z0-9]+/g, '-')
    writeFileSync(join(COUNTS_FOLDER, `${name}.json`), JSON.stringify(entry))
  }
}
