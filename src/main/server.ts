// Starts the server: database, migrations, built-in frameworks, HTTP; and stops it in the opposite order.
import { join } from 'node:path'
import { dayOf } from '../core/org/day.ts'
import type { ConnectionTarget } from '../db/connect.ts'
import { startCluster, type Cluster } from '../db/embedded/cluster.ts'
import type { Databases } from '../db/open-databases.ts'
import { localActor } from '../platform/actor.ts'
import { startAuditSealer } from '../platform/audit/audit-sealer.ts'
import type { Config } from '../platform/config.ts'
import { createApp } from '../platform/http/app.ts'
import { listen } from '../platform/http/listen.ts'
import { createRateLimits } from '../platform/http/rate-limits.ts'
import { startJobs } from '../platform/jobs/run-jobs.ts'
import { loadActorAt, type Asking } from '../platform/load-actor.ts'
import type { Log } from '../platform/log.ts'
import { startLive } from '../platform/live/live-streams.ts'
import { createMetrics } from '../platform/metrics/metrics.ts'
import { packageRoot } from '../platform/package-root.ts'
import { startPrivacyKeeper } from '../platform/privacy/keep-privacy.ts'
import { readSecret } from '../platform/secret.ts'
import { findNeeds } from './first-needs.ts'
import { openReadyDatabases } from './ready-database.ts'
import { appRoutes } from './routes.ts'
import { scheduledJobs } from './scheduled-jobs.ts'
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
  let isStopping = false
  const stop = async () => {
    isStopping = true
    for (let part = started.pop(); part !== undefined; part = started.pop()) await part()
  }
  try {
    const cluster = await findCluster(config)
    if (cluster !== undefined) started.push(() => cluster.stop())
    const secret = readSecret(config)
    const databases = await openReadyDatabases(
      {
        name: cluster === undefined ? 'The database of DATABASE_URL' : 'The embedded database',
        target: targetOf(config, cluster),
        secret,
        ownCluster: cluster !== undefined,
      },
      log,
    )
    started.push(() => databases.close())
    started.push(...startKeepers(config, databases, log))
    const now = () => new Date()
    const metrics = createMetrics(databases, log)
    const jobs = startJobs({
      ...{ pool: databases.job.pool, jobs: scheduledJobs(databases), log, now },
      ended: (...run) => metrics.job(...run),
    })
    started.push(() => jobs.stop())
    const { rates, metricsToken } = config.operations
    const team = config.team && (await startTeam(config.team, databases, secret, log))
    if (team !== undefined) started.push(() => team.stop())
    const live = startLive({ listening: databases.listening, log })
    started.push(() => live.stop())
    const app = createApp({
      databases,
      router: appRoutes,
      authenticate: team?.authenticate ?? ((_, now) => askingHere(databases, now)),
      ...(team === undefined
        ? cluster && { dataFolder: config.dataFolder }
        : {
            ...{ signIn: team.mount, limits: createRateLimits(rates, log, metrics), bulkReads: rates.bulk },
          }),
      ...{ metrics, metricsToken, live, isStopping: () => isStopping, now },
      webFolder: join(packageRoot, 'dist/web'),
      findNeeds,
      log,
    })
    const listener = await listen(
      (request, bindings) => app.fetch(request, bindings),
      config.port,
      config.team?.host,
    )
    // Streams end first: the listener waits for what is being answered.
    started.push(
      () => listener.close(),
      () => live.stop(),
    )
    const databaseEnded = cluster?.ended ?? new Promise<void>(() => undefined)
    return { url: config.team?.url ?? listener.url, ownerLink: team?.ownerLink, databaseEnded, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What runs by itself for every organisation: erasures and retention, and sealing the audit, which ends last. */
function startKeepers(config: Config, databases: Databases, log: Log): (() => Promise<void>)[] {
  const now = () => new Date()
  const sealer = startAuditSealer({ databases, folder: config.checkpointFolder, log, now })
  const mail = config.team?.mail.smtp === undefined ? config.team?.mail.folder : undefined
  const folders = { erasures: config.erasureFolder, mail }
  const keeper = startPrivacyKeeper({ databases, folders, log, now })
  return [() => sealer.stop(), () => keeper.stop()]
}

/** Who sits at this machine owns it. Its time zone and further roles are read with each request: both may change. */
async function askingHere(databases: Databases, now: Date): Promise<Asking> {
  const { organisation, person, grants } = localActor
  const { time_zone: zone } = await databases.job.db
    .selectFrom('organisation')
    .select('time_zone')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  const today = dayOf(now, zone)
  const known = await loadActorAt(databases, { account: '' }, { organisation, person, today }, now)
  const further = known?.actor.grants.filter(({ role }) => role !== 'owner') ?? []
  return { actor: { ...localActor, grants: [...grants, ...further] }, today }
}

function findCluster(config: Config): Promise<Cluster> | undefined {
  return config.databaseUrl === undefined ? startCluster({ folder: config.dataFolder }) : undefined
}

function targetOf(config: Config, cluster: Cluster | undefined): ConnectionTarget {
  return cluster?.target ?? { connectionString: config.databaseUrl ?? '' }
}
