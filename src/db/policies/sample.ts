// Loading and removing what belongs to the sample organisation: invented people's answers, which nobody gives by hand.

/** A setting that only a superuser may write in a function's head: see src/db/policies/privacy.ts. */
const asOwner = (body: string) => `
  PERFORM set_config('app.maintenance', 'on', true);
${body}
  PERFORM set_config('app.maintenance', before, true);`

/** Whoever keeps the machine may, and of those who sign in the owner of this very organisation. */
const MAY = `
  IF session_user IN ('rungs_job', 'rungs_sign_in') OR (session_user = 'rungs_request'
    AND (asked IS DISTINCT FROM public.app_organisation() OR NOT public.has_role('owner')))
  THEN
    RAISE EXCEPTION 'only the owner loads or removes the sample organisation' USING ERRCODE = '42501';
  END IF;`

const SAMPLE_PERSON = (column: string) =>
  `EXISTS (SELECT 1 FROM public.person p WHERE p.organisation_id = asked AND p.id = r.${column} AND p.sample)`
/** Once a round of the sample is closed, nothing more is added to it. */
const SAMPLE_ROUND = (id: string) => `EXISTS (
      SELECT 1 FROM public.round o
      WHERE o.organisation_id = asked AND o.id = ${id} AND o.sample AND o.state = 'closing')`

/** Tables in the order in which rows refer to each other, and what makes a row one of the sample. */
const LOADED: Readonly<Record<string, string>> = {
  assessment: SAMPLE_PERSON('person_id'),
  response: SAMPLE_PERSON('person_id'),
  round: `r.sample AND r.state = 'closing' AND EXISTS (
      SELECT 1 FROM public.unit u WHERE u.organisation_id = asked AND u.id = r.unit_id AND u.sample)`,
  round_subject: `${SAMPLE_PERSON('person_id')} AND ${SAMPLE_ROUND('r.round_id')}`,
  round_rater: `${SAMPLE_PERSON('rater_id')} AND ${SAMPLE_ROUND('r.round_id')}`,
  rating: `${SAMPLE_PERSON('rater_id')} AND EXISTS (
      SELECT 1 FROM public.round_rater s WHERE s.organisation_id = asked AND s.id = r.sheet_id
        AND ${SAMPLE_ROUND('s.round_id')})`,
  round_result: SAMPLE_ROUND('r.round_id'),
  round_adjustment: SAMPLE_ROUND('r.round_id'),
  rater_note: `${SAMPLE_PERSON('rater_id')} AND ${SAMPLE_ROUND('r.round_id')}`,
}

const insertOne = ([table, condition]: readonly [string, string]) => `
    WHEN '${table}' THEN
      ok := NOT EXISTS (
        SELECT 1 FROM jsonb_populate_recordset(NULL::public.${table}, loaded) r
        WHERE r.organisation_id IS DISTINCT FROM asked OR NOT coalesce(${condition}, false));
      IF ok THEN
        INSERT INTO public.${table} SELECT r.* FROM jsonb_populate_recordset(NULL::public.${table}, loaded) r
        ON CONFLICT DO NOTHING;
        GET DIAGNOSTICS added = ROW_COUNT;
      END IF;`

/** Rows by person of the sample that go before the people themselves; what others refer to is refused by its keys. */
const BY_PERSON = [
  ...['assessment_share WHERE organisation_id = asked AND with_person = ANY (people)'],
  ...['assessment WHERE organisation_id = asked AND person_id = ANY (people)'],
  ...['role_grant WHERE organisation_id = asked AND person_id = ANY (people)'],
  ...[
    'delegation WHERE organisation_id = asked AND (from_person = ANY (people) OR to_person = ANY (people))',
  ],
  ...['invitation', 'owner_link', 'membership', 'legal_hold', 'erasure'].map(
    (table) => `${table} WHERE organisation_id = asked AND person_id = ANY (people)`,
  ),
  ...['reporting_line', 'unit_membership', 'employment', 'position_holder', 'person_contact'].map(
    (table) => `${table} WHERE organisation_id = asked AND person_id = ANY (people)`,
  ),
  ...['position_record', 'position_grade'].map(
    (table) => `${table} WHERE organisation_id = asked AND position_id IN (
    SELECT id FROM public.position WHERE organisation_id = asked AND sample)`,
  ),
  'position WHERE organisation_id = asked AND sample',
  `unit_record WHERE organisation_id = asked AND unit_id IN (
    SELECT id FROM public.unit WHERE organisation_id = asked AND sample)`,
  'unit WHERE organisation_id = asked AND sample',
]

export const SAMPLE_FUNCTIONS = `
-- Adds rows of one table to the sample organisation: of its people's answers, and of rounds in its units that are being
-- closed. Refuses every other row, and all of them with it. Rows that are there already stay. Gives how many were added.
CREATE FUNCTION load_sample(asked uuid, kind text, loaded jsonb) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.maintenance', true), '');
  ok boolean := false;
  added integer := 0;
BEGIN${asOwner(`${MAY}
  CASE kind${Object.entries(LOADED).map(insertOne).join('')}
    WHEN 'closed' THEN
      UPDATE public.round o SET state = 'closed', closed_at = (loaded ->> 'at')::timestamptz
      WHERE o.organisation_id = asked AND o.id = (loaded ->> 'round')::uuid AND o.sample AND o.state = 'closing';
      GET DIAGNOSTICS added = ROW_COUNT;
      ok := added = 1;
    ELSE ok := false;
  END CASE;`)}
  IF NOT ok THEN
    RAISE EXCEPTION 'load_sample: expected rows of the sample organisation for %', kind USING ERRCODE = 'check_violation';
  END IF;
  RETURN added;
END $$;
REVOKE EXECUTE ON FUNCTION load_sample(uuid, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION load_sample(uuid, text, jsonb) TO rungs_request;

-- Removes the sample organisation: its people with all that was written down of them, its units, and the rounds held in
-- its units. An account that acted as one of its people and nowhere else goes with it. Refused by a key where something
-- of others refers to it. Gives how many people there were.
CREATE FUNCTION remove_sample(asked uuid) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  before text := coalesce(current_setting('app.maintenance', true), '');
  people uuid[];
  accounts text[];
BEGIN${asOwner(`${MAY}
  people := array(SELECT p.id FROM public.person p WHERE p.organisation_id = asked AND p.sample);
  accounts := array(
    SELECT m.account_id FROM public.membership m WHERE m.organisation_id = asked AND m.person_id = ANY (people));
  DELETE FROM public.round r WHERE r.organisation_id = asked AND (r.sample OR EXISTS (
    SELECT 1 FROM public.unit u WHERE u.organisation_id = asked AND u.id = r.unit_id AND u.sample));
  DELETE FROM mail.outbox WHERE organisation_id = asked AND person_id = ANY (people);
${BY_PERSON.map((rows) => `  DELETE FROM public.${rows};`).join('\n')}
  DELETE FROM public.person WHERE organisation_id = asked AND id = ANY (people);
  DELETE FROM sign_in."user" u WHERE u.id = ANY (accounts)
    AND NOT EXISTS (SELECT 1 FROM public.membership m WHERE m.account_id = u.id);`)}
  RETURN cardinality(people);
END $$;
REVOKE EXECUTE ON FUNCTION remove_sample(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_sample(uuid) TO rungs_request;
`
