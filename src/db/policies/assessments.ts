// Who reads and writes assessments: the person alone, and those they shared one with; nobody by their office.

export const ASSESSMENT_POLICIES = `
CREATE POLICY own ON assessment TO rungs_request USING (person_id = app_person());
CREATE POLICY shared_with_me ON assessment FOR SELECT TO rungs_request USING (is_shared_with_me(id));
CREATE POLICY own ON response TO rungs_request USING (person_id = app_person());
CREATE POLICY shared_with_me ON response FOR SELECT TO rungs_request USING (is_shared_with_me(assessment_id));

CREATE POLICY both_read ON assessment_share FOR SELECT TO rungs_request
  USING (person_id = app_person() OR with_person = app_person());
-- person_id is the assessment's own: the foreign key holds the two together.
CREATE POLICY own_shares ON assessment_share FOR INSERT TO rungs_request
  WITH CHECK (person_id = app_person() AND revoked_at IS NULL);
CREATE POLICY own_takes_back ON assessment_share FOR UPDATE TO rungs_request USING (person_id = app_person());

-- Moving everybody's assessments to a new version copies answers that nobody but their persons reads. So it runs as
-- a job, for a person who edits frameworks, and its result shows nothing but counts.
CREATE POLICY jobs_move ON assessment TO rungs_job USING (edits_frameworks());
CREATE POLICY jobs_move ON response TO rungs_job USING (edits_frameworks());
CREATE POLICY jobs_move ON migration_assessment TO rungs_job USING (edits_frameworks());
CREATE POLICY readers_read ON migration_assessment FOR SELECT TO rungs_request
  USING (reads_assessment(to_assessment));
`
