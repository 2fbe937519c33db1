// How an account takes its place: the sign-in role sees and writes only what the link in its hand stands for.

/**
 * A transaction of rungs_sign_in says `app.admission`, the hash of a link's token, and `app.account`. Exactly one
 * invitation or owner link has that hash; through it, and only while it is usable, the role sees one person and one
 * organisation, and may add the membership of that account, with its audit row. It cannot make a link.
 */
export const ADMISSION = `
CREATE FUNCTION app_admission() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.admission', true), '');
CREATE FUNCTION app_account() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.account', true), '');

-- Whether the link in hand is usable now, or was used in this very moment, for this person.
CREATE FUNCTION sign_in.admits(organisation uuid, person uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM invitation i
    WHERE i.token_hash = app_admission() AND i.organisation_id = organisation AND i.person_id = person
      AND i.withdrawn_at IS NULL AND i.expires_at > app_now() AND (i.used_at IS NULL OR i.used_at = app_now()))
  OR EXISTS (
    SELECT 1 FROM owner_link l
    WHERE l.token_hash = app_admission() AND l.organisation_id = organisation AND l.person_id = person
      AND l.expires_at > app_now() AND (l.used_at IS NULL OR l.used_at = app_now()));
END $$;

-- Whether the link in hand, usable or not, is one of this organisation. A function, because policies hold no subqueries.
CREATE FUNCTION sign_in.leads_to(organisation uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
  SELECT 1 FROM invitation i WHERE i.token_hash = app_admission() AND i.organisation_id = organisation)
  OR EXISTS (
  SELECT 1 FROM owner_link l WHERE l.token_hash = app_admission() AND l.organisation_id = organisation);
END $$;

CREATE POLICY sign_in_reads_link ON invitation FOR SELECT TO rungs_sign_in USING (token_hash = app_admission());
CREATE POLICY sign_in_uses_link ON invitation FOR UPDATE TO rungs_sign_in
  USING (token_hash = app_admission() AND sign_in.admits(organisation_id, person_id))
  WITH CHECK (token_hash = app_admission() AND used_at = app_now());
CREATE POLICY sign_in_reads_link ON owner_link FOR SELECT TO rungs_sign_in USING (token_hash = app_admission());
CREATE POLICY sign_in_uses_link ON owner_link FOR UPDATE TO rungs_sign_in
  USING (token_hash = app_admission() AND sign_in.admits(organisation_id, person_id))
  WITH CHECK (token_hash = app_admission() AND used_at = app_now());
CREATE POLICY sign_in_reads_admitted ON person FOR SELECT TO rungs_sign_in USING (sign_in.admits(organisation_id, id));
CREATE POLICY sign_in_names_admitted ON person FOR UPDATE TO rungs_sign_in USING (sign_in.admits(organisation_id, id));
CREATE POLICY sign_in_reads_admitting ON organisation FOR SELECT TO rungs_sign_in USING (sign_in.leads_to(id));
CREATE POLICY sign_in_admits ON membership FOR INSERT TO rungs_sign_in
  WITH CHECK (account_id = app_account() AND ended_at IS NULL AND sign_in.admits(organisation_id, person_id));
CREATE POLICY sign_in_readmits ON membership FOR UPDATE TO rungs_sign_in
  USING (account_id = app_account() AND sign_in.admits(organisation_id, person_id))
  WITH CHECK (account_id = app_account() AND ended_at IS NULL AND sign_in.admits(organisation_id, person_id));
CREATE POLICY sign_in_tells ON audit FOR INSERT TO rungs_sign_in
  WITH CHECK (actor_kind = 'person' AND sign_in.admits(organisation_id, actor_id));
`
