// Reads every table as it was in one moment.
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { assertSeesAll } from '../owner-sight.ts'
import { listTables, nameOf, readStatement, TEXT_SETTINGS, type BackedTable } from './catalogue.ts'

/** What a table held: its rows, and SHA-256 of their text in the order of their keys. */
export interface TableSum {
  rows: number
  sha256: string
}

export interface DumpSink {
  table(table: BackedTable): Promise<void>
  bytes(bytes: Buffer): Promise<void>
  end(table: BackedTable, sum: TableSum): Promise<void>
}

/**
 * Gives all tables to `sink`, one after the other, in one transaction that sees one moment and writes nothing. `client`
 * is the owner's, without pipeline. Throws a RungsError where row security hides any of them from it.
 */
export async function dumpTables(client: pg.ClientBase, sink: DumpSink): Promise<void> {
  await client.query('start transaction isolation level repeatable read, read only')
  try {
    await client.query(TEXT_SETTINGS)
    await assertSeesAll(client)
    for (const table of await listTables(client)) {
      await sink.table(table)
      await sink.end(table, await readTable(client, table, (bytes) => sink.bytes(bytes)))
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** Reads one table within a transaction that has the text settings. */
export async function readTable(
  client: pg.ClientBase,
  table: BackedTable,
  use: (bytes: Buffer) => Promise<void> = async () => undefined,
): Promise<TableSum> {
  const hash = createHash('sha256')
  const stream = client.query(copyTo(readStatement(table)))
  let rows = 0
  for await (const bytes of stream as AsyncIterable<Buffer>) {
    hash.update(bytes)
    // A newline within a value is written as \n: each byte 10 ends a row.
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) rows += 1
    await use(bytes)
  }
  return { rows, sha256: hash.digest('hex') }
}

/** The migrations that had run, in their order; none where the database is empty. */
export async function listMigrations(client: pg.ClientBase): Promise<string[]> {
  const { rows: found } = await client.query<{ there: boolean }>(
    "select to_regclass('public.rungs_migration') is not null as there",
  )
  if (found[0]?.there !== true) return []
  const table = nameOf({ schema: 'public', name: 'rungs_migration' })
  const { rows } = await client.query<{ name: string }>(`select name from ${table} order by name`)
  return rows.map(({ name }) => name)
}
