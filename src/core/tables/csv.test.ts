// A table leaves as CSV without losing a cell and without running in a spreadsheet, and comes back as it was.
import { expect, test } from 'vitest'
import { parseCsv, writeCsv } from './csv.ts'

test('quotes, commas and line breaks survive', () => {
  const rows = [['a "b"', 'c,d', 'e\nf', 1.5, null, '', '1.5']]
  expect(writeCsv(rows)).toBe('"a ""b""","c,d","e\nf",1.5,,"","1.5"\r\n')
  expect(parseCsv(writeCsv(rows))).toEqual(rows)
})

test('a cell that looks like a formula does not run, and comes back without its apostrophe', () => {
  for (const start of ['=', '+', '-', '@', '\t', '＝']) {
    const written = writeCsv([[`${start}cmd`]])
    expect(written.replace('"', '')).toMatch(/^'/)
    expect(parseCsv(written)).toEqual([[`${start}cmd`]])
  }
})
