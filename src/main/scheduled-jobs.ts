// The one list of what Rungs does by itself at its time, in one of the processes of an instance.
import { dayOf } from '../core/org/day.ts'
import type { Databases } from '../db/open-databases.ts'
import { closeDueRounds } from '../features/rounds/close-round.ts'
import { systemActor } from '../platform/actor.ts'
import type { Job } from '../platform/jobs/run-jobs.ts'
import { contextFor, type Context } from '../platform/procedure.ts'
import { dropOldTries } from '../platform/sign-in/tried.ts'

const MINUTE = 60
const HOUR = 3600

export function scheduledJobs(databases: Databases): Job[] {
  const forEach = (name: string, every: number, work: (context: Context) => Promise<unknown>): Job => ({
    ...{ name, every },
    run: (now) => forEachOrganisation(databases, now, work),
  })
  return [
    forEach('close-rounds', MINUTE, closeDueRounds),
    {
      name: 'drop-old-tries',
      every: HOUR,
      run: () => dropOldTries(databases.signIn.pool).then(() => undefined),
    },
  ]
}

/** What fails in one organisation keeps no other from its turn; the first fault is thrown at the end. */
async function forEachOrganisation(
  databases: Databases,
  now: Date,
  work: (context: Context) => Promise<unknown>,
): Promise<void> {
  const rows = await databases.job.db.selectFrom('organisation').select(['id', 'time_zone']).execute()
  const faults: unknown[] = []
  for (const { id, time_zone: zone } of rows) {
    try {
      await work(contextFor(databases, systemActor(id), now, dayOf(now, zone)))
    } catch (error) {
      faults.push(error)
    }
  }
  if (faults.length > 0) throw faults[0]
}
