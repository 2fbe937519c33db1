// Applies and undoes migrations, each in one transaction with its audit rows: all assessments move, or none does.
import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import { migrateAnswers } from '../../core/framework/migrate/migrate-answers.ts'
import { migrationFaults, type Migration } from '../../core/framework/migrate/migration.ts'
import type { Framework } from '../../core/framework/model.ts'
import type { Tables } from '../../db/schema.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { notFound, refused } from '../../platform/refused.ts'
import { stateReason } from '../../platform/stated-reason.ts'
import { listCurrentOf, type AssessmentRow, type LoadedAssessment } from '../assessments/queries.ts'
import { migrationRights } from './policy.ts'
import { getBetween, getMigration, listCopies, undoBlockedBy, type Between } from './queries.ts'

export interface ApplyInput extends Between {
  key: string
  mapping: Migration
  reason: string
}

/**
 * Gives every assessment of the old version a copy pinned to the new one, with the answers that follow their statement.
 * The old ones stay as they were, readable and marked as superseded. The same key again changes nothing.
 */
export async function applyMigration(context: Context, input: ApplyInput) {
  const { jobs, actor, now } = context
  if (!migrationRights(actor).apply) throw refused('forbidden', 'move-assessments')
  const { before, after } = await getBetween(context, input)
  const faults = migrationFaults(input.mapping, before.framework, after.framework)
  if (faults.length > 0) {
    const text = faults.map(({ path, message }) => `${path}: ${message}`).join('; ')
    throw refused('invalid', 'mapping-faults', { faults: `${text}.` }, { faults })
  }
  // As a job: nobody reads another's answers by hand, and here each is copied unread.
  const id = await jobs.transaction().execute(async (transaction) => {
    await lockFramework(transaction, context, input.framework)
    const known = await transaction
      .selectFrom('framework_migration')
      .select(['id', 'from_hash', 'to_hash'])
      .where('organisation_id', '=', actor.organisation)
      .where('apply_key', '=', input.key)
      .executeTakeFirst()
    if (known) {
      if (known.from_hash === before.hash && known.to_hash === after.hash) return known.id
      throw refused('conflict', 'key-used')
    }
    const migration = randomUUID()
    const stated = stateReason(input.reason)
    await transaction
      .insertInto('framework_migration')
      .values({
        organisation_id: actor.organisation,
        id: migration,
        framework_id: input.framework,
        from_hash: before.hash,
        to_hash: after.hash,
        apply_key: input.key,
        mapping: JSON.stringify(input.mapping),
        reason: stated.words,
        reason_salt: stated.salt,
        applied_by: actor.person,
        applied_at: now,
        undone_by: null,
        undone_at: null,
        undo_reason: null,
        undo_reason_salt: null,
      })
      .execute()
    const assessments = await listCurrentOf({ ...context, db: transaction }, before.hash)
    for (const loaded of assessments)
      await moveOne(transaction, context, migration, input.mapping, loaded, before.framework, after)
    await recordAudit(transaction, context, {
      action: 'migration.apply',
      object: { kind: 'migration', id: migration },
      stated,
      details: { from: before.hash, to: after.hash, assessments: assessments.length },
    })
    return migration
  })
  const { migration } = await getMigration(context, id)
  return { migration }
}

async function moveOne(
  transaction: Transaction<Tables>,
  context: Context,
  migration: string,
  mapping: Migration,
  { row, held }: LoadedAssessment,
  before: Framework,
  after: { hash: string; framework: Framework },
): Promise<void> {
  const { answers, leftBehind } = migrateAnswers(mapping, before, after.framework, held)
  const copy = randomUUID()
  const organisation_id = row.organisation_id
  await transaction
    .insertInto('assessment')
    .values({
      ...row,
      ...rolesIn(row, mapping, after.framework),
      id: copy,
      framework_hash: after.hash,
      start_key: randomUUID(),
    })
    .execute()
  if (answers.length > 0) {
    await transaction
      .insertInto('response')
      .values(
        answers.map(({ item, answer, evidence, givenAt, carriedFrom }, index) => ({
          ...{
            organisation_id,
            assessment_id: copy,
            person_id: row.person_id,
            position: index + 1,
            key: randomUUID(),
            kind: 'answer' as const,
          },
          ...{ item, answer, evidence, undoes: null, given_at: givenAt, carried_from: carriedFrom },
        })),
      )
      .execute()
  }
  await transaction
    .updateTable('assessment')
    .set({ superseded_by: copy })
    .where('organisation_id', '=', organisation_id)
    .where('id', '=', row.id)
    .execute()
  await transaction
    .insertInto('migration_assessment')
    .values({
      ...{ organisation_id, migration_id: migration, from_assessment: row.id, to_assessment: copy },
      ...{ moved: answers.length, left_behind: leftBehind.length },
    })
    .execute()
  await recordAudit(transaction, context, {
    action: 'assessment.migrate',
    object: { kind: 'assessment', id: copy },
    subject: row.person_id,
    details: { migration, from: row.id, moved: answers.length, leftBehind: leftBehind.length },
  })
}

/** The roles that the person named, where the new version still has them; a target that is gone leaves the mode open. */
function rolesIn(row: AssessmentRow, { roles }: Migration, after: Framework) {
  const follow = (role: string | null, variant: string | null) => {
    const to = role === null ? undefined : after.roles.find(({ id }) => id === roles[role])
    const kept = to?.variants.some(({ id }) => id === variant) ? variant : null
    return { role: to?.id ?? null, variant: kept }
  }
  const target = follow(row.target_role, row.target_variant)
  const self = follow(row.self_role, row.self_variant)
  return {
    target_role: target.role,
    target_variant: target.variant,
    self_role: self.role,
    self_variant: self.variant,
    mode: row.mode === 'target' && target.role === null ? ('adaptive' as const) : row.mode,
  }
}

/** Withdraws the copies (kept to be read) and lets the old assessments stand again; undone once, it stays so. */
export async function undoMigration(context: Context, { id, reason }: { id: string; reason: string }) {
  const { jobs, actor, now } = context
  if (!migrationRights(actor).undo) throw refused('forbidden', 'move-assessments')
  await jobs.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('framework_migration')
      .select(['framework_id', 'undone_at'])
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw notFound('migration', id)
    if (row.undone_at) return
    await lockCopies(transaction, context, id)
    const copies = await listCopies(context, transaction, [id])
    const blocked = undoBlockedBy(copies)
    if (blocked !== null) throw refused('conflict', blocked.code, { count: blocked.count })
    for (const { to_assessment, from_assessment, person_id } of copies) {
      const one = transaction.updateTable('assessment').where('organisation_id', '=', actor.organisation)
      await one.set({ withdrawn_at: now }).where('id', '=', to_assessment).execute()
      await one
        .set({ superseded_by: null })
        .where('id', '=', from_assessment)
        .where('superseded_by', '=', to_assessment)
        .execute()
      await recordAudit(transaction, context, {
        action: 'assessment.restore',
        object: { kind: 'assessment', id: from_assessment },
        subject: person_id,
        details: { migration: id, withdrawn: to_assessment },
      })
    }
    const stated = stateReason(reason)
    await transaction
      .updateTable('framework_migration')
      .set({
        ...{ undone_at: now, undone_by: actor.person },
        ...{ undo_reason: stated.words, undo_reason_salt: stated.salt },
      })
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .execute()
    await recordAudit(transaction, context, {
      action: 'migration.undo',
      object: { kind: 'migration', id },
      stated,
      details: { assessments: copies.length },
    })
  })
  const { migration } = await getMigration(context, id)
  return { migration }
}

/** Two migrations of one framework never run at the same time. */
async function lockFramework(
  transaction: Transaction<Tables>,
  { actor }: Context,
  id: string,
): Promise<void> {
  await transaction
    .selectFrom('framework')
    .select('id')
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', id)
    .forUpdate()
    .execute()
}

/** An answer that is being given to a copy is waited for, and then counts against the undo. */
async function lockCopies(
  transaction: Transaction<Tables>,
  { actor }: Context,
  migration: string,
): Promise<void> {
  await transaction
    .selectFrom('assessment as a')
    .innerJoin('migration_assessment as m', (join) =>
      join.onRef('a.organisation_id', '=', 'm.organisation_id').onRef('a.id', '=', 'm.to_assessment'),
    )
    .select('a.id')
    .where('m.organisation_id', '=', actor.organisation)
    .where('m.migration_id', '=', migration)
    .orderBy('a.id')
    .forUpdate('a')
    .execute()
}
