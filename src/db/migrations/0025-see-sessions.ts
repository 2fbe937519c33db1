// An owner sees where somebody of their organisation is signed in, before signing them out.
import { type Kysely, sql } from 'kysely'

/** Never the token, and no network address: what tells one sign-in from another is enough. */
const SESSIONS = `
CREATE FUNCTION sessions_of(account text)
  RETURNS TABLE (begun timestamptz, seen timestamptz, agent text)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE before text := coalesce(current_setting('app.maintenance', true), '');
BEGIN
  IF NOT public.has_role('owner') THEN RAISE EXCEPTION 'only an owner sees sessions' USING ERRCODE = '42501'; END IF;
  PERFORM set_config('app.maintenance', 'on', true);
  RETURN QUERY
    SELECT s."createdAt", s."updatedAt", s."userAgent" FROM sign_in."session" s
    WHERE s."expiresAt" > now() AND s."userId" IN (
      SELECT m.account_id FROM public.membership m
      WHERE m.organisation_id = public.app_organisation() AND m.account_id = account AND m.ended_at IS NULL)
    ORDER BY s."updatedAt" DESC LIMIT 100;
  PERFORM set_config('app.maintenance', before, true);
END $$;
REVOKE EXECUTE ON FUNCTION sessions_of(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sessions_of(text) TO rungs_request;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(SESSIONS).execute(db)
}
