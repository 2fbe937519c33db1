// Functions of the tables' owner look past row security before they read anything: the owner need not be a superuser.
import { type Kysely, sql } from 'kysely'

/**
 * As they were, but for the order: what they asked first (who is to be erased, whether an owner asks) was hidden from
 * themselves by row security where the owner of the tables is none. Accounts then stayed, and sessions could not be ended.
 */
const FUNCTIONS = `
CREATE OR REPLACE FUNCTION erase_accounts(asked uuid) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.maintenance', true), '');
  erased integer := 0;
BEGIN
  PERFORM set_config('app.maintenance', 'on', true);
  IF public.is_to_be_erased(asked) THEN
    DELETE FROM sign_in."user" u
    WHERE u.id IN (
        SELECT m.account_id FROM public.membership m
        WHERE m.organisation_id = public.app_organisation() AND m.person_id = asked)
      AND NOT EXISTS (
        SELECT 1 FROM public.membership o
        WHERE o.account_id = u.id AND o.ended_at IS NULL
          AND (o.organisation_id, o.person_id) <> (public.app_organisation(), asked));
    GET DIAGNOSTICS erased = ROW_COUNT;
  END IF;
  PERFORM set_config('app.maintenance', before, true);
  RETURN erased;
END $$;

CREATE OR REPLACE FUNCTION end_sessions(account text) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.maintenance', true), '');
  ended integer;
BEGIN
  PERFORM set_config('app.maintenance', 'on', true);
  IF NOT public.has_role('owner') THEN RAISE EXCEPTION 'only an owner ends sessions' USING ERRCODE = '42501'; END IF;
  DELETE FROM sign_in."session" s WHERE s."userId" IN (
    SELECT m.account_id FROM public.membership m
    WHERE m.organisation_id = public.app_organisation() AND m.account_id = account);
  GET DIAGNOSTICS ended = ROW_COUNT;
  PERFORM set_config('app.maintenance', before, true);
  RETURN ended;
END $$;

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
  await sql.raw(FUNCTIONS).execute(db)
}
