// Frameworks through a workbook and through CSV files: nothing lost, no formula let through, faults at their row.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { builtInFramework } from '../../../test/built-in.ts'
import { frameworkSchema, type Framework } from '../framework/model.ts'
import type { LadderFile } from './source.ts'
import { readLadder } from './read-ladder.ts'
import { exportCsv, exportWorkbook, importSpreadsheet } from './spreadsheet.ts'

function imported(files: readonly LadderFile[]): Framework {
  const result = importSpreadsheet(readLadder(files))
  if (!result.ok)
    throw new Error(result.faults.map(({ place, message }) => `${place}: ${message}`).join('\n'))
  return result.framework
}

const asWorkbook = (framework: Framework): LadderFile[] => [
  { path: 'ladder.xlsx', bytes: exportWorkbook(framework) },
]

describe.each(['coder-to-cto', 'data-engineering'] as const)('%s', (id) => {
  const framework = builtInFramework(id)
  test('comes back whole through a workbook, whose bytes are the same each time', () => {
    expect(imported(asWorkbook(framework))).toEqual(framework)
    expect(exportWorkbook(framework)).toEqual(exportWorkbook(framework))
  })
  test('comes back whole through CSV files', () => {
    expect(imported(exportCsv(framework))).toEqual(framework)
  })
})

const HOSTILE = [
  '=HYPERLINK("x")',
  '+1',
  '-2',
  '@SUM(A1)',
  "'=quoted",
  '<b>&amp;"',
  '两行\n文字',
  ' ' + 'a'.repeat(40),
  '\u202Ertl',
  '😀',
]

test('texts that a spreadsheet would run are written as text and come back as they were', () => {
  const framework = frameworkSchema.parse({
    rungs: 1,
    id: 'hostile',
    version: '1.0.0',
    title: 'Hostile',
    tracks: [{ id: 'line', title: 'Line' }],
    areas: [{ id: 'all', title: '=1+1' }],
    scale: { levels: [{ level: 1, title: '@one' }] },
    competencies: [
      {
        id: 'c',
        area: 'all',
        title: '-c',
        behaviours: { 1: HOSTILE.map((text, n) => ({ id: `b${n}`, text: text.trim() })) },
      },
    ],
  })
  expect(imported(asWorkbook(framework))).toEqual(framework)
  const files = exportCsv(framework)
  expect(imported(files)).toEqual(framework)
  for (const { bytes } of files) {
    for (const cell of strFromU8(bytes)
      .replace('\uFEFF', '')
      .split(/[\r\n,]+/))
      expect(cell).not.toMatch(/^"?[=+\-@]/)
  }
})

test('an edited cell is the edited framework', () => {
  const files = exportCsv(builtInFramework('coder-to-cto')).map((file) => {
    if (file.path !== 'expectations.csv') return file
    return {
      ...file,
      bytes: strToU8(
        strFromU8(file.bytes).replace('architect,,security,3,must', 'architect,,security,4,must'),
      ),
    }
  })
  expect(imported(files).roles.find(({ id }) => id === 'architect')!.expectations.security!.level).toBe(4)
})

test('faults name the row and what was expected', () => {
  const files = exportCsv(builtInFramework('coder-to-cto')).map((file) => {
    if (file.path !== 'expectations.csv') return file
    return {
      ...file,
      bytes: strToU8(`${strFromU8(file.bytes)}nobody,,coding,2,must\r\narchitect,,coding,high,must\r\n`),
    }
  })
  const result = importSpreadsheet(readLadder(files))
  expect(result.ok ? [] : result.faults.map(({ place, message }) => `${place}: ${message}`)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^expectations\.csv.*there is no role "nobody"/),
      expect.stringMatching(/^expectations\.csv.*level: expected a number, got "high"/),
    ]),
  )
})

test('what is no workbook of ours is refused with what was expected', () => {
  const other = importSpreadsheet(readLadder([{ path: 'people.csv', bytes: strToU8('name,age\nann,3\n') }]))
  expect(other.ok ? '' : other.faults[0]!.message).toContain(
    'expected tables named framework and competencies',
  )
  const broken = importSpreadsheet(readLadder([{ path: 'broken.xlsx', bytes: strToU8('PK not a zip') }]))
  expect(broken.ok).toBe(false)
  const bomb = importSpreadsheet(
    readLadder([{ path: 'bomb.xlsx', bytes: zipSync({ 'xl/workbook.xml': new Uint8Array(60_000_000) }) }]),
  )
  expect(bomb.ok).toBe(false)
})

test('a workbook holds one sheet for each table, in text cells only', () => {
  const parts = unzipSync(exportWorkbook(builtInFramework('coder-to-cto')))
  const sheets = Object.keys(parts).filter((path) => path.startsWith('xl/worksheets/'))
  expect(sheets.length).toBeGreaterThan(15)
  for (const path of sheets) expect(strFromU8(parts[path]!)).not.toContain('<f>')
})
