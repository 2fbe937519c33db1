// Scheduled work has no need of the org chart, and reads it no more: src/db/grants.ts takes the right, this its policies.
import { type Kysely, sql } from 'kysely'

const TABLES = [
  ...['unit', 'unit_record', 'unit_membership', 'position', 'position_record', 'position_holder'],
  'reporting_line',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) await sql.raw(`DROP POLICY jobs_read ON ${table}`).execute(db)
}
