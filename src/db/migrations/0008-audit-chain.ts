// The hash chain of the audit: which transaction wrote a row, sets of persons, and the links that hold rows together.
import { type Kysely, sql } from 'kysely'
import { appendOnly, AUDIT_CHAIN_POLICIES, REFUSE_CHANGE } from '../policies/audit-chain.ts'
import { secureTable } from '../policies/secure-table.ts'

const TABLES = `
ALTER TABLE audit
  ADD COLUMN xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
  ADD COLUMN subject_ids uuid[] CHECK (cardinality(subject_ids) > 0);
CREATE INDEX audit_by_xact ON audit (organisation_id, xact, position);
CREATE INDEX audit_of_sets ON audit (organisation_id, position) WHERE subject_ids IS NOT NULL;
CREATE INDEX audit_by_time ON audit (organisation_id, at, position);

CREATE TABLE audit_link (
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  sequence bigint NOT NULL CHECK (sequence > 0),
  position bigint NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  sealed_before xid8 NOT NULL,
  PRIMARY KEY (organisation_id, sequence),
  UNIQUE (organisation_id, position)
);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  const secured = [secureTable('audit_link'), AUDIT_CHAIN_POLICIES]
  const closed = [REFUSE_CHANGE, appendOnly('audit'), appendOnly('audit_link')]
  for (const part of [TABLES, ...secured, ...closed]) await sql.raw(part).execute(db)
}
