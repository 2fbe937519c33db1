// The database tells every server process that people or a round changed, so that open screens can look again.
import { type Kysely, sql } from 'kysely'

/** What a list of people and the chart are made of. */
const PEOPLE = [
  ...['person', 'employment', 'unit_record', 'unit_membership'],
  ...['position_record', 'position_holder', 'reporting_line'],
]
/** How far a round is. */
const ROUNDS = ['round', 'round_subject', 'round_rater']

/**
 * An organisation, a kind and the id of a round: never whose row changed, nor how. One line for each transaction and
 * thing, however many rows it was: PostgreSQL drops what is told twice, and tells nothing of what was rolled back.
 */
const FUNCTIONS = `
CREATE FUNCTION tell_people() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_notify('rungs_live', 'people ' || c.organisation_id)
    FROM (SELECT DISTINCT organisation_id FROM changed) c;
  RETURN NULL;
END $$;
CREATE FUNCTION tell_round() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'round' THEN
    PERFORM pg_notify('rungs_live', 'round ' || c.organisation_id || ' ' || c.id) FROM changed c;
  ELSE
    PERFORM pg_notify('rungs_live', 'round ' || c.organisation_id || ' ' || c.round_id)
      FROM (SELECT DISTINCT organisation_id, round_id FROM changed) c;
  END IF;
  RETURN NULL;
END $$;
`

/** A trigger that sees the rows of a statement is about one kind of statement. */
function told(table: string, by: string): string {
  const verbs = { insert: 'NEW', update: 'NEW', delete: 'OLD' }
  return Object.entries(verbs)
    .map(
      ([verb, rows]) => `CREATE TRIGGER tell_${verb} AFTER ${verb.toUpperCase()} ON ${table}
  REFERENCING ${rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${by}();`,
    )
    .join('\n')
}

export async function up(db: Kysely<unknown>): Promise<void> {
  const triggers = [
    ...PEOPLE.map((table) => told(table, 'tell_people')),
    ...ROUNDS.map((table) => told(table, 'tell_round')),
  ]
  for (const part of [FUNCTIONS, ...triggers]) await sql.raw(part).execute(db)
}
