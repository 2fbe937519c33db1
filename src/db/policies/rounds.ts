// Who reads and writes rating rounds: partners keep them, a rating is its rater's alone, results go where the rule opens.

/**
 * Functions read as the asking role. The policies of subjects and sheets ask nothing of the round, so that those of the
 * round may ask them.
 */
export const ROUND_FUNCTIONS = `
-- Whoever keeps rounds of this unit: its people partners and the owner.
CREATE FUNCTION keeps_rounds_of(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN has_role('owner') OR is_partner_of(asked);
END $$;

-- Somebody who is rated or rates in this round, once it runs.
CREATE FUNCTION takes_part(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM round_rater s
    WHERE s.organisation_id = app_organisation() AND s.round_id = asked AND s.rater_id = app_person()
      AND s.state NOT IN ('proposed', 'removed'))
    OR EXISTS (
      SELECT 1 FROM round_subject s
      WHERE s.organisation_id = app_organisation() AND s.round_id = asked AND s.person_id = app_person()
        AND s.state <> 'withdrawn');
END $$;

-- Somebody whose form the acting person has to fill in.
CREATE FUNCTION rates_in(asked uuid, subject uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM round_rater s
    WHERE s.organisation_id = app_organisation() AND s.round_id = asked AND s.subject_id = subject
      AND s.rater_id = app_person() AND s.state NOT IN ('proposed', 'removed'));
END $$;

-- A round of which the acting person reads somebody's result: theirs, or one that the rule opens.
CREATE FUNCTION reads_results_of(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM round_result r WHERE r.organisation_id = app_organisation() AND r.round_id = asked);
END $$;

-- A sheet of the acting person on which something can be said now.
CREATE FUNCTION is_open_sheet(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM round_rater s
    JOIN round r ON r.organisation_id = s.organisation_id AND r.id = s.round_id
    WHERE s.organisation_id = app_organisation() AND s.id = asked AND s.rater_id = app_person()
      AND s.state = 'open' AND r.state = 'running' AND r.closes_on > app_today());
END $$;

-- A round, and a sheet of one, that is being measured in this very transaction.
CREATE FUNCTION is_closing(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM round r
    WHERE r.organisation_id = app_organisation() AND r.id = asked AND r.state = 'closing');
END $$;
CREATE FUNCTION is_closing_sheet(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM round_rater s
    JOIN round r ON r.organisation_id = s.organisation_id AND r.id = s.round_id
    WHERE s.organisation_id = app_organisation() AND s.id = asked AND s.state = 'submitted'
      AND r.state = 'closing');
END $$;
`

/** Rules that hold for whoever writes, jobs too. */
export const ROUND_TRIGGERS = `
-- The rule of a round is at least the organisation's, and its state only goes forward.
CREATE FUNCTION hold_round_rule() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE least integer;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT o.minimum_group INTO least FROM organisation o WHERE o.id = NEW.organisation_id;
    IF NEW.minimum_group < least THEN
      RAISE EXCEPTION 'minimum_group: expected at least %, got %', least, NEW.minimum_group
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.state <> OLD.state AND NOT (OLD.state, NEW.state) IN (
    ('preparing', 'running'), ('preparing', 'cancelled'), ('running', 'closing'), ('running', 'cancelled'),
    ('closing', 'closed'))
  THEN
    RAISE EXCEPTION 'round: % does not follow %', NEW.state, OLD.state USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state IN ('closed', 'cancelled') THEN
    RAISE EXCEPTION 'round: it is over' USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.minimum_group, NEW.manager_named, NEW.opens_to_manager, NEW.opens_to_partner, NEW.unit_id)
    IS DISTINCT FROM (OLD.minimum_group, OLD.manager_named, OLD.opens_to_manager, OLD.opens_to_partner, OLD.unit_id)
  THEN
    RAISE EXCEPTION 'round: its published rule does not change' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_rule BEFORE INSERT OR UPDATE ON round FOR EACH ROW EXECUTE FUNCTION hold_round_rule();

-- A cell with fewer raters than the rule's minimum, or one that overlaps another, is no row.
CREATE FUNCTION hold_anonymity() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  rule record;
  submitted integer;
BEGIN
  SELECT r.minimum_group, r.manager_named, r.opens_to_manager, r.opens_to_partner, r.state INTO rule FROM round r
  WHERE r.organisation_id = NEW.organisation_id AND r.id = NEW.round_id;
  IF rule.state IS DISTINCT FROM 'closing' THEN
    RAISE EXCEPTION 'round_result: the round is not being closed' USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.opens_to_manager, NEW.opens_to_partner) IS DISTINCT FROM (rule.opens_to_manager, rule.opens_to_partner) THEN
    RAISE EXCEPTION 'round_result: expected the rule of the round' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.measure IS NULL THEN RETURN NEW; END IF;
  SELECT count(DISTINCT s.rater_id) INTO submitted FROM round_rater s
  WHERE s.organisation_id = NEW.organisation_id AND s.round_id = NEW.round_id AND s.subject_id = NEW.subject_id
    AND s.state = 'submitted' AND s.kind = ANY (NEW.kinds);
  IF NEW.raters > submitted THEN
    RAISE EXCEPTION 'round_result: % raters, but % submitted', NEW.raters, submitted USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.kinds <> ARRAY['self'] AND NOT (rule.manager_named AND NEW.kinds = ARRAY['manager'])
    AND (NEW.raters < rule.minimum_group OR 'self' = ANY (NEW.kinds))
  THEN
    RAISE EXCEPTION 'round_result: a cell of % raters is under the minimum of %', NEW.raters, rule.minimum_group
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM round_result o
    WHERE o.organisation_id = NEW.organisation_id AND o.round_id = NEW.round_id AND o.subject_id = NEW.subject_id
      AND o.competency = NEW.competency AND o.kinds && NEW.kinds)
  THEN
    RAISE EXCEPTION 'round_result: cells of one competency overlap' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_anonymity BEFORE INSERT ON round_result FOR EACH ROW EXECUTE FUNCTION hold_anonymity();
`

const READS_RESULT = `(opens_to_manager AND manages(subject_id)) OR (opens_to_partner AND is_partner_for(subject_id))`

export const ROUND_POLICIES = `
CREATE POLICY concerned_read ON round FOR SELECT TO rungs_request
  USING (keeps_rounds_of(unit_id) OR (state <> 'preparing' AND takes_part(id))
    OR (state = 'closed' AND reads_results_of(id)));
CREATE POLICY keepers_open ON round FOR INSERT TO rungs_request
  WITH CHECK (keeps_rounds_of(unit_id) AND opened_by = app_person() AND state = 'preparing');
CREATE POLICY keepers_change ON round FOR UPDATE TO rungs_request
  USING (keeps_rounds_of(unit_id) AND state IN ('preparing', 'running'))
  WITH CHECK (keeps_rounds_of(unit_id) AND state IN ('preparing', 'running', 'cancelled'));
CREATE POLICY jobs_read ON round FOR SELECT TO rungs_job USING (true);
CREATE POLICY jobs_close ON round FOR UPDATE TO rungs_job
  USING (state IN ('running', 'closing')) WITH CHECK (state IN ('closing', 'closed'));

CREATE POLICY concerned_read ON round_subject FOR SELECT TO rungs_request
  USING (person_id = app_person() OR keeps_rounds_of(unit_id) OR rates_in(round_id, person_id));
CREATE POLICY keepers_add ON round_subject FOR INSERT TO rungs_request WITH CHECK (keeps_rounds_of(unit_id));
CREATE POLICY keepers_change ON round_subject FOR UPDATE TO rungs_request USING (keeps_rounds_of(unit_id));
CREATE POLICY jobs_read ON round_subject FOR SELECT TO rungs_job USING (true);
CREATE POLICY jobs_close ON round_subject FOR UPDATE TO rungs_job USING (is_closing(round_id));

-- Who was asked to rate whom: the rater and those who keep the round; not the subject.
CREATE POLICY concerned_read ON round_rater FOR SELECT TO rungs_request
  USING (rater_id = app_person() OR keeps_rounds_of(unit_id));
CREATE POLICY keepers_add ON round_rater FOR INSERT TO rungs_request
  WITH CHECK (keeps_rounds_of(unit_id) AND state IN ('proposed', 'open'));
CREATE POLICY keepers_change ON round_rater FOR UPDATE TO rungs_request
  USING (keeps_rounds_of(unit_id) AND state <> 'submitted')
  WITH CHECK (keeps_rounds_of(unit_id) AND state IN ('proposed', 'open', 'removed'));
CREATE POLICY raters_answer ON round_rater FOR UPDATE TO rungs_request
  USING (rater_id = app_person() AND state = 'open')
  WITH CHECK (rater_id = app_person() AND state IN ('open', 'submitted', 'declined'));
CREATE POLICY jobs_read ON round_rater FOR SELECT TO rungs_job USING (true);
CREATE POLICY jobs_close ON round_rater FOR UPDATE TO rungs_job
  USING (is_closing(round_id)) WITH CHECK (state = 'lapsed');

-- What somebody said is theirs alone, before and after the close; the job reads it in the transaction that measures.
CREATE POLICY own_read ON rating FOR SELECT TO rungs_request USING (rater_id = app_person());
CREATE POLICY own_add ON rating FOR INSERT TO rungs_request
  WITH CHECK (rater_id = app_person() AND is_open_sheet(sheet_id));
CREATE POLICY jobs_measure ON rating FOR SELECT TO rungs_job USING (is_closing_sheet(sheet_id));

CREATE POLICY own_read ON round_result FOR SELECT TO rungs_request USING (subject_id = app_person());
CREATE POLICY opened_read ON round_result FOR SELECT TO rungs_request USING (${READS_RESULT});
CREATE POLICY jobs_publish ON round_result FOR INSERT TO rungs_job WITH CHECK (is_closing(round_id));
CREATE POLICY jobs_read ON round_result FOR SELECT TO rungs_job USING (is_closing(round_id));

CREATE POLICY own_read ON rater_note FOR SELECT TO rungs_request USING (rater_id = app_person());
CREATE POLICY jobs_note ON rater_note FOR INSERT TO rungs_job WITH CHECK (is_closing(round_id));
`
