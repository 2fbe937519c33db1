// That a change of somebody's place is judged as a whole: by who kept them before it, down to its last row.

export const KEEPING_WHILE_CHANGING = `
-- Whoever may write this person's place: partners of a unit that they belong to, now or later, or else belonged to last.
-- A change first marks what no longer holds as corrected; what it marked itself still counts until it ends. Somebody who
-- never belonged to a unit may be taken in by any partner; nobody takes in who was another's, to read of them.
CREATE OR REPLACE FUNCTION keeps_person(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF keeps_organisation() THEN RETURN true; END IF;
  IF NOT has_role('people-partner') THEN RETURN false; END IF;
  RETURN EXISTS (
    SELECT 1 FROM unit_membership m
    WHERE m.organisation_id = app_organisation() AND m.person_id = asked
      AND (m.corrected_at IS NULL OR (m.corrected_at = app_now() AND m.corrected_by = app_person()))
      AND (m.valid_to IS NULL OR m.valid_to > app_today()) AND is_partner_of(m.unit_id))
    OR was_partner_for(asked)
    OR NOT EXISTS (
      SELECT 1 FROM unit_membership m WHERE m.organisation_id = app_organisation() AND m.person_id = asked);
END $$;

-- A membership that the change at hand marked, now with an earlier end.
CREATE FUNCTION shortens_membership(unit uuid, person uuid, since date, before date) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM unit_membership m
    WHERE m.organisation_id = app_organisation() AND m.person_id = person AND m.unit_id = unit
      AND m.corrected_at = app_now() AND m.corrected_by = app_person()
      AND m.valid_from = since AND before IS NOT NULL AND (m.valid_to IS NULL OR m.valid_to > before));
END $$;

-- A reporting line that the change at hand marked, now with an earlier end.
CREATE FUNCTION shortens_line(person uuid, manager uuid, line text, since date, before date) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM reporting_line l
    WHERE l.organisation_id = app_organisation() AND l.person_id = person AND l.manager_id = manager AND l.kind = line
      AND l.corrected_at = app_now() AND l.corrected_by = app_person()
      AND l.valid_from = since AND before IS NOT NULL AND (l.valid_to IS NULL OR l.valid_to > before));
END $$;

-- What was corrected stays as it was known: marked again, it would count as this change's.
CREATE POLICY marked_once ON unit_membership AS RESTRICTIVE FOR UPDATE TO rungs_request
  USING (corrected_at IS NULL) WITH CHECK (true);
CREATE POLICY marked_once ON reporting_line AS RESTRICTIVE FOR UPDATE TO rungs_request
  USING (corrected_at IS NULL) WITH CHECK (true);

-- Whoever keeps a person ends what this person has in units of others, and others' lines to them, and adds nothing there.
ALTER POLICY keepers_change ON unit_membership
  USING (keeps_organisation() OR is_partner_of(unit_id) OR keeps_person(person_id));
ALTER POLICY keepers_add ON unit_membership
  WITH CHECK (keeps_organisation() OR (keeps_person(person_id)
    AND (is_partner_of(unit_id) OR shortens_membership(unit_id, person_id, valid_from, valid_to))));
ALTER POLICY keepers_change ON reporting_line USING (keeps_person(person_id) OR keeps_person(manager_id));
ALTER POLICY keepers_add ON reporting_line
  WITH CHECK (keeps_person(person_id)
    OR (keeps_person(manager_id) AND shortens_line(person_id, manager_id, kind, valid_from, valid_to)));
`
