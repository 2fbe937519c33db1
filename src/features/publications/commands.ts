// Writes frameworks: those that people publish, and those that come with Rungs. A version is added, never changed.
import { sql, type Transaction } from 'kysely'
import type { Framework } from '../../core/framework/model.ts'
import type { Tables } from '../../db/schema.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { contentHash } from '../../platform/content-hash.ts'
import type { Context } from '../../platform/procedure.ts'
import { refused } from '../../platform/refused.ts'
import { stateReason, type StatedReason } from '../../platform/stated-reason.ts'
import { getVersionByHash, summaryOf } from '../frameworks/queries.ts'
import { planPublication } from './plan.ts'
import { assertMayPublish, findStored, frameworkOf, type Candidate } from './queries.ts'

export interface PublishInput extends Candidate {
  /** The newest version that the person looked at; null for a new framework. */
  basedOn: string | null
  reason: string
}

/**
 * Stores a checked document as a new framework or version, in one transaction with its audit row. Content that is
 * there already changes nothing. Throws invalid for faults, conflict where the number is taken or somebody was quicker.
 */
export async function publishFramework(context: Context, input: PublishInput) {
  assertMayPublish(context)
  const { framework, faults } = frameworkOf(input)
  if (!framework) {
    const first = `${faults[0]?.path}: ${faults[0]?.message}.`
    throw refused('invalid', 'framework-faults', { count: faults.length, first }, { faults })
  }
  const { db, actor } = context
  const { id, version } = framework
  const { hash, outcome } = await db.transaction().execute(async (transaction) => {
    await lockFramework(transaction, context, id, false)
    const stored = await findStored(context, transaction, id)
    const plan = planPublication(framework, stored)
    if (plan.same) return { hash: plan.same.hash, outcome: 'unchanged' as const }
    if (plan.outcome === 'built-in') throw refused('conflict', 'built-in-id', { id })
    if ((stored?.newest.hash ?? null) !== input.basedOn)
      throw stored
        ? refused('conflict', 'newer-published', { version: stored.newest.version })
        : refused('conflict', 'based-on-nothing', { id })
    if (plan.outcome === 'version-taken') throw refused('conflict', 'version-taken', { version, id })
    const stated = stateReason(input.reason)
    await insertVersion(transaction, context, framework, plan.hash, stated)
    await recordAudit(transaction, context, {
      action: 'framework.publish',
      object: { kind: 'framework', id },
      stated,
      details: { hash: plan.hash, version, basedOn: input.basedOn },
    })
    return { hash: plan.hash, outcome: 'published' as const }
  })
  return { outcome, summary: summaryOf(await getVersionByHash({ ...context, actor }, hash)) }
}

/**
 * Stores each framework as a version under the hash of its content, in one transaction; content that is there
 * already stays as it is. Returns the versions that were new.
 */
export async function storeBuiltInFrameworks(
  context: Context,
  frameworks: readonly Framework[],
): Promise<{ id: string; version: string; hash: string }[]> {
  return await context.db.transaction().execute(async (transaction) => {
    const stored: { id: string; version: string; hash: string }[] = []
    for (const framework of frameworks) {
      const { id, version } = framework
      const hash = contentHash(framework)
      await lockFramework(transaction, context, id, true)
      if (!(await insertVersion(transaction, context, framework, hash, null))) continue
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

/** Makes the framework's row where it is missing and locks it: who publishes at the same time waits for the end. */
async function lockFramework(
  transaction: Transaction<Tables>,
  { actor, now }: Context,
  id: string,
  builtIn: boolean,
): Promise<void> {
  await transaction
    .insertInto('framework')
    .values({ organisation_id: actor.organisation, id, built_in: builtIn, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await transaction
    .selectFrom('framework')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', id)
    .forUpdate()
    .execute()
}

/** Adds the version after the newest; false where this content is there already. The framework's row is locked. */
async function insertVersion(
  transaction: Transaction<Tables>,
  { actor, now }: Context,
  framework: Framework,
  hash: string,
  stated: StatedReason | null,
): Promise<boolean> {
  const newest = await transaction
    .selectFrom('framework_version')
    .select(sql<number>`coalesce(max(ordinal), 0)`.as('ordinal'))
    .where('organisation_id', '=', actor.organisation)
    .where('framework_id', '=', framework.id)
    .executeTakeFirstOrThrow()
  const inserted = await transaction
    .insertInto('framework_version')
    .values({
      organisation_id: actor.organisation,
      hash,
      framework_id: framework.id,
      version: framework.version,
      content: JSON.stringify(framework),
      ordinal: newest.ordinal + 1,
      stored_at: now,
      published_by: stated && actor.person,
      reason: stated?.words ?? null,
      reason_salt: stated?.salt ?? null,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'hash']).doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}
