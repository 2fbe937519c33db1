// Whoever runs the machine may take a lost owner's account away in the moment in which they make a new link for the owner.
import { type Kysely, sql } from 'kysely'

const FUNCTION = `
CREATE OR REPLACE FUNCTION keep_an_owner() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.maintenance', true), '');
  lost boolean := false;
BEGIN
  PERFORM set_config('app.maintenance', 'on', true);
  IF (TG_TABLE_NAME = 'role_grant' OR EXISTS (
      SELECT 1 FROM public.role_grant g
      WHERE g.organisation_id = NEW.organisation_id AND g.person_id = NEW.person_id AND g.role = 'owner'
        AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > now())))
    AND (TG_TABLE_NAME = 'erasure' OR NOT EXISTS (
      SELECT 1 FROM public.erasure e
      WHERE e.organisation_id = NEW.organisation_id AND e.person_id = NEW.person_id))
  THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('rights ' || NEW.organisation_id, 0));
    lost := NOT public.has_lasting_owner(NEW.organisation_id)
      -- A link that this very transaction made leads the same person back in; only the owner of the tables makes one.
      AND NOT (TG_TABLE_NAME = 'membership' AND EXISTS (
        SELECT 1 FROM public.owner_link l
        WHERE l.organisation_id = NEW.organisation_id AND l.person_id = NEW.person_id AND l.made_at = now()));
  END IF;
  PERFORM set_config('app.maintenance', before, true);
  IF lost THEN RAISE EXCEPTION 'an organisation keeps an owner' USING ERRCODE = 'RG001'; END IF;
  RETURN NULL;
END $$;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(FUNCTION).execute(db)
}
