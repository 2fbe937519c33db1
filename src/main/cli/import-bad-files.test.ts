// Files that go wrong, through the command as its users run it: one clear message with the place, nothing written.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runRungs } from '../../../test/terminal.ts'

const SECONDS = 30
/** Megabytes of heap that the process is given: one that needs more than this ends badly, not by its own message. */
const HEAP = 256

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'rungs-bad-files-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const workbook = (cell: string, more = ''): Uint8Array =>
  zipSync({
    'xl/workbook.xml': strToU8(
      '<workbook xmlns:r="r"><sheets><sheet name="Delivery" sheetId="1" r:id="r1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
    ),
    'xl/worksheets/s.xml': strToU8(`<worksheet><sheetData>${cell}</sheetData>${more}</worksheet>`),
  })
const cells = (...texts: string[]) =>
  `<row>${texts.map((text, at) => `<c r="${'ABC'[at]}1" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`
const ROWS = `${cells('Skill', 'Beginner', 'Expert')}${cells('Testing', 'Writes the tests that were asked for', 'Sets how tests are written').replaceAll('1"', '2"')}`

const locked = new Uint8Array(2048)
locked.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

const whole = workbook(ROWS)
const bomb = `<row><c r="A1" t="inlineStr"><is><t>${'a'.repeat(30_000_000)}</t></is></c></row>`
const aliases = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from(
    { length: 9 },
    (_, at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`).join(', ')}]`,
  ),
].join('\n')

describe('refused', () => {
  test.each<[name: string, path: string, content: string | Uint8Array | number, says: RegExp]>([
    [
      'a cut workbook',
      'cut.xlsx',
      whole.subarray(0, whole.length - 40),
      /cut\.xlsx: expected a whole \.xlsx workbook/,
    ],
    ['a workbook of other bytes', 'text.xlsx', 'no archive', /text\.xlsx: expected .* got other bytes/],
    [
      'a workbook of broken XML',
      'xml.xlsx',
      workbook('<row><c></row>'),
      /xml\.xlsx \(xl\/worksheets\/s\.xml\): .*well-formed XML/,
    ],
    [
      'a zip bomb',
      'bomb.xlsx',
      workbook(bomb),
      /bomb\.xlsx \(xl\/worksheets\/s\.xml\): .*at most 100 times its size, got \d+ times \(a zip bomb\)/,
    ],
    [
      'a workbook with a password',
      'locked.xlsx',
      locked,
      /locked\.xlsx: .*locked with a password.*save it as \.xlsx without/,
    ],
    [
      'a CSV file of 100 MB',
      'large.csv',
      100_000_000,
      /large\.csv: expected a file of at most 20 MB, got 100\.0 MB/,
    ],
    [
      'a quote that never ends',
      'quote.csv',
      'skill,level\nTesting,1\n"Design,2\n',
      /quote\.csv:3 \(A3\): expected each quoted cell to end/,
    ],
    [
      'a tab in YAML',
      'tab.yaml',
      'levels:\n  - name: One\n\tsummary: no\n',
      /tab\.yaml:3:1: expected spaces before a YAML entry, got a tab/,
    ],
    ['a YAML alias bomb', 'aliases.yaml', aliases, /aliases\.yaml.*at most 1000 aliases/],
    ['JSON that breaks off', 'cut.json', '{\n "tracks": [\n', /cut\.json:\d+:\d+: expected well-formed JSON/],
    ['nesting without end', 'deep.html', '<div>'.repeat(50_000), /deep\.html.*nesting/],
    [
      'bytes that are no text',
      'bytes.md',
      Uint8Array.from([1, 0, 0, 0, 2, 3, 0, 0, 9, 0]),
      /bytes\.md: expected a text file, got bytes with zeros/,
    ],
    [
      'a page of scripts alone',
      'scripts.html',
      '<script>while (true) {}</script>',
      /expected competencies, levels or roles/,
    ],
    [
      'another kind of file',
      'photo.png',
      Uint8Array.from([0x89, 0x50]),
      /photo\.png: expected a table .*, a tree .* or a document/,
    ],
  ])('%s', async (name, path, content, says) => {
    const { code, out, err, seconds, written } = await importing(name, path, content)
    expect(err).toMatch(says)
    expect(out).toBe('')
    expect(code).toBe(2)
    expect(seconds).toBeLessThan(SECONDS)
    expect(written).toEqual([path])
  })
})

const utf16 = (text: string) => Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')])
const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))
const FRENCH =
  'Skill,Beginner,Expert\nQualité,Écrit les tests demandés,Décide comment les tests sont écrits\n'
/** 能力,初级,高级 and a row of 测试 with a behaviour for each level, in GBK. */
const GBK = Uint8Array.from(
  Buffer.from(
    'c4dcc1a62cb3f5bcb62cb8dfbcb60ab2e2cad42cb0b4d2aac7f3b1e0d0b4b2e2cad42cbef6b6a8c8e7bacebdf8d0d0b2e2cad40a',
    'hex',
  ),
)

describe('read, and the report says how', () => {
  test.each<[name: string, path: string, content: string | Uint8Array, says: RegExp, makes: string]>([
    ['UTF-16', 'wide.csv', utf16(FRENCH), /wide\.csv: read as utf-16le/, 'Écrit les tests demandés'],
    [
      'Latin-1',
      'latin.csv',
      latin1(FRENCH),
      /latin\.csv: read as windows-1252/,
      'Décide comment les tests sont écrits',
    ],
    ['GBK', 'gbk.csv', GBK, /gbk\.csv: read as gb18030/, '按要求编写测试'],
    [
      'a page with scripts',
      'page.html',
      '<h1>Ladder</h1><script>document.write("evil")</script><table><tr><th>Skill<th>Beginner<th>Expert<tr><td>Testing<td>Writes the tests that were asked for<td>Sets how tests are written</table>',
      /page\.html: the page holds a script or style, which was left out and never run/,
      'Sets how tests are written',
    ],
    [
      'a sheet protected against editing',
      'protected.xlsx',
      workbook(ROWS, '<sheetProtection password="CC1A" sheet="1"/>'),
      /3 behaviours|2 behaviours/,
      'Sets how tests are written',
    ],
    [
      'formulas',
      'formula.csv',
      'Skill,Beginner,Expert\nTesting,"=HYPERLINK(""http://x"",""tests"")",@SUM(1+1) plans the tests\n',
      /2 behaviours/,
      'plans the tests',
    ],
  ])('%s', async (name, path, content, says, makes) => {
    const { code, out, seconds, written, framework } = await importing(name, path, content)
    expect(out).toMatch(says)
    expect(framework).toContain(makes)
    expect(framework).not.toContain('evil')
    expect(code).toBeLessThan(2)
    expect(seconds).toBeLessThan(SECONDS)
    expect(written.toSorted()).toEqual([path, 'out.yaml'].toSorted())
  })
})

/** Runs `rungs import FILE --out out.yaml` in a folder of its own; a number is the size of a file of zeros. */
async function importing(name: string, path: string, content: string | Uint8Array | number) {
  const own = join(folder, name.replaceAll(/\W+/g, '-'))
  const [file, out] = [join(own, path), join(own, 'out.yaml')]
  mkdirSync(own, { recursive: true })
  writeFileSync(file, typeof content === 'number' ? '' : content)
  if (typeof content === 'number') truncateSync(file, content)
  const started = performance.now()
  const run = await runRungs(['import', file, '--out', out], {
    env: { NODE_OPTIONS: `--max-old-space-size=${HEAP}`, NO_COLOR: '1' },
  })
  const seconds = (performance.now() - started) / 1000
  const framework = existsSync(out) ? readFileSync(out, 'utf8') : ''
  return { ...run, seconds, framework, written: readdirSync(own) }
}
