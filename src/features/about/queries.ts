// Reads what this server runs on.
import { sql } from 'kysely'
import { packageVersion } from '../../platform/package-root.ts'
import type { Context } from '../../platform/procedure.ts'

/** The versions of Rungs and PostgreSQL, the mode and the server's clock. */
export async function getAbout({ db, actor, now }: Context) {
  const { rows } = await sql<{ server_version: string }>`show server_version`.execute(db)
  const postgres = rows[0]?.server_version ?? 'unknown'
  return {
    version: packageVersion,
    mode: actor.kind === 'local' ? ('local' as const) : ('team' as const),
    postgres,
    now: now.toISOString(),
  }
}
