// Who reads and writes the audit: everybody adds what they did themselves, and nobody changes a row.

export const AUDIT_POLICIES = `
CREATE POLICY own_acts ON audit FOR INSERT TO rungs_request
  WITH CHECK (actor_kind = 'person' AND actor_id = app_person());
CREATE POLICY concerned_read ON audit FOR SELECT TO rungs_request
  USING (subject_id = app_person() OR has_role('auditor') OR has_role('owner'));
-- Who published a version or moved to one is everybody's to know, and whether the words of their reason still stand.
CREATE POLICY acts_on_frameworks_read ON audit FOR SELECT TO rungs_request
  USING (object_kind IN ('framework', 'migration'));
CREATE POLICY jobs_add ON audit FOR INSERT TO rungs_job
  WITH CHECK (actor_kind = 'system' OR actor_id = app_person());
`
