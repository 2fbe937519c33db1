// A backup as a whole: put back, said to the audit, brought to this version, and whoever was erased since erased again.
import { dayOf } from '../../core/org/day.ts'
import { connect, type Connection, type ConnectionTarget } from '../../db/connect.ts'
import { migrate } from '../../db/migrate.ts'
import { openDatabases } from '../../db/open-databases.ts'
import { maintenanceDatabase } from '../../db/scoped.ts'
import { systemActor } from '../actor.ts'
import { acceptRestore, type LostLinks } from '../audit/accept-restore.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { sealAudit } from '../audit/seal-audit.ts'
import { createLog } from '../log.ts'
import { holdsErasureLog } from '../privacy/erasure-log.ts'
import { keepPrivacy } from '../privacy/keep-privacy.ts'
import { contextFor, type Context } from '../procedure.ts'
import type { BackupKey } from './backup-key.ts'
import type { BackupPlaces } from './make-backup.ts'
import { restoreBackup, type Restored } from './restore-backup.ts'

export interface BringBackOptions {
  /** The owner's connection, without pipeline, and how it connects. */
  owner: Connection
  target: ConnectionTarget
  /** What the passwords of the roles are derived from. */
  secret: () => string
  /** True for the embedded database. */
  ownCluster: boolean
  places: BackupPlaces
  /** Where mails lie that are not sent; undefined where they are sent. */
  mailFolder: string | undefined
  key: BackupKey
  file: string
  replace: boolean
  now: () => Date
}

export interface BroughtBack extends Restored {
  /** Where newer checkpoints are known: how much of the audit is lost. */
  lost: LostLinks[]
  /** Migrations that ran on what came back. */
  migrations: readonly string[]
  /** People erased again. */
  erased: number
  /** The folder of the log of erasures, and whether one lay there before: without it, who was erased since is back. */
  erasureLog: { folder: string; found: boolean }
}

/** Throws a RungsError as restoreBackup does, with nothing changed; what follows it is done again by doing it again. */
export async function bringBack(options: BringBackOptions): Promise<BroughtBack> {
  const { owner, places, key, file, replace } = options
  // The backup puts its own log there, which knows nothing of what came after it.
  const erasureLog = { folder: places.erasureFolder, found: holdsErasureLog(places.erasureFolder) }
  const client = await owner.pool.connect()
  try {
    const restored = await restoreBackup(client, places, key, file, { replace })
    const lost = await tellAudit(options)
    const migrations = await migrate(owner.db)
    return { ...restored, lost, migrations, erased: await eraseAgain(options), erasureLog }
  } finally {
    client.release(true)
  }
}

/**
 * This cluster counts its transactions from elsewhere. A row about the restore, linked with all that was written since,
 * makes the chain go on by this cluster's numbers.
 */
async function goOnWithAudit(context: Context): Promise<void> {
  const { organisation } = context.actor
  await context.db.transaction().execute(async (transaction) => {
    const object = { kind: 'organisation', id: organisation }
    await recordAudit(transaction, context, { action: 'database.restore', object, bySystem: true })
  })
  await sealAudit(context.db, organisation, { all: true })
}

async function tellAudit({ target, places, now }: BringBackOptions): Promise<LostLinks[]> {
  const pipelined = connect(target, createLog('error'), { size: 1, pipeline: true })
  try {
    return await acceptRestore(maintenanceDatabase(pipelined.pool), places.checkpointFolder, now())
  } finally {
    await pipelined.close()
  }
}

/** Whoever was erased after the backup was made is erased again, before anybody can look. Resolves with how many. */
async function eraseAgain({
  target,
  secret,
  ownCluster,
  places,
  mailFolder,
  now,
}: BringBackOptions): Promise<number> {
  const log = createLog('error')
  const options = { name: 'The restored database', target, secret: secret(), ownCluster }
  const databases = await openDatabases(options, log)
  try {
    const folders = { erasures: places.erasureFolder, mail: mailFolder }
    const erased = await keepPrivacy({ databases, folders, log, now }, false)
    for (const { id } of await databases.job.db.selectFrom('organisation').select('id').execute())
      await goOnWithAudit(contextFor(databases, systemActor(id), now(), dayOf(now(), 'UTC')))
    return erased
  } finally {
    await databases.close()
  }
}
