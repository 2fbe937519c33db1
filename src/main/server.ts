// Starts the server: database, migrations, built-in frameworks, HTTP; and stops it in the opposite order.
import { join } from 'node:path'
import { dayOf } from '../core/org/day.ts'
import type { ConnectionTarget } from '../db/connect.ts'
import { startCluster, type Cluster } from '../db/embedded/cluster.ts'
import { openDatabases, type Databases } from '../db/open-databases.ts'
import { localActor, systemActor } from '../platform/actor.ts'
import { startAuditSealer } from '../platform/audit/audit-sealer.ts'
import type { Config } from '../platform/config.ts'
import { createApp } from '../platform/http/app.ts'
import { listen } from '../platform/http/listen.ts'
import type { Log } from '../platform/log.ts'
import { ensureLocalOrganisation } from '../platform/local-organisation.ts'
import { packageRoot } from '../platform/package-root.ts'
import { contextFor } from '../platform/procedure.ts'
import { readSecret } from '../platform/secret.ts'
import { loadBuiltInFrameworks } from './built-in-frameworks.ts'
import { findNeeds } from './first-needs.ts'
import { startRoundClock } from './round-clock.ts'
import { appRoutes } from './routes.ts'
import { startTeam } from './team.ts'

export interface RunningServer {
  /** The address for the browser. */
  url: string
  /** Where the first owner of an instance for many people comes in; undefined once there is one. */
  ownerLink: string | undefined
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
    const secret = readSecret(config)
    const databases = await openDatabases(
      {
        name: cluster === undefined ? 'The database of DATABASE_URL' : 'The embedded database',
        target: targetOf(config, cluster),
        secret,
        ownCluster: cluster !== undefined,
      },
      log,
    )
    started.push(() => databases.close())
    await ensureLocalOrganisation(databases.owner, new Date())
    await storeBuiltIns(databases, log)
    const organisations = await listOrganisations(databases)
    const zone = organisations.find(({ id }) => id === localActor.organisation)?.time_zone ?? 'UTC'
    const folder = config.checkpointFolder
    const sealer = startAuditSealer({ databases, folder, log, now: () => new Date() })
    started.push(() => sealer.stop())
    const team = config.team && (await startTeam(config.team, databases, secret, log))
    if (team !== undefined) started.push(() => team.stop())
    started.push(startRoundClock(databases, log))
    const app = createApp({
      databases,
      router: appRoutes,
      authenticate:
        team?.authenticate ?? (async (_, now) => ({ actor: localActor, today: dayOf(now, zone) })),
      ...(team === undefined ? {} : { signIn: team.mount }),
      now: () => new Date(),
      webFolder: join(packageRoot, 'dist/web'),
      findNeeds,
      log,
    })
    const listener = await listen(
      (request, bindings) => app.fetch(request, bindings),
      config.port,
      config.team?.host,
    )
    started.push(() => listener.close())
    const databaseEnded = cluster?.ended ?? new Promise<void>(() => undefined)
    return { url: config.team?.url ?? listener.url, ownerLink: team?.ownerLink, databaseEnded, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Every organisation has them: people are measured against them. */
async function storeBuiltIns(databases: Databases, log: Log): Promise<void> {
  const now = new Date()
  for (const { id, time_zone: zone } of await listOrganisations(databases)) {
    const stored = await loadBuiltInFrameworks(contextFor(databases, systemActor(id), now, dayOf(now, zone)))
    for (const { id: framework, version } of stored)
      log.info('built-in framework stored', { id: framework, version })
  }
}

async function listOrganisations({ job }: Databases) {
  return await job.db.selectFrom('organisation').select(['id', 'time_zone']).execute()
}

function findCluster(config: Config): Promise<Cluster> | undefined {
  return config.databaseUrl === undefined ? startCluster({ folder: config.dataFolder }) : undefined
}

function targetOf(config: Config, cluster: Cluster | undefined): ConnectionTarget {
  return cluster?.target ?? { connectionString: config.databaseUrl ?? '' }
}
