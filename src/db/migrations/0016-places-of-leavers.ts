// The job that keeps privacy ends the places of people who have left, and of nobody else.
import { type Kysely, sql } from 'kysely'

const POLICIES = `
CREATE POLICY jobs_end_of_leavers ON membership FOR UPDATE TO rungs_job
  USING (has_left(organisation_id, person_id, app_today())) WITH CHECK (ended_at IS NOT NULL);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(POLICIES).execute(db)
}
