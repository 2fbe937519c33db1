// The organisation on the effective day of an import, as its plan compares it.
import { sql } from 'kysely'
import { holdsOn } from '../../core/org/dated.ts'
import type { Day } from '../../core/org/day.ts'
import type {
  CurrentOrganisation,
  CurrentPerson,
  CurrentUnit,
  KnownRole,
} from '../../core/org/people-import/current.ts'
import { on as isOn } from '../../db/days.ts'
import type { Context } from '../../platform/procedure.ts'
import { getVersion, listFrameworks } from '../frameworks/queries.ts'
import { loadTimelines, type Lines, type Timelines } from './timelines.ts'

export interface LoadedOrganisation {
  readonly current: CurrentOrganisation
  readonly timelines: Timelines
  /** Positions by their ids outside. */
  readonly positions: ReadonlyMap<string, string>
  /** The framework that roles are of; null where there is none. */
  readonly framework: string | null
}

const on = <V>(lines: Lines<V> | undefined, key: string, day: Day): V | undefined =>
  lines?.get(key)?.find((row) => holdsOn(row, day))?.value

const severalOn = (lines: Lines<string> | undefined, day: Day): string[] =>
  [...(lines?.values() ?? [])].flatMap((rows) =>
    rows.filter((row) => holdsOn(row, day)).map(({ value }) => value),
  )

/** Everybody with their places; roles are those of `framework`, in every language that it has. */
export async function loadOrganisation(
  context: Context,
  day: Day,
  framework: string | undefined,
): Promise<LoadedOrganisation> {
  const { db, actor } = context
  const of = framework ?? (await listFrameworks(context)).frameworks[0]?.id ?? null
  const timelines = await loadTimelines(db, actor.organisation, 'all')
  const { rows: people } = await sql<{ id: string; external_id: string | null; name: string | null }>`
    select p.id, p.external_id, p.name from person p
    where p.organisation_id = ${actor.organisation} and p.erased_at is null`.execute(db)
  // Each by itself: joined, a table that has just grown is read once for each person.
  const { rows: contacts } = await sql<{ id: string; email: string }>`
    select c.person_id as id, c.email from person_contact c
    where c.organisation_id = ${actor.organisation}`.execute(db)
  const emails = new Map(contacts.map(({ id, email }) => [id, email]))
  const { rows: described } = await sql<Omit<CurrentUnit, 'externalId' | 'kind'>>`
    select r.unit_id as id, r.name, r.parent_id as parent from unit_record r
    where r.organisation_id = ${actor.organisation} and ${isOn('r', day)}`.execute(db)
  const kinds = await db
    .selectFrom('unit')
    .select(['id', 'external_id', 'kind'])
    .where('organisation_id', '=', actor.organisation)
    .execute()
  const kindOf = new Map(kinds.map((row) => [row.id, row]))
  const units = described.flatMap((unit): CurrentUnit[] => {
    const row = kindOf.get(unit.id)
    return row ? [{ ...unit, externalId: row.external_id, kind: row.kind }] : []
  })
  const positions = await db
    .selectFrom('position')
    .select(['id', 'external_id'])
    .where('organisation_id', '=', actor.organisation)
    .where('external_id', 'is not', null)
    .execute()
  const externalOf = new Map(positions.map(({ id, external_id }) => [id, external_id]))
  const personOf = (row: (typeof people)[number]): CurrentPerson => {
    const employments = timelines.employment.get(row.id) ?? []
    const employment =
      employments.find((one) => holdsOn(one, day)) ?? employments.find(({ from }) => from > day)
    const ended = employments.filter(({ to }) => to !== null && to <= day).at(-1)
    const position = on(timelines.holder, row.id, day)
    const description = position === undefined ? undefined : on(timelines.description, position, day)
    const memberships = severalOn(timelines.membership.get(row.id), day)
    const isProduct = (unit: string) => timelines.unitKind.get(unit) === 'product-line'
    return {
      ...{ id: row.id, externalId: row.external_id, name: row.name ?? '', email: emails.get(row.id) ?? null },
      employment: employment ? { id: employment.id, from: employment.from, to: employment.to } : null,
      left: employment ? null : (ended?.to ?? null),
      unit: memberships.find((unit) => !isProduct(unit)) ?? null,
      productLines: memberships.filter(isProduct),
      manager: on(timelines.line, row.id, day) ?? null,
      dotted: severalOn(timelines.dotted.get(row.id), day),
      position:
        position === undefined || !description
          ? null
          : {
              externalId: externalOf.get(position) ?? null,
              title: description.title,
              role: description.role,
              grade: on(timelines.grade, position, day) ?? null,
            },
    }
  }
  return {
    current: { people: people.map(personOf), units, roles: of === null ? [] : await rolesOf(context, of) },
    framework: of,
    timelines,
    positions: new Map(
      positions.flatMap(({ id, external_id }) => (external_id === null ? [] : [[external_id, id]])),
    ),
  }
}

async function rolesOf(context: Context, id: string): Promise<KnownRole[]> {
  const { framework } = await getVersion(context, { framework: id })
  return framework.roles.map((role) => ({
    id: role.id,
    names: [...Object.values(role.title), ...role.aliases.flatMap((alias) => Object.values(alias))],
  }))
}
