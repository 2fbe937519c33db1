// What is exported comes back; what is there is never overwritten unasked.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

import { builtInFramework } from '../../../test/built-in.ts'
import { runRungs } from '../../../test/terminal.ts'
import { parseFramework } from '../../core/framework/parse.ts'
import { readLadder } from '../../core/ladders/read-ladder.ts'
import { importSpreadsheet } from '../../core/ladders/spreadsheet.ts'

const folder = mkdtempSync(join(tmpdir(), 'rungs-export-'))
afterAll(() => rmSync(folder, { recursive: true }))
const framework = builtInFramework('data-engineering')
const exported = (as: string, ...more: string[]) =>
  runRungs(['export', 'data-engineering', '--as', as, ...more])

test('YAML and JSON to standard output, XLSX and CSV to files: each is the same framework again', async () => {
  for (const as of ['yaml', 'json'])
    expect(parseFramework((await exported(as)).out).framework).toEqual(framework)
  const book = join(folder, 'ladder.xlsx')
  expect((await exported('xlsx', '--out', book)).code).toBe(0)
  expect(importSpreadsheet(readLadder([{ path: 'ladder.xlsx', bytes: readFileSync(book) }]))).toEqual({
    ok: true,
    framework,
  })
  const tables = join(folder, 'tables')
  expect((await exported('csv', '--out', tables)).code).toBe(0)
  const files = readdirSync(tables).map((path) => ({ path, bytes: readFileSync(join(tables, path)) }))
  expect(importSpreadsheet(readLadder(files))).toEqual({ ok: true, framework })
}, 120_000)

test('CASE is a package, the handbook has a page for each role, in the language asked for', async () => {
  const { CFDocument } = JSON.parse((await exported('case')).out) as { CFDocument: { title: string } }
  expect(CFDocument.title).toBe('Data engineering')
  const book = join(folder, 'handbook')
  const report = await exported('handbook', '--out', book, '--language', 'zh-Hans', '--json')
  const { files } = JSON.parse(report.out) as { files: string[] }
  expect(files.length).toBeGreaterThan(framework.roles.length)
  expect(files.map((file) => readFileSync(file, 'utf8')).join('')).toContain('数据工程师')
}, 120_000)

test('a file or folder that is there is refused and left as it is, until --force', async () => {
  const file = join(folder, 'mine.yaml')
  writeFileSync(file, 'mine')
  const refused = await exported('yaml', '--out', file)
  expect([refused.code, refused.err, readFileSync(file, 'utf8')]).toEqual([
    2,
    expect.stringContaining('--force'),
    'mine',
  ])
  const full = await exported('handbook', '--out', folder)
  expect([full.code, full.err]).toEqual([2, expect.stringContaining('not empty')])
  expect((await exported('yaml', '--out', file, '--force')).code).toBe(0)
  expect(parseFramework(readFileSync(file, 'utf8')).framework).toEqual(framework)
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
}, 120_000)

test('what cannot be done is told: no folder, no file name, a language where there is none to choose', async () => {
  for (const [args, sentence] of [
    [['yaml', '--out', join(folder, 'none', 'a.yaml')], 'does not exist'],
    [['xlsx'], 'needs --out FILE'],
    [['csv'], 'needs --out FOLDER'],
    [['yaml', '--language', 'en'], '--language goes with --as handbook'],
    [['pdf'], 'Allowed choices are'],
  ] as const) {
    const [as, ...more] = args as readonly [string, ...string[]]
    const { code, err } = await exported(as, ...more)
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)])
  }
}, 120_000)
