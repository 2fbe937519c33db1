// The audit is only added to: rows, and the links of their chain; a trigger refuses the rest to everybody.

export const AUDIT_CHAIN_POLICIES = `
-- A row says the truth about the transaction that wrote it, so that the chain finds it.
CREATE POLICY own_transaction ON audit AS RESTRICTIVE FOR INSERT
  TO rungs_request, rungs_job, rungs_sign_in WITH CHECK (xact = pg_current_xact_id());
-- Whoever is one of several that somebody read about.
CREATE POLICY concerned_in_set_read ON audit FOR SELECT TO rungs_request
  USING (subject_ids IS NOT NULL AND app_person() = ANY (subject_ids));
CREATE POLICY jobs_link ON audit FOR SELECT TO rungs_job USING (true);

CREATE POLICY jobs_read ON audit_link FOR SELECT TO rungs_job USING (true);
CREATE POLICY jobs_add ON audit_link FOR INSERT TO rungs_job WITH CHECK (true);
CREATE POLICY auditors_read ON audit_link FOR SELECT TO rungs_request
  USING (has_role('auditor') OR has_role('owner'));
`

/** Refuses to change or delete rows of a table, for whoever it may be: also its owner, who would have to drop it first. */
export const appendOnly = (table: string): string => `
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`

export const REFUSE_CHANGE = `
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
`
