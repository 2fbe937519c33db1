// Puts the tables of a backup into a database: all of them, proven equal, or none.
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { RungsError } from '../../platform/errors.ts'
import { kyselyOnClient } from './kysely-on-client.ts'
import { migrations } from '../migrations/all.ts'
import { assertSeesAll } from '../owner-sight.ts'
import {
  listTables,
  nameOf,
  quote,
  SCHEMAS,
  TEXT_SETTINGS,
  writeStatement,
  type BackedTable,
} from './catalogue.ts'
import { readTable, type TableSum } from './dump-tables.ts'

export interface TableLoader {
  /** Opens a table; throws a RungsError where this shape does not have it or its columns. */
  begin(schema: string, name: string, columns: readonly string[]): Promise<void>
  bytes(bytes: Buffer): Promise<void>
  /** Closes it; throws a RungsError where what is there now is not what the backup counted. */
  end(expected: TableSum): Promise<void>
}

/** How many tables of ours the database has. */
export async function countTables(client: pg.ClientBase): Promise<number> {
  return (await listTables(client)).length
}

/**
 * Makes the shape that the backup was made with (its migrations), lets `load` fill it, then puts keys and triggers back:
 * in one transaction, so that a fault leaves the database as it was. `replace` drops what is there first.
 */
export async function loadTables(
  client: pg.ClientBase,
  options: { migrations: readonly string[]; replace: boolean },
  load: (loader: TableLoader) => Promise<void>,
  prove: () => Promise<void> = async () => undefined,
): Promise<void> {
  await client.query('begin')
  try {
    await client.query(TEXT_SETTINGS)
    if (options.replace) await dropAll(client)
    await makeShape(client, options.migrations)
    const tables = await listTables(client)
    const restoreKeys = await setKeysAside(client, tables)
    await load(loaderOf(client, tables))
    await setSequences(client)
    for (const statement of restoreKeys) await client.query(statement)
    await assertSeesAll(client)
    await prove()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

async function dropAll(client: pg.ClientBase): Promise<void> {
  const tables = await listTables(client)
  if (tables.length > 0) await client.query(`drop table ${tables.map(nameOf).join(', ')} cascade`)
  const { rows } = await client.query<{ name: string }>(
    `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'public' and pg_get_userbyid(p.proowner) = current_user
       and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  )
  for (const { name } of rows) await client.query(`drop routine if exists ${name} cascade`)
  await client.query('drop schema if exists sign_in, mail, work cascade')
}

/** Runs the migrations that the backup knew, no more: what came later then runs on its rows. */
async function makeShape(client: pg.ClientBase, names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => migrations[name] === undefined)
  if (unknown !== undefined)
    throw new RungsError(
      'invalid',
      `The backup is of a newer version of Rungs: this one does not know ${unknown}.`,
    )
  const db = kyselyOnClient(client)
  for (const name of names) await migrations[name]?.up(db)
  await client.query(
    'create table public.rungs_migration (name varchar(255) primary key, timestamp varchar(255) not null)',
  )
  await client.query(
    'create table public.rungs_migration_lock (id varchar(255) primary key, is_locked integer not null default 0)',
  )
}

/** Empties the tables and opens them for loading; returns the statements that close them again. */
async function setKeysAside(client: pg.ClientBase, tables: readonly BackedTable[]): Promise<string[]> {
  const names = tables.map(nameOf)
  const { rows: keys } = await client.query<{ place: string; name: string; definition: string }>(
    `select conrelid::regclass::text as place, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conparentid = 0 and conrelid = any ($1::regclass[]) order by 1, 2`,
    [names],
  )
  const { rows: forced } = await client.query<{ place: string }>(
    'select oid::regclass::text as place from pg_class where relforcerowsecurity and oid = any ($1::regclass[])',
    [names],
  )
  for (const { place, name } of keys)
    await client.query(`alter table ${place} drop constraint ${quote(name)}`)
  // The rows passed the triggers when they were written.
  for (const name of names) await client.query(`alter table ${name} disable trigger user`)
  for (const { place } of forced) await client.query(`alter table ${place} no force row level security`)
  await client.query(`truncate ${names.join(', ')}`)
  return [
    ...keys.map(
      ({ place, name, definition }) => `alter table ${place} add constraint ${quote(name)} ${definition}`,
    ),
    ...names.map((name) => `alter table ${name} enable trigger user`),
    ...forced.map(({ place }) => `alter table ${place} force row level security`),
  ]
}

function loaderOf(client: pg.ClientBase, tables: readonly BackedTable[]): TableLoader {
  let table: BackedTable | undefined
  let stream: Writable | undefined
  let failed: Error | undefined
  return {
    begin: async (schema, name, columns) => {
      const found = tables.find((each) => each.schema === schema && each.name === name)
      const missing = columns.find((column) => found?.columns.includes(column) !== true)
      if (!found || missing !== undefined || found.columns.length !== columns.length)
        throw new RungsError(
          'invalid',
          `The backup's table ${schema}.${name} is not of the shape of its migrations.`,
        )
      table = { ...found, columns: [...columns] }
      stream = client.query(copyFrom(writeStatement(table)))
      failed = undefined
      stream.on('error', (error) => (failed = error))
    },
    bytes: async (bytes) => {
      if (failed) throw failed
      if (stream?.write(bytes) === false) await once(stream, 'drain')
    },
    end: async (expected) => {
      if (!table || !stream) throw new RungsError('invalid', 'The backup ends a table that it did not begin.')
      if (failed) throw failed
      const done = once(stream, 'finish')
      stream.end()
      await done
      const now = await readTable(client, table)
      if (now.rows !== expected.rows || now.sha256 !== expected.sha256)
        throw new RungsError(
          'invalid',
          `${table.schema}.${table.name} is not what was backed up: ${now.rows} rows, expected ${expected.rows}.`,
        )
      table = undefined
    },
  }
}

/** Numbers that the database gives go on after the highest that is there. */
async function setSequences(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ sequence: string; place: string; column: string }>(
    `select d.objid::regclass::text as sequence, d.refobjid::regclass::text as place, a.attname as column
     from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
     join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
     where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
       and s.relnamespace::regnamespace::text = any ($1)`,
    [SCHEMAS],
  )
  for (const { sequence, place, column } of rows)
    await client.query(
      `select setval($1::regclass, coalesce(max(${quote(column)}), 0) + 1, false) from ${place}`,
      [sequence],
    )
}
