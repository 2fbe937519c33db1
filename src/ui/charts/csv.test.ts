// A table leaves as CSV without losing a cell and without running in a spreadsheet.
import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('quotes, commas and line breaks survive', () => {
  expect(csvOf([['a "b"', 'c,d', 'e\nf', 1.5, null]])).toBe('"a ""b""","c,d","e\nf",1.5,\r\n')
})

test('a cell that looks like a formula does not run', () => {
  for (const start of ['=', '+', '-', '@', '\t']) expect(csvOf([[`${start}1`]])).toBe(`'${start}1\r\n`)
})
