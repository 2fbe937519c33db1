// After many people came in at once, the planner learns how many there are before anybody asks for them.
import { type Kysely, sql } from 'kysely'

/**
 * Until the database counts by itself, within a minute or so, it takes the tables for almost empty, and the org chart of
 * thousands takes minutes. Whoever may write these rows may have them counted; counting tells nobody anything.
 */
const COUNT = `
CREATE FUNCTION count_people_anew() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  ANALYZE public.person, public.person_contact, public.employment, public.unit, public.unit_record,
    public.unit_membership, public.position, public.position_record, public.position_grade,
    public.position_holder, public.reporting_line;
END $$;
REVOKE EXECUTE ON FUNCTION count_people_anew() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_people_anew() TO rungs_request;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(COUNT).execute(db)
}
