// Looks every minute whether a rating round is to be closed or a mail of one is due, in every organisation.
import { dayOf } from '../core/org/day.ts'
import type { Databases } from '../db/open-databases.ts'
import { closeDueRounds } from '../features/rounds/close-round.ts'
import { systemActor } from '../platform/actor.ts'
import { errorCodeOf } from '../platform/errors.ts'
import type { Log } from '../platform/log.ts'
import { contextFor } from '../platform/procedure.ts'

const MINUTE = 60_000

/** Resolves with its end, which waits for a look that is under way. Any number of processes may run one. */
export function startRoundClock(databases: Databases, log: Log, every = MINUTE): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve()
  let busy = false
  const look = async () => {
    try {
      const organisations = await databases.job.db
        .selectFrom('organisation')
        .select(['id', 'time_zone'])
        .execute()
      for (const { id, time_zone: zone } of organisations) {
        const now = new Date()
        const closed = await closeDueRounds(contextFor(databases, systemActor(id), now, dayOf(now, zone)))
        if (closed > 0) log.info('rounds closed', { closed })
      }
    } catch (error) {
      // The next look finds the same rounds: nothing is lost.
      log.error('rounds not looked at', { code: errorCodeOf(error) })
    }
    busy = false
  }
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    looking = look()
  }, every)
  return async () => {
    clearInterval(timer)
    await looking
  }
}
