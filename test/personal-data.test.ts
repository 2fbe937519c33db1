// Every column of the database is either described as personal, with what becomes of it, or listed as not personal.
import { expect, test } from 'vitest'
import { NOT_PERSONAL, PERSONAL_DATA } from '../src/db/personal-data.ts'
import { createTestDatabase } from './database.ts'

const { owner } = await createTestDatabase()
const { rows } = await owner.pool.query<{ name: string; column: string; nullable: boolean }>(
  `select case table_schema when 'public' then table_name else table_schema || '.' || table_name end as name,
     column_name as column, is_nullable = 'YES' as nullable
   from information_schema.columns where table_schema in ('public', 'sign_in', 'mail')
     and table_name not like 'rungs_migration%'`,
)
const described = new Map(PERSONAL_DATA.map((each) => [each.table, each]))

test('each column is described exactly once', () => {
  const open = rows
    .filter(({ column }) => column !== 'organisation_id')
    .filter(({ name, column }) => {
      const others = NOT_PERSONAL[name]
      const personal = described.get(name)?.columns[column] !== undefined
      const not = others === 'all' || (others?.includes(column) ?? false)
      return personal === not
    })
    .map(({ name, column }) => `${name}.${column}`)
  expect(open, 'describe them in src/db/personal-data.ts').toEqual([])
})

test('nothing is described that is not there', () => {
  const there = new Set(rows.map(({ name, column }) => `${name}.${column}`))
  const names = [
    ...PERSONAL_DATA.flatMap((each) => Object.keys(each.columns).map((column) => `${each.table}.${column}`)),
    ...PERSONAL_DATA.flatMap((each) => each.of.map((column) => `${each.table}.${column}`)),
  ]
  expect(names.filter((name) => !there.has(name))).toEqual([])
})

test('what erasure empties may be empty, and every reference to a person is an id that the table is searched by', async () => {
  const nullable = new Set(rows.filter((row) => row.nullable).map(({ name, column }) => `${name}.${column}`))
  for (const { table, columns } of PERSONAL_DATA)
    for (const [column, { erasure }] of Object.entries(columns))
      if (erasure === 'emptied') expect(nullable, `${table}.${column}`).toContain(`${table}.${column}`)
  const references = await owner.pool.query<{ name: string; column: string }>(
    `select c.conrelid::regclass::text as name, a.attname as column
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
     where c.contype = 'f' and c.confrelid = 'person'::regclass and a.attname <> 'organisation_id'`,
  )
  expect(references.rows.length).toBeGreaterThan(30)
  for (const { name, column } of references.rows)
    expect(described.get(name)?.of, `${name}.${column}`).toContain(column)
})
