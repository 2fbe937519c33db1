// Orders about people's data: rules of retention, legal holds, erasures; each with its audit row in one transaction.
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { notFound, refused } from '../../platform/refused.ts'
import { stateReason } from '../../platform/stated-reason.ts'
import type { ERASURE_REASONS, RETENTION_KINDS } from './contract.ts'
import { canSetRetention } from './policy.ts'
import { getKeeping, getPersonPrivacy, rightsOver } from './queries.ts'

export async function setRetention(
  context: Context,
  { kind, days }: { kind: (typeof RETENTION_KINDS)[number]; days: number | null },
) {
  const { db, actor, now } = context
  if (!canSetRetention(actor)) throw refused('forbidden', 'set-retention')
  await db.transaction().execute(async (transaction) => {
    if (days === null)
      await transaction
        .deleteFrom('retention_rule')
        .where('organisation_id', '=', actor.organisation)
        .where('kind', '=', kind)
        .execute()
    else
      await transaction
        .insertInto('retention_rule')
        .values({ organisation_id: actor.organisation, kind, days, set_at: now, set_by: actor.person })
        .onConflict((conflict) =>
          conflict
            .columns(['organisation_id', 'kind'])
            .doUpdateSet({ days, set_at: now, set_by: actor.person }),
        )
        .execute()
    await recordAudit(transaction, context, {
      ...{ action: 'retention.set', object: { kind: 'retention-rule', id: kind }, details: { days } },
    })
  })
  return await getKeeping(context)
}

/** Throws forbidden where the actor may not; the same key again places nothing more. */
export async function placeHold(
  context: Context,
  { key, person, reason }: { key: string; person: string; reason: string },
) {
  const { db, actor, now } = context
  await assertKnown(context, person)
  if (!(await rightsOver(context, person)).hold) throw refused('forbidden', 'place-hold')
  await db.transaction().execute(async (transaction) => {
    const stated = stateReason(reason)
    const placed = await transaction
      .insertInto('legal_hold')
      .values({
        ...{ organisation_id: actor.organisation, id: key, person_id: person, reason: stated.words },
        ...{ reason_salt: stated.salt, placed_at: now, placed_by: actor.person },
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (placed.numInsertedOrUpdatedRows === 0n) return
    await recordAudit(transaction, context, {
      ...{ action: 'hold.place', object: { kind: 'legal-hold', id: key }, subject: person, stated },
    })
  })
  return await getKeeping(context)
}

export async function liftHold(context: Context, id: string) {
  const { db, actor, now } = context
  await db.transaction().execute(async (transaction) => {
    const hold = await transaction
      .selectFrom('legal_hold')
      .select(['person_id', 'lifted_at'])
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .executeTakeFirst()
    if (!hold) throw notFound('hold', id)
    if (!(await rightsOver({ ...context, db: transaction }, hold.person_id)).hold)
      throw refused('forbidden', 'lift-hold')
    if (hold.lifted_at !== null) return
    await transaction
      .updateTable('legal_hold')
      .set({ lifted_at: now, lifted_by: actor.person })
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .execute()
    await recordAudit(transaction, context, {
      ...{ action: 'hold.lift', object: { kind: 'legal-hold', id }, subject: hold.person_id },
    })
  })
  return await getKeeping(context)
}

/** Orders an erasure, which a job carries out within a minute. Throws conflict where a hold keeps the person. */
export async function orderErasure(
  context: Context,
  { person, reason }: { person: string; reason: (typeof ERASURE_REASONS)[number] },
) {
  const { db, actor, now } = context
  await assertKnown(context, person)
  await db.transaction().execute(async (transaction) => {
    const { held, ordered, can } = await getPersonPrivacy({ ...context, db: transaction }, person)
    if (!can.erase) throw refused('forbidden', 'erase')
    if (ordered) return
    if (held) throw refused('conflict', 'held-not-erased')
    await transaction
      .insertInto('erasure')
      .values({
        ...{ organisation_id: actor.organisation, person_id: person, reason },
        ...{ ordered_at: now, ordered_by: actor.person, replay_of: null },
      })
      .execute()
    await recordAudit(transaction, context, {
      ...{ action: 'person.erase', object: { kind: 'person', id: person }, subject: person, reason },
    })
  })
  return await getKeeping(context)
}

async function assertKnown({ db, actor }: Context, person: string): Promise<void> {
  const row = await db
    .selectFrom('person')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', person)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw notFound('person', person)
}
