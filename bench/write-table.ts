// Puts the lines a benchmark made between two marks of a page of the documentation.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../src/platform/package-root.ts'

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`; throws where the page has no such marks. */
export function writeTable(page: string, name: string, lines: readonly string[]): void {
  const file = join(packageRoot, page)
  const text = readFileSync(file, 'utf8')
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const from = text.indexOf(open)
  const to = text.indexOf(close)
  if (from < 0 || to < from) throw new Error(`${page} has no place marked ${open} … ${close}`)
  writeFileSync(file, text.slice(0, from + open.length) + '\n\n' + lines.join('\n') + '\n\n' + text.slice(to))
}
