// Whether somebody keeps the organisation is asked for every row of an import: with one look at their roles, not two.
import { type Kysely, sql } from 'kysely'

const KEEPS = `
-- Whoever keeps the organisation as a whole: its owner, and people partners of all of it.
CREATE OR REPLACE FUNCTION keeps_organisation() RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM role_grant g
    WHERE g.organisation_id = app_organisation() AND g.person_id = app_person()
      AND (g.role = 'owner' OR (g.role = 'people-partner' AND g.unit_id IS NULL))
      AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > app_now()));
END $$;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(KEEPS).execute(db)
}
