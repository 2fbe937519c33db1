// The verb rungs import: what it prints, what it writes, and that it writes nothing when it should not.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { corpusPath } from '../../../test/corpus.ts'
import { builtInFramework } from '../../../test/built-in.ts'
import { parseFramework } from '../../core/framework/parse.ts'
import { exportCase } from '../../core/ladders/case-export.ts'
import { exportWorkbook } from '../../core/ladders/spreadsheet.ts'
import { runProgram } from './exit.ts'
import { importVerb } from './import.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rungs-import-'))
  mkdirSync(join(folder, 'ladder'))
  writeFileSync(
    join(folder, 'ladder', 'ladder.csv'),
    'Skill,Novice,Competent,Expert\nTesting,Writes the tests that were asked for,Plans tests with the team,Sets how tests are written here\n',
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' }
  const out = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => ((written.out += String(text)), true))
  const err = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => ((written.err += String(text)), true))
  try {
    return {
      code: await runProgram(new Command('rungs').addCommand(importVerb()), ['import', ...argv]),
      ...written,
    }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

test('a ladder is recognised and shown, and nothing is written', async () => {
  const { code, out } = await run(join(folder, 'ladder'))
  expect(code).toBe(0)
  expect(out).toContain('Recognised (table)')
  expect(out).toMatch(/ 3 behaviours/)
  expect(existsSync(join(folder, 'out.yaml'))).toBe(false)
})

test('the recipe that is written imports the same, and a changed ladder shows a diff and needs --replace', async () => {
  const [ladder, recipe, out] = ['ladder', 'recipe.yaml', 'out.yaml'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  expect((await run(ladder, '--write-recipe', recipe, '--out', out)).code).toBe(0)
  expect((await run(ladder, '--recipe', recipe, '--out', out)).out).toContain('holds the same framework')
  const before = readFileSync(out, 'utf8')
  writeFileSync(
    join(ladder, 'ladder.csv'),
    readFileSync(join(ladder, 'ladder.csv'), 'utf8').replace(
      'Plans tests with the team',
      'Plans tests with two teams',
    ),
  )
  const refused = await run(ladder, '--recipe', recipe, '--out', out)
  expect(refused.code).toBe(2)
  expect(refused.out).toContain('Plans tests with two teams')
  expect(refused.err).toContain('--replace')
  expect(readFileSync(out, 'utf8')).toBe(before)
  expect((await run(ladder, '--recipe', recipe, '--out', out, '--replace')).code).toBe(0)
  expect(readFileSync(out, 'utf8')).toContain('Plans tests with two teams')
})

test('a file that cannot be read stops the import with its place, and nothing is written', async () => {
  const bad = join(folder, 'bad')
  mkdirSync(bad)
  writeFileSync(join(bad, 'a.yaml'), 'levels:\n\t- one\n')
  const { code, err } = await run(bad, '--out', join(folder, 'never.yaml'))
  expect(code).toBe(2)
  expect(err).toContain('a.yaml:2:1: expected spaces before a YAML entry, got a tab')
  expect(existsSync(join(folder, 'never.yaml'))).toBe(false)
})

test.each([
  [['/no/such/ladder'], 'expected a file or folder, got nothing'],
  [['ladder', '--recipe', 'no-such'], 'expected a recipe file or the name of a recipe'],
])('bad usage %j is told in one sentence', async (argv, message) => {
  const { code, err } = await run(...argv.map((word) => (word === 'ladder' ? join(folder, 'ladder') : word)))
  expect(code).toBe(2)
  expect(err).toContain(message)
})

test('text that a recipe does not map gives exit code 1 and its place', async () => {
  const recipe = join(folder, 'half.yaml')
  writeFileSync(
    recipe,
    'recipe: 1\nframework: { id: half, title: Half }\nrules: [{ make: competency, at: row, title: ./Skill }]\n',
  )
  const { code, out } = await run(join(folder, 'ladder'), '--recipe', recipe)
  expect(code).toBe(1)
  expect(out).toMatch(/ladder\.csv:2 \(B2\): no rule takes it/)
})

test('a workbook of ours and a CASE package come back as the framework that they were made of', async () => {
  const framework = builtInFramework('coder-to-cto')
  const forms = {
    'own.xlsx': exportWorkbook(framework),
    'case.json': JSON.stringify(exportCase(framework, { now: '2026-01-02T03:04:05Z' })),
  }
  for (const [name, bytes] of Object.entries(forms)) {
    const [from, to] = [join(folder, name), join(folder, `${name}.yaml`)]
    writeFileSync(from, bytes)
    expect((await run(from, '--out', to)).code).toBe(0)
    const back = parseFramework(readFileSync(to, 'utf8'))
    expect(back.framework).toEqual(framework)
  }
  const broken = join(folder, 'broken.json')
  writeFileSync(broken, JSON.stringify({ CFDocument: { title: 'T' }, CFItems: [] }))
  const { code, err } = await run(broken, '--out', join(folder, 'no.yaml'))
  expect([code, existsSync(join(folder, 'no.yaml'))]).toEqual([2, false])
  expect(err).toContain('CFDocument.identifier')
})

const corpus = corpusPath()
test.skipIf(!corpus)(
  'a folder with the ladders of two organisations is not made into one (skipped without the corpus)',
  async () => {
    const both = join(folder, 'both')
    for (const name of ['etsy', 'unidays'])
      cpSync(join(corpus!, 'ladders', name), join(both, name), { recursive: true })
    const { code, out, err } = await run(both, '--out', join(folder, 'both.yaml'))
    expect([code, out, existsSync(join(folder, 'both.yaml'))]).toEqual([2, '', false])
    expect(err).toMatch(
      /expected one ladder, got 2:\n {2}Etsy Engineering Career Ladder: etsy\/[^\n]*\n {2}\S/,
    )
    expect((await run(join(both, 'etsy'))).code).toBe(0)
  },
)
