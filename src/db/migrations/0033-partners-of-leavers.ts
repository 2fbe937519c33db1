// Whoever belongs to no unit any more stays with the people partners of the unit that they belonged to last.
import { type Kysely, sql } from 'kysely'
import { PARTNERS_OF_LEAVERS } from '../policies/partners-of-leavers.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(PARTNERS_OF_LEAVERS).execute(db)
}
