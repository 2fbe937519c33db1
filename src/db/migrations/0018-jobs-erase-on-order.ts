// Scheduled work orders an erasure only where it may: of leavers kept beyond the rule, and again after a restore.
import { type Kysely, sql } from 'kysely'

const POLICIES = `
-- Somebody who left longer ago than the organisation keeps leavers, in every employment that they had.
CREATE FUNCTION is_kept_too_long(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce((
    SELECT bool_and(coalesce(e.valid_to <= app_today() - kept_days('leavers'), false)) FROM employment e
    WHERE e.organisation_id = app_organisation() AND e.person_id = asked AND e.corrected_at IS NULL), false);
END $$;

DROP POLICY jobs_do ON erasure;
CREATE POLICY jobs_find ON erasure FOR SELECT TO rungs_job USING (true);
CREATE POLICY jobs_order ON erasure FOR INSERT TO rungs_job
  WITH CHECK (ordered_by IS NULL AND done_at IS NULL
    AND (replay_of <= app_now() OR (replay_of IS NULL AND is_kept_too_long(person_id) AND NOT is_held(person_id))));
CREATE POLICY jobs_finish ON erasure FOR UPDATE TO rungs_job
  USING (is_to_be_erased(person_id)) WITH CHECK (done_at = app_now());
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(POLICIES).execute(db)
}
