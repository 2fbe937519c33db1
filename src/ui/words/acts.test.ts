// Every act that the code writes into the audit has words.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../platform/package-root.ts'
import { CHANGE_KINDS } from '../../core/org/people-import/change.ts'
import { en } from './en.ts'

test('each act that is recorded anywhere has words', () => {
  const folder = join(packageRoot, 'src')
  // Two acts are named after what was done: what a people file changed, and what became of a sheet.
  const codes = new Set<string>([
    ...CHANGE_KINDS.filter((kind) => kind !== 'new-unit').map((kind) => `person.${kind}`),
    ...['sheet.submit', 'sheet.decline'],
  ])
  const composed = new Set<string>()
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || /\.test\.ts$|words/.test(file)) continue
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [, code] of text.matchAll(/action: (?:"')?'?([a-z-]+\.[a-z-]+)'/g)) codes.add(code!)
    for (const [code] of text.matchAll(/action: `[a-z-]+\.\$\{\w+\}`/g)) composed.add(code)
    for (const [, code] of text.matchAll(/(?:THEN|ELSE) '([a-z-]+\.[a-z-]+)'/g)) codes.add(code!)
  }
  expect([...composed].toSorted()).toEqual(['action: `person.${kind}`', 'action: `sheet.${act}`'])
  expect(codes.size).toBeGreaterThan(60)
  const acts: Record<string, Record<string, string>> = en.acts
  const silent = [...codes].filter((code) => acts[code.split('.')[0]!]?.[code.split('.')[1]!] === undefined)
  expect(silent).toEqual([])
})
