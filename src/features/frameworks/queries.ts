// Reads frameworks and their versions.
import { sql } from 'kysely'
import { buildInstrument, type Instrument } from '../../core/assess/instrument.ts'
import type { Framework } from '../../core/framework/model.ts'
import { compareRoles } from '../../core/growth/compare.ts'
import type { RoleCompare } from '../../core/growth/compare-model.ts'
import { findRole, type RoleChoice } from '../../core/growth/roles.ts'
import { listStatedActs } from '../../platform/audit/record-audit.ts'
import type { Context } from '../../platform/procedure.ts'
import { notFound } from '../../platform/refused.ts'
import { checkReason } from '../../platform/stated-reason.ts'
import { frameworkRights, readableOrganisation } from './policy.ts'
import { searchFramework } from './search.ts'

/** A stored version with the instrument made from it. */
export interface FrameworkVersion {
  readonly hash: string
  readonly builtIn: boolean
  readonly storedAt: Date
  readonly framework: Framework
  readonly instrument: Instrument
}

/** Content under a hash never changes, so what was made from it is kept; the oldest goes first. */
const kept = new Map<string, FrameworkVersion>()
const MOST_KEPT = 32

type Wanted = { framework: string; version?: string | undefined }

/** Each framework in its newest version, in the order of their ids with the built-in ones first. */
export async function listFrameworks(context: Context) {
  const rows = await context.db
    .selectFrom('framework_version as v')
    .innerJoin('framework as f', (join) =>
      join.onRef('f.organisation_id', '=', 'v.organisation_id').onRef('f.id', '=', 'v.framework_id'),
    )
    .distinctOn('v.framework_id')
    .select(['v.hash', 'f.built_in'])
    .where('v.organisation_id', '=', readableOrganisation(context.actor))
    .orderBy('v.framework_id')
    .orderBy('v.ordinal', 'desc')
    .execute()
  const versions = await Promise.all(rows.map(({ hash }) => getVersionByHash(context, hash)))
  return { frameworks: versions.toSorted((a, b) => Number(b.builtIn) - Number(a.builtIn)).map(summaryOf) }
}

export async function getFramework(context: Context, wanted: Wanted & { hash?: string | undefined }) {
  const current =
    wanted.hash === undefined
      ? await getVersion(context, wanted)
      : await getVersionByHash(context, wanted.hash)
  if (current.framework.id !== wanted.framework) throw notFound('framework-version', current.hash)
  const rows = await context.db
    .selectFrom('framework_version')
    .select(['version', 'hash', 'stored_at'])
    .where('organisation_id', '=', readableOrganisation(context.actor))
    .where('framework_id', '=', wanted.framework)
    .orderBy('ordinal', 'desc')
    .execute()
  return {
    summary: summaryOf(current),
    versions: rows.map(({ version, hash, stored_at }) => ({
      version,
      hash,
      storedAt: stored_at.toISOString(),
    })),
    framework: current.framework,
    can: { assess: frameworkRights(context.actor, current.builtIn).assess },
  }
}

/**
 * Every version that was stored, newest first, with who published it, why, and how much hangs on it: everybody's
 * assessments for those who edit frameworks, for all others their own.
 */
export async function listVersions(context: Context, framework: string) {
  const { actor } = context
  const db = frameworkRights(actor, false).migrate ? context.jobs : context.db
  const rows = await db
    .selectFrom('framework_version as v')
    .innerJoin('framework as f', (join) =>
      join.onRef('f.organisation_id', '=', 'v.organisation_id').onRef('f.id', '=', 'v.framework_id'),
    )
    .leftJoin('person as p', (join) =>
      join.onRef('p.organisation_id', '=', 'v.organisation_id').onRef('p.id', '=', 'v.published_by'),
    )
    .select(['v.version', 'v.hash', 'v.stored_at', 'v.published_by', 'v.reason', 'p.name', 'f.built_in'])
    .select('v.reason_salt')
    .select((select) =>
      select
        .selectFrom('assessment as a')
        .select(sql<number>`count(*)::int`.as('count'))
        .whereRef('a.organisation_id', '=', 'v.organisation_id')
        .whereRef('a.framework_hash', '=', 'v.hash')
        .where('a.superseded_by', 'is', null)
        .where('a.withdrawn_at', 'is', null)
        .$asScalar()
        .$notNull()
        .as('assessments'),
    )
    .where('v.organisation_id', '=', readableOrganisation(actor))
    .where('v.framework_id', '=', framework)
    .orderBy('v.ordinal', 'desc')
    .execute()
  const [newest] = rows
  if (!newest) throw notFound('framework', framework)
  const acts = await listStatedActs(context, 'framework', [framework])
  const recorded = (hash: string) => acts.find(({ details }) => details['hash'] === hash)?.fingerprint
  const { publish, migrate } = frameworkRights(actor, newest.built_in)
  return {
    versions: rows.map(
      ({ version, hash, stored_at, published_by, reason, reason_salt, name, assessments }) => ({
        version,
        hash,
        storedAt: stored_at.toISOString(),
        author: {
          kind: published_by === null ? ('system' as const) : ('person' as const),
          id: published_by,
          name,
          you: published_by === actor.person,
        },
        reason,
        audited: checkReason(reason, reason_salt, recorded(hash)),
        newest: hash === newest.hash,
        assessments,
      }),
    ),
    can: { publish, migrate },
  }
}

export async function getRole(context: Context, wanted: Wanted & { role: string }) {
  const version = await getVersion(context, wanted)
  return { summary: summaryOf(version), role: getRoleChoice(version.framework, { role: wanted.role }).role }
}

export async function compareTwoRoles(
  context: Context,
  wanted: Wanted & { a: string; aVariant?: string | undefined; b: string; bVariant?: string | undefined },
): Promise<RoleCompare> {
  const { framework } = await getVersion(context, wanted)
  const a = getRoleChoice(framework, { role: wanted.a, variant: wanted.aVariant })
  const b = getRoleChoice(framework, { role: wanted.b, variant: wanted.bVariant })
  return compareRoles(framework, a, b)
}

export async function search(context: Context, wanted: Wanted & { q: string; limit: number }) {
  const { framework } = await getVersion(context, wanted)
  const hits = searchFramework(framework, wanted.q)
  return { hits: hits.slice(0, wanted.limit), total: hits.length }
}

/** The newest stored version, or the newest content under one version label; throws NotFound. */
export async function getVersion(context: Context, wanted: Wanted): Promise<FrameworkVersion> {
  let query = context.db
    .selectFrom('framework_version')
    .select('hash')
    .where('organisation_id', '=', readableOrganisation(context.actor))
    .where('framework_id', '=', wanted.framework)
    .orderBy('ordinal', 'desc')
    .limit(1)
  if (wanted.version !== undefined) query = query.where('version', '=', wanted.version)
  const row = await query.executeTakeFirst()
  if (!row) {
    const { framework, version } = wanted
    throw notFound('framework', version === undefined ? framework : `${framework} ${version}`)
  }
  return await getVersionByHash(context, row.hash)
}

/** The version with this content; throws NotFound. */
export async function getVersionByHash(context: Context, hash: string): Promise<FrameworkVersion> {
  const organisation = readableOrganisation(context.actor)
  const key = `${organisation} ${hash}`
  const known = kept.get(key)
  if (known) return known
  const row = await context.db
    .selectFrom('framework_version as v')
    .innerJoin('framework as f', (join) =>
      join.onRef('f.organisation_id', '=', 'v.organisation_id').onRef('f.id', '=', 'v.framework_id'),
    )
    .select(['v.content', 'v.stored_at', 'f.built_in'])
    .where('v.organisation_id', '=', organisation)
    .where('v.hash', '=', hash)
    .executeTakeFirst()
  if (!row) throw notFound('framework-version', hash)
  const version = {
    hash,
    builtIn: row.built_in,
    storedAt: row.stored_at,
    framework: row.content,
    instrument: buildInstrument(row.content),
  }
  const oldest = kept.keys().next()
  if (kept.size >= MOST_KEPT && !oldest.done) kept.delete(oldest.value)
  kept.set(key, version)
  return version
}

/** A role or variant of a framework; throws NotFound that says which of the two is missing. */
export function getRoleChoice(
  framework: Framework,
  ref: { role: string; variant?: string | null | undefined },
): RoleChoice {
  const choice = findRole(framework, ref)
  if (choice) return choice
  if (findRole(framework, { role: ref.role }))
    throw notFound('role-variant', `${ref.role} ${ref.variant ?? ''}`)
  throw notFound('role', ref.role)
}

/** A version as lists show it. */
export function summaryOf({ hash, builtIn, storedAt, framework }: FrameworkVersion) {
  return {
    id: framework.id,
    version: framework.version,
    hash,
    title: framework.title,
    description: framework.description ?? null,
    languages: framework.languages,
    roles: framework.roles.length,
    competencies: framework.competencies.length,
    behaviours: framework.competencies.reduce((sum, { behaviours }) => sum + behaviours.length, 0),
    builtIn,
    storedAt: storedAt.toISOString(),
  }
}
