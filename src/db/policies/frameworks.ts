// Who reads and writes frameworks: everybody reads, so that nobody is measured against what they cannot see.

export const FRAMEWORK_POLICIES = `
CREATE POLICY everybody_reads ON framework FOR SELECT TO rungs_request USING (true);
CREATE POLICY editors_add ON framework FOR INSERT TO rungs_request WITH CHECK (edits_frameworks() AND NOT built_in);
-- To lock the row while a version is added; nothing in it changes.
CREATE POLICY editors_lock ON framework FOR UPDATE TO rungs_request USING (edits_frameworks()) WITH CHECK (false);

CREATE POLICY everybody_reads ON framework_version FOR SELECT TO rungs_request USING (true);
CREATE POLICY editors_publish ON framework_version FOR INSERT TO rungs_request
  WITH CHECK (edits_frameworks() AND published_by = app_person());

CREATE POLICY everybody_reads ON framework_migration FOR SELECT TO rungs_request USING (true);

-- Those that come with Rungs are stored by Rungs, in nobody's name.
CREATE POLICY jobs_read ON framework FOR SELECT TO rungs_job USING (true);
CREATE POLICY jobs_add ON framework FOR INSERT TO rungs_job WITH CHECK (built_in);
CREATE POLICY jobs_lock ON framework FOR UPDATE TO rungs_job USING (true) WITH CHECK (false);
CREATE POLICY jobs_read ON framework_version FOR SELECT TO rungs_job USING (true);
CREATE POLICY jobs_store ON framework_version FOR INSERT TO rungs_job WITH CHECK (published_by IS NULL);

-- A migration moves everybody's assessments: it runs as a job, for a person who may and in their name.
CREATE POLICY jobs_read ON framework_migration FOR SELECT TO rungs_job USING (true);
CREATE POLICY jobs_apply ON framework_migration FOR INSERT TO rungs_job
  WITH CHECK (edits_frameworks() AND applied_by = app_person());
CREATE POLICY jobs_undo ON framework_migration FOR UPDATE TO rungs_job USING (edits_frameworks())
  WITH CHECK (edits_frameworks() AND undone_by = app_person());
`
