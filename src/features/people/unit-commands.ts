// Adds, renames, moves and ends units from a day on: decide by policy, check what hangs on them, write, audit.
import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import { changeFrom, endFrom, type Revision, type Stretch } from '../../core/org/dated.ts'
import { addDays, type Day } from '../../core/org/day.ts'
import { on } from '../../db/days.ts'
import type { Tables } from '../../db/schema.ts'
import { recordAudit } from '../../platform/audit/record-audit.ts'
import { errorCodeOf } from '../../platform/errors.ts'
import type { Context } from '../../platform/procedure.ts'
import { invalid, notFound, refused } from '../../platform/refused.ts'
import { changePeople } from './commands.ts'
import { unitRights } from './policy.ts'
import { getUnit } from './queries.ts'

interface Described {
  name: string
  parent: string | null
}
type Row = Stretch<Described> & { id: string }

interface NewUnit extends Described {
  key: string
  kind: 'department' | 'team' | 'product-line'
  from: Day
}

/** Adds a unit; the same key again is the same unit. Under no other it needs the rights on the whole organisation. */
export async function addUnit(context: Context, { key, kind, name, parent, from }: NewUnit) {
  const { actor, now } = context
  if (!unitRights(actor, parent).add) throw refused('forbidden', 'add-units')
  await changePeople(context, async (transaction) => {
    const known = await transaction
      .selectFrom('unit')
      .select('id')
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', key)
      .executeTakeFirst()
    if (known) return
    await assertParent(transaction, context, key, parent, from)
    const organisation_id = actor.organisation
    await transaction
      .insertInto('unit')
      .values({ organisation_id, id: key, kind, external_id: null })
      .execute()
    await transaction
      .insertInto('unit_record')
      .values(rowOf(context, key, { from, to: null, value: { name, parent } }))
      .execute()
    await recordAudit(
      transaction,
      { actor, now },
      {
        ...{ action: 'unit.create', object: { kind: 'unit', id: key }, details: { from } },
      },
    )
  })
  return await getUnit(context, { id: key, asOf: later(from, context.today) })
}

interface UnitChange {
  id: string
  from: Day
  name?: string | undefined
  parent?: string | null | undefined
}

/** Renames a unit, or hangs it elsewhere, from a day on. */
export async function changeUnit(context: Context, { id, from, name, parent }: UnitChange) {
  assertKeeps(context, id)
  await revise(context, id, async (transaction, line) => {
    const now = line.find((row) => row.from <= from && (row.to === null || row.to > from))
    if (now === undefined) throw invalid('from', 'no-unit-then')
    if (parent !== undefined) await assertParent(transaction, context, id, parent, from)
    const value = { name: name ?? now.value.name, parent: parent === undefined ? now.value.parent : parent }
    const same = (a: Described, b: Described) => a.name === b.name && a.parent === b.parent
    await recordAudit(transaction, context, {
      ...{ action: 'unit.change', object: { kind: 'unit', id } },
      details: { from, name: name !== undefined, parent: parent !== undefined },
    })
    return changeFrom(line, from, value, same)
  })
  return await getUnit(context, { id, asOf: later(from, context.today) })
}

/** Throws conflict where somebody belongs to it, or a unit hangs below it, after its last day. */
export async function endUnit(context: Context, { id, lastDay }: { id: string; lastDay: Day }) {
  assertKeeps(context, id)
  const day = addDays(lastDay, 1)
  const { organisation } = context.actor
  await revise(context, id, async (transaction, line) => {
    const { rows } = await sql<{ people: number; units: number }>`select
      (select count(distinct person_id)::int from unit_membership where organisation_id = ${organisation} and unit_id = ${id}
        and corrected_at is null and (valid_to is null or valid_to > ${day}::date)) as people,
      (select count(distinct unit_id)::int from unit_record where organisation_id = ${organisation} and parent_id = ${id}
        and corrected_at is null and (valid_to is null or valid_to > ${day}::date)) as units`.execute(
      transaction,
    )
    const { people, units } = rows[0]!
    if (people + units > 0) throw refused('conflict', 'unit-not-empty', { day: lastDay, people, units })
    await recordAudit(transaction, context, {
      ...{ action: 'unit.end', object: { kind: 'unit', id }, details: { lastDay } },
    })
    return endFrom(line, day)
  })
  return { ended: true }
}

const later = (a: Day, b: Day): Day => (a > b ? a : b)

function assertKeeps({ actor }: Context, unit: string): void {
  if (!unitRights(actor, unit).keep) throw refused('forbidden', 'change-units')
}

async function revise(
  context: Context,
  unit: string,
  plan: (transaction: Transaction<Tables>, line: readonly Row[]) => Promise<Revision<Row>>,
): Promise<void> {
  const { actor, now } = context
  await changePeople(context, async (transaction) => {
    const rows = await transaction
      .selectFrom('unit_record')
      .select(['id', 'valid_from', 'valid_to', 'name', 'parent_id'])
      .where('organisation_id', '=', actor.organisation)
      .where('unit_id', '=', unit)
      .where('corrected_at', 'is', null)
      .orderBy('valid_from')
      .execute()
    if (rows.length === 0) throw notFound('unit', unit)
    const line = rows.map(({ id, valid_from, valid_to, name, parent_id }) => ({
      ...{ id, from: valid_from, to: valid_to, value: { name, parent: parent_id } },
    }))
    const { corrected, added } = await plan(transaction, line)
    if (corrected.length > 0)
      await transaction
        .updateTable('unit_record')
        .set({ corrected_at: now, corrected_by: actor.person })
        .where('organisation_id', '=', actor.organisation)
        .where(
          'id',
          'in',
          corrected.map(({ id }) => id),
        )
        .execute()
    for (const stretch of added)
      await transaction
        .insertInto('unit_record')
        .values(rowOf(context, unit, stretch))
        .execute()
        .catch(overlap)
  })
}

const rowOf = ({ actor, now }: Context, unit: string, { from, to, value }: Stretch<Described>) => ({
  ...{ organisation_id: actor.organisation, id: randomUUID(), unit_id: unit, name: value.name },
  ...{ parent_id: value.parent, valid_from: from, valid_to: to, recorded_at: now, recorded_by: actor.person },
})

/** The unit above is there on the day, and does not hang below this one itself. */
async function assertParent(
  transaction: Transaction<Tables>,
  { actor }: Context,
  unit: string,
  parent: string | null,
  day: Day,
): Promise<void> {
  if (parent === null) return
  const { rows } = await sql<{ id: string }>`
    with recursive above(id) as (
      select r.unit_id from unit_record r where r.organisation_id = ${actor.organisation} and r.unit_id = ${parent}
        and ${on('r', day)}
      union
      select r.parent_id from above a join unit_record r on r.organisation_id = ${actor.organisation}
        and r.unit_id = a.id and ${on('r', day)} where r.parent_id is not null)
    select id from above`.execute(transaction)
  if (rows.length === 0) throw notFound('unit', parent)
  if (rows.some(({ id }) => id === unit)) throw invalid('parent', 'unit-below-itself')
}

function overlap(error: unknown): never {
  if (errorCodeOf(error) === '23P01') throw refused('conflict', 'two-descriptions', {}, { cause: error })
  throw error
}
