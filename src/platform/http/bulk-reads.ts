// Notices an account that reads far more than anybody clicks: a metric, a line in the log, and a row that auditors see.
import type { ErrorMap, Meta } from '@orpc/contract'
import type { ProcedureClientInterceptorOptions } from '@orpc/server'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { recordAudit } from '../audit/record-audit.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Context } from '../procedure.ts'
import { accessNeeded } from '../sign-in/scopes.ts'

type Options = Pick<
  ProcedureClientInterceptorOptions<Context, ErrorMap, Meta>,
  'path' | 'procedure' | 'context'
>

const MINUTE = 60
const HOUR = 3600
/** Whoever stays under the reads of a minute is seen after so many minutes' worth of them within an hour. */
const MINUTES_IN_AN_HOUR = 10

/**
 * An interceptor of calls: `reads` in a minute, or ten times as many in an hour, by one account raise the alarm, once in each
 * such time. Nothing is refused for it. The row of the audit is written before the read is answered; where it cannot be
 * written the read is refused with `unrecorded`. Each process counts for itself. With 0 there is no alarm.
 */
export function watchBulkReads(reads: number, log: Log, metrics?: Metrics) {
  const windows = [
    { seconds: MINUTE, most: reads },
    { seconds: HOUR, most: reads * MINUTES_IN_AN_HOUR },
  ].map((window) => ({
    ...window,
    limiter: new RateLimiterMemory({ points: window.most, duration: window.seconds }),
  }))
  return async <T>({ path, procedure, context, next }: Options & { next: () => Promise<T> }): Promise<T> => {
    const { account } = context.actor
    const { access } = accessNeeded(path, procedure['~orpc'].route.method ?? 'POST')
    if (reads === 0 || account === undefined || access !== 'read') return next()
    for (const { limiter, seconds, most } of windows) {
      if ((await countOf(limiter, account)) !== most + 1) continue
      metrics?.bulkRead()
      log.warn('bulk read', { account, reads: most, seconds })
      await context.jobs.transaction().execute((transaction) =>
        recordAudit(transaction, context, {
          ...{ action: 'account.bulk-read', object: { kind: 'account', id: account } },
          ...{ subject: context.actor.person, bySystem: true, details: { reads: most, seconds } },
        }),
      )
    }
    return next()
  }
}

/** How many there were within the limiter's time, this one too. */
async function countOf(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    return (await limiter.consume(key)).consumedPoints
  } catch (beyond) {
    if (beyond instanceof RateLimiterRes) return beyond.consumedPoints
    throw beyond
  }
}
