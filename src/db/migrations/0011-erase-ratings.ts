// What an erased person said of others, and what others said of them, is deleted; published results stay as they are.
import { type Kysely, sql } from 'kysely'

const POLICIES = `
CREATE FUNCTION is_about_erased(sheet uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM round_rater s
    WHERE s.organisation_id = app_organisation() AND s.id = sheet AND is_to_be_erased(s.subject_id));
END $$;
CREATE POLICY jobs_find_to_erase ON rating FOR SELECT TO rungs_job
  USING (is_to_be_erased(rater_id) OR is_about_erased(sheet_id));
CREATE POLICY jobs_erase_delete ON rating FOR DELETE TO rungs_job
  USING (is_to_be_erased(rater_id) OR is_about_erased(sheet_id));
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(POLICIES).execute(db)
}
