// What others than the person may be shown of a round's results, and what the person alone learns of severity.

export const ROUND_LIMITS = `
-- Somebody who reads another's result in this round: what they could put together with their own.
CREATE FUNCTION reads_other_results_in(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM round_result r
    WHERE r.organisation_id = app_organisation() AND r.round_id = asked
      AND r.subject_id IS DISTINCT FROM app_person());
END $$;

CREATE OR REPLACE FUNCTION hold_round_rule() RETURNS trigger
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
  IF (NEW.minimum_group, NEW.manager_named, NEW.opens_to_manager, NEW.opens_to_partner, NEW.unit_id, NEW.se_limit)
    IS DISTINCT FROM
    (OLD.minimum_group, OLD.manager_named, OLD.opens_to_manager, OLD.opens_to_partner, OLD.unit_id, OLD.se_limit)
  THEN
    RAISE EXCEPTION 'round: its published rule does not change' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- A measure that others may be shown rests on at least three raters other than the person, and is sure enough.
CREATE FUNCTION hold_fair_use() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE most double precision;
BEGIN
  IF NEW.measure IS NULL OR NEW.only_subject IS NOT NULL THEN RETURN NEW; END IF;
  SELECT r.se_limit INTO most FROM round r
  WHERE r.organisation_id = NEW.organisation_id AND r.id = NEW.round_id;
  IF 'self' = ANY (NEW.kinds) OR NEW.raters < 3 THEN
    RAISE EXCEPTION 'round_result: others are shown no measure of fewer than three raters'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.se > most THEN
    RAISE EXCEPTION 'round_result: a standard error of % is over the limit of %', NEW.se, most
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_fair_use BEFORE INSERT ON round_result FOR EACH ROW EXECUTE FUNCTION hold_fair_use();

-- Told of whole groups alone.
CREATE FUNCTION hold_adjustment() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE least integer;
BEGIN
  SELECT r.minimum_group INTO least FROM round r
  WHERE r.organisation_id = NEW.organisation_id AND r.id = NEW.round_id AND r.state = 'closing';
  IF least IS NULL OR NEW.raters < least OR 'self' = ANY (NEW.kinds) THEN
    RAISE EXCEPTION 'round_adjustment: expected a group of at least %, of a round that is being closed', least
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_adjustment BEFORE INSERT ON round_adjustment FOR EACH ROW EXECUTE FUNCTION hold_adjustment();
CREATE TRIGGER never_changed BEFORE UPDATE ON round_adjustment FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

ALTER POLICY opened_read ON round_result USING (only_subject IS NULL AND (
  (opens_to_manager AND manages(subject_id)) OR (opens_to_partner AND is_partner_for(subject_id))));

CREATE POLICY own_read ON round_adjustment FOR SELECT TO rungs_request
  USING (subject_id = app_person() AND NOT reads_other_results_in(round_id));
CREATE POLICY jobs_publish ON round_adjustment FOR INSERT TO rungs_job WITH CHECK (is_closing(round_id));
`
