// Rating rounds: the round and its published rule, subjects, sheets, ratings, results by cell, and notes for raters.
import { type Kysely, sql } from 'kysely'
import { ROUND_FUNCTIONS, ROUND_POLICIES, ROUND_TRIGGERS } from '../policies/rounds.ts'
import { secureTable } from '../policies/secure-table.ts'

const person = (column: string) =>
  `FOREIGN KEY (organisation_id, ${column}) REFERENCES person (organisation_id, id)`

const TABLES = `
CREATE TABLE round (
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  id uuid NOT NULL,
  open_key uuid NOT NULL,
  unit_id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  framework_hash text NOT NULL,
  minimum_group integer NOT NULL CHECK (minimum_group BETWEEN 5 AND 100),
  manager_named boolean NOT NULL,
  opens_to_manager boolean NOT NULL,
  opens_to_partner boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('preparing', 'running', 'closing', 'closed', 'cancelled')),
  closes_on date NOT NULL,
  opened_at timestamptz NOT NULL,
  opened_by uuid NOT NULL,
  started_at timestamptz,
  closed_at timestamptz,
  cancelled_at timestamptz,
  sample boolean NOT NULL DEFAULT false,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, open_key),
  UNIQUE (organisation_id, id, unit_id),
  FOREIGN KEY (organisation_id, unit_id) REFERENCES unit (organisation_id, id),
  FOREIGN KEY (organisation_id, framework_hash) REFERENCES framework_version (organisation_id, hash),
  ${person('opened_by')}
);
CREATE INDEX round_by_unit ON round (organisation_id, unit_id);
CREATE INDEX round_due ON round (organisation_id, closes_on) WHERE state = 'running';

CREATE TABLE round_subject (
  organisation_id uuid NOT NULL,
  round_id uuid NOT NULL,
  person_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  role text,
  variant text,
  form jsonb NOT NULL CHECK (jsonb_typeof(form) = 'array' AND jsonb_array_length(form) BETWEEN 1 AND 60),
  state text NOT NULL CHECK (state IN ('rated', 'withdrawn', 'left')),
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, round_id, person_id),
  FOREIGN KEY (organisation_id, round_id, unit_id) REFERENCES round (organisation_id, id, unit_id) ON DELETE CASCADE,
  ${person('person_id')}
);
CREATE INDEX round_subject_by_person ON round_subject (organisation_id, person_id);

CREATE TABLE round_rater (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  round_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  rater_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('self', 'manager', 'peer', 'report')),
  state text NOT NULL CHECK (state IN ('proposed', 'open', 'submitted', 'declined', 'removed', 'lapsed')),
  reason text CHECK (reason IN ('know-too-little', 'conflict-of-interest', 'no-time', 'other')),
  proposed_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  submitted_at timestamptz,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, round_id, subject_id, rater_id),
  UNIQUE (organisation_id, id, rater_id),
  FOREIGN KEY (organisation_id, round_id, unit_id) REFERENCES round (organisation_id, id, unit_id) ON DELETE CASCADE,
  FOREIGN KEY (organisation_id, round_id, subject_id)
    REFERENCES round_subject (organisation_id, round_id, person_id) ON DELETE CASCADE,
  ${person('rater_id')},
  CHECK ((kind = 'self') = (subject_id = rater_id)),
  CHECK ((state = 'submitted') = (submitted_at IS NOT NULL)),
  CHECK (reason IS NULL OR state IN ('declined', 'removed', 'open'))
);
CREATE INDEX round_rater_by_rater ON round_rater (organisation_id, rater_id, round_id);

CREATE TABLE rating (
  organisation_id uuid NOT NULL,
  sheet_id uuid NOT NULL,
  rater_id uuid NOT NULL,
  position integer NOT NULL CHECK (position > 0),
  key uuid NOT NULL,
  item text NOT NULL CHECK (length(item) BETWEEN 1 AND 200),
  answer text NOT NULL CHECK (
    answer IN ('not-yet', 'with-help', 'on-my-own', 'lead-others', 'set-how', 'no-opportunity')),
  evidence text CHECK (length(evidence) BETWEEN 1 AND 2000),
  given_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, sheet_id, position),
  UNIQUE (organisation_id, sheet_id, key),
  FOREIGN KEY (organisation_id, sheet_id, rater_id)
    REFERENCES round_rater (organisation_id, id, rater_id) ON DELETE CASCADE
);
CREATE INDEX rating_by_rater ON rating (organisation_id, rater_id);

CREATE TABLE round_result (
  organisation_id uuid NOT NULL,
  round_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  competency text NOT NULL CHECK (length(competency) BETWEEN 1 AND 200),
  cell integer NOT NULL CHECK (cell > 0),
  kinds text[] NOT NULL CHECK (cardinality(kinds) > 0 AND kinds <@ ARRAY['self', 'manager', 'peer', 'report']),
  raters integer CHECK (raters > 0),
  measure double precision,
  se double precision CHECK (se > 0),
  leans boolean NOT NULL,
  refusal text CHECK (refusal ~ '^[a-z-]+$'),
  opens_to_manager boolean NOT NULL,
  opens_to_partner boolean NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, round_id, subject_id, competency, cell),
  FOREIGN KEY (organisation_id, round_id, subject_id)
    REFERENCES round_subject (organisation_id, round_id, person_id) ON DELETE CASCADE,
  CHECK ((measure IS NULL) = (refusal IS NOT NULL)),
  CHECK ((measure IS NULL) = (se IS NULL) AND (measure IS NULL) = (raters IS NULL))
);
CREATE INDEX round_result_by_subject ON round_result (organisation_id, subject_id);

CREATE TABLE rater_note (
  organisation_id uuid NOT NULL,
  round_id uuid NOT NULL,
  rater_id uuid NOT NULL,
  severity double precision,
  se double precision CHECK (se > 0),
  subjects integer NOT NULL CHECK (subjects >= 0),
  refusal text CHECK (refusal ~ '^[a-z-]+$'),
  noted_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, round_id, rater_id),
  FOREIGN KEY (organisation_id, round_id) REFERENCES round (organisation_id, id) ON DELETE CASCADE,
  ${person('rater_id')},
  CHECK ((severity IS NULL) = (refusal IS NOT NULL) AND (severity IS NULL) = (se IS NULL))
);
CREATE INDEX rater_note_by_rater ON rater_note (organisation_id, rater_id);

-- What was said and what was published is never changed; deleting is for the erasure of a person and of the sample.
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER never_changed BEFORE UPDATE ON rating FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER never_changed BEFORE UPDATE ON round_result FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
`

const SECURED = ['round', 'round_subject', 'round_rater', 'rating', 'round_result', 'rater_note']

export async function up(db: Kysely<unknown>): Promise<void> {
  const secured = SECURED.map((table) => secureTable(table))
  for (const part of [TABLES, ROUND_FUNCTIONS, ROUND_TRIGGERS, ...secured, ROUND_POLICIES])
    await sql.raw(part).execute(db)
}
