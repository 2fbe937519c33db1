// Writes the small world of the tests of row security into a database.
import type pg from 'pg'
import { LINK_ROWS, LINK_ROWS_B, sampleRowsOf } from './world-links.ts'
import { goneSaidIn, privacyRowsOf } from './world-privacy.ts'
import { roundRowsOf } from './world-rounds.ts'
import { A, B, MORE, MORE_B, NOW, rowsOf, type Row } from './world.ts'

/** Fills an empty migrated database; the client must be allowed to see and write every row. */
export async function buildWorld(client: pg.ClientBase): Promise<void> {
  const insert = async (table: string, row: Row) => {
    const names = Object.keys(row)
    const places = names.map((_, index) => `$${index + 1}`).join(', ')
    await client.query(`insert into ${table} (${names.join(', ')}) values (${places})`, Object.values(row))
  }
  for (const id of [A, B]) await insert('organisation', { id, name: id === A ? 'A' : 'B', created_at: NOW })
  for (const [id, rows] of [
    [A, [...rowsOf(A), ...MORE, ...LINK_ROWS, ...sampleRowsOf(A), ...privacyRowsOf(A)]],
    [B, [...rowsOf(B), ...MORE_B, ...LINK_ROWS_B, ...sampleRowsOf(B), ...privacyRowsOf(B)]],
  ] as const)
    for (const [table, row] of rows) await insert(table, { organisation_id: id, ...row })
  // Triggers hold rounds to their course: here they are written as they are in the middle of it.
  await client.query('set session_replication_role = replica')
  for (const id of [A, B])
    for (const [table, row] of [...roundRowsOf(id), ...goneSaidIn(id)])
      await insert(table, { organisation_id: id, ...row })
  await client.query('set session_replication_role = origin')
}
