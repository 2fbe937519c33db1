// The organisation and the person of the single-user mode, made at the first start.
import { recordAudit } from './audit.ts'
import type { Context } from './procedure.ts'

/** Makes what is missing of the two rows that everything of the single local user hangs on; safe to repeat. */
export async function ensureLocalOrganisation(context: Context): Promise<void> {
  const { db, actor, now } = context
  const { organisation, person } = actor
  await db.transaction().execute(async (transaction) => {
    const made = await transaction
      .insertInto('organisation')
      .values({ id: organisation, name: null, created_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows === 1n) {
      await recordAudit(transaction, context, {
        ...{
          action: 'organisation.create',
          object: { kind: 'organisation', id: organisation },
          bySystem: true,
        },
      })
    }
    const added = await transaction
      .insertInto('person')
      .values({ organisation_id: organisation, id: person, name: null, created_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 1n) {
      await recordAudit(transaction, context, {
        ...{
          action: 'person.create',
          object: { kind: 'person', id: person },
          subject: person,
          bySystem: true,
        },
      })
    }
  })
}
