// Opens the database for a verb: that of DATABASE_URL, that of a server that runs on the data folder, or the folder's own.
import { connect, assertServer, type Connection, type ConnectionTarget } from '../../db/connect.ts'
import { startCluster } from '../../db/embedded/cluster.ts'
import { findRunningCluster } from '../../db/embedded/running-cluster.ts'
import { assertSeesAll } from '../../db/owner-sight.ts'
import { maintenanceDatabase } from '../../db/scoped.ts'
import { parseConfig, type Config } from '../../platform/config.ts'
import { messageOf, RungsError } from '../../platform/errors.ts'
import { createLog } from '../../platform/log.ts'
import { readSecret } from '../../platform/secret.ts'
import { readSettingsFile } from '../../platform/settings-file.ts'
import { openReadyDatabases } from '../ready-database.ts'
import { BadInput } from './exit.ts'

export interface OpenedDatabase {
  config: Config
  /** All rows, as the owner sees them in maintenance. */
  db: ReturnType<typeof maintenanceDatabase>
}

/** The configuration as the server reads it, with another data folder where one is given. Throws BadInput with all faults. */
export function readConfig(data: string | undefined): Config {
  const file = readSettingsFile(process.env)
  if (file !== undefined && 'problem' in file) throw new BadInput(`${file.name}: ${file.problem}.`)
  const parsed = parseConfig(data === undefined ? [] : [`--data=${data}`], process.env, file)
  if (!parsed.ok)
    throw new BadInput(parsed.faults.map(({ path, message }) => `${path}: ${message}.`).join('\n'))
  return parsed.config
}

/**
 * Runs `work` on the database, and closes what was opened for it. With `make`, one that nobody ever worked on is made
 * first, as a start makes it. Throws BadInput where it cannot be reached, or was never made.
 */
export async function withDatabase<T>(
  data: string | undefined,
  work: (opened: OpenedDatabase) => Promise<T>,
  { make = false }: { make?: boolean } = {},
): Promise<T> {
  return withTarget(data, async ({ config, target }) => {
    const owner = connect(target, createLog('error'), { size: 2, pipeline: true })
    try {
      const name = config.databaseUrl === undefined ? 'The database' : 'DATABASE_URL'
      await assertServer(owner, name)
      const isMade = await holdsOrganisation(owner)
      if (!isMade && !make) throw new BadInput(`${name} holds no organisation yet: start the server once.`)
      if (!isMade) await makeReady({ config, target, name })
      return await work({ config, db: maintenanceDatabase(owner.pool) })
    } finally {
      await owner.close()
    }
  })
}

async function holdsOrganisation({ pool }: Connection): Promise<boolean> {
  const { rows } = await pool.query<{ made: boolean }>(
    "select to_regclass('public.organisation') is not null as made",
  )
  if (!rows[0]!.made) return false
  await assertSeesAll(pool)
  const found = await maintenanceDatabase(pool).selectFrom('organisation').select('id').limit(1).execute()
  return found.length > 0
}

async function makeReady({ config, target, name }: Omit<DatabaseTarget, 'isServed'> & { name: string }) {
  const ownCluster = config.databaseUrl === undefined
  const options = { name, target, secret: readSecret(config), ownCluster }
  await (await openReadyDatabases(options, createLog('error'))).close()
}

export interface DatabaseTarget {
  config: Config
  /** How its owner connects. */
  target: ConnectionTarget
  /** True where a server keeps this embedded database now. */
  isServed: boolean
}

/** Runs `work` with the database reachable: an embedded one that nobody keeps is started for it, and stopped. */
export async function withTarget<T>(
  data: string | undefined,
  work: (found: DatabaseTarget) => Promise<T>,
): Promise<T> {
  const config = readConfig(data)
  try {
    const running = config.databaseUrl === undefined ? findRunningCluster(config.dataFolder) : undefined
    const own = config.databaseUrl === undefined && !running
    const cluster = own ? await startCluster({ folder: config.dataFolder }) : undefined
    const target: ConnectionTarget = running ??
      cluster?.target ?? { connectionString: config.databaseUrl ?? '' }
    try {
      return await work({ config, target, isServed: running !== undefined })
    } finally {
      await cluster?.stop()
    }
  } catch (error) {
    if (error instanceof RungsError) throw new BadInput(messageOf(error))
    throw error
  }
}
