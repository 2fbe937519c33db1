// Answers that a new assessment takes over from earlier ones say where they were given.
import { type Kysely, sql } from 'kysely'

/** No foreign key: the answer stays true when the assessment that it was given in has been deleted since. */
const COLUMN = `
ALTER TABLE response
  ADD COLUMN carried_from uuid,
  ADD CHECK (carried_from IS NULL OR (kind = 'answer' AND carried_from <> assessment_id));
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(COLUMN).execute(db)
}
