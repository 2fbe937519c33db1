// The organisation and the person of the single-user mode, made at the first start.
import { randomUUID } from 'node:crypto'
import type { Connection } from '../db/connect.ts'
import { maintenanceDatabase } from '../db/scoped.ts'
import { LOCAL_ORGANISATION, LOCAL_PERSON, systemActor } from './actor.ts'
import { recordAudit } from './audit/record-audit.ts'

/**
 * Makes what is missing of the rows that everything of the single local user hangs on: the organisation, the person, and
 * that the person owns it. Safe to repeat. It takes the owner's connection: nobody may act before these rows are there.
 */
export async function ensureLocalOrganisation(owner: Connection, now: Date): Promise<void> {
  const organisation = LOCAL_ORGANISATION
  const person = LOCAL_PERSON
  const by = { actor: systemActor(organisation), now }
  await maintenanceDatabase(owner.pool)
    .transaction()
    .execute(async (transaction) => {
      const made = await transaction
        .insertInto('organisation')
        .values({ id: organisation, name: null, created_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows === 1n) {
        const object = { kind: 'organisation', id: organisation }
        await recordAudit(transaction, by, { action: 'organisation.create', object, bySystem: true })
      }
      const added = await transaction
        .insertInto('person')
        .values({ organisation_id: organisation, id: person, name: null, created_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (added.numInsertedOrUpdatedRows === 1n) {
        const object = { kind: 'person', id: person }
        await recordAudit(transaction, by, {
          ...{ action: 'person.create', object, subject: person, bySystem: true },
        })
        const id = randomUUID()
        await transaction
          .insertInto('role_grant')
          .values({
            ...{ organisation_id: organisation, id, person_id: person, role: 'owner', unit_id: null },
            ...{ granted_at: now, granted_by: null, until: null },
          })
          .execute()
        await recordAudit(transaction, by, {
          ...{ action: 'role.grant', object: { kind: 'role-grant', id }, subject: person, bySystem: true },
          details: { role: 'owner' },
        })
      }
    })
}
