// Who orders erasures and legal holds, who sets retention, and what the job that carries them out may touch.

export const PRIVACY_FUNCTIONS = `
-- Somebody whose data must be kept as they are, for a matter of law.
CREATE FUNCTION is_held(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM legal_hold h
    WHERE h.organisation_id = app_organisation() AND h.person_id = asked AND h.lifted_at IS NULL);
END $$;

-- Somebody whom a person with the right to it ordered to be erased, and whom no hold keeps. An erasure that is done again
-- after an older database was restored is stopped only by a hold of later than the erasure.
CREATE FUNCTION is_to_be_erased(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM erasure e
    WHERE e.organisation_id = app_organisation() AND e.person_id = asked AND e.done_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM legal_hold h
        WHERE h.organisation_id = app_organisation() AND h.person_id = asked AND h.lifted_at IS NULL
          AND (e.replay_of IS NULL OR h.placed_at > e.replay_of)));
END $$;

-- The days after which a kind of data goes by itself; null for never.
CREATE FUNCTION kept_days(asked text) RETURNS integer
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT r.days FROM retention_rule r WHERE r.organisation_id = app_organisation() AND r.kind = asked);
END $$;

-- Accounts belong to no organisation and only signing in reads them. These two open one person's, to that person alone,
-- and remove those of a person that is being erased: as the owner of the tables, bound to who asks. The setting is not in
-- their heads: only a superuser may write it there, and an owner need not be one.
CREATE FUNCTION my_account() RETURNS jsonb
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.maintenance', true), '');
  held jsonb;
  accounts text[];
BEGIN
  PERFORM set_config('app.maintenance', 'on', true);
  accounts := array(
    SELECT m.account_id FROM public.membership m
    WHERE m.organisation_id = public.app_organisation() AND m.person_id = public.app_person());
  held := jsonb_build_object(
    'user', (SELECT jsonb_agg(to_jsonb(u)) FROM sign_in."user" u WHERE u.id = any (accounts)),
    'session', (SELECT jsonb_agg(to_jsonb(s) - 'token') FROM sign_in."session" s WHERE s."userId" = any (accounts)),
    'account', (SELECT jsonb_agg(to_jsonb(a) - array['password', 'accessToken', 'refreshToken', 'idToken'])
      FROM sign_in."account" a WHERE a."userId" = any (accounts)),
    'twoFactor', (SELECT jsonb_agg(to_jsonb(f) - array['secret', 'backupCodes'])
      FROM sign_in."twoFactor" f WHERE f."userId" = any (accounts)),
    'passkey', (SELECT jsonb_agg(to_jsonb(k)) FROM sign_in."passkey" k WHERE k."userId" = any (accounts)),
    'apikey', (SELECT jsonb_agg(to_jsonb(k) - 'key') FROM sign_in."apikey" k WHERE k."referenceId" = any (accounts)),
    'outbox', (SELECT jsonb_agg(to_jsonb(m)) FROM mail.outbox m
      WHERE m.organisation_id = public.app_organisation() AND m.person_id = public.app_person()));
  PERFORM set_config('app.maintenance', before, true);
  RETURN held;
END $$;
REVOKE EXECUTE ON FUNCTION my_account() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION my_account() TO rungs_request;

-- An account that acts in another organisation too stays there.
CREATE FUNCTION erase_accounts(asked uuid) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.maintenance', true), '');
  erased integer;
BEGIN
  IF NOT public.is_to_be_erased(asked) THEN RETURN 0; END IF;
  PERFORM set_config('app.maintenance', 'on', true);
  DELETE FROM sign_in."user" u
  WHERE u.id IN (
      SELECT m.account_id FROM public.membership m
      WHERE m.organisation_id = public.app_organisation() AND m.person_id = asked)
    AND NOT EXISTS (
      SELECT 1 FROM public.membership o
      WHERE o.account_id = u.id AND o.ended_at IS NULL
        AND (o.organisation_id, o.person_id) <> (public.app_organisation(), asked));
  GET DIAGNOSTICS erased = ROW_COUNT;
  PERFORM set_config('app.maintenance', before, true);
  RETURN erased;
END $$;
REVOKE EXECUTE ON FUNCTION erase_accounts(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_accounts(uuid) TO rungs_job;
`

/** The job may change or delete rows of whoever is to be erased, and of nobody else. */
const erases = (table: string, verb: 'UPDATE' | 'DELETE', of: string) => `
CREATE POLICY jobs_erase_${verb.toLowerCase()} ON ${table} FOR ${verb} TO rungs_job USING (${of});
`
const sees = (table: string) => `
CREATE POLICY jobs_find_to_erase ON ${table} FOR SELECT TO rungs_job USING (true);
`

const KEEPERS = (person: string) => `has_role('owner') OR is_partner_for(${person})`

/** An assessment that is older than the organisation wants to keep it. */
const EXPIRED = `coalesce(finished_at, started_at) < app_now() - make_interval(days => kept_days('assessments'))`

export const PRIVACY_POLICIES = [
  `
CREATE POLICY concerned_read ON legal_hold FOR SELECT TO rungs_request
  USING (person_id = app_person() OR has_role('auditor') OR ${KEEPERS('person_id')});
CREATE POLICY keepers_place ON legal_hold FOR INSERT TO rungs_request
  WITH CHECK (placed_by = app_person() AND lifted_at IS NULL AND (${KEEPERS('person_id')}));
CREATE POLICY keepers_lift ON legal_hold FOR UPDATE TO rungs_request USING (${KEEPERS('person_id')})
  WITH CHECK (lifted_by = app_person());

CREATE POLICY concerned_read ON erasure FOR SELECT TO rungs_request
  USING (person_id = app_person() OR has_role('auditor') OR ${KEEPERS('person_id')});
CREATE POLICY keepers_order ON erasure FOR INSERT TO rungs_request
  WITH CHECK (ordered_by = app_person() AND replay_of IS NULL AND done_at IS NULL
    AND (${KEEPERS('person_id')}) AND NOT is_held(person_id));
CREATE POLICY jobs_do ON erasure TO rungs_job USING (true) WITH CHECK (true);

CREATE POLICY everybody_reads ON retention_rule FOR SELECT TO rungs_request USING (true);
CREATE POLICY owner_adds ON retention_rule FOR INSERT TO rungs_request
  WITH CHECK (has_role('owner') AND set_by = app_person());
CREATE POLICY owner_sets ON retention_rule FOR UPDATE TO rungs_request USING (has_role('owner'))
  WITH CHECK (has_role('owner') AND set_by = app_person());
CREATE POLICY owner_removes ON retention_rule FOR DELETE TO rungs_request USING (has_role('owner'));
CREATE POLICY jobs_read ON retention_rule FOR SELECT TO rungs_job USING (true);

-- What is held for a matter of law is not deleted by its person either.
CREATE POLICY held ON assessment AS RESTRICTIVE FOR DELETE TO rungs_request, rungs_job
  USING (NOT is_held(person_id) OR is_to_be_erased(person_id));

-- Whoever rated somebody is not told to them by the audit.
CREATE POLICY raters_hidden ON audit AS RESTRICTIVE FOR SELECT TO rungs_request
  USING (action NOT LIKE 'rating.%' OR actor_id = app_person() OR subject_id IS DISTINCT FROM app_person());
CREATE POLICY own_acts_read ON audit FOR SELECT TO rungs_request USING (actor_id = app_person());
CREATE POLICY own_read ON owner_link FOR SELECT TO rungs_request USING (person_id = app_person());
`,
  erases('person', 'UPDATE', 'is_to_be_erased(id)'),
  erases('person_contact', 'DELETE', 'is_to_be_erased(person_id)'),
  erases('assessment', 'DELETE', 'is_to_be_erased(person_id)'),
  // Nobody's assessments are open to work that has nothing to do with them, and a move of versions deletes none.
  `
CREATE POLICY jobs_find_to_erase ON assessment FOR SELECT TO rungs_job USING (is_to_be_erased(person_id) OR ${EXPIRED});
CREATE POLICY jobs_delete_these_alone ON assessment AS RESTRICTIVE FOR DELETE TO rungs_job
  USING (is_to_be_erased(person_id) OR ${EXPIRED});
`,
  erases('invitation', 'DELETE', 'is_to_be_erased(person_id)'),
  sees('invitation'),
  erases('owner_link', 'DELETE', 'is_to_be_erased(person_id)'),
  sees('owner_link'),
  erases('membership', 'UPDATE', 'is_to_be_erased(person_id)'),
  sees('membership'),
  erases('role_grant', 'UPDATE', 'is_to_be_erased(person_id)'),
  erases('delegation', 'UPDATE', 'is_to_be_erased(from_person) OR is_to_be_erased(to_person)'),
  erases('framework_version', 'UPDATE', 'is_to_be_erased(published_by)'),
  erases('framework_migration', 'UPDATE', 'is_to_be_erased(applied_by) OR is_to_be_erased(undone_by)'),
  erases('legal_hold', 'UPDATE', 'is_to_be_erased(person_id)'),
  sees('legal_hold'),
  erases('assessment_share', 'DELETE', 'is_to_be_erased(with_person)'),
  `CREATE POLICY jobs_find_to_erase ON assessment_share FOR SELECT TO rungs_job USING (is_to_be_erased(with_person));`,
  // Retention: what is older than the organisation wants to keep it.
  `
CREATE POLICY jobs_expire ON assessment FOR DELETE TO rungs_job
  USING (${EXPIRED});
CREATE POLICY jobs_expire ON invitation FOR DELETE TO rungs_job
  USING (coalesce(used_at, withdrawn_at, expires_at) < app_now() - make_interval(days => kept_days('invitations')));
`,
].join('\n')
