// Migrations: in order, once, by one process at a time, and refused for a database of a newer Rungs.
import { sql } from 'kysely'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../test/database.ts'
import { createLog } from '../platform/log.ts'
import { packageRoot } from '../platform/package-root.ts'
import { connect } from './connect.ts'
import { migrate, type ForwardMigration } from './migrate.ts'
import { migrations } from './migrations/all.ts'

const { owner: database, url } = await createTestDatabase()
const slow: ForwardMigration = {
  up: async (db) => {
    await sql`create table slow_migration as select 1 as one from pg_sleep(0.3)`.execute(db)
  },
}
const failing: ForwardMigration = {
  up: async (db) => {
    await sql`create table half_done (one int)`.execute(db)
    await sql`select 1 / 0`.execute(db)
  },
}
const tables = async (name: string) =>
  (await sql`select 1 from pg_tables where tablename = ${name}`.execute(database.db)).rows.length

test('a migrated database has nothing left to run', async () => {
  expect(await migrate(database.db)).toEqual([])
})

test('every file of migrations/ is listed under its own name, in order', () => {
  const files = readdirSync(join(packageRoot, 'src/db/migrations')).filter((file) =>
    /^\d{4}-.*\.ts$/.test(file),
  )
  expect(Object.keys(migrations)).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort())
})

test('a migration that fails leaves nothing behind and says which it was', async () => {
  await expect(migrate(database.db, { ...migrations, '9000-failing': failing })).rejects.toThrow(
    'Migration 9000-failing failed: division by zero.',
  )
  expect(await tables('half_done')).toBe(0)
})

test('of two processes at once one runs a migration and the other waits', async () => {
  const other = connect({ connectionString: url }, createLog('silent'))
  const all = { ...migrations, '9001-slow': slow }
  const ran = await Promise.all([migrate(database.db, all), migrate(other.db, all)])
  expect(ran.flat()).toEqual(['9001-slow'])
  expect(await tables('slow_migration')).toBe(1)
  await other.close()
})

test('a database of a newer Rungs is refused', async () => {
  await expect(migrate(database.db)).rejects.toThrow(
    /^The database does not fit this version of Rungs: .*9001-slow/,
  )
})

test('int8 is a number, and one beyond the safe range is refused', async () => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from organisation`.execute(
    database.db,
  )
  expect(rows[0]?.count).toBeTypeOf('number')
  await expect(sql`select 9007199254740993::int8 as big`.execute(database.db)).rejects.toThrow(
    /out of the safe range/,
  )
})

test('people of before the migration that keeps words to find them by have theirs after it', async () => {
  const name = `rungs_before_${process.pid}`
  await database.pool.query(`create database ${name}`)
  const before = new URL(url)
  before.pathname = `/${name}`
  const old = connect({ connectionString: before.href }, createLog('silent'))
  try {
    const words = Object.keys(migrations).indexOf('0031-person-words')
    await migrate(old.db, Object.fromEntries(Object.entries(migrations).slice(0, words)))
    const id = '11111111-1111-4111-8111-111111111111'
    const maintained = (statement: string) =>
      old.pool.query(`begin; set local app.maintenance = 'on'; ${statement}; commit`)
    await maintained(`insert into organisation (id, created_at) values ('${id}', now());
      insert into person (organisation_id, id, name, external_id, created_at) values ('${id}', '${id}', 'Renée Li', 'x7', now())`)
    await migrate(old.db)
    await maintained('create table seen as select array_agg(word order by word) as words from person_word')
    const { rows } = await old.pool.query<{ words: string[] }>('select words from seen')
    expect(rows[0]!.words).toEqual(['7', 'li', 'renee', 'x7'])
  } finally {
    await old.close()
    await database.pool.query(`drop database if exists ${name} with (force)`)
  }
})
