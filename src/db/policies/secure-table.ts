// What every table of an organisation gets before its own policies: row security that nobody escapes, and its tenant.

/**
 * SQL that turns row security on for a table with `organisation_id`, for its owner too, and adds two policies:
 * `tenant` (restrictive: whatever else is allowed, only rows of the organisation that the transaction was opened for)
 * and `maintenance` (its owner sees rows only after saying `SET app.maintenance = 'on'`: migrations, backups). Without
 * further policies nobody else sees anything. `organisation_id` may be another column for the organisation itself.
 */
export function secureTable(table: string, column = 'organisation_id'): string {
  return `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ${table} AS RESTRICTIVE TO rungs_request, rungs_job
  USING (${column} = app_organisation()) WITH CHECK (${column} = app_organisation());
CREATE POLICY maintenance ON ${table} TO CURRENT_USER
  USING (current_setting('app.maintenance', true) = 'on')
  WITH CHECK (current_setting('app.maintenance', true) = 'on');
`
}

/** SQL that makes the three roles where they are missing: without login, which src/db/roles.ts gives them at each start. */
export const MAKE_ROLES = `
DO $$
DECLARE role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['rungs_request', 'rungs_job', 'rungs_sign_in'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = role_name) THEN
      BEGIN
        EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', role_name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- Another database of this cluster made it in the same moment.
      END;
    END IF;
  END LOOP;
END $$;
`
