// When an account's place ends: with the person's last day of work, or when it is ended; and that an owner always stays.

/** Where the owner of the tables looks past row security in a function: only a superuser may write the setting in its head. */
const asOwner = (body: string) => `
  PERFORM set_config('app.maintenance', 'on', true);
${body}
  PERFORM set_config('app.maintenance', before, true);`
const BEFORE = `before text := coalesce(current_setting('app.maintenance', true), '');`

export const LEAVING = `
-- Somebody who worked here, and on this day does so no more. Whoever never worked here, or does not yet, has not left.
CREATE FUNCTION has_left(organisation uuid, asked uuid, day date) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM employment e
    WHERE e.organisation_id = organisation AND e.person_id = asked AND e.corrected_at IS NULL AND e.valid_to <= day)
  AND NOT EXISTS (
    SELECT 1 FROM employment e
    WHERE e.organisation_id = organisation AND e.person_id = asked AND e.corrected_at IS NULL
      AND e.valid_from <= day AND (e.valid_to IS NULL OR e.valid_to > day));
END $$;

-- Where an account may act at this moment, in the order in which it joined. The only way from an account to a person.
CREATE FUNCTION sign_in.places(account text, moment timestamptz)
  RETURNS TABLE (organisation uuid, organisation_name text, person uuid, today date)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE ${BEFORE}
BEGIN${asOwner(`
  RETURN QUERY
    SELECT m.organisation_id, o.name, m.person_id, (moment AT TIME ZONE o.time_zone)::date
    FROM public.membership m
    JOIN public.organisation o ON o.id = m.organisation_id
    JOIN public.person p ON p.organisation_id = m.organisation_id AND p.id = m.person_id
    WHERE m.account_id = account AND m.ended_at IS NULL AND p.erased_at IS NULL
      AND NOT public.has_left(m.organisation_id, m.person_id, (moment AT TIME ZONE o.time_zone)::date)
    ORDER BY m.joined_at, m.organisation_id;`)}
END $$;
REVOKE EXECUTE ON FUNCTION sign_in.places(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sign_in.places(text, timestamptz) TO rungs_sign_in;

-- A place that ends takes the account's sessions with it, and its keys where they open nothing else.
CREATE FUNCTION sign_in.close_account() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE ${BEFORE}
BEGIN${asOwner(`
  DELETE FROM sign_in."session" s WHERE s."userId" = NEW.account_id;
  DELETE FROM sign_in."apikey" k WHERE k."referenceId" = NEW.account_id AND NOT EXISTS (
    SELECT 1 FROM public.membership m WHERE m.account_id = NEW.account_id AND m.ended_at IS NULL);`)}
  RETURN NULL;
END $$;
CREATE TRIGGER close_account AFTER UPDATE OF ended_at ON membership FOR EACH ROW
  WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION sign_in.close_account();

-- An owner without an end: whose role has none, who is not on the way out, and who can sign in where people have.
CREATE FUNCTION has_lasting_owner(organisation uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM role_grant g
    JOIN person p ON p.organisation_id = g.organisation_id AND p.id = g.person_id
    WHERE g.organisation_id = organisation AND g.role = 'owner' AND g.revoked_at IS NULL AND g.until IS NULL
      AND p.erased_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM erasure e WHERE e.organisation_id = g.organisation_id AND e.person_id = g.person_id)
      AND (
        NOT EXISTS (SELECT 1 FROM membership m WHERE m.organisation_id = g.organisation_id)
        OR EXISTS (
          SELECT 1 FROM membership m
          WHERE m.organisation_id = g.organisation_id AND m.person_id = g.person_id AND m.ended_at IS NULL))
      AND (
        NOT EXISTS (
          SELECT 1 FROM employment e
          WHERE e.organisation_id = g.organisation_id AND e.person_id = g.person_id AND e.corrected_at IS NULL)
        OR EXISTS (
          SELECT 1 FROM employment e
          WHERE e.organisation_id = g.organisation_id AND e.person_id = g.person_id AND e.corrected_at IS NULL
            AND e.valid_to IS NULL)));
END $$;

-- At the end of a transaction that took something from an owner, another one must be left. One at a time: two owners do
-- not take each other's place in the same moment. Whoever is being erased is no owner any more; their order was looked at.
CREATE FUNCTION keep_an_owner() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ${BEFORE}
  lost boolean := false;
BEGIN${asOwner(`
  IF (TG_TABLE_NAME = 'role_grant' OR EXISTS (
      SELECT 1 FROM public.role_grant g
      WHERE g.organisation_id = NEW.organisation_id AND g.person_id = NEW.person_id AND g.role = 'owner'
        AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > now())))
    AND (TG_TABLE_NAME = 'erasure' OR NOT EXISTS (
      SELECT 1 FROM public.erasure e
      WHERE e.organisation_id = NEW.organisation_id AND e.person_id = NEW.person_id))
  THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('rights ' || NEW.organisation_id, 0));
    lost := NOT public.has_lasting_owner(NEW.organisation_id);
  END IF;`)}
  IF lost THEN RAISE EXCEPTION 'an organisation keeps an owner' USING ERRCODE = 'RG001'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keep_an_owner AFTER UPDATE OF revoked_at ON role_grant DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.role = 'owner' AND OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
  EXECUTE FUNCTION keep_an_owner();
CREATE CONSTRAINT TRIGGER keep_an_owner AFTER UPDATE OF ended_at ON membership DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION keep_an_owner();
CREATE CONSTRAINT TRIGGER keep_an_owner AFTER INSERT OR UPDATE ON employment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.valid_to IS NOT NULL OR NEW.corrected_at IS NOT NULL) EXECUTE FUNCTION keep_an_owner();
CREATE CONSTRAINT TRIGGER keep_an_owner AFTER INSERT ON erasure DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.replay_of IS NULL) EXECUTE FUNCTION keep_an_owner();

-- An owner signs somebody of their organisation out, everywhere.
CREATE FUNCTION end_sessions(account text) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ${BEFORE}
  ended integer;
BEGIN
  IF NOT public.has_role('owner') THEN RAISE EXCEPTION 'only an owner ends sessions' USING ERRCODE = '42501'; END IF;${asOwner(`
  DELETE FROM sign_in."session" s WHERE s."userId" IN (
    SELECT m.account_id FROM public.membership m
    WHERE m.organisation_id = public.app_organisation() AND m.account_id = account);
  GET DIAGNOSTICS ended = ROW_COUNT;`)}
  RETURN ended;
END $$;
REVOKE EXECUTE ON FUNCTION end_sessions(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_sessions(text) TO rungs_request;
`
