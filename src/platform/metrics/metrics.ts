// What the server counts and times, for Prometheus: no ids and no names, only kinds.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Databases } from '../../db/open-databases.ts'
import { errorCodeOf } from '../errors.ts'
import type { Log } from '../log.ts'

export interface Metrics {
  /** An answered request: `route` is an endpoint's name or a kind of page, never a path with ids. */
  request(route: string, method: string, status: number, seconds: number): void
  /** A request that was refused because there were too many: of an account, of an address, of signing in. */
  refused(limit: string): void
  /** An account that read far more than anybody clicks. */
  bulkRead(): void
  job(name: string, seconds: number, failed: boolean): void
  /** All in Prometheus' text format, with what the database says now. */
  text(): Promise<string>
  contentType: string
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]

/** A registry of its own for each server. */
export function createMetrics(databases: Pick<Databases, 'request' | 'job'>, log: Log): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'rungs_http_request_seconds',
    help: 'Answered requests by endpoint, method and status, and the time until the answer began.',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers,
  })
  const refused = new Counter({
    name: 'rungs_refused_requests_total',
    help: 'Requests refused because there were too many, by which limit.',
    labelNames: ['limit'],
    registers,
  })
  const bulkReads = new Counter({
    name: 'rungs_bulk_reads_total',
    help: 'Times that an account read far more than anybody clicks; the log and the audit name it.',
    registers,
  })
  const jobs = new Histogram({
    name: 'rungs_job_seconds',
    help: 'Ended runs of scheduled jobs in this process.',
    labelNames: ['job', 'outcome'],
    buckets: [0.01, 0.1, 1, 10, 60, 600],
    registers,
  })
  const pools = new Gauge({
    name: 'rungs_database_connections',
    help: 'Connections of this process by role and state; waiting are requests without one.',
    labelNames: ['role', 'state'],
    registers,
    collect() {
      for (const role of ['request', 'job'] as const) {
        const { totalCount, idleCount, waitingCount } = databases[role].pool
        this.set({ role, state: 'busy' }, totalCount - idleCount)
        this.set({ role, state: 'idle' }, idleCount)
        this.set({ role, state: 'waiting' }, waitingCount)
      }
    },
  })
  void pools
  const askDatabase = databaseGauges(databases, registers, log)
  return {
    request: (route, method, status, seconds) =>
      requests.observe({ route, method, status: String(status) }, seconds),
    refused: (limit) => refused.inc({ limit }),
    bulkRead: () => bulkReads.inc(),
    job: (job, seconds, failed) => jobs.observe({ job, outcome: failed ? 'failed' : 'done' }, seconds),
    text: async () => {
      await askDatabase()
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}

/** What is the same for all processes of an instance, asked of the database at each scrape. */
function databaseGauges(
  { job }: Pick<Databases, 'job'>,
  registers: Registry[],
  log: Log,
): () => Promise<void> {
  const mails = new Gauge({
    name: 'rungs_mails',
    help: 'Mails that wait, that failed and will be tried again, and that were given up.',
    labelNames: ['state'],
    registers,
  })
  const failures = new Gauge({
    name: 'rungs_job_failures',
    help: 'Failed runs of a scheduled job since its last good one.',
    labelNames: ['job'],
    registers,
  })
  const late = new Gauge({
    name: 'rungs_job_late_seconds',
    help: 'How long a scheduled job has been due and not begun.',
    labelNames: ['job'],
    registers,
  })
  const up = new Gauge({
    name: 'rungs_database_up',
    help: '1 where the database answered this scrape.',
    registers,
  })
  return async () => {
    try {
      const waiting = await job.pool.query<{ waiting: number; failing: number; lost: number }>(
        `select count(*) filter (where sent_at is null and given_up_at is null and tries = 0) as waiting,
           count(*) filter (where sent_at is null and given_up_at is null and tries > 0) as failing,
           count(*) filter (where given_up_at is not null) as lost
         from mail.outbox where sent_at is null`,
      )
      const row = waiting.rows[0]
      mails.set({ state: 'waiting' }, row?.waiting ?? 0)
      mails.set({ state: 'failing' }, row?.failing ?? 0)
      mails.set({ state: 'given-up' }, row?.lost ?? 0)
      const scheduled = await job.pool.query<{ name: string; failures: number; late: number }>(
        `select name, failures, greatest(0, extract(epoch from now() - due_at))::double precision as late
         from work.job`,
      )
      for (const each of scheduled.rows) {
        failures.set({ job: each.name }, each.failures)
        late.set({ job: each.name }, each.late)
      }
      up.set(1)
    } catch (error) {
      log.warn('metrics without the database', { code: errorCodeOf(error) })
      up.set(0)
    }
  }
}
