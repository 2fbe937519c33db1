// How people are found by what is typed: the words of their names and ids, kept in a form that an index can look up.
import { secureTable } from './secure-table.ts'

/**
 * What a word is looked up by: at most so many characters of it. A key of an index holds 2,700 bytes, and one written
 * character may become eighteen.
 */
const MOST = 40
/** What stands between the parts of a word: punctuation of ASCII, Latin-1 and general use. */
const BETWEEN = String.raw`[\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]`
/** Scripts that write no spaces between words, a Hangul syllable by its first letter: each character may be a beginning. */
const UNSPACED = String.raw`[\u1100-\u1112\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]`

export const PERSON_WORDS = `
-- Small letters without accents: what is typed and what is looked for meet in this form. Width and ligatures go as well.
CREATE FUNCTION search_form(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN octet_length(said) = length(said) THEN lower(said)
    ELSE lower(regexp_replace(normalize(said, NFKD), '[\\u0300-\\u036f]', '', 'g')) END;

-- Every part of a text that somebody may begin to type: from the beginning of a word, behind a hyphen or an apostrophe,
-- from the first digit of a number, from any character where no spaces are written; each up to the next space. The same part may come twice.
CREATE FUNCTION search_words(said text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT substr(piece, i, ${MOST})
  FROM regexp_split_to_table(search_form(said), '\\s+') piece,
    generate_series(1, CASE WHEN piece ~ '^[a-z]+$' THEN 1 ELSE length(piece) END) i
  WHERE i = 1 OR substr(piece, i - 1, 1) ~ '${BETWEEN}' OR substr(piece, i, 1) ~ '${UNSPACED}'
    OR substr(piece, i - 1, 2) ~ '[^0-9][0-9]';
END;

CREATE TABLE person_word (
  organisation_id uuid NOT NULL,
  person_id uuid NOT NULL,
  -- Compared byte by byte: such a comparison tells nothing of rows that are not seen, so it may use an index before
  -- the policies are asked.
  word text COLLATE "C" NOT NULL CHECK (length(word) BETWEEN 1 AND ${MOST}),
  PRIMARY KEY (organisation_id, person_id, word),
  FOREIGN KEY (organisation_id, person_id) REFERENCES person (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX person_word_by_word ON person_word (organisation_id, word, person_id);
${secureTable('person_word')}
CREATE POLICY everybody_reads ON person_word FOR SELECT TO rungs_request USING (true);

-- In the same transaction as the name, whoever writes it, and by nobody's hand.
CREATE FUNCTION keep_person_words() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE before text := coalesce(current_setting('app.maintenance', true), '');
BEGIN
  PERFORM set_config('app.maintenance', 'on', true);
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM public.person_word w WHERE w.organisation_id = NEW.organisation_id AND w.person_id = NEW.id;
  END IF;
  INSERT INTO public.person_word (organisation_id, person_id, word)
    SELECT NEW.organisation_id, NEW.id, w FROM public.search_words(NEW.name) w
    UNION ALL SELECT NEW.organisation_id, NEW.id, w FROM public.search_words(NEW.external_id) w
  ON CONFLICT DO NOTHING;
  PERFORM set_config('app.maintenance', before, true);
  RETURN NULL;
END $$;
CREATE TRIGGER keep_person_words_of_new AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION keep_person_words();
CREATE TRIGGER keep_person_words AFTER UPDATE OF name, external_id ON person FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.external_id IS DISTINCT FROM NEW.external_id)
  EXECUTE FUNCTION keep_person_words();
`

/** The words of people who are there already. */
export const FILL_PERSON_WORDS = `
INSERT INTO person_word (organisation_id, person_id, word)
  SELECT p.organisation_id, p.id, w FROM person p CROSS JOIN LATERAL search_words(p.name) w
  UNION ALL SELECT p.organisation_id, p.id, w FROM person p CROSS JOIN LATERAL search_words(p.external_id) w
ON CONFLICT DO NOTHING;
`
