// Which tests talk to the test run's database: those that come to test/database.ts, or ask for its URL, by what they import.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const ASKS = /\binject\('databaseUrl'\)/
/** What is imported as a type alone does not run. */
const IMPORT = /^(?:import|export)\s(?!type\s)[^'"]*'(\.{1,2}\/[^']+)'|\bimport\('(\.{1,2}\/[^']+)'\)/gm

/**
 * All test files under the folders, as paths from `root`, parted in two. A file put among those without by mistake cannot
 * pass unnoticed: there nothing provides a database, and what asks for one fails.
 */
export function partByDatabase(
  root: string,
  folders: readonly string[],
): { asking: string[]; without: string[] } {
  const known = new Map<string, boolean>()
  const asks = (file: string): boolean => {
    const before = known.get(file)
    if (before !== undefined) return before
    known.set(file, false)
    // A file that is missing is told by the test that imports it.
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const imports = [...text.matchAll(IMPORT)].map(([, name, later]) => join(dirname(file), name ?? later!))
    const found = ASKS.test(text) || imports.some((one) => /\.tsx?$/.test(one) && asks(one))
    known.set(file, found)
    return found
  }
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.test\.tsx?$/.test(name))
      .map((name) => join(root, folder, name)),
  )
  const part = (wanted: boolean) =>
    files.filter((file) => asks(file) === wanted).map((file) => relative(root, file))
  return { asking: part(true), without: part(false) }
}
