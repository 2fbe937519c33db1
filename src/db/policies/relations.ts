// What a person is to another, and which roles they hold, as functions that policies ask row by row.

/**
 * Written for one row at a time: each starts from an index (the grants of the acting person, the lines and memberships
 * of the asked one) and walks from there, so that a page about one person never reads the organisation. They read as
 * the asking role (SECURITY INVOKER), from tables that everybody of an organisation reads: no function asks itself.
 */
export const RELATIONS = `
-- A role held now, for the whole organisation or any of its units.
CREATE FUNCTION has_role(wanted text) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM role_grant g
    WHERE g.organisation_id = app_organisation() AND g.person_id = app_person() AND g.role = wanted
      AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > app_now()));
END $$;

-- A role held now for the whole organisation.
CREATE FUNCTION has_role_everywhere(wanted text) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM role_grant g
    WHERE g.organisation_id = app_organisation() AND g.person_id = app_person() AND g.role = wanted
      AND g.unit_id IS NULL AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > app_now()));
END $$;

-- A people partner of this unit, of one above it today, or of the whole organisation.
CREATE FUNCTION is_partner_of(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT has_role('people-partner') THEN RETURN false; END IF;
  IF has_role_everywhere('people-partner') THEN RETURN true; END IF;
  RETURN EXISTS (
    WITH RECURSIVE above AS (
      SELECT asked AS unit_id
      UNION
      SELECT r.parent_id FROM above a JOIN unit_record r
        ON r.organisation_id = app_organisation() AND r.unit_id = a.unit_id
        AND holds_today(r.valid_from, r.valid_to, r.corrected_at)
      WHERE r.parent_id IS NOT NULL)
    SELECT 1 FROM above a JOIN role_grant g ON g.unit_id = a.unit_id
    WHERE g.organisation_id = app_organisation() AND g.person_id = app_person() AND g.role = 'people-partner'
      AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > app_now()));
END $$;

-- A people partner of a unit that this person belongs to today.
CREATE FUNCTION is_partner_for(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT has_role('people-partner') THEN RETURN false; END IF;
  IF has_role_everywhere('people-partner') THEN RETURN true; END IF;
  RETURN EXISTS (
    WITH RECURSIVE above AS (
      SELECT m.unit_id FROM unit_membership m
      WHERE m.organisation_id = app_organisation() AND m.person_id = asked
        AND holds_today(m.valid_from, m.valid_to, m.corrected_at)
      UNION
      SELECT r.parent_id FROM above a JOIN unit_record r
        ON r.organisation_id = app_organisation() AND r.unit_id = a.unit_id
        AND holds_today(r.valid_from, r.valid_to, r.corrected_at)
      WHERE r.parent_id IS NOT NULL)
    SELECT 1 FROM above a JOIN role_grant g ON g.unit_id = a.unit_id
    WHERE g.organisation_id = app_organisation() AND g.person_id = app_person() AND g.role = 'people-partner'
      AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > app_now()));
END $$;

-- Somebody who works here today.
CREATE FUNCTION is_employed(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM employment e
    WHERE e.organisation_id = app_organisation() AND e.person_id = asked
      AND holds_today(e.valid_from, e.valid_to, e.corrected_at));
END $$;

-- The line manager of today, or somebody whom that manager gave these rights to for today. Whoever has left manages
-- nobody, and a dotted line gives no rights.
CREATE FUNCTION manages(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE manager uuid;
BEGIN
  SELECT l.manager_id INTO manager FROM reporting_line l
  WHERE l.organisation_id = app_organisation() AND l.person_id = asked AND l.kind = 'line'
    AND holds_today(l.valid_from, l.valid_to, l.corrected_at);
  IF manager IS NULL OR asked = app_person() THEN RETURN false; END IF;
  IF manager = app_person() THEN RETURN is_employed(manager); END IF;
  RETURN EXISTS (
    SELECT 1 FROM delegation d
    WHERE d.organisation_id = app_organisation() AND d.from_person = manager
      AND d.to_person = app_person() AND d.revoked_at IS NULL
      AND d.starts <= app_today() AND d.ends > app_today())
    AND is_employed(manager) AND is_employed(app_person());
END $$;

-- Whoever may publish frameworks and move assessments between their versions.
CREATE FUNCTION edits_frameworks() RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN has_role('framework-editor') OR has_role('owner');
END $$;

-- Whoever keeps the organisation as a whole: its owner, and people partners of all of it.
CREATE FUNCTION keeps_organisation() RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN has_role('owner') OR has_role_everywhere('people-partner');
END $$;

-- Whoever may write this unit: one that nobody described yet may be taken by any people partner.
CREATE FUNCTION keeps_unit(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF keeps_organisation() THEN RETURN true; END IF;
  IF NOT has_role('people-partner') THEN RETURN false; END IF;
  RETURN is_partner_of(asked) OR NOT EXISTS (
    SELECT 1 FROM unit_record r WHERE r.organisation_id = app_organisation() AND r.unit_id = asked);
END $$;

-- Whoever may write this person's place: partners of a unit that they belong to, now or later. Somebody who never
-- belonged to a unit may be taken in by any partner; somebody who left, only by those who keep the organisation: else
-- a partner could take people in to read about them.
CREATE FUNCTION keeps_person(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF keeps_organisation() THEN RETURN true; END IF;
  IF NOT has_role('people-partner') THEN RETURN false; END IF;
  RETURN EXISTS (
    SELECT 1 FROM unit_membership m
    WHERE m.organisation_id = app_organisation() AND m.person_id = asked AND m.corrected_at IS NULL
      AND (m.valid_to IS NULL OR m.valid_to > app_today()) AND is_partner_of(m.unit_id))
    OR NOT EXISTS (
      SELECT 1 FROM unit_membership m WHERE m.organisation_id = app_organisation() AND m.person_id = asked);
END $$;

-- Whoever may write what a position is: its unit's partners; one without a description, any partner.
CREATE FUNCTION keeps_position(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF keeps_organisation() THEN RETURN true; END IF;
  IF NOT has_role('people-partner') THEN RETURN false; END IF;
  RETURN NOT EXISTS (
    SELECT 1 FROM position_record r
    WHERE r.organisation_id = app_organisation() AND r.position_id = asked AND r.corrected_at IS NULL
      AND (r.valid_to IS NULL OR r.valid_to > app_today())
      AND (r.unit_id IS NULL OR NOT is_partner_of(r.unit_id)));
END $$;

-- Whoever sees a grade that a position has over these days: who held it in them, their manager and partner of today, and
-- who keeps the position. A successor does not read what the predecessor's grade was before.
CREATE FUNCTION sees_grade(asked uuid, since date, before date) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF keeps_organisation() THEN RETURN true; END IF;
  RETURN EXISTS (
    SELECT 1 FROM position_holder h
    WHERE h.organisation_id = app_organisation() AND h.position_id = asked AND h.corrected_at IS NULL
      AND (before IS NULL OR h.valid_from < before) AND (h.valid_to IS NULL OR h.valid_to > since)
      AND (h.person_id = app_person() OR manages(h.person_id) OR is_partner_for(h.person_id)))
    OR (has_role('people-partner') AND EXISTS (
      SELECT 1 FROM position_record r
      WHERE r.organisation_id = app_organisation() AND r.position_id = asked
        AND holds_today(r.valid_from, r.valid_to, r.corrected_at) AND is_partner_of(r.unit_id)));
END $$;

-- An assessment that its person shared with the acting one, until a day that has not come.
CREATE FUNCTION is_shared_with_me(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM assessment_share s
    WHERE s.organisation_id = app_organisation() AND s.assessment_id = asked AND s.with_person = app_person()
      AND s.revoked_at IS NULL AND s.until > app_today());
END $$;

-- An assessment that the acting person reads at all.
CREATE FUNCTION reads_assessment(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM assessment a WHERE a.organisation_id = app_organisation() AND a.id = asked);
END $$;
`
