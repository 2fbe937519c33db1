// People are found by the words of their names and ids, and positions by their titles, from an index.
import { type Kysely, sql } from 'kysely'
import { FILL_PERSON_WORDS, PERSON_WORDS } from '../policies/person-words.ts'

/** The few titles that many positions share are read one after the other, each from one place of the index. */
const TITLES = `
CREATE INDEX position_record_by_title ON position_record (organisation_id, title COLLATE "C", position_id)
  WHERE corrected_at IS NULL;
`

/** As before, and the words. */
const COUNT = `
CREATE OR REPLACE FUNCTION count_people_anew() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  ANALYZE public.person, public.person_contact, public.person_word, public.employment, public.unit, public.unit_record,
    public.unit_membership, public.position, public.position_record, public.position_grade,
    public.position_holder, public.reporting_line;
END $$;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [PERSON_WORDS, FILL_PERSON_WORDS, TITLES, COUNT]) await sql.raw(part).execute(db)
}
