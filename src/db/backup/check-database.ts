// Looks whether a database is as this version left it: migrations, row security, keys, indexes, privileges.
import type pg from 'pg'
import { migrations } from '../migrations/all.ts'
import { findHidden } from '../owner-sight.ts'
import { listTables, nameOf } from './catalogue.ts'
import { listMigrations } from './dump-tables.ts'

export interface DatabaseCheck {
  server: string
  /** Rows of each table: public.person. */
  rows: Record<string, number>
  /** One sentence for each thing that is wrong; none where all is well. */
  problems: string[]
}

/** Reads only. `client` is the owner's. */
export async function checkDatabase(client: pg.ClientBase): Promise<DatabaseCheck> {
  const problems: string[] = []
  await client.query('start transaction isolation level repeatable read, read only')
  try {
    await client.query("set local app.maintenance = 'on'")
    const { rows: version } = await client.query<{ server_version: string }>('show server_version')
    const ran = await listMigrations(client)
    const known = Object.keys(migrations)
    if (ran.length === 0) problems.push('There are no tables of Rungs here.')
    for (const name of ran.filter((each) => !known.includes(each)))
      problems.push(`Migration ${name} is unknown: a newer version of Rungs was here.`)
    for (const name of ran.length === 0 ? [] : known.filter((each) => !ran.includes(each)))
      problems.push(`Migration ${name} has not run: run rungs db migrate.`)
    problems.push(...(await findHidden(client)))
    for (const [statement, sentence] of LOOKS) {
      const { rows } = await client.query<{ name: string }>(statement)
      problems.push(...rows.map(({ name }) => sentence(name)))
    }
    const rows: Record<string, number> = {}
    for (const table of await listTables(client)) {
      const counted = await client.query<{ count: string }>(`select count(*) from ${nameOf(table)}`)
      rows[`${table.schema}.${table.name}`] = Number(counted.rows[0]?.count)
    }
    await client.query('commit')
    return { server: version[0]?.server_version ?? '', rows, problems }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** Each gives the names of what is wrong. */
const LOOKS: [string, (name: string) => string][] = [
  [
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
       and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id')`,
    (name) => `Row security is not forced on ${name}: everybody's rows may be seen.`,
  ],
  [
    `select conrelid::regclass::text || '.' || conname as name from pg_constraint
     where contype in ('c', 'f') and not convalidated`,
    (name) => `The constraint ${name} was never held against the rows.`,
  ],
  [
    `select indexrelid::regclass::text as name from pg_index where not (indisvalid and indisready)`,
    (name) => `The index ${name} is not whole: REINDEX it.`,
  ],
  [
    `select tgrelid::regclass::text || '.' || tgname as name from pg_trigger where not tgisinternal and tgenabled <> 'O'`,
    (name) => `The trigger ${name} is switched off.`,
  ],
  [
    `select rolname::text as name from pg_roles where rolname in ('rungs_request', 'rungs_job', 'rungs_sign_in')
       and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
    (name) => `The role ${name} may do more than its work.`,
  ],
  [
    `select c.oid::regclass::text as name from pg_class c
     where c.relkind in ('r', 'p') and pg_get_userbyid(c.relowner) in ('rungs_request', 'rungs_job', 'rungs_sign_in')`,
    (name) => `${name} belongs to a role that must own nothing.`,
  ],
]
