// Who reads and writes the rights themselves: roles, delegations, accounts' places, invitations.

export const ACCESS_POLICIES = `
-- Who holds which role is open inside the organisation: people must know who may look at what.
CREATE POLICY everybody_reads ON role_grant FOR SELECT TO rungs_request USING (true);
CREATE POLICY owner_grants ON role_grant FOR INSERT TO rungs_request
  WITH CHECK (has_role('owner') AND granted_by = app_person() AND revoked_at IS NULL);
CREATE POLICY owner_revokes ON role_grant FOR UPDATE TO rungs_request USING (has_role('owner'))
  WITH CHECK (has_role('owner') AND (revoked_at IS NULL OR revoked_by = app_person()));
-- A job that acts for a person is held to that person's roles.
CREATE POLICY jobs_read ON role_grant FOR SELECT TO rungs_job USING (true);

CREATE POLICY concerned_read ON delegation FOR SELECT TO rungs_request
  USING (from_person = app_person() OR to_person = app_person() OR has_role('owner') OR has_role('auditor'));
CREATE POLICY own_or_owner_makes ON delegation FOR INSERT TO rungs_request
  WITH CHECK (made_by = app_person() AND revoked_at IS NULL AND (from_person = app_person() OR has_role('owner')));
CREATE POLICY own_or_owner_revokes ON delegation FOR UPDATE TO rungs_request
  USING (from_person = app_person() OR has_role('owner'))
  WITH CHECK (revoked_by = app_person() AND (from_person = app_person() OR has_role('owner')));
CREATE POLICY jobs_read ON delegation FOR SELECT TO rungs_job USING (true);

CREATE POLICY concerned_read ON membership FOR SELECT TO rungs_request
  USING (person_id = app_person() OR has_role('owner') OR has_role('auditor') OR is_partner_for(person_id));
CREATE POLICY owner_ends ON membership FOR UPDATE TO rungs_request USING (has_role('owner'));
-- At sign-in the organisation is not known yet: the account leads to it.
CREATE POLICY sign_in_finds ON membership FOR SELECT TO rungs_sign_in USING (true);

CREATE POLICY concerned_read ON invitation FOR SELECT TO rungs_request
  USING (person_id = app_person() OR made_by = app_person() OR has_role('owner') OR has_role('auditor')
    OR is_partner_for(person_id));
CREATE POLICY keepers_invite ON invitation FOR INSERT TO rungs_request
  WITH CHECK (made_by = app_person() AND used_at IS NULL AND keeps_person(person_id));
CREATE POLICY keepers_withdraw ON invitation FOR UPDATE TO rungs_request
  USING (used_at IS NULL AND keeps_person(person_id));
`
