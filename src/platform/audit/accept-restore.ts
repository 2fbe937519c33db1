// Says in the checkpoints that an older database was put in place on purpose, where newer ones are known.
import type { Kysely } from 'kysely'
import { bindingCheckpoints, type Checkpoint } from '../../core/audit/checkpoint.ts'
import { CHAIN_START, hexOf } from '../../core/audit/chain.ts'
import type { Tables } from '../../db/schema.ts'
import { headCheckpoint } from './audit-sealer.ts'
import { appendCheckpoint, readCheckpoints } from './checkpoint-files.ts'

/** A chain that ends before a checkpoint that was kept: what came after `sequence` is lost. */
export interface LostLinks {
  organisation: string
  /** The last link that came back. */
  sequence: number
  /** The last one that a checkpoint knows of. */
  expected: number
}

/**
 * To be called before anything is added to the restored database: only then does the line name the very end of what came
 * back, and everything that is added to it later is verified as usual. Checkpoints up to there bind as before: a backup
 * that says other than they do is found. `db` sees all rows.
 */
export async function acceptRestore(db: Kysely<Tables>, folder: string, now: Date): Promise<LostLinks[]> {
  const lost: LostLinks[] = []
  for (const { id } of await db.selectFrom('organisation').select('id').orderBy('id').execute()) {
    const { checkpoints } = await readCheckpoints([folder], id)
    const head = (await headCheckpoint(db, id, now)) ?? emptyChain(id, now)
    const expected = Math.max(0, ...bindingCheckpoints(checkpoints).keys())
    if (expected <= head.sequence) continue
    // Lines are read in the order of their times: this one comes after what it unbinds, whatever the clock says.
    const last = Math.max(...checkpoints.map(({ at }) => Date.parse(at)))
    const at = new Date(Math.max(now.getTime(), last + 1)).toISOString()
    await appendCheckpoint(folder, { ...head, kind: 'restored', at })
    lost.push({ organisation: id, sequence: head.sequence, expected })
  }
  return lost
}

function emptyChain(organisation: string, now: Date): Checkpoint {
  const start = { sequence: 0, count: 0, hash: hexOf(CHAIN_START), at: now.toISOString() }
  return { kind: 'checkpoint', organisation, ...start }
}
