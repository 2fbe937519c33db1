// Results under a limit of error and with few raters are their person's alone; who reads nobody else's learns how harsh raters were.
import { type Kysely, sql } from 'kysely'
import { ROUND_LIMITS } from '../policies/round-limits.ts'
import { SAMPLE_FUNCTIONS } from '../policies/sample.ts'
import { secureTable } from '../policies/secure-table.ts'

const TABLES = `
-- In logits: 90 % intervals of three quarters of a level to each side.
ALTER TABLE round ADD COLUMN se_limit double precision NOT NULL DEFAULT 1.03 CHECK (se_limit > 0 AND se_limit <= 5);
ALTER TABLE round_result
  ADD COLUMN disagree boolean NOT NULL DEFAULT false,
  ADD COLUMN only_subject text CHECK (
    only_subject IN ('self-assessed', 'too-few-raters', 'too-uncertain', 'not-connected'));
ALTER TABLE round_result DISABLE TRIGGER never_changed;
UPDATE round_result SET only_subject = CASE WHEN kinds = ARRAY['self'] THEN 'self-assessed' ELSE 'too-few-raters' END
  WHERE measure IS NOT NULL AND (kinds = ARRAY['self'] OR raters < 3);
ALTER TABLE round_result ENABLE TRIGGER never_changed;

CREATE TABLE round_adjustment (
  organisation_id uuid NOT NULL,
  round_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  kinds text[] NOT NULL CHECK (cardinality(kinds) > 0 AND kinds <@ ARRAY['manager', 'peer', 'report']),
  competencies text[] NOT NULL CHECK (cardinality(competencies) > 0),
  raters integer NOT NULL CHECK (raters > 0),
  severity double precision NOT NULL,
  se double precision NOT NULL CHECK (se > 0),
  PRIMARY KEY (organisation_id, round_id, subject_id, kinds),
  FOREIGN KEY (organisation_id, round_id, subject_id)
    REFERENCES round_subject (organisation_id, round_id, person_id) ON DELETE CASCADE
);
CREATE INDEX round_adjustment_by_subject ON round_adjustment (organisation_id, subject_id);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  const sample = SAMPLE_FUNCTIONS.replaceAll('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION')
  for (const part of [TABLES, secureTable('round_adjustment'), ROUND_LIMITS, sample])
    await sql.raw(part).execute(db)
}
