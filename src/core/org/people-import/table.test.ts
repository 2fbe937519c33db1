// People files of the size of a company: read whole, or refused with what is expected.
import { expect, test } from 'vitest'
import { MOST_PEOPLE_ROWS, readPeopleTables } from './table.ts'

const HEADING =
  'Employee ID,Full name,Email,Manager,Department,Team,Title,Grade,Start date,Location,Cost centre'
const read = (rows: number) => {
  const lines = Array.from(
    { length: rows },
    (_, n) =>
      `E${n},Given${n} Family${n},given.family${n}@example.org,E${Math.floor(n / 8)},Department ${n % 100},Team ${n % 2000},Engineer,G${n % 9},2024-01-02,Berlin,CC${n % 400}`,
  )
  const bytes = new TextEncoder().encode([HEADING, ...lines].join('\n'))
  return readPeopleTables({ path: 'people.csv', bytes })
}

test('20,000 rows of eleven columns are read whole', { timeout: 60_000 }, () => {
  const { tables, faults } = read(20_000)
  expect(faults).toEqual([])
  expect(tables[0]!.rows).toHaveLength(20_000)
  expect(tables[0]!.rows.at(-1)).toMatchObject({
    row: 20_001,
    cells: expect.arrayContaining(['E19999']) as string[],
  })
})

test('more rows than are read in one go are refused with the number that is', { timeout: 120_000 }, () => {
  const { tables, faults } = read(MOST_PEOPLE_ROWS + 1)
  expect(tables).toEqual([])
  expect(faults).toMatchObject([
    { code: 'too-many-rows', place: 'people.csv', message: 'expected at most 50000 rows, got 50001' },
  ])
})

test('how a file was decoded is told, and another encoding may be chosen', () => {
  const bytes = Uint8Array.from([...'id,name\n1,Zo'].map((letter) => letter.charCodeAt(0)).concat([0xeb]))
  const found = readPeopleTables({ path: 'people.csv', bytes })
  expect(found).toMatchObject({ encoding: 'windows-1252', tables: [{ rows: [{ cells: ['1', 'Zoë'] }] }] })
  const chosen = readPeopleTables({ path: 'people.csv', bytes, encoding: 'utf-8' })
  expect(chosen).toMatchObject({ encoding: 'utf-8', tables: [{ rows: [{ cells: ['1', 'Zo\uFFFD'] }] }] })
  expect(readPeopleTables({ path: 'people.txt', bytes }).encoding).toBeNull()
})
