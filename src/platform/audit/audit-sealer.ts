// Seals the audit of every organisation every few seconds, and keeps checkpoints of it outside of the database.
import type { Kysely } from 'kysely'
import type { Checkpoint } from '../../core/audit/checkpoint.ts'
import { hexOf } from '../../core/audit/chain.ts'
import { dayOf } from '../../core/org/day.ts'
import { scopedDatabase } from '../../db/scoped.ts'
import type { Databases } from '../../db/open-databases.ts'
import type { Tables } from '../../db/schema.ts'
import { errorCodeOf } from '../errors.ts'
import type { Log } from '../log.ts'
import { findHead } from './audit-rows.ts'
import { appendCheckpoint, readCheckpoints } from './checkpoint-files.ts'
import { rememberCheckpoint, rememberFolder } from './kept-checkpoints.ts'
import { sealAudit } from './seal-audit.ts'

export interface SealerOptions {
  databases: Pick<Databases, 'job'>
  /** Where checkpoints go; made if absent. */
  folder: string
  log: Log
  now: () => Date
  /** Milliseconds between two sealings. */
  every?: number
  /** Checkpoints of a busy organisation lie at least so many milliseconds apart; at most 60 s are promised. */
  apart?: number
}

export interface AuditSealer {
  /** Seals once more, writes the last checkpoints, ends. */
  stop(): Promise<void>
}

/** Any number of processes may run one: each organisation is sealed by one of them at a time, and each keeps checkpoints. */
export function startAuditSealer({ every = 5000, apart = 20_000, ...options }: SealerOptions): AuditSealer {
  const { log, databases } = options
  const last = new Map<string, Checkpoint>()
  rememberFolder(options.folder)
  let stopped = false
  let wake = (): void => undefined
  const sealAll = async (least: number) => {
    for (const { id } of await databases.job.db.selectFrom('organisation').select('id').execute())
      await sealOne(options, id, last, least)
  }
  const attempt = async (least: number) => {
    await sealAll(least).catch((error: unknown) =>
      log.error('audit not sealed', { code: errorCodeOf(error) }),
    )
  }
  const run = async () => {
    while (!stopped) {
      await attempt(apart)
      if (stopped) break
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, every)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    await attempt(0)
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

async function sealOne(
  { databases, folder, log, now }: SealerOptions,
  organisation: string,
  last: Map<string, Checkpoint>,
  apart: number,
): Promise<void> {
  const moment = now()
  const scope = { organisation, person: null, today: dayOf(moment, 'UTC'), now: moment }
  const db = scopedDatabase(databases.job.pool, scope)
  await sealAudit(db, organisation)
  const head = await findHead(db, organisation)
  const before = last.get(organisation) ?? (await findLast(folder, organisation))
  if (before) rememberCheckpoint(before)
  if (before && before.sequence > (head?.sequence ?? 0)) {
    // Once for each start: whoever put an older database in place must say so, or find out who did.
    if (!last.has(organisation))
      log.error('audit shorter than its checkpoint', {
        ...{ organisation, sequence: head?.sequence ?? 0, expected: before.sequence },
      })
    last.set(organisation, before)
    if (!head) return
  }
  if (!head || before?.sequence === head.sequence) return
  if (before && moment.getTime() - Date.parse(before.at) < apart && last.has(organisation)) return
  const checkpoint = checkpointOf(organisation, head, moment)
  await appendCheckpoint(folder, checkpoint)
  last.set(organisation, checkpoint)
  rememberCheckpoint(checkpoint)
}

/** What a checkpoint of now says; undefined where nothing is linked. */
export async function headCheckpoint(
  db: Kysely<Tables>,
  organisation: string,
  now: Date,
): Promise<Checkpoint | undefined> {
  const head = await findHead(db, organisation)
  return head && checkpointOf(organisation, head, now)
}

function checkpointOf(
  organisation: string,
  { sequence, hash }: { sequence: number; hash: Buffer },
  now: Date,
): Checkpoint {
  const link = { organisation, sequence, hash: hexOf(hash), count: sequence }
  return { kind: 'checkpoint', ...link, at: now.toISOString() }
}

async function findLast(folder: string, organisation: string): Promise<Checkpoint | undefined> {
  return (await readCheckpoints([folder], organisation)).checkpoints.at(-1)
}
