// Where somebody is signed in: the tables' owner looks past row security before it asks who asks; it need not be a superuser.
import { type Kysely, sql } from 'kysely'

const SESSIONS = `
CREATE OR REPLACE FUNCTION sessions_of(account text)
  RETURNS TABLE (begun timestamptz, seen timestamptz, agent text)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE before text := coalesce(current_setting('app.maintenance', true), '');
BEGIN
  PERFORM set_config('app.maintenance', 'on', true);
  IF NOT public.has_role('owner') THEN RAISE EXCEPTION 'only an owner sees sessions' USING ERRCODE = '42501'; END IF;
  RETURN QUERY
    SELECT s."createdAt", s."updatedAt", s."userAgent" FROM sign_in."session" s
    WHERE s."expiresAt" > now() AND s."userId" IN (
      SELECT m.account_id FROM public.membership m
      WHERE m.organisation_id = public.app_organisation() AND m.account_id = account AND m.ended_at IS NULL)
    ORDER BY s."updatedAt" DESC LIMIT 100;
  PERFORM set_config('app.maintenance', before, true);
END $$;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(SESSIONS).execute(db)
}
