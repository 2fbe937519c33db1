// Who published a version and why; migrations between versions, the copies that they make, and what undoing keeps.
import { type Kysely, sql } from 'kysely'

const TABLES = `
ALTER TABLE framework_version
  ADD COLUMN published_by uuid,
  ADD COLUMN reason text CHECK (length(reason) BETWEEN 1 AND 1000),
  ADD CHECK ((published_by IS NULL) = (reason IS NULL)),
  ADD FOREIGN KEY (organisation_id, published_by) REFERENCES person (organisation_id, id);

CREATE TABLE framework_migration (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  framework_id text NOT NULL,
  from_hash text NOT NULL,
  to_hash text NOT NULL,
  apply_key uuid NOT NULL,
  mapping jsonb NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  applied_by uuid NOT NULL,
  applied_at timestamptz NOT NULL,
  undone_by uuid,
  undone_at timestamptz,
  undo_reason text CHECK (length(undo_reason) BETWEEN 1 AND 1000),
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, apply_key),
  FOREIGN KEY (organisation_id, framework_id) REFERENCES framework (organisation_id, id),
  FOREIGN KEY (organisation_id, from_hash) REFERENCES framework_version (organisation_id, hash),
  FOREIGN KEY (organisation_id, to_hash) REFERENCES framework_version (organisation_id, hash),
  FOREIGN KEY (organisation_id, applied_by) REFERENCES person (organisation_id, id),
  FOREIGN KEY (organisation_id, undone_by) REFERENCES person (organisation_id, id),
  CHECK (from_hash <> to_hash),
  CHECK ((undone_at IS NULL) = (undone_by IS NULL) AND (undone_at IS NULL) = (undo_reason IS NULL))
);
CREATE INDEX framework_migration_by_framework
  ON framework_migration (organisation_id, framework_id, applied_at DESC);

CREATE TABLE migration_assessment (
  organisation_id uuid NOT NULL,
  migration_id uuid NOT NULL,
  from_assessment uuid NOT NULL,
  to_assessment uuid NOT NULL,
  moved integer NOT NULL CHECK (moved >= 0),
  left_behind integer NOT NULL CHECK (left_behind >= 0),
  PRIMARY KEY (organisation_id, migration_id, from_assessment),
  UNIQUE (organisation_id, to_assessment),
  FOREIGN KEY (organisation_id, migration_id) REFERENCES framework_migration (organisation_id, id),
  FOREIGN KEY (organisation_id, from_assessment) REFERENCES assessment (organisation_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organisation_id, to_assessment) REFERENCES assessment (organisation_id, id) ON DELETE CASCADE
);

ALTER TABLE assessment
  ADD COLUMN superseded_by uuid,
  ADD COLUMN withdrawn_at timestamptz,
  ADD FOREIGN KEY (organisation_id, superseded_by) REFERENCES assessment (organisation_id, id)
    ON DELETE SET NULL (superseded_by);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
}
