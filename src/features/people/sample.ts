// Loads the sample organisation where nobody works yet, and removes it again: its own rows, and nothing else.
import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import { seededRandom } from '../../core/measure/seeded-random.ts'
import { sampleOrganisation } from '../../core/org/sample-organisation.ts'
import type { Tables } from '../../db/schema.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { errorCodeOf } from '../../platform/errors.ts'
import type { Context } from '../../platform/procedure.ts'
import { refused } from '../../platform/refused.ts'
import { applyChanges } from './apply-changes.ts'
import { changePeople } from './commands.ts'
import { organisationRights } from './policy.ts'
import { loadTimelines } from './timelines.ts'

/** The same people every time. */
const SEED = 20_260_302
const FRAMEWORK = 'coder-to-cto'

const actsAlone = ({ actor }: Context) => actor.kind === 'system'
const object = ({ actor }: Context) => ({ kind: 'organisation', id: actor.organisation })

/** Throws forbidden for others than the owner, conflict where people are here already. */
export async function loadSample(context: Context): Promise<{ people: number }> {
  assertMay(context)
  const today = context.today
  return await changePeople(context, async (transaction) => {
    const timelines = await loadTimelines(transaction, context.actor.organisation, 'all')
    if (timelines.employment.size > 0) throw refused('conflict', 'sample-not-empty')
    const stored = await transaction
      .selectFrom('framework')
      .select('id')
      .where('organisation_id', '=', context.actor.organisation)
      .where('id', '=', FRAMEWORK)
      .executeTakeFirst()
    const changes = sampleOrganisation(today, seededRandom(SEED), randomUUID)
    const { people } = await applyChanges(
      transaction,
      context,
      changes,
      { timelines, positions: new Map() },
      { framework: stored?.id ?? null, sample: true },
    )
    await recordAudit(transaction, context, {
      ...{
        bySystem: actsAlone(context),
        action: 'sample.load',
        object: object(context),
        details: { changes: changes.length },
      },
    })
    const root = changes.find((change) => change.kind === 'new-unit' && change.parent === null)
    if (root?.kind === 'new-unit') await letLook(transaction, context, root.unit)
    return { people }
  })
}

/**
 * Results of rounds are open to no owner. Whoever loads the sample becomes people partner of its department, and of
 * nobody else, so that there is something to look at; the role goes with the unit.
 */
async function letLook(transaction: Transaction<Tables>, context: Context, unit: string): Promise<void> {
  const { actor, now } = context
  const place = { organisation_id: actor.organisation, unit_id: unit }
  const granted = { granted_at: now, granted_by: actsAlone(context) ? null : actor.person, until: null }
  for (const person of actsAlone(context) ? await listOwners(transaction, context) : [actor.person]) {
    const id = randomUUID()
    await transaction
      .insertInto('role_grant')
      .values({ ...place, ...granted, id, person_id: person, role: 'people-partner' })
      .execute()
    await recordAudit(transaction, context, {
      ...{ bySystem: actsAlone(context), action: 'role.grant', object: { kind: 'role-grant', id } },
      ...{ subject: person, details: { role: 'people-partner', unit, lastDay: null } },
    })
  }
}

async function listOwners(transaction: Transaction<Tables>, { actor, now }: Context): Promise<string[]> {
  const rows = await transaction
    .selectFrom('role_grant')
    .select('person_id')
    .distinct()
    .where('organisation_id', '=', actor.organisation)
    .where('role', '=', 'owner')
    .where('revoked_at', 'is', null)
    .where((is) => is.or([is('until', 'is', null), is('until', '>', now)]))
    .execute()
  return rows.map((row) => row.person_id)
}

/**
 * Removes its people, units and positions with all that was written down of them: assessments, and rounds held in its
 * units with their ratings and results. Throws conflict where somebody who is not of the sample refers to it, such as a
 * report of one of its managers.
 */
export async function removeSample(context: Context): Promise<{ people: number }> {
  assertMay(context)
  const { actor } = context
  return await changePeople(context, async (transaction) => {
    try {
      const { rows } = await sql<{ people: number }>`
        select remove_sample(${actor.organisation}) as people`.execute(transaction)
      const { people } = rows[0]!
      await recordAudit(transaction, context, {
        ...{
          bySystem: actsAlone(context),
          action: 'sample.remove',
          object: object(context),
          details: { people },
        },
      })
      return { people }
    } catch (error) {
      if (errorCodeOf(error) !== '23503') throw error
      throw refused('conflict', 'sample-in-use', {}, { cause: error })
    }
  })
}

function assertMay({ actor }: Context): void {
  if (!organisationRights(actor).sample) throw refused('forbidden', 'sample')
}
