// Writes frameworks: today those that come with Rungs.
import { sql } from 'kysely'
import type { Framework } from '../../core/framework/model.ts'
import { recordAudit } from '../../platform/audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { contentHash } from './content-hash.ts'

/**
 * Stores each framework as a version under the hash of its content, in one transaction; content that is there
 * already stays as it is. Returns the versions that were new.
 */
export async function storeBuiltInFrameworks(
  context: Context,
  frameworks: readonly Framework[],
): Promise<{ id: string; version: string; hash: string }[]> {
  const { db, actor, now } = context
  const organisation = actor.organisation
  return await db.transaction().execute(async (transaction) => {
    const stored: { id: string; version: string; hash: string }[] = []
    for (const framework of frameworks) {
      const { id, version } = framework
      const hash = contentHash(framework)
      await transaction
        .insertInto('framework')
        .values({ organisation_id: organisation, id, built_in: true, created_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      // Two servers may start at once: the row lock makes their ordinals follow each other.
      await transaction
        .selectFrom('framework')
        .select('id')
        .where('organisation_id', '=', organisation)
        .where('id', '=', id)
        .forUpdate()
        .execute()
      const newest = await transaction
        .selectFrom('framework_version')
        .select(sql<number>`coalesce(max(ordinal), 0)`.as('ordinal'))
        .where('organisation_id', '=', organisation)
        .where('framework_id', '=', id)
        .executeTakeFirstOrThrow()
      const inserted = await transaction
        .insertInto('framework_version')
        .values({
          organisation_id: organisation,
          hash,
          framework_id: id,
          version,
          content: JSON.stringify(framework),
          ordinal: newest.ordinal + 1,
          stored_at: now,
        })
        .onConflict((conflict) => conflict.columns(['organisation_id', 'hash']).doNothing())
        .executeTakeFirst()
      if (inserted.numInsertedOrUpdatedRows !== 1n) continue
      await recordAudit(transaction, context, {
        action: 'framework.store',
        object: { kind: 'framework', id },
        details: { hash, version },
        bySystem: true,
      })
      stored.push({ id, version, hash })
    }
    return stored
  })
}
