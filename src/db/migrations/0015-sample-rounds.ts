// The sample organisation has assessments and rounds, and goes with all of them.
import { type Kysely, sql } from 'kysely'
import { SAMPLE_FUNCTIONS } from '../policies/sample.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(SAMPLE_FUNCTIONS).execute(db)
}
