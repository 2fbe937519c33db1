// Whoever rated a person as one of a group reads no result of theirs in that round: with their own answers in hand it is one fewer.

export const ROUND_RATERS = `
-- Whether the acting person's own answers are among those that a row of results may be put together of. A manager whom the
-- rule names stands alone; one whom it does not name is found in a cell with others.
CREATE FUNCTION rated_among(asked uuid, subject uuid, cell text[], shown boolean) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM round_rater s
    WHERE s.organisation_id = app_organisation() AND s.round_id = asked AND s.subject_id = subject
      AND s.rater_id = app_person() AND s.state = 'submitted'
      AND (s.kind IN ('peer', 'report')
        OR (s.kind = 'manager' AND shown AND 'manager' = ANY (cell) AND cardinality(cell) > 1)));
END $$;

ALTER POLICY opened_read ON round_result USING (only_subject IS NULL AND (
  (opens_to_manager AND manages(subject_id)) OR (opens_to_partner AND is_partner_for(subject_id)))
  AND NOT rated_among(round_id, subject_id, kinds, measure IS NOT NULL));
`
