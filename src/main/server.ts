// Starts the server: database, migrations, built-in frameworks, HTTP; and stops it in the opposite order.
import { join } from 'node:path'
import { assertServer, connect, type ConnectionTarget } from '../db/connect.ts'
import { startCluster, type Cluster } from '../db/embedded/cluster.ts'
import { migrate } from '../db/migrate.ts'
import { localActor } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import { createApp } from '../platform/http/app.ts'
import { listen } from '../platform/http/listen.ts'
import type { Log } from '../platform/log.ts'
import { ensureLocalOrganisation } from '../platform/local-organisation.ts'
import { packageRoot } from '../platform/package-root.ts'
import { loadBuiltInFrameworks } from './built-in-frameworks.ts'
import { findNeeds } from './first-needs.ts'
import { appRoutes } from './routes.ts'

export interface RunningServer {
  /** The address for the browser. */
  url: string
  /** Resolves if the embedded database ends by itself; never with another database. */
  databaseEnded: Promise<void>
  /** Ends server and database within 25 s. */
  stop(): Promise<void>
}

/** Throws a RungsError with one sentence when any part cannot be started; what was started by then is stopped. */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  const started: (() => Promise<void>)[] = []
  const stop = async () => {
    for (let part = started.pop(); part !== undefined; part = started.pop()) await part()
  }
  try {
    const cluster = await findCluster(config)
    if (cluster !== undefined) started.push(() => cluster.stop())
    const connection = connect(targetOf(config, cluster), log)
    started.push(() => connection.close())
    await assertServer(
      connection,
      cluster === undefined ? 'The database of DATABASE_URL' : 'The embedded database',
    )
    for (const name of await migrate(connection.db)) log.info('migration ran', { name })
    await ensureLocalOrganisation({ db: connection.db, actor: localActor, now: new Date() })
    const stored = await loadBuiltInFrameworks({ db: connection.db, actor: localActor, now: new Date() })
    for (const { id, version } of stored) log.info('built-in framework stored', { id, version })
    const app = createApp({
      connection,
      router: appRoutes,
      actor: localActor,
      now: () => new Date(),
      webFolder: join(packageRoot, 'dist/web'),
      findNeeds,
      log,
    })
    const listener = await listen((request) => app.fetch(request), config.port)
    started.push(() => listener.close())
    const databaseEnded = cluster?.ended ?? new Promise<void>(() => undefined)
    return { url: listener.url, databaseEnded, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function findCluster(config: Config): Promise<Cluster> | undefined {
  return config.databaseUrl === undefined ? startCluster({ folder: config.dataFolder }) : undefined
}

function targetOf(config: Config, cluster: Cluster | undefined): ConnectionTarget {
  return cluster?.target ?? { connectionString: config.databaseUrl ?? '' }
}
