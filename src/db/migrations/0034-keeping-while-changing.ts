// A people partner of a unit lets its people leave, and moves them among its units: the rights hold until the change is whole.
import { type Kysely, sql } from 'kysely'
import { KEEPING_WHILE_CHANGING } from '../policies/keeping-while-changing.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(KEEPING_WHILE_CHANGING).execute(db)
}
