// Whoever belongs to no unit any more stays with the people partners of the unit that they belonged to last.
import { type Kysely, sql } from 'kysely'
import { KEEPS_PERSON, PARTNERS_OF_LEAVERS } from '../policies/partners-of-leavers.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [PARTNERS_OF_LEAVERS, KEEPS_PERSON]) await sql.raw(part).execute(db)
}
