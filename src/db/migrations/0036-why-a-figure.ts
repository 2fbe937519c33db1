// What a figure of a round rests on: how many answers, how much the other competencies say, and what one person said by name.
import { sql, type Kysely } from 'kysely'

/**
 * What was answered stands with one person alone: somebody about themselves, or the manager whom the rule names. Rounds of
 * before have none of it.
 */
const WHY = `
ALTER TABLE round_result
  ADD COLUMN answers integer CHECK (answers > 0),
  ADD COLUMN leans_share double precision CHECK (leans_share >= 0 AND leans_share <= 1),
  ADD COLUMN answered integer[] CHECK (answered IS NULL
    OR (cardinality(answered) = 3 AND raters = 1 AND cardinality(kinds) = 1)),
  ADD COLUMN misplaced boolean NOT NULL DEFAULT false;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(WHY).execute(db)
}
