// rungs audit: verifies the chain of the audit, prints checkpoints for keeping elsewhere, accepts a restore.
import { Argument, Command } from 'commander'
import type { Kysely } from 'kysely'

import { checkpointLine, type Checkpoint } from '../../core/audit/checkpoint.ts'
import type { Tables } from '../../db/schema.ts'
import { headCheckpoint } from '../../platform/audit/audit-sealer.ts'
import { appendCheckpoint, readCheckpoints } from '../../platform/audit/checkpoint-files.ts'
import { verifyAudit, type AuditVerification } from '../../platform/audit/verify-audit.ts'
import { verificationText } from './audit-words.ts'
import { EXIT, finish } from './exit.ts'
import { withDatabase } from './open-database.ts'
import { print, printJson } from './output.ts'

const ACTS = ['verify', 'checkpoint', 'accept-restore'] as const

export function auditVerb(): Command {
  return new Command('audit')
    .description('verify the audit against its checkpoints (exit code 1 when anything is wrong)')
    .addArgument(
      new Argument('<what>', 'verify it, print a checkpoint now, or accept a restored database').choices(
        ACTS,
      ),
    )
    .option(
      '--data <folder>',
      'the folder of the database (default: RUNGS_DATA, else data beside the program)',
    )
    .option('--checkpoints <folder...>', 'where checkpoints are kept (default: RUNGS_CHECKPOINTS)')
    .option('--json', 'print the outcome as JSON')
    .action(audit)
}

interface Options {
  data?: string
  checkpoints?: string[]
  json?: boolean
}

async function audit(what: (typeof ACTS)[number], { data, checkpoints, json }: Options): Promise<void> {
  await withDatabase(data, async ({ db, config }) => {
    const folders = checkpoints ?? [config.checkpointFolder]
    const organisations = await listOrganisations(db)
    if (what === 'verify') {
      const found: AuditVerification[] = []
      for (const id of organisations)
        found.push(await verifyAudit(db, id, await readCheckpoints(folders, id)))
      if (json) printJson({ organisations: found })
      else print(found.map(verificationText).join('\n'))
      finish(found.some(({ finding }) => finding !== undefined) ? EXIT.findings : EXIT.fine)
      return
    }
    const heads: Checkpoint[] = []
    for (const id of organisations) {
      const head = await headCheckpoint(db, id, new Date())
      if (head === undefined) continue
      if (what === 'accept-restore') {
        const restored: Checkpoint = { ...head, kind: 'restored' }
        for (const folder of folders) await appendCheckpoint(folder, restored)
        heads.push(restored)
      } else heads.push(head)
    }
    if (json) printJson({ checkpoints: heads })
    else print(heads.map(checkpointLine).join(''))
  })
}

async function listOrganisations(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db.selectFrom('organisation').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}
