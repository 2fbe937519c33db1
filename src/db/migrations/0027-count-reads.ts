// How much each account reads, counted for all processes of an instance together.
import { type Kysely, sql } from 'kysely'

/** By the hash of the account. Unlogged: it is written with reads, and after a crash counting begins anew. */
const COUNT_READS = `
CREATE UNLOGGED TABLE work.read_count (
  key text PRIMARY KEY CHECK (key ~ '^[0-9a-f]{64}$'),
  minute_began timestamptz NOT NULL,
  minute_reads integer NOT NULL,
  hour_began timestamptz NOT NULL,
  hour_reads integer NOT NULL
);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(COUNT_READS).execute(db)
}
