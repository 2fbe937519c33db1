// Marks the people, units and positions of the sample organisation, so that removing it removes exactly these.
import { type Kysely, sql } from 'kysely'

const BY_PERSON = ['reporting_line', 'unit_membership', 'employment', 'position_holder', 'person_contact']
const BY_POSITION = ['position_record', 'position_grade']

/** The owner deletes rows of the sample, and of nothing else; marks are set with a row and never changed. */
const removable = (table: string, condition: string) => `
CREATE POLICY owner_removes_sample ON ${table} FOR DELETE TO rungs_request USING (${condition} AND has_role('owner'));`

const marks = (table: string) => `
CREATE FUNCTION is_sample_${table}(asked uuid) RETURNS boolean
  LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM ${table} t WHERE t.organisation_id = app_organisation() AND t.id = asked AND t.sample);
END $$;`

const SAMPLE = `
ALTER TABLE person ADD COLUMN sample boolean NOT NULL DEFAULT false;
ALTER TABLE unit ADD COLUMN sample boolean NOT NULL DEFAULT false;
ALTER TABLE position ADD COLUMN sample boolean NOT NULL DEFAULT false;
CREATE INDEX person_of_sample ON person (organisation_id) WHERE sample;
CREATE INDEX unit_of_sample ON unit (organisation_id) WHERE sample;
CREATE INDEX position_of_sample ON position (organisation_id) WHERE sample;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  const parts = [
    SAMPLE,
    ...['person', 'unit', 'position'].map(marks),
    ...['person', 'unit', 'position'].map((table) => removable(table, 'sample')),
    ...BY_PERSON.map((table) => removable(table, 'is_sample_person(person_id)')),
    ...BY_POSITION.map((table) => removable(table, 'is_sample_position(position_id)')),
    removable('unit_record', 'is_sample_unit(unit_id)'),
  ]
  for (const part of parts) await sql.raw(part).execute(db)
}
