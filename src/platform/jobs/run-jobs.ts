// Runs scheduled jobs: each at its time, by one of however many processes there are, again soon where it failed.
import type pg from 'pg'
import { errorCodeOf } from '../errors.ts'
import type { Log } from '../log.ts'

export interface Job {
  /** Small letters and hyphens: close-rounds. */
  name: string
  /** Seconds from one end to the next start. */
  every: number
  /**
   * The work. It may be begun again after a process died in it, so that twice must be as good as once: transactions that
   * are whole, and keys.
   */
  run(now: Date): Promise<void>
}

export interface JobsOptions {
  /** Of the role rungs_job. One connection of it is kept while a job runs. */
  pool: pg.Pool
  jobs: readonly Job[]
  log: Log
  now: () => Date
  /** Milliseconds between two looks at what is due. */
  look?: number
  /** Told of each end. */
  ended?: (job: string, seconds: number, failed: boolean) => void
}

export interface JobRunner {
  /** Resolves when the job that is running has ended; begins no other. */
  stop(): Promise<void>
}

/** Seconds until a failed job is tried again, doubled with each failure, never more than its own distance. */
const FIRST_RETRY = 10

/**
 * Looks every few seconds, by the database's clock. A job is held by a lock of the session: when its process dies the
 * lock is gone at once and the next process that looks begins it again.
 */
export function startJobs({ look = 5000, ...options }: JobsOptions): JobRunner {
  let stopped = false
  let wake = (): void => undefined
  const run = async (): Promise<void> => {
    while (!stopped) {
      for (const job of await listDue(options)) if (!stopped) await attempt(options, job)
      if (stopped) break
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, look * (0.8 + Math.random() * 0.4))
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const done = run()
  return {
    stop: async () => {
      stopped = true
      wake()
      await done
    },
  }
}

async function listDue({ pool, jobs, log }: JobsOptions): Promise<Job[]> {
  try {
    const names = jobs.map(({ name }) => name)
    await pool.query('insert into work.job (name) select unnest($1::text[]) on conflict do nothing', [names])
    const { rows } = await pool.query<{ name: string }>(
      'select name from work.job where due_at <= now() and name = any ($1) order by due_at',
      [names],
    )
    return rows.flatMap(({ name }) => jobs.filter((job) => job.name === name))
  } catch (error) {
    log.error('jobs not looked at', { code: errorCodeOf(error) })
    return []
  }
}

/** Nothing where another process has it, or had it in the meantime. */
async function attempt(options: JobsOptions, job: Job): Promise<void> {
  const { pool, log } = options
  let client: pg.PoolClient | undefined
  let broken = false
  try {
    client = await pool.connect()
    const key = `rungs job ${job.name}`
    const lock = await client.query<{ free: boolean }>(
      `select pg_try_advisory_lock(hashtextextended($1, 0)) as free`,
      [key],
    )
    if (lock.rows[0]?.free !== true) return
    // Whatever happens to the lock's connection, it is not handed on with a lock.
    broken = true
    const { rowCount } = await client.query(
      'update work.job set started_at = now() where name = $1 and due_at <= now()',
      [job.name],
    )
    if (rowCount === 1) await runOne(options, job, client)
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key])
    broken = false
  } catch (error) {
    log.error('job not held', { job: job.name, code: errorCodeOf(error) })
  } finally {
    client?.release(broken)
  }
}

async function runOne({ log, now, ended }: JobsOptions, job: Job, client: pg.PoolClient): Promise<void> {
  const started = performance.now()
  let trouble: string | null = null
  try {
    await job.run(now())
  } catch (error) {
    trouble = errorCodeOf(error) ?? (error instanceof Error ? error.name : 'unknown')
  }
  const seconds = (performance.now() - started) / 1000
  await client.query(
    `update work.job set ended_at = now(), trouble = $2::text,
       failures = case when $2::text is null then 0 else failures + 1 end,
       due_at = now() + make_interval(secs => case when $2::text is null then $3::double precision
         else least($3::double precision, $4 * power(2, least(failures, 20))) end)
     where name = $1`,
    [job.name, trouble?.slice(0, 100) ?? null, job.every, FIRST_RETRY],
  )
  ended?.(job.name, seconds, trouble !== null)
  const fields = { job: job.name, seconds: Math.round(seconds * 1000) / 1000 }
  if (trouble === null) log.debug('job done', fields)
  else log.error('job failed', { ...fields, trouble })
}
