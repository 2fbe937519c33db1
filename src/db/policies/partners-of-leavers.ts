// Who keeps the people that have left: the partners of the unit that they belonged to last take them back, and erase them.

export const PARTNERS_OF_LEAVERS = `
-- A people partner of the unit that this person belonged to last, where they belong to none now or later. It opens no
-- results and no grades: those are for partners of today.
CREATE FUNCTION was_partner_for(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last date;
BEGIN
  IF NOT has_role('people-partner') THEN RETURN false; END IF;
  SELECT max(coalesce(m.valid_to, 'infinity')) INTO last FROM unit_membership m
  WHERE m.organisation_id = app_organisation() AND m.person_id = asked AND m.corrected_at IS NULL;
  IF last IS NULL OR last > app_today() THEN RETURN false; END IF;
  RETURN EXISTS (
    SELECT 1 FROM unit_membership m
    WHERE m.organisation_id = app_organisation() AND m.person_id = asked AND m.corrected_at IS NULL
      AND m.valid_to = last AND is_partner_of(m.unit_id));
END $$;

ALTER POLICY concerned_read ON legal_hold USING (person_id = app_person() OR has_role('auditor') OR has_role('owner')
  OR is_partner_for(person_id) OR was_partner_for(person_id));
ALTER POLICY keepers_place ON legal_hold WITH CHECK (placed_by = app_person() AND lifted_at IS NULL
  AND (has_role('owner') OR is_partner_for(person_id) OR was_partner_for(person_id)));
ALTER POLICY keepers_lift ON legal_hold
  USING (has_role('owner') OR is_partner_for(person_id) OR was_partner_for(person_id));
ALTER POLICY concerned_read ON erasure USING (person_id = app_person() OR has_role('auditor') OR has_role('owner')
  OR is_partner_for(person_id) OR was_partner_for(person_id));
ALTER POLICY keepers_order ON erasure WITH CHECK (ordered_by = app_person() AND replay_of IS NULL AND done_at IS NULL
  AND (has_role('owner') OR is_partner_for(person_id) OR was_partner_for(person_id)) AND NOT is_held(person_id));
`
