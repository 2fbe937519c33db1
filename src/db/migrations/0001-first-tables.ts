// The first tables: organisation, person, framework and its versions, assessment and its responses, audit.
// Every key and every reference holds the organisation. Written for PostgreSQL 15.
import { type Kysely, sql } from 'kysely'

const TABLES = `
CREATE TABLE organisation (
  id uuid PRIMARY KEY,
  name text CHECK (length(name) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL
);

CREATE TABLE person (
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  id uuid NOT NULL,
  name text CHECK (length(name) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id)
);

CREATE TABLE framework (
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  id text NOT NULL CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$'),
  built_in boolean NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, id)
);

CREATE TABLE framework_version (
  organisation_id uuid NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  framework_id text NOT NULL,
  version text NOT NULL,
  content jsonb NOT NULL,
  ordinal integer NOT NULL CHECK (ordinal > 0),
  stored_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, hash),
  UNIQUE (organisation_id, framework_id, ordinal),
  FOREIGN KEY (organisation_id, framework_id) REFERENCES framework (organisation_id, id)
);

CREATE TABLE assessment (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  framework_hash text NOT NULL,
  start_key uuid NOT NULL,
  mode text NOT NULL CHECK (mode IN ('quick', 'adaptive', 'whole-bank', 'target')),
  target_role text,
  target_variant text,
  self_role text,
  self_variant text,
  self_years double precision CHECK (self_years BETWEEN 0 AND 60),
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  stop_reason text,
  PRIMARY KEY (organisation_id, id),
  UNIQUE (organisation_id, person_id, start_key),
  FOREIGN KEY (organisation_id, person_id) REFERENCES person (organisation_id, id),
  FOREIGN KEY (organisation_id, framework_hash) REFERENCES framework_version (organisation_id, hash),
  CHECK ((finished_at IS NULL) = (stop_reason IS NULL)),
  CHECK (mode <> 'target' OR target_role IS NOT NULL),
  CHECK (target_variant IS NULL OR target_role IS NOT NULL),
  CHECK (self_variant IS NULL OR self_role IS NOT NULL)
);
CREATE INDEX assessment_by_person ON assessment (organisation_id, person_id, started_at DESC);
CREATE INDEX assessment_by_version ON assessment (organisation_id, framework_hash);

CREATE TABLE response (
  organisation_id uuid NOT NULL,
  assessment_id uuid NOT NULL,
  position integer NOT NULL CHECK (position > 0),
  key uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('answer', 'undo', 'evidence')),
  item text NOT NULL,
  answer text CHECK (answer IN ('not-yet', 'with-help', 'on-my-own', 'lead-others', 'set-how', 'no-opportunity')),
  evidence text CHECK (length(evidence) <= 2000 AND evidence ~ '^https?://'),
  undoes integer,
  given_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, assessment_id, position),
  UNIQUE (organisation_id, assessment_id, key),
  FOREIGN KEY (organisation_id, assessment_id) REFERENCES assessment (organisation_id, id) ON DELETE CASCADE,
  CHECK ((kind = 'answer') = (answer IS NOT NULL)),
  CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
  CHECK (undoes < position)
);

CREATE TABLE audit (
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind IN ('person', 'system')),
  actor_id uuid,
  action text NOT NULL CHECK (action ~ '^[a-z-]+[.][a-z-]+$'),
  object_kind text NOT NULL,
  object_id text NOT NULL,
  subject_id uuid,
  reason text,
  details jsonb NOT NULL,
  PRIMARY KEY (organisation_id, position),
  CHECK ((actor_kind = 'person') = (actor_id IS NOT NULL))
);
CREATE INDEX audit_by_object ON audit (organisation_id, object_kind, object_id, position);
CREATE INDEX audit_by_subject ON audit (organisation_id, subject_id, position);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
}
