// The words of a reason get a salt and can be erased with it; the audit gets the fingerprint of the words.
import { type Kysely, sql } from 'kysely'

const COLUMNS = `
ALTER TABLE audit ADD COLUMN reason_fingerprint text CHECK (reason_fingerprint ~ '^[0-9a-f]{64}$');

ALTER TABLE framework_version
  DROP CONSTRAINT framework_version_check,
  ADD CHECK (published_by IS NOT NULL OR reason IS NULL),
  ADD COLUMN reason_salt text CHECK (reason_salt ~ '^[0-9a-f]{32}$'),
  ADD CHECK (reason IS NOT NULL OR reason_salt IS NULL);

ALTER TABLE framework_migration
  DROP CONSTRAINT framework_migration_check1,
  ALTER COLUMN reason DROP NOT NULL,
  ADD COLUMN reason_salt text CHECK (reason_salt ~ '^[0-9a-f]{32}$'),
  ADD COLUMN undo_reason_salt text CHECK (undo_reason_salt ~ '^[0-9a-f]{32}$'),
  ADD CHECK ((undone_at IS NULL) = (undone_by IS NULL)),
  ADD CHECK (undone_at IS NOT NULL OR undo_reason IS NULL),
  ADD CHECK (reason IS NOT NULL OR reason_salt IS NULL),
  ADD CHECK (undo_reason IS NOT NULL OR undo_reason_salt IS NULL);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(COLUMNS).execute(db)
}
