// The import plan: what a people file changes, and every fault with its row and column.
import { strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CurrentOrganisation, CurrentPerson } from './current.ts'
import { formatPeopleFault } from './fault.ts'
import { detectMapping, type PeopleMapping } from './fields.ts'
import { planPeopleImport, runPlan, type ImportOptions } from './plan.ts'
import { parseDay } from './rows.ts'
import { readPeopleTables } from './table.ts'

const DAY = '2026-03-02'
const tableOf = (csv: string) => readPeopleTables({ path: 'people.csv', bytes: strToU8(csv) }).tables[0]!
const counter = () => {
  let next = 0
  return () => `new${++next}`
}

function plan(
  csv: string,
  current: Partial<CurrentOrganisation> = {},
  options: Partial<ImportOptions> = {},
  mapping?: PeopleMapping,
) {
  const table = tableOf(csv)
  const organisation = { people: [], units: [], roles: [], ...current }
  const all = { day: DAY, missing: 'stay' as const, newId: counter(), ...options }
  return runPlan(planPeopleImport(table, mapping ?? detectMapping(table.headings), organisation, all))
}
const faults = (...args: Parameters<typeof plan>) => plan(...args).faults.map(formatPeopleFault)

const known = (id: string, more: Partial<CurrentPerson> = {}): CurrentPerson => ({
  id: `p-${id}`,
  externalId: id,
  name: id.toUpperCase(),
  email: null,
  employment: { id: `e-${id}`, from: '2024-01-01', to: null },
  left: null,
  unit: null,
  productLines: [],
  manager: null,
  dotted: [],
  position: null,
  ...more,
})

test('headings are known in English and Chinese, whatever their case and signs', () => {
  expect(detectMapping(['Employee ID*', 'Full name', 'E-mail', 'Reports to', 'Hire Date'])).toEqual({
    ...{ id: 0, name: 1, email: 2, manager: 3, start: 4 },
  })
  expect(
    detectMapping(['工号', '姓名', '邮箱', '直属上级工号', '部门', '职级', '入职日期（年月日）', '备注']),
  ).toEqual({
    ...{ id: 0, name: 1, email: 2, manager: 3, department: 4, grade: 5, start: 6 },
  })
})

test.each([
  ['2026-03-31', false, '2026-03-31'],
  ['2026/3/1', false, '2026-03-01'],
  ['2026年3月31日', false, '2026-03-31'],
  ['45292', true, '2024-01-01'],
  ['45292', false, undefined],
  ['03/04/2026', false, undefined],
  ['2026-02-30', false, undefined],
])('%s (workbook: %s) is read as %s', (text, workbook, day) => expect(parseDay(text, workbook)).toBe(day))

test('a first file makes units, people and lines, managers below their reports included', () => {
  const {
    faults: none,
    changes,
    counts,
  } = plan(
    'id,name,email,manager,department,team,title,start\n' +
      '2,Ada,ada@example.com,1,Engineering,Storage,Engineer,2020-05-01\n1,Li Na,,,Engineering,,Head,2019-01-01\n',
  )
  expect(none).toEqual([])
  expect(counts).toMatchObject({ join: 2, 'new-unit': 2 })
  expect(changes).toContainEqual({
    ...{ kind: 'join', person: 'new1', row: 2, known: false, externalId: '2', name: 'Ada' },
    ...{ email: 'ada@example.com', from: '2020-05-01', to: null, placedFrom: DAY },
    placement: {
      ...{ unit: 'new4', productLines: [], manager: 'new2', dotted: [] },
      position: { externalId: null, title: 'Engineer', role: null, grade: null },
    },
  })
})

test('the same file again changes nothing; a moved row is a move and no more', () => {
  const people = [known('1'), known('2', { manager: 'p-1' }), known('3')]
  const same = plan('id,name,manager\n1,1,\n2,2,1\n3,3,\n', {
    people: people.map((one) => ({ ...one, name: one.externalId! })),
  })
  expect(same).toMatchObject({ faults: [], changes: [], unchanged: 3 })
  const moved = plan('id,name,manager\n2,2,3\n', {
    people: people.map((one) => ({ ...one, name: one.externalId! })),
  })
  expect(moved.changes).toEqual([
    { kind: 'manager', person: 'p-2', row: 2, from: DAY, before: 'p-1', after: 'p-3' },
  ])
})

test('columns that the file does not have leave everything as it is; an empty cell of one that it has clears it', () => {
  const people = [known('1'), known('2', { manager: 'p-1', unit: 'u', position: null })]
  expect(plan('id,name\n2,2\n', { people }).counts).toMatchObject({ manager: 0, unit: 0, name: 0 })
  expect(plan('id,name,manager\n2,2,\n', { people }).counts).toMatchObject({ manager: 1, unit: 0 })
})

test('leavers, rehires and corrections are told apart', () => {
  const people = [
    known('1', { name: '1' }),
    known('2', { name: '2', employment: null, left: '2025-07-01' }),
    known('3', { name: '3' }),
  ]
  const { changes, faults: none } = plan(
    'id,name,start,last day\n1,1,2023-06-01,\n2,2,2026-04-01,\n3,3,,2026-03-31\n',
    { people },
  )
  expect(none).toEqual([])
  expect(changes).toMatchObject([
    { kind: 'start', before: '2024-01-01', after: '2023-06-01' },
    { kind: 'rehire', person: 'p-2', from: '2026-04-01' },
    { kind: 'leave', person: 'p-3', from: '2026-04-01' },
  ])
})

test('a file that names everybody lets the others leave, and says whom they leave behind', () => {
  const people = [
    known('1', { name: '1' }),
    known('2', { name: '2' }),
    known('3', { name: '3', manager: 'p-2' }),
  ]
  expect(plan('id,name\n1,1\n', { people }, { missing: 'leave' }).counts.leave).toBe(2)
  expect(faults('id,name\n1,1\n3,3\n', { people }, { missing: 'leave' })).toEqual([
    'people.csv reports-left-behind: 2 (2) leaves on 2026-03-02, but 1 people report to them, among them 3 (3): give these another manager',
  ])
  expect(faults('id,name,manager\n1,1,\n3,3,1\n', { people }, { missing: 'leave' })).toEqual([])
})

test('all faults are listed at once, each with its place', () => {
  const csv = [
    'id,name,email,manager,start,last day,role',
    '1,Ada,ada@example,,2020-13-01,,',
    ',,,,,,',
    ',Nobody,,,,,',
    '2,,b@example.com,9,,,',
    '3,Cy,B@example.com,1,,,',
    '2,Bo,,1,,,architct',
    '4,Di,,1;2,2024-05-01,2024-04-01,',
    '5,Ed,,6,,,architct',
    '6,Fy,,5,,,Architekt',
    '7,Gu,,Ada,,,',
  ].join('\n')
  expect(faults(csv, { roles: [{ id: 'architect', names: ['Architect', 'Architekt'] }] })).toEqual([
    'people.csv:2:C bad-email: expected an e-mail address, got “ada@example”',
    'people.csv:2:E bad-date: expected a day as 2026-03-31, got “2020-13-01”',
    'people.csv:4:A missing-id: expected an id or an e-mail address, got neither',
    'people.csv:5:B missing-name: expected a name, got nothing',
    'people.csv:5:D unknown-manager: there is nobody with the id or address “9”',
    'people.csv:6:C duplicate-email: the address B@example.com stands in row 5 already: expected each address once',
    'people.csv:7:A duplicate-id: the person “2” stands in row 5 already: expected each person once',
    'people.csv:8:D two-managers: expected one manager for Di (4), got 1, 2: keep one, or map the other as dotted line',
    'people.csv:8:F end-before-start: expected a last day on or after the start 2024-05-01, got 2024-04-01',
    'people.csv:8:F leaves-before-joining: Di (4) leaves on 2024-04-01, before the day 2024-05-01 on which they joined',
    'people.csv:9:D reporting-loop: the reporting line runs in a circle (# is the row): Ed (5) #9 → Fy (6) #10 → Ed (5) #9',
    'people.csv:9:G unknown-role: the framework has no role “architct”; did you mean “architect”?',
    'people.csv:11:D unknown-manager: there is nobody with the id or address “Ada”: one person has that name, write 1',
  ])
})

test('a loop through people whom the file does not name is found', () => {
  const people = [known('1', { manager: 'p-2' }), known('2', { manager: 'p-3' }), known('3')]
  expect(faults('id,name,manager\n3,3,1\n', { people })).toEqual([
    'people.csv:2:C reporting-loop: the reporting line runs in a circle (# is the row): 3 (3) #2 → 1 (1) → 2 (2) → 3 (3) #2',
  ])
})

test('a person in two rows with two managers is told as that', () => {
  expect(faults('id,name,manager\n1,A,\n2,B,\n3,C,1\n3,C,2\n')).toEqual([
    'people.csv:5:C two-managers: expected one manager for C (3), got 1 (row 4), 2: keep one, or map the other as dotted line',
  ])
})

test('a manager who has left or starts later is no manager', () => {
  const people = [known('9', { employment: null, left: '2025-01-01' })]
  expect(faults('id,name,manager\n1,A,9\n', { people })[0]).toContain('manager-gone')
  expect(faults('id,name,manager,start\n1,A,2,2026-01-01\n2,B,,2026-09-01\n')[0]).toContain(
    'people.csv:2:C manager-gone',
  )
})

test('an address or id that belongs to somebody else is refused, never merged', () => {
  const people = [known('1', { email: 'a@example.com' }), known('2', { email: 'b@example.com' })]
  expect(faults('id,name,email\n1,A,b@example.com\n', { people })[0]).toContain('identity-conflict')
  expect(faults('id,name,email\n7,A,b@example.com\n', { people })[0]).toContain('email-taken')
})

test('somebody known by their address alone gets the id of the file', () => {
  const people = [known('x', { externalId: null, email: 'a@example.com', name: 'A' })]
  expect(plan('id,name,email\n7,A,A@example.com\n', { people }).changes).toMatchObject([
    { kind: 'email', after: 'A@example.com' },
    { kind: 'id', before: null, after: '7' },
  ])
})

test('units are found by path, by id or by a name that only one has; two of a name are a fault', () => {
  const unit = (id: string, name: string, parent: string | null) => ({
    ...{ id, externalId: null, kind: 'team' as const, name, parent },
  })
  const units = [
    unit('e', 'Engineering', null),
    unit('s', 'Sales', null),
    unit('e1', 'Tools', 'e'),
    unit('s1', 'Tools', 's'),
  ]
  const placed = (cell: string) => {
    const { changes } = plan(`id,name,team\n1,A,${cell}\n`, { units })
    const join = changes.find(({ kind }) => kind === 'join')
    return join?.kind === 'join' ? join.placement.unit : undefined
  }
  expect(placed('Sales / Tools')).toBe('s1')
  expect(placed('engineering > tools')).toBe('e1')
  expect(faults('id,name,team\n1,A,Tools\n', { units })).toEqual([
    'people.csv:2:C ambiguous-unit: 2 units are called “Tools”: write it with the unit above, as in “Engineering / Tools”',
  ])
})

test('two people in one position are a fault', () => {
  expect(faults('id,name,position id\n1,A,P1\n2,B,P1\n')[0]).toContain('people.csv:3:C position-twice')
})

test('a file without ids, addresses or names is refused as a whole', () => {
  expect(faults('colour,size\nred,1\n')).toEqual([
    'people.csv no-identity: expected a column with ids or e-mail addresses, got none: map one of them',
    'people.csv no-name-column: expected a column with names, got none: map it',
  ])
})

test('a workbook is read as well, day numbers included', () => {
  const cell = (at: string, text: string) =>
    /^\d+$/.test(text)
      ? `<c r="${at}"><v>${text}</v></c>`
      : `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
  const row = (number: number, cells: string[]) =>
    `<row r="${number}">${cells.map((text, at) => (text === '' ? '' : cell(`${'ABCDE'[at]}${number}`, text))).join('')}</row>`
  const sheet = `<worksheet><sheetData>${row(1, ['工号', '姓名', '上级', '入职日期'])}${row(2, ['1', '李娜', '', '45292'])}${row(3, ['2', '王伟', '1', '45293'])}</sheetData></worksheet>`
  const bytes = zipSync({
    'xl/workbook.xml': strToU8(
      '<workbook><sheets><sheet name="人员" sheetId="1" r:id="r1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
    ),
    'xl/worksheets/s.xml': strToU8(sheet),
  })
  const { tables } = readPeopleTables({ path: 'people.xlsx', bytes })
  const table = tables[0]!
  const read = runPlan(
    planPeopleImport(
      table,
      detectMapping(table.headings),
      { people: [], units: [], roles: [] },
      {
        ...{ day: DAY, missing: 'stay', newId: counter() },
      },
    ),
  )
  expect(read.faults).toEqual([])
  expect(read.changes).toMatchObject([
    { kind: 'join', name: '李娜', from: '2024-01-01' },
    { kind: 'join', name: '王伟', from: '2024-01-02', placement: { manager: 'new1' } },
  ])
})

test('whatever the cells hold, the plan ends and names its places inside of the file', () => {
  const cellText = fc.oneof(
    fc.constantFrom('', '1', '2', '3', 'a@b.example', '2026-01-01', '1;2', '/'),
    fc.string(),
  )
  fc.assert(
    fc.property(
      fc.array(fc.array(cellText, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 12 }),
      (cells) => {
        const headings = ['id', 'name', 'email', 'manager', 'team', 'product line', 'start', 'last day']
        const table = {
          ...{ file: 'x.csv', workbook: true, headings },
          rows: cells.map((row, index) => ({ row: index + 2, cells: row })),
        }
        const people = [known('1'), known('2', { manager: 'p-1' })]
        const result = runPlan(
          planPeopleImport(
            table,
            detectMapping(headings),
            { people, units: [], roles: [] },
            {
              ...{ day: DAY, missing: 'leave', newId: counter() },
            },
          ),
        )
        for (const { row } of result.faults)
          expect(row === null || (row >= 2 && row < cells.length + 2)).toBe(true)
      },
    ),
    { seed: 21, numRuns: process.env['RUNGS_VERIFY'] ? 20_000 : 400 },
  )
})

test('20,000 rows are read and planned within seconds, with progress', () => {
  const lines = ['id,name,email,manager,department,team,title,grade,start']
  for (let at = 1; at <= 20_000; at++)
    lines.push(
      `${at},Person ${at},p${at}@example.com,${at === 1 ? '' : Math.max(1, Math.floor(at / 8))},D${at % 40},T${at % 900},Engineer,P${at % 7},2020-01-0${(at % 9) + 1}`,
    )
  const started = performance.now()
  const table = tableOf(lines.join('\n'))
  const heard: number[] = []
  const result = runPlan(
    planPeopleImport(
      table,
      detectMapping(table.headings),
      { people: [], units: [], roles: [] },
      {
        ...{ day: DAY, missing: 'stay', newId: counter() },
      },
    ),
    ({ done }) => heard.push(done),
  )
  expect(result.faults).toEqual([])
  expect(result.counts.join).toBe(20_000)
  expect(heard.length).toBeGreaterThan(70)
  expect(heard.at(-1)).toBe(40_000)
  // It takes about a second on a quiet machine; the bound catches what is not linear.
  expect(performance.now() - started).toBeLessThan(10_000)
})
