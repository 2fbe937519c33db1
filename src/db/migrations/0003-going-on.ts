// What a finished assessment is gone on with beside its mode, and how many answers there were then.
import { type Kysely, sql } from 'kysely'

const COLUMNS = `
ALTER TABLE assessment
  ADD COLUMN asking_role text,
  ADD COLUMN asking_variant text,
  ADD COLUMN asking_competency text,
  ADD COLUMN answered_before integer CHECK (answered_before >= 0),
  ADD CHECK (asking_role IS NULL OR asking_competency IS NULL),
  ADD CHECK (asking_variant IS NULL OR asking_role IS NOT NULL);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(COLUMNS).execute(db)
}
