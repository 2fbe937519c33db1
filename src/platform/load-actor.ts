// From an account to the actor it is in an organisation: who they are there, with the roles that they hold now.
import { sql } from 'kysely'
import type { Day } from '../core/org/day.ts'
import type { Databases } from '../db/open-databases.ts'
import { scopedDatabase } from '../db/scoped.ts'
import type { Actor, Grant } from './actor.ts'
import { listPlaces, type Place } from './sign-in/places.ts'

/** Who asks, and which day it is for their organisation. */
export interface Asking {
  actor: Actor
  /** The day of the request in the organisation's time zone. */
  today: Day
}

/** What signing in, or an API key, proved. */
export interface Proven extends Pick<Actor, 'organisation' | 'session' | 'scopes'> {
  account: string
}

/** The organisations that an account has a place in now, UUIDs in the order in which it joined them. */
export async function listOrganisations(
  { signIn }: Pick<Databases, 'signIn'>,
  account: string,
  now: Date,
): Promise<string[]> {
  return (await listPlaces(signIn.pool, account, now)).map(({ organisation }) => organisation)
}

/**
 * The actor with their grants as of `now`, units with all below them as of today; undefined where the account has no
 * place in the organisation (any more), its person has left, or was erased. Two reads, a third for somebody with units.
 */
export async function loadActor(
  databases: Pick<Databases, 'signIn' | 'request'>,
  { organisation, ...proven }: Proven,
  now: Date,
): Promise<Asking | undefined> {
  const places = await listPlaces(databases.signIn.pool, proven.account, now)
  const place = places.find((one) => one.organisation === organisation)
  return place && loadActorAt(databases, proven, place, now)
}

/** The same at a place of the account that was found already. */
export async function loadActorAt(
  { request }: Pick<Databases, 'request'>,
  { account, ...proven }: Omit<Proven, 'organisation'>,
  { organisation, person, today }: Omit<Place, 'organisationName'>,
  now: Date,
): Promise<Asking | undefined> {
  const db = scopedDatabase(request.pool, { organisation, person, today, now })
  const rows = await db
    .selectFrom('organisation as o')
    .innerJoin('person as p', 'p.organisation_id', 'o.id')
    .leftJoin('role_grant as g', (join) =>
      join
        .onRef('g.organisation_id', '=', 'p.organisation_id')
        .onRef('g.person_id', '=', 'p.id')
        .on('g.revoked_at', 'is', null)
        .on((on) => on.or([on('g.until', 'is', null), on('g.until', '>', now)])),
    )
    .select(['g.role', 'g.unit_id'])
    .where('o.id', '=', organisation)
    .where('p.id', '=', person)
    .where('p.erased_at', 'is', null)
    .orderBy('g.role')
    .execute()
  if (rows.length === 0) return undefined
  const units = rows.map(({ unit_id }) => unit_id).filter((unit) => unit !== null)
  const below = units.length > 0 ? await listBelow(db, organisation, units, today) : []
  const roles = new Set(rows.map(({ role }) => role).filter((role) => role !== null))
  const grants = [...roles].map((role): Grant => {
    const whole = rows.some((row) => row.role === role && row.unit_id === null)
    return { role, units: whole ? 'all' : below }
  })
  return { actor: { kind: 'member', organisation, person, account, ...proven, grants }, today }
}

type Db = ReturnType<typeof scopedDatabase>

/** These units and all below them on a day; a circle is walked once. */
async function listBelow(
  db: Db,
  organisation: string,
  units: readonly string[],
  today: Day,
): Promise<string[]> {
  const { rows } = await sql<{ unit_id: string }>`
    with recursive below as (
      select unnest(${units}::uuid[]) as unit_id
      union
      select r.unit_id from below b join unit_record r
        on r.organisation_id = ${organisation} and r.parent_id = b.unit_id and r.corrected_at is null
        and r.valid_from <= ${today}::date and (r.valid_to is null or r.valid_to > ${today}::date))
    select unit_id from below order by unit_id`.execute(db)
  return rows.map(({ unit_id }) => unit_id)
}
