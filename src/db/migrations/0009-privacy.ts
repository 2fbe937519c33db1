// Erasures, legal holds and retention: ordered by people with the right to it, carried out by a job.
import { type Kysely, sql } from 'kysely'
import { PRIVACY_FUNCTIONS, PRIVACY_POLICIES } from '../policies/privacy.ts'
import { secureTable } from '../policies/secure-table.ts'

const PERSON = `FOREIGN KEY (organisation_id, person_id) REFERENCES person (organisation_id, id)`

const TABLES = `
CREATE TABLE legal_hold (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  reason text CHECK (length(reason) BETWEEN 1 AND 1000),
  reason_salt text CHECK (reason_salt ~ '^[0-9a-f]{32}$'),
  placed_at timestamptz NOT NULL,
  placed_by uuid NOT NULL,
  lifted_at timestamptz,
  lifted_by uuid,
  PRIMARY KEY (organisation_id, id),
  ${PERSON},
  FOREIGN KEY (organisation_id, placed_by) REFERENCES person (organisation_id, id),
  FOREIGN KEY (organisation_id, lifted_by) REFERENCES person (organisation_id, id),
  CHECK ((lifted_at IS NULL) = (lifted_by IS NULL)),
  CHECK ((reason IS NULL) = (reason_salt IS NULL))
);
CREATE INDEX legal_hold_by_person ON legal_hold (organisation_id, person_id);

CREATE TABLE erasure (
  organisation_id uuid NOT NULL,
  person_id uuid NOT NULL,
  reason text NOT NULL CHECK (reason ~ '^[a-z-]+$'),
  ordered_at timestamptz NOT NULL,
  ordered_by uuid,
  replay_of timestamptz,
  done_at timestamptz,
  PRIMARY KEY (organisation_id, person_id),
  ${PERSON},
  FOREIGN KEY (organisation_id, ordered_by) REFERENCES person (organisation_id, id)
);

CREATE TABLE retention_rule (
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  kind text NOT NULL CHECK (kind IN ('assessments', 'leavers', 'invitations', 'mail')),
  days integer NOT NULL CHECK (days BETWEEN 1 AND 36500),
  set_at timestamptz NOT NULL,
  set_by uuid NOT NULL,
  PRIMARY KEY (organisation_id, kind),
  FOREIGN KEY (organisation_id, set_by) REFERENCES person (organisation_id, id)
);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  const secured = ['legal_hold', 'erasure', 'retention_rule'].map((table) => secureTable(table))
  for (const part of [TABLES, PRIVACY_FUNCTIONS, ...secured, PRIVACY_POLICIES])
    await sql.raw(part).execute(db)
}
