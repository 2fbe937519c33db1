// Who reads and writes people, units, positions and reporting lines: the chart is open, its keepers write it.

/** The organisation itself: its people read it, its owner sets it; scheduled work finds all of them. */
const ORGANISATION = `
ALTER TABLE organisation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisation AS RESTRICTIVE TO rungs_request
  USING (id = app_organisation()) WITH CHECK (id = app_organisation());
CREATE POLICY maintenance ON organisation TO CURRENT_USER
  USING (current_setting('app.maintenance', true) = 'on')
  WITH CHECK (current_setting('app.maintenance', true) = 'on');
CREATE POLICY everybody_reads ON organisation FOR SELECT TO rungs_request USING (true);
CREATE POLICY owner_sets ON organisation FOR UPDATE TO rungs_request USING (has_role('owner'));
CREATE POLICY jobs_find_all ON organisation FOR SELECT TO rungs_job USING (true);
`

/** The open part of the chart: everybody in the organisation reads it, and so do jobs. */
const open = (table: string) => `
CREATE POLICY everybody_reads ON ${table} FOR SELECT TO rungs_request USING (true);
CREATE POLICY jobs_read ON ${table} FOR SELECT TO rungs_job USING (true);
`

/** Rows that are added, ended and marked as corrected by whoever passes `keeps`; none is deleted. */
const kept = (table: string, keeps: string, adds = keeps) => `
CREATE POLICY keepers_add ON ${table} FOR INSERT TO rungs_request WITH CHECK (${adds});
CREATE POLICY keepers_change ON ${table} FOR UPDATE TO rungs_request USING (${keeps});
`

const PARTNER = `has_role('owner') OR has_role('people-partner')`

export const PEOPLE_POLICIES = [
  ORGANISATION,
  open('person'),
  // A new person belongs to no unit yet; the name is everybody's own to change.
  `CREATE POLICY keepers_add ON person FOR INSERT TO rungs_request WITH CHECK (${PARTNER});
CREATE POLICY keepers_change ON person FOR UPDATE TO rungs_request USING (id = app_person() OR keeps_person(id));`,

  // An address is no part of the chart: its person, their partners and the owner; jobs, to send mail.
  `CREATE POLICY own_and_keepers_read ON person_contact FOR SELECT TO rungs_request
  USING (person_id = app_person() OR keeps_person(person_id));
CREATE POLICY keepers_delete ON person_contact FOR DELETE TO rungs_request USING (keeps_person(person_id));
CREATE POLICY jobs_read ON person_contact FOR SELECT TO rungs_job USING (true);`,
  kept('person_contact', 'keeps_person(person_id)'),

  open('employment'),
  kept('employment', 'keeps_person(person_id)'),
  open('reporting_line'),
  kept('reporting_line', 'keeps_person(person_id)'),

  open('unit'),
  kept('unit', 'keeps_unit(id)', PARTNER),
  open('unit_record'),
  // Both: nobody moves another's unit under their own, nor their own under another's.
  kept(
    'unit_record',
    'keeps_unit(unit_id)',
    'keeps_unit(unit_id) AND (keeps_organisation() OR is_partner_of(parent_id))',
  ),
  open('unit_membership'),
  kept(
    'unit_membership',
    'is_partner_of(unit_id) OR keeps_organisation()',
    'keeps_organisation() OR (is_partner_of(unit_id) AND keeps_person(person_id))',
  ),

  open('position'),
  kept('position', 'keeps_position(id)', PARTNER),
  open('position_record'),
  kept(
    'position_record',
    'keeps_position(position_id)',
    'keeps_position(position_id) AND (keeps_organisation() OR is_partner_of(unit_id))',
  ),
  open('position_holder'),
  kept(
    'position_holder',
    'keeps_position(position_id)',
    'keeps_position(position_id) AND keeps_person(person_id)',
  ),
  // A grade is read by who it is about and who is responsible for them; colleagues do not see it.
  `CREATE POLICY concerned_read ON position_grade FOR SELECT TO rungs_request
  USING (sees_grade(position_id, valid_from, valid_to));`,
  kept('position_grade', 'keeps_position(position_id)'),
].join('\n')
