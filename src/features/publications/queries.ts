// Reads what publishing a framework would change, and for whom.
import type { Kysely } from 'kysely'
import { buildInstrument } from '../../core/assess/instrument.ts'
import { checkDocument, type CheckedDocument } from '../../core/framework/check-document.ts'
import { diffFrameworks } from '../../core/framework/diff/diff.ts'
import { suggestVersion } from '../../core/framework/diff/suggest-version.ts'
import { proposeMigration } from '../../core/framework/migrate/propose.ts'
import type { Tables } from '../../db/schema.ts'
import type { Context } from '../../platform/procedure.ts'
import { refused } from '../../platform/refused.ts'
import { getVersionByHash } from '../frameworks/queries.ts'
import { previewMapping } from '../migrations/queries.ts'
import { planPublication, type StoredFramework } from './plan.ts'
import { canPublish } from './policy.ts'

export interface Candidate {
  document: Record<string, unknown>
  version?: string | undefined
}

/** The framework of a candidate under the version asked for, or its faults. */
export function frameworkOf({ document, version }: Candidate): CheckedDocument {
  return checkDocument(version === undefined ? document : { ...document, version })
}

/** What is stored under an id; undefined where it is not there. */
export async function findStored(
  { actor }: Context,
  db: Kysely<Tables>,
  id: string,
): Promise<StoredFramework | undefined> {
  const rows = await db
    .selectFrom('framework_version as v')
    .innerJoin('framework as f', (join) =>
      join.onRef('f.organisation_id', '=', 'v.organisation_id').onRef('f.id', '=', 'v.framework_id'),
    )
    .select(['v.hash', 'v.version', 'f.built_in'])
    .where('v.organisation_id', '=', actor.organisation)
    .where('v.framework_id', '=', id)
    .orderBy('v.ordinal', 'desc')
    .execute()
  const [first] = rows
  if (!first) return undefined
  const { content } = await db
    .selectFrom('framework_version')
    .select('content')
    .where('organisation_id', '=', actor.organisation)
    .where('hash', '=', first.hash)
    .executeTakeFirstOrThrow()
  return {
    builtIn: first.built_in,
    newest: { hash: first.hash, version: first.version, framework: content },
    versions: rows.map(({ hash, version }) => ({ hash, version })),
  }
}

/** Everything that a person needs to know before publishing; stores nothing. */
export async function previewPublication(context: Context, candidate: Candidate) {
  assertMayPublish(context)
  const nothing = {
    candidate: null,
    same: null,
    newest: null,
    suggestedVersion: null,
    proposal: null,
    affected: null,
  }
  const { framework, faults } = frameworkOf(candidate)
  if (!framework) return { outcome: 'faulty' as const, faults, changes: [], ...nothing }
  const stored = await findStored(context, context.db, framework.id)
  const { outcome, hash, same } = planPublication(framework, stored)
  const about = {
    id: framework.id,
    version: framework.version,
    hash,
    competencies: framework.competencies.length,
    behaviours: framework.competencies.reduce((sum, { behaviours }) => sum + behaviours.length, 0),
    roles: framework.roles.length,
  }
  if (!stored) return { ...nothing, outcome, faults: [], changes: [], candidate: about }
  const before = stored.newest
  const changes = outcome === 'unchanged' ? [] : diffFrameworks(before.framework, framework)
  const moves = outcome === 'new-version' || outcome === 'version-taken'
  const proposal = moves ? proposeMigration(before.framework, framework) : null
  const after = proposal && { framework, instrument: buildInstrument(framework) }
  return {
    outcome,
    faults: [],
    candidate: about,
    same,
    newest: { hash: before.hash, version: before.version },
    suggestedVersion: moves
      ? suggestVersion(
          before.version,
          changes,
          stored.versions.map(({ version }) => version),
        )
      : null,
    changes: changes.map(({ kind, section, path, message }) => ({ kind, section, path: [...path], message })),
    proposal,
    affected:
      proposal && after
        ? await previewMapping(context, await getVersionByHash(context, before.hash), after, proposal)
        : null,
  }
}

export function assertMayPublish({ actor }: Context): void {
  if (!canPublish(actor)) throw refused('forbidden', 'publish')
}
