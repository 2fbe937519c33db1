// What a database holds before anybody works on it: the organisation with its owner's place, and the built-in frameworks.
import { dayOf } from '../core/org/day.ts'
import { openDatabases, type Databases, type OpenOptions } from '../db/open-databases.ts'
import { systemActor } from '../platform/actor.ts'
import type { Log } from '../platform/log.ts'
import { ensureLocalOrganisation } from '../platform/local-organisation.ts'
import { contextFor } from '../platform/procedure.ts'
import { loadBuiltInFrameworks } from './built-in-frameworks.ts'

/** As `openDatabases`, with what every start makes sure of. Throws a RungsError with one sentence. */
export async function openReadyDatabases(options: OpenOptions, log: Log): Promise<Databases> {
  const databases = await openDatabases(options, log)
  try {
    await ensureLocalOrganisation(databases.owner, new Date())
    await storeBuiltIns(databases, log)
    return databases
  } catch (error) {
    await databases.close()
    throw error
  }
}

/** Every organisation has them: people are measured against them. */
async function storeBuiltIns(databases: Databases, log: Log): Promise<void> {
  const now = new Date()
  const rows = await databases.job.db.selectFrom('organisation').select(['id', 'time_zone']).execute()
  for (const { id, time_zone: zone } of rows) {
    const stored = await loadBuiltInFrameworks(contextFor(databases, systemActor(id), now, dayOf(now, zone)))
    for (const { id: framework, version } of stored)
      log.info('built-in framework stored', { id: framework, version })
  }
}
