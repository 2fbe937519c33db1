// Shares the standing of an assessment with a named person, and takes that back.
import { sql } from 'kysely'
import { addDays } from '../../core/org/day.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, notFound, refused } from '../../platform/refused.ts'
import { canShare, hasOthers } from './policy.ts'

interface Share {
  key: string
  assessment: string
  person: string
  lastDay: string
}

/** At most a year at once. */
const LONGEST_DAYS = 366

export async function share(context: Context, { key, assessment, person, lastDay }: Share) {
  const { db, actor, now, today } = context
  if (!hasOthers(actor)) throw refused('conflict', 'nobody-to-share-with')
  const last = addDays(today, LONGEST_DAYS - 1)
  if (lastDay < today || lastDay > last)
    throw invalid('lastDay', 'share-days', { first: today, last, got: lastDay })
  if (person === actor.person) throw invalid('person', 'somebody-else')
  await db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('assessment')
      .select('person_id')
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', assessment)
      .executeTakeFirst()
    if (!row || !canShare(actor, row)) throw notFound('assessment', assessment)
    const { rows } = await sql<{ there: boolean }>`
      select not has_left(organisation_id, id, ${today}::date) as there from person
      where organisation_id = ${actor.organisation} and id = ${person} and erased_at is null`.execute(
      transaction,
    )
    if (rows[0] === undefined) throw notFound('person', person)
    if (!rows[0].there) throw invalid('person', 'not-left')
    const made = await transaction
      .insertInto('assessment_share')
      .values({
        ...{ organisation_id: actor.organisation, id: key, assessment_id: assessment },
        ...{ person_id: actor.person, with_person: person, until: addDays(lastDay, 1) },
        ...{ made_at: now, revoked_at: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows === 0n) return
    await recordAudit(transaction, context, {
      ...{ action: 'assessment.share', object: { kind: 'assessment', id: assessment }, subject: person },
      details: { share: key, lastDay },
    })
  })
  return { id: key }
}

/** From this moment the other reads nothing more. False where it was over or taken back already. */
export async function takeBackShare(context: Context, id: string) {
  const { db, actor, now, today } = context
  return await db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('assessment_share')
      .select(['assessment_id', 'person_id', 'with_person', 'until', 'revoked_at'])
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row || !canShare(actor, row)) throw notFound('share', id)
    if (row.revoked_at !== null || row.until <= today) return { takenBack: false }
    await transaction
      .updateTable('assessment_share')
      .set({ revoked_at: now })
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .execute()
    const object = { kind: 'assessment', id: row.assessment_id }
    await recordAudit(transaction, context, {
      ...{ action: 'assessment.unshare', object, subject: row.with_person, details: { share: id } },
    })
    return { takenBack: true }
  })
}
