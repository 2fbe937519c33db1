// Files that no one should have to fear: each is refused or read with a message that names the place, within bounds.
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { detectRecipe } from './detect.ts'
import { readLadder } from './read-ladder.ts'
import { formatPlace, LADDER_LIMITS, walk, type LadderSource } from './source.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const read = (path: string, content: string | Uint8Array, limits = LADDER_LIMITS): LadderSource =>
  readLadder([{ path, bytes: typeof content === 'string' ? utf8(content) : content }], limits)
const messages = ({ problems }: LadderSource) =>
  problems.map(({ severity, place, message }) => `${severity} ${formatPlace(place)}: ${message}`)
const texts = (source: LadderSource) =>
  source.files.flatMap((file) => [...walk(file)].map(({ text }) => text)).filter((text) => text !== '')

const SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
const workbook = (sheet: string, extra: Record<string, Uint8Array> = {}) =>
  zipSync({
    'xl/workbook.xml': strToU8(
      '<workbook xmlns:r="r"><sheets><sheet name="Delivery" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': strToU8(`${SHEET}<sheetData>${sheet}</sheetData></worksheet>`),
    ...extra,
  })
const inline = (reference: string, text: string) =>
  `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`

test('a workbook is read cell by cell, a merged cell stands for all that it covers, a formula for its last value', () => {
  const bytes = zipSync({
    'xl/workbook.xml': strToU8(
      '<workbook xmlns:r="r"><sheets><sheet name="Delivery" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/sharedStrings.xml': strToU8(
      '<sst><si><t>Beginner</t></si><si><r><t>Ex</t></r><r><t>pert</t></r><rPh><t>reading</t></rPh></si></sst>',
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `${SHEET}<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2">${inline('A2', 'Asks')}<c r="B2"><f>1+1</f><v>2</v></c></row><row r="3">${inline('B3', 'Leads')}</row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>`,
    ),
  })
  const [file] = read('a.xlsx', bytes).files
  const rows = file!.children[0]!.children
  expect(
    rows.map((row) => row.children.map(({ name, text, attributes }) => [name, text, attributes['filled']])),
  ).toEqual([
    [
      ['Beginner', 'Beginner', undefined],
      ['Expert', 'Expert', undefined],
    ],
    [
      ['Beginner', 'Asks', undefined],
      ['Expert', '2', undefined],
    ],
    [
      ['Beginner', '', 'Asks'],
      ['Expert', 'Leads', undefined],
    ],
  ])
  expect(rows[2]!.children[1]!.place.where).toBe('sheet Delivery, cell B3')
})

test('a cut workbook is refused as broken', () => {
  const whole = workbook(`<row r="1">${inline('A1', 'x')}</row>`)
  expect(messages(read('a.xlsx', whole.subarray(0, whole.length - 30)))[0]).toMatch(
    /^fault a\.xlsx: expected a whole \.xlsx workbook/,
  )
  expect(messages(read('a.xlsx', 'no zip at all'))[0]).toMatch(/got other bytes/)
})

test('XML that is not well formed is refused with its part of the workbook', () => {
  expect(messages(read('a.xlsx', workbook('<row><c></row>')))[0]).toMatch(
    /^fault a\.xlsx \(xl\/worksheets\/sheet1\.xml\): expected well-formed XML/,
  )
})

test('a zip bomb is refused by its declared sizes, before it is unpacked', () => {
  const bomb = workbook(`<row r="1">${inline('A1', 'a'.repeat(30_000_000))}</row>`)
  expect(bomb.length).toBeLessThan(300_000)
  const started = performance.now()
  expect(messages(read('a.xlsx', bomb))[0]).toMatch(
    /at most 100 times its size, got \d+ times \(a zip bomb\)/,
  )
  expect(performance.now() - started).toBeLessThan(500)
})

test('an archive that lies about its sizes cannot make more memory be used than it declares', () => {
  const bomb = workbook(`<row r="1">${inline('A1', 'a'.repeat(3_000_000))}</row>`)
  const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength)
  for (let at = 0; at < bomb.length - 46; at++) {
    const signature = view.getUint32(at, true)
    if (signature === 0x02014b50) view.setUint32(at + 24, 1000, true)
    if (signature === 0x04034b50) view.setUint32(at + 22, 1000, true)
  }
  expect(messages(read('a.xlsx', bomb))[0]).toMatch(/^fault/)
})

test('XML entities are never expanded, and a document type is refused', () => {
  const bomb = strToU8(
    '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>',
  )
  expect(messages(read('a.xlsx', workbook('', { 'xl/workbook.xml': bomb })))[0]).toMatch(
    /without a document type/,
  )
})

test('a workbook locked with a password is refused with what to do', () => {
  const locked = new Uint8Array(2048)
  locked.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  expect(messages(read('a.xlsx', locked))).toEqual([
    'fault a.xlsx: expected an open .xlsx workbook, got one locked with a password or an old .xls; save it as .xlsx without a password',
  ])
})

test('a 100 MB table is refused at once by its size', () => {
  const started = performance.now()
  expect(messages(read('a.csv', new Uint8Array(100_000_000)))).toEqual([
    'fault a.csv: expected a file of at most 20000000 bytes, got 100000000',
  ])
  expect(performance.now() - started).toBeLessThan(200)
})

test('a table with too many cells is cut off with its line', () => {
  const source = read('a.csv', 'a,b\n'.repeat(1000), { ...LADDER_LIMITS, nodes: 500 })
  expect(messages(source)[0]).toMatch(/^fault a\.csv:\d+.*at most 500 cells/)
})

test('a quote that is never closed is named with its line', () => {
  expect(messages(read('a.csv', 'skill,level\nTesting,1\n"Design,2\n'))[0]).toMatch(
    /^fault a\.csv:3 \(A3\): expected each quoted cell to end/,
  )
})

const CHINESE = '能力,级别,描述\n沟通,1,主动说明自己的工作进展\n设计,2,能够独立完成模块设计\n'
const gbk = Uint8Array.from([
  0xc4, 0xdc, 0xc1, 0xa6, 0x2c, 0xbc, 0xb6, 0xb1, 0xf0, 0x2c, 0xc3, 0xe8, 0xca, 0xf6, 0x0a, 0xb9, 0xb5, 0xcd,
  0xa8, 0x2c, 0x31, 0x2c, 0xd6, 0xf7, 0xb6, 0xaf, 0xcb, 0xb5, 0xc3, 0xf7, 0x0a,
])
const utf16 = (text: string, little: boolean, mark: boolean) => {
  const bytes = new Uint8Array(text.length * 2 + (mark ? 2 : 0))
  const view = new DataView(bytes.buffer)
  if (mark) view.setUint16(0, 0xfeff, little)
  for (let index = 0; index < text.length; index++)
    view.setUint16(index * 2 + (mark ? 2 : 0), text.charCodeAt(index), little)
  return bytes
}
const ENGLISH = 'skill,level,text\nTesting,1,Writes tests for what was asked\n'
test.each([
  ['gb18030', gbk, '沟通'],
  // Names beside Chinese ones whose letters GB 2312 has not take four bytes: ë 81 30 8A 35, ñ 81 30 8A 39.
  [
    'gb18030',
    Uint8Array.from([
      ...[0x6e, 0x61, 0x6d, 0x65, 0x2c, 0x61, 0x0a, 0xc0, 0xee, 0xc4, 0xc8, 0x2c, 0x5a, 0x6f, 0x81, 0x30],
      ...[0x8a, 0x35, 0x20, 0x4e, 0x75, 0x81, 0x30, 0x8a, 0x39, 0x65, 0x7a, 0x0a],
    ]),
    'Zoë Nuñez',
  ],
  [
    'shift_jis',
    Uint8Array.from([0x61, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0x83, 0x65, 0x83, 0x58, 0x83, 0x67, 0x8e, 0x8e]),
    'テスト試',
  ],
  ['utf-16le', utf16(CHINESE, true, true), '主动说明自己的工作进展'],
  ['utf-16be', utf16(CHINESE, false, true), '主动说明自己的工作进展'],
  ['utf-16le', utf16(ENGLISH, true, false), 'Writes tests for what was asked'],
  ['utf-16be', utf16(ENGLISH, false, false), 'Writes tests for what was asked'],
  [
    'windows-1252',
    Uint8Array.from(
      [...'niveau,texte\n1,d']
        .map((letter) => letter.charCodeAt(0))
        .concat([0xe9, 0x6a, 0xe0, 0x20, 0x63, 0x6f, 0x6e, 0x66, 0x69, 0x72, 0x6d, 0xe9]),
    ),
    'déjà confirmé',
  ],
])('a file in %s is recognised, decoded and said so', (encoding, bytes, text) => {
  const source = read('a.csv', bytes)
  expect(texts(source)).toContain(text)
  expect(messages(source)[0]).toContain(`note a.csv: read as ${encoding}`)
})

test('bytes that are no text at all are refused', () => {
  expect(messages(read('a.csv', Uint8Array.from([1, 0, 0, 0, 2, 3, 0, 0, 9, 0]))).join()).toMatch(
    /bytes with zeros/,
  )
})

test('a tab that indents YAML is named with its line', () => {
  expect(messages(read('a.yaml', 'levels:\n  - name: One\n\tsummary: no\n'))[0]).toMatch(
    /^fault a\.yaml:3:1: expected spaces before a YAML entry, got a tab/,
  )
})

test('a YAML alias bomb is refused within its bounds', () => {
  const bomb = [
    'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...Array.from(
      { length: 9 },
      (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(', ')}]`,
    ),
  ].join('\n')
  const started = performance.now()
  expect(messages(read('a.yaml', bomb))[0]).toMatch(/^fault a\.yaml.*at most 1000 aliases/)
  expect(performance.now() - started).toBeLessThan(5000)
})

test.each([
  ['a.json', '['.repeat(50_000)],
  ['a.yaml', '['.repeat(50_000)],
  ['a.yaml', '- '.repeat(20_000)],
  ['a.html', '<div>'.repeat(50_000)],
  ['a.md', '> '.repeat(2000) + 'deep'],
])('%s nested thousands deep is refused, not a crash', (path, text) => {
  const source = read(path, text)
  expect(messages(source).join()).toMatch(/fault .*(nesting|well-formed)/)
})

test('JSON that breaks off is named with its line and column', () => {
  expect(messages(read('a.json', '{\n  "tracks": [\n    {"name": "A",}\n  '))[0]).toMatch(
    /^fault a\.json:\d+:\d+: expected well-formed JSON/,
  )
})

test('scripts of a page are counted, never run, and no part of its text', () => {
  const source = read(
    'a.html',
    '<title>t</title><script>globalThis.ran = true; document.write("evil")</script><h1>Engineer</h1><p onclick="alert(1)">Writes <b>code</b><script>x()</script></p><style>p{}</style><p hidden>unseen</p>',
  )
  expect(texts(source)).toEqual(['Engineer', 'Writes code'])
  expect(messages(source)[0]).toMatch(
    /note a\.html: the page holds \d scripts and styles, which were left out and never run/,
  )
  expect((globalThis as { ran?: boolean }).ran).toBeUndefined()
})

test('what is no ladder is not taken for one', () => {
  expect(detectRecipe(read('a.csv', 'date,amount\n2024-01-01,5\n2024-01-02,7\n'))).toBeUndefined()
  expect(detectRecipe(read('a.md', 'Just a paragraph.\n'))).toBeUndefined()
  expect(detectRecipe(readLadder([]))).toBeUndefined()
})
