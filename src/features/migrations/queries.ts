// Reads migrations: what is proposed, whom a mapping affects and how, what was applied, and what stops an undo.
import { setImmediate } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import { movedStanding, type Measurable } from '../../core/growth/moved-standing.ts'
import { migrationFaults, type Migration } from '../../core/framework/migrate/migration.ts'
import { proposeMigration } from '../../core/framework/migrate/propose.ts'
import type { Tables } from '../../db/schema.ts'
import { auditedRead, listStatedActs } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, notFound } from '../../platform/refused.ts'
import { checkReason } from '../../platform/stated-reason.ts'
import { loadOwn } from '../assessments/queries.ts'
import { getVersionByHash, type FrameworkVersion } from '../frameworks/queries.ts'
import type { UndoBlocked } from './contract.ts'
import { migrationRights } from './policy.ts'

/** Details cost an estimate each; a person has few assessments, and more than these are counted alone. */
const MOST_DETAILED = 50

export interface Between {
  framework: string
  from: string
  to: string
}

/** The two versions; throws NotFound for one that the framework does not have, invalid where they are the same. */
export async function getBetween(context: Context, { framework, from, to }: Between) {
  if (from === to) throw invalid('to', 'other-version-needed')
  const [before, after] = [await getVersionByHash(context, from), await getVersionByHash(context, to)]
  for (const version of [before, after])
    if (version.framework.id !== framework) throw notFound('framework-version', version.hash)
  return { before, after }
}

export async function proposeMapping(context: Context, between: Between) {
  const { before, after } = await getBetween(context, between)
  const mapping = proposeMigration(before.framework, after.framework)
  return { mapping, preview: await previewMapping(context, before, after, mapping) }
}

export async function previewMigration(context: Context, input: Between & { mapping: Migration }) {
  const { before, after } = await getBetween(context, input)
  return await previewMapping(context, before, after, input.mapping)
}

/** Whom the mapping affects, and how it would change what each of the actor's own assessments says. */
export async function previewMapping(
  context: Context,
  before: FrameworkVersion,
  after: Measurable,
  mapping: Migration,
) {
  const faults = migrationFaults(mapping, before.framework, after.framework)
  const counted = await countAffected(context, before.hash)
  if (faults.length > 0) return { faults, ...counted, details: [] }
  const own = (await loadOwn(context)).filter(
    ({ row, place }) => row.framework_hash === before.hash && place === 'current',
  )
  const details = []
  for (const { row, responses } of own.slice(0, MOST_DETAILED)) {
    // Each is an estimate of some milliseconds: others have their turn in between.
    await setImmediate()
    details.push({
      assessment: row.id,
      startedAt: row.started_at.toISOString(),
      finished: row.finished_at !== null,
      ...movedStanding(mapping, before, after, responses),
    })
  }
  return { faults, ...counted, details }
}

/** Whoever may move assessments counts everybody's; others count what they may read. */
function readerOf({ actor, db, jobs }: Context): Kysely<Tables> {
  return migrationRights(actor).apply ? jobs : db
}

/**
 * Whoever may move assessments counts everybody's, and the audit has one row that names them by their version; others
 * count what they may read.
 */
async function countAffected(context: Context, hash: string) {
  const reader = readerOf(context)
  if (reader === context.db) return await countCurrent(context, reader, hash)
  const object = { kind: 'framework-version', id: hash }
  return await auditedRead(context, { action: 'migration.preview', object }, () =>
    countCurrent(context, reader, hash),
  )
}

async function countCurrent({ actor }: Context, db: Kysely<Tables>, hash: string) {
  return await db
    .selectFrom('assessment')
    .select([
      sql<number>`count(*)::int`.as('assessments'),
      sql<number>`count(distinct person_id)::int`.as('people'),
    ])
    .where('organisation_id', '=', actor.organisation)
    .where('framework_hash', '=', hash)
    .where('superseded_by', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow()
}

/** A copy that a migration made, with what became of it since. */
export interface CopyState {
  readonly migration_id: string
  readonly from_assessment: string
  readonly to_assessment: string
  readonly moved: number
  readonly left_behind: number
  readonly person_id: string
  readonly superseded_by: string | null
  /** Steps in the copy, those it was made with included. */
  readonly steps: number
}

/** The copies of some migrations that are still there. */
export async function listCopies(
  { actor }: Context,
  db: Kysely<Tables>,
  migrations: readonly string[],
): Promise<CopyState[]> {
  if (migrations.length === 0) return []
  return await db
    .selectFrom('migration_assessment as m')
    .innerJoin('assessment as a', (join) =>
      join.onRef('a.organisation_id', '=', 'm.organisation_id').onRef('a.id', '=', 'm.to_assessment'),
    )
    .select((select) => [
      'm.migration_id',
      'm.from_assessment',
      'm.to_assessment',
      'm.moved',
      'm.left_behind',
      'a.person_id',
      'a.superseded_by',
      select
        .selectFrom('response as r')
        .select(sql<number>`count(*)::int`.as('steps'))
        .whereRef('r.organisation_id', '=', 'm.organisation_id')
        .whereRef('r.assessment_id', '=', 'm.to_assessment')
        .$asScalar()
        .$notNull()
        .as('steps'),
    ])
    .where('m.organisation_id', '=', actor.organisation)
    .where('m.migration_id', 'in', migrations)
    .orderBy('m.from_assessment')
    .execute()
}

/** Why a migration with these copies cannot be undone, and how many stand in the way; null where it can be. */
export function undoBlockedBy(copies: readonly CopyState[]): UndoBlocked | null {
  const answered = copies.filter(({ steps, moved }) => steps > moved).length
  const movedOn = copies.filter(({ superseded_by }) => superseded_by !== null).length
  if (movedOn > 0) return { code: 'moved-on-later', count: movedOn }
  return answered > 0 ? { code: 'answered-since', count: answered } : null
}

/** All migrations of a framework, newest first. */
export async function listMigrations(context: Context, framework: string) {
  return { migrations: await recordsOf(context, { framework }) }
}

/** One migration with its mapping and the actor's own assessments in it; throws NotFound. */
export async function getMigration(context: Context, id: string) {
  const [migration] = await recordsOf(context, { id })
  if (!migration) throw notFound('migration', id)
  const { mapping } = await context.db
    .selectFrom('framework_migration')
    .select('mapping')
    .where('organisation_id', '=', context.actor.organisation)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const copies = (await listCopies(context, context.db, [id])).filter(
    ({ person_id }) => person_id === context.actor.person,
  )
  return {
    migration,
    mapping,
    assessments: copies.map(({ from_assessment, to_assessment, moved, left_behind }) => ({
      from: from_assessment,
      to: to_assessment,
      moved,
      leftBehind: left_behind,
    })),
  }
}

async function recordsOf(context: Context, { id, framework }: { id?: string; framework?: string }) {
  const { actor, db } = context
  let query = db
    .selectFrom('framework_migration as m')
    .innerJoin('framework_version as f', (join) =>
      join.onRef('f.organisation_id', '=', 'm.organisation_id').onRef('f.hash', '=', 'm.from_hash'),
    )
    .innerJoin('framework_version as t', (join) =>
      join.onRef('t.organisation_id', '=', 'm.organisation_id').onRef('t.hash', '=', 'm.to_hash'),
    )
    .innerJoin('person as a', (join) =>
      join.onRef('a.organisation_id', '=', 'm.organisation_id').onRef('a.id', '=', 'm.applied_by'),
    )
    .leftJoin('person as u', (join) =>
      join.onRef('u.organisation_id', '=', 'm.organisation_id').onRef('u.id', '=', 'm.undone_by'),
    )
    .select([
      'm.id',
      'm.framework_id',
      'm.from_hash',
      'm.to_hash',
      'm.reason',
      'm.reason_salt',
      'm.applied_by',
      'm.applied_at',
    ])
    .select([
      'm.undone_by',
      'm.undone_at',
      'm.undo_reason',
      'm.undo_reason_salt',
      'f.version as from_version',
    ])
    .select(['t.version as to_version', 'a.name as applied_name', 'u.name as undone_name'])
    .where('m.organisation_id', '=', actor.organisation)
    .orderBy('m.applied_at', 'desc')
    .orderBy('m.id')
  if (id !== undefined) query = query.where('m.id', '=', id)
  if (framework !== undefined) query = query.where('m.framework_id', '=', framework)
  const rows = await query.execute()
  const copies = await listCopies(
    context,
    readerOf(context),
    rows.map((row) => row.id),
  )
  const acts = await listStatedActs(
    context,
    'migration',
    rows.map((row) => row.id),
  )
  const recorded = (object: string, action: string) =>
    acts.find((act) => act.object === object && act.action === action)?.fingerprint
  const author = (person: string, name: string | null) => ({
    ...{ kind: 'person' as const, id: person, name, you: person === actor.person },
  })
  return rows.map((row) => {
    const own = copies.filter(({ migration_id }) => migration_id === row.id)
    const { undone_at, undone_by, undo_reason } = row
    const undone =
      undone_at && undone_by
        ? {
            ...{ at: undone_at.toISOString(), by: author(undone_by, row.undone_name), reason: undo_reason },
            audited: checkReason(undo_reason, row.undo_reason_salt, recorded(row.id, 'migration.undo')),
          }
        : null
    const blocked = undone ? null : undoBlockedBy(own)
    return {
      id: row.id,
      framework: row.framework_id,
      from: { hash: row.from_hash, version: row.from_version },
      to: { hash: row.to_hash, version: row.to_version },
      reason: row.reason,
      audited: checkReason(row.reason, row.reason_salt, recorded(row.id, 'migration.apply')),
      appliedAt: row.applied_at.toISOString(),
      appliedBy: author(row.applied_by, row.applied_name),
      assessments: own.length,
      answers: {
        moved: own.reduce((sum, { moved }) => sum + moved, 0),
        leftBehind: own.reduce((sum, { left_behind }) => sum + left_behind, 0),
      },
      undone,
      can: { undo: migrationRights(actor).undo && undone === null && blocked === null },
      undoBlockedBy: blocked,
    }
  })
}
