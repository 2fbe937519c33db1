// When each scheduled job is due next, for all processes of an instance.
import { type Kysely, sql } from 'kysely'

const JOBS = `
CREATE SCHEMA work;

CREATE TABLE work.job (
  name text PRIMARY KEY CHECK (name ~ '^[a-z-]+$'),
  due_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  ended_at timestamptz,
  failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  trouble text CHECK (length(trouble) <= 100)
);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(JOBS).execute(db)
}
