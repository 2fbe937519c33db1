// Brings a database to the newest shape: forward only, one process at a time, each migration once.
import { Migrator, sql, type Kysely, type Migration } from 'kysely'
import { errorCodeOf, messageOf, RungsError } from '../platform/errors.ts'
import { migrations } from './migrations/all.ts'
import type { Tables } from './schema.ts'

/** A migration changes the schema forward; there is no way back but a restore. */
export type ForwardMigration = Pick<Migration, 'up'>

/** Runs what is missing, in the order of the names, in one transaction; returns the names that ran. */
export async function migrate(
  db: Kysely<Tables>,
  all: Record<string, ForwardMigration> = migrations,
): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(Object.entries(all).map(inMaintenance)) },
    migrationTableName: 'rungs_migration',
    migrationLockTableName: 'rungs_migration_lock',
  })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) {
    const failed = results.find((result) => result.status === 'Error')?.migrationName
    const where =
      failed === undefined ? 'The database does not fit this version of Rungs' : `Migration ${failed} failed`
    const advice =
      errorCodeOf(error) === '42501'
        ? ' The user of DATABASE_URL has to own the database and everything of Rungs in it.'
        : ''
    throw new RungsError('unavailable', `${where}: ${messageOf(error)}.${advice}`, { cause: error })
  }
  return results.map((result) => result.migrationName)
}

/** Row security holds for the owner too; a migration that changes rows must see them all. */
function inMaintenance([name, { up }]: [string, ForwardMigration]): [string, ForwardMigration] {
  const seeing = async (db: Kysely<unknown>) => {
    await sql`set local app.maintenance = 'on'`.execute(db)
    await up(db)
  }
  return [name, { up: seeing }]
}
