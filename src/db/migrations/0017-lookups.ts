// Lookups that stay as fast in an organisation of a hundred thousand people as in one of a thousand.
import { type Kysely, sql } from 'kysely'

/**
 * Holds a dated table to its rule, as before, by an index that serves nothing else. The planner thought the index of the
 * rule as good for finding a person's rows as the index made for that, which it is not: it read all of a column. A key
 * that goes through text and back is the same key, and no lookup matches it.
 */
function once(
  table: string,
  was: string,
  keys: readonly string[],
  name = `${table}_once`,
  where = '',
): string {
  const same = keys.map((key) => `(${key}::text::uuid) WITH =`).join(', ')
  return `ALTER TABLE ${table} DROP CONSTRAINT ${was}, ADD CONSTRAINT ${name}
  EXCLUDE USING gist (organisation_id WITH =, ${same}, daterange(valid_from, valid_to) WITH &&)
    WHERE (corrected_at IS NULL${where});`
}

const RULES = [
  once('employment', 'employment_organisation_id_person_id_daterange_excl', ['person_id']),
  once('unit_record', 'unit_record_organisation_id_unit_id_daterange_excl', ['unit_id']),
  once('unit_membership', 'unit_membership_organisation_id_unit_id_person_id_daterang_excl', [
    ...['person_id', 'unit_id'],
  ]),
  once('position_record', 'position_record_organisation_id_position_id_daterange_excl', ['position_id']),
  once('position_grade', 'position_grade_organisation_id_position_id_daterange_excl', ['position_id']),
  once('position_holder', 'position_holder_organisation_id_position_id_person_id_date_excl', [
    ...['person_id', 'position_id'],
  ]),
  once(
    'reporting_line',
    'reporting_line_organisation_id_person_id_daterange_excl',
    ['person_id'],
    'reporting_line_once',
    ` AND kind = 'line'`,
  ),
  once(
    'reporting_line',
    'reporting_line_organisation_id_person_id_manager_id_datera_excl',
    ['person_id', 'manager_id'],
    'reporting_line_dotted_once',
    ` AND kind = 'dotted'`,
  ),
]

/** A page of people in the order of their names; how many work here on a day; whom a list leaves out. */
const INDEXES = `
CREATE INDEX person_by_name ON person (organisation_id, coalesce(name, ''), id) WHERE erased_at IS NULL;
CREATE INDEX person_erased ON person (organisation_id, id) WHERE erased_at IS NOT NULL;
CREATE INDEX person_sample ON person (organisation_id, id) WHERE sample;
CREATE INDEX employment_by_days ON employment (organisation_id, valid_from, valid_to) WHERE corrected_at IS NULL;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const rule of [...RULES, INDEXES]) await sql.raw(rule).execute(db)
}
