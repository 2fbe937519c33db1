// A result is closed to those whose own answers are in it, by whatever right it is opened to them.
import { type Kysely, sql } from 'kysely'
import { ROUND_RATERS } from '../policies/round-raters.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(ROUND_RATERS).execute(db)
}
