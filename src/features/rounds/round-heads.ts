// A round's head as everybody concerned sees it: its name, unit, framework and published rule.
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { RoundTable } from '../../db/tables/rounds.ts'
import type { Context } from '../../platform/procedure.ts'
import { notFound } from '../../platform/refused.ts'
import { getVersionByHash } from '../frameworks/queries.ts'
import { on } from '../../db/days.ts'
import type { roundHeadSchema } from './contract.ts'

export type RoundRow = Selectable<RoundTable>
export type RoundHead = z.output<typeof roundHeadSchema>

/** A round that the actor may see; throws NotFound for any other. `forUpdate` needs a transaction as `db`. */
export async function getRound(context: Context, id: string, forUpdate = false): Promise<RoundRow> {
  let query = context.db
    .selectFrom('round')
    .selectAll()
    .where('organisation_id', '=', context.actor.organisation)
    .where('id', '=', id)
  if (forUpdate) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  if (!row) throw notFound('round', id)
  return row
}

export function ruleOf(row: RoundRow): RoundHead['rule'] {
  return {
    minimumGroup: row.minimum_group,
    managerNamed: row.manager_named,
    opensToManager: row.opens_to_manager,
    opensToPartner: row.opens_to_partner,
    seLimit: row.se_limit,
  }
}

export async function headsOf(context: Context, rows: readonly RoundRow[]): Promise<RoundHead[]> {
  if (rows.length === 0) return []
  const { db, actor, today } = context
  const units = await db
    .selectFrom('unit as u')
    .innerJoin('unit_record as r', (join) =>
      join.onRef('r.organisation_id', '=', 'u.organisation_id').onRef('r.unit_id', '=', 'u.id'),
    )
    .select(['u.id', 'u.kind', 'r.name'])
    .where('u.organisation_id', '=', actor.organisation)
    .where('u.id', 'in', [...new Set(rows.map(({ unit_id }) => unit_id))])
    .where(on('r', today))
    .execute()
  return await Promise.all(
    rows.map(async (row) => {
      const { framework } = await getVersionByHash(context, row.framework_hash)
      return {
        ...{ id: row.id, name: row.name, rule: ruleOf(row), state: row.state },
        unit: units.find(({ id }) => id === row.unit_id) ?? null,
        framework: { id: framework.id, title: framework.title, version: framework.version },
        ...{ closesOn: row.closes_on, closedAt: row.closed_at },
      }
    }),
  )
}

/** Sheets as `s`, each with the person it is about as `o`: the start of a query. */
export const sheetsAndSubjects = (db: Context['db']) =>
  db
    .selectFrom('round_rater as s')
    .innerJoin('round_subject as o', (join) =>
      join
        .onRef('o.organisation_id', '=', 's.organisation_id')
        .onRef('o.round_id', '=', 's.round_id')
        .onRef('o.person_id', '=', 's.subject_id'),
    )
