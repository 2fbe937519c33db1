// Whether the owner's connection sees every row in maintenance: forced row security hides from whoever it does not name.
import type pg from 'pg'
import { RungsError } from '../platform/errors.ts'
import { SCHEMAS } from './backup/catalogue.ts'
import { ROLES } from './grants.ts'

type Asked = Pick<pg.ClientBase, 'query'>

/**
 * Who works with the rights of the tables' owner: whoever is connected, and the owners of functions that run as such;
 * without those whom row security never holds.
 */
const ACTING = `
  select r.oid, r.rolname from pg_roles r
  where not r.rolsuper and not r.rolbypassrls and (r.rolname = current_user or r.oid in (
    select p.proowner from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname = any ($1)))`

const TABLES = `
  select c.oid, c.oid::regclass::text as name, c.relowner from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and c.relrowsecurity and c.relforcerowsecurity and n.nspname = any ($1)`

/**
 * One sentence for each reason why rows would be missing without a word: in a backup, in a check, in a migration, in
 * whether there is an owner yet. None where all is well, and none before the first tables.
 */
export async function findHidden(client: Asked): Promise<string[]> {
  const { rows: narrowed } = await client.query<{ acting: string; roles: string }>(
    `with acting as (${ACTING})
     select a.rolname as acting, string_agg(r.rolname, ', ' order by r.rolname) as roles from acting a join pg_roles r
       on r.rolname = any ($2) and pg_has_role(a.oid, r.oid, 'usage') group by 1 order by 1`,
    [SCHEMAS, ROLES],
  )
  const { rows: hidden } = await client.query<{
    acting: string
    own: boolean
    tables: string
    owner: string
  }>(
    `with acting as (${ACTING}), tables as (${TABLES})
     select a.rolname as acting, a.rolname = current_user as own, count(*) as tables,
       min(pg_get_userbyid(t.relowner)) as owner
     from acting a cross join tables t
     where not exists (
       select 1 from pg_policy p, unnest(p.polroles) named(role)
       where p.polrelid = t.oid and p.polname = 'maintenance' and pg_has_role(a.oid, named.role, 'usage'))
     group by 1, 2 order by 1`,
    [SCHEMAS],
  )
  return [
    ...narrowed.map(
      ({ acting, roles }) =>
        `The database user ${acting} has the rights of ${roles}, and with them their narrow view: run REVOKE ${roles} FROM ${acting};`,
    ),
    ...hidden.map(({ acting, own, tables, owner }) =>
      own
        ? `Row security hides what is in ${tables} tables from the database user ${acting}: as their owner ${owner}, run rungs db migrate.`
        : `Functions of Rungs belong to ${acting}, from whom row security hides what is in ${tables} tables: give them to ${owner} as well (ALTER FUNCTION ... OWNER TO).`,
    ),
  ]
}

/** Throws a RungsError with the first of these sentences. */
export async function assertSeesAll(client: Asked): Promise<void> {
  const [reason] = await findHidden(client)
  if (reason !== undefined) throw new RungsError('unavailable', reason)
}

/**
 * Names the present owner of a table in its policy where it names another: after a dump of somebody else's was loaded, or
 * REASSIGN OWNED. Throws a RungsError where rows stay hidden all the same.
 */
export async function ensureSeesAll(client: Asked): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `with tables as (${TABLES})
     select t.name from tables t join pg_policy p on p.polrelid = t.oid and p.polname = 'maintenance'
     where pg_get_userbyid(t.relowner) = current_user and not t.relowner = any (p.polroles)`,
    [SCHEMAS],
  )
  for (const { name } of rows) await client.query(`alter policy maintenance on ${name} to current_user`)
  await assertSeesAll(client)
}
