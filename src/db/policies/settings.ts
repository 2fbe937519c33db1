// Who asks, for which organisation and when, as the transaction's settings say; policies are written with these words.

/**
 * Functions that read the settings of src/db/scoped.ts; each is null where it is not set, and null lets nobody see
 * anything. Their bodies are bound to pg_catalog when they are made, so that no search path can turn them, and they
 * have no SET clause: the planner puts them in place, and a comparison with one can use an index.
 */
export const SETTINGS = `
CREATE FUNCTION app_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.organisation', true), '')::uuid;
CREATE FUNCTION app_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.person', true), '')::uuid;
CREATE FUNCTION app_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.today', true), '')::date;
CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.now', true), '')::timestamptz;
-- Whether a dated row that nobody corrected holds today.
CREATE FUNCTION holds_today(valid_from date, valid_to date, corrected_at timestamptz) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN corrected_at IS NULL AND valid_from <= app_today() AND (valid_to IS NULL OR valid_to > app_today());
`
