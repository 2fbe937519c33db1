// Notices an account that reads far more than anybody clicks: a metric, a line in the log, and a row that auditors see.
import { createHash } from 'node:crypto'
import type { ErrorMap, Meta } from '@orpc/contract'
import type { ProcedureClientInterceptorOptions } from '@orpc/server'
import type { Pool } from 'pg'
import { recordAudit } from '../audit/record-audit.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Context } from '../procedure.ts'
import { accessNeeded } from '../sign-in/scopes.ts'

type Options = Pick<
  ProcedureClientInterceptorOptions<Context, ErrorMap, Meta>,
  'path' | 'procedure' | 'context'
>

/** Whoever stays under the reads of a minute is seen after so many minutes' worth of them within an hour. */
const MINUTES_IN_AN_HOUR = 10
/** A process tells the database of this part of a minute's reads at once, so that most reads write nothing. */
const PARTS = 30

/** Reads of one account that this process has not told of yet, and how many more there may be until it tells. */
interface Untold {
  reads: number
  until: number
}

/**
 * An interceptor of calls: `reads` in a minute, or ten times as many in an hour, by one account raise the alarm, once in each
 * such time. Nothing is refused for it. The row of the audit is written before the read is answered; where it cannot be
 * written the read is refused with `unrecorded`. All processes count together through `pool`, of the role rungs_job; each
 * tells of a thirtieth of `reads` at a time, fewer just before the alarm. With 0 there is no alarm.
 */
export function watchBulkReads(reads: number, pool: Pool, log: Log, metrics?: Metrics) {
  const most = { minute: reads, hour: reads * MINUTES_IN_AN_HOUR }
  const step = Math.max(1, Math.floor(reads / PARTS))
  const untold = new Map<string, Untold>()

  /** The windows whose limit this read goes beyond. */
  const beyond = async (account: string): Promise<{ seconds: number; most: number }[]> => {
    const mine = untold.get(account) ?? { reads: 0, until: 1 }
    untold.set(account, mine)
    mine.reads += 1
    if (mine.reads < mine.until) return []
    const told = mine.reads
    mine.reads = 0
    const all = await tell(pool, account, told)
    const left = Math.min(most.minute - all.minute, most.hour - all.hour)
    mine.until = left < 0 ? step : Math.max(1, Math.min(step, left))
    // Only one process sees the count pass the limit.
    const passes = (count: number, limit: number) => count > limit && count - told <= limit
    return [
      ...(passes(all.minute, most.minute) ? [{ seconds: 60, most: most.minute }] : []),
      ...(passes(all.hour, most.hour) ? [{ seconds: 3600, most: most.hour }] : []),
    ]
  }

  return async <T>({ path, procedure, context, next }: Options & { next: () => Promise<T> }): Promise<T> => {
    const { account } = context.actor
    const { access } = accessNeeded(path, procedure['~orpc'].route.method ?? 'POST')
    if (reads === 0 || account === undefined || access !== 'read') return next()
    for (const { seconds, most: limit } of await beyond(account)) {
      metrics?.bulkRead()
      log.warn('bulk read', { account, reads: limit, seconds })
      await context.jobs.transaction().execute((transaction) =>
        recordAudit(transaction, context, {
          ...{ action: 'account.bulk-read', object: { kind: 'account', id: account } },
          ...{ subject: context.actor.person, bySystem: true, details: { reads: limit, seconds } },
        }),
      )
    }
    return next()
  }
}

/** Adds to what all processes have told; answers how many there were in the minute and the hour that run. */
async function tell(pool: Pool, account: string, reads: number): Promise<{ minute: number; hour: number }> {
  const { rows } = await pool.query<{ minute: number; hour: number }>(
    `INSERT INTO work.read_count AS c (key, minute_began, minute_reads, hour_began, hour_reads)
     VALUES ($1, now(), $2, now(), $2)
     ON CONFLICT (key) DO UPDATE SET
       minute_reads = excluded.minute_reads
         + CASE WHEN c.minute_began > now() - interval '1 minute' THEN c.minute_reads ELSE 0 END,
       minute_began = CASE WHEN c.minute_began > now() - interval '1 minute' THEN c.minute_began ELSE now() END,
       hour_reads = excluded.hour_reads
         + CASE WHEN c.hour_began > now() - interval '1 hour' THEN c.hour_reads ELSE 0 END,
       hour_began = CASE WHEN c.hour_began > now() - interval '1 hour' THEN c.hour_began ELSE now() END
     RETURNING minute_reads AS minute, hour_reads AS hour`,
    [createHash('sha256').update(account).digest('hex'), reads],
  )
  return rows[0]!
}
