// The database's roles: makes those that requests, jobs and sign-in connect as, and gives each exactly what is listed.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'
import { errorCodeOf, RungsError } from '../platform/errors.ts'
import type { Connection, ConnectionTarget } from './connect.ts'
import { GRANTS, ROLES, SCHEMA_GRANTS, type DatabaseRole } from './grants.ts'

export interface RoleOptions {
  /** How the owner connects. */
  target: ConnectionTarget
  /** What the roles' passwords are derived from. */
  secret: string
  /** True where nobody else uses the cluster: a password that does not fit (a lost secret) is then set anew. */
  ownCluster: boolean
}

/** The password of a role: HMAC-SHA256 of its name under the secret, in hex. */
export function rolePassword(secret: string, role: DatabaseRole): string {
  return createHmac('sha256', secret).update(role).digest('hex')
}

/** How a role connects to the same database. */
export function targetOf({ target, secret }: RoleOptions, role: DatabaseRole): ConnectionTarget {
  const password = rolePassword(secret, role)
  if (!('connectionString' in target)) return { ...target, user: role, password }
  const url = new URL(target.connectionString)
  url.username = role
  url.password = password
  return { connectionString: url.href }
}

/** What a role has of itself is said where it is made; where it is there it was looked at, and not everybody may say it. */
const MADE = 'LOGIN NOCREATEDB NOCREATEROLE NOINHERIT'
const CHANGED = 'LOGIN NOINHERIT'

interface Cluster {
  createsRoles: boolean
  roles: Map<string, { login: boolean; powers: boolean }>
}

/**
 * Makes the roles that are missing and lets each log in with its password; before migrations, whose policies name them.
 * Throws a RungsError with the SQL to run where the owner may not do it.
 */
export async function ensureRoles(owner: Connection, options: RoleOptions): Promise<void> {
  const { createsRoles, roles } = await readCluster(owner)
  const missing: { role: DatabaseRole; statement: string }[] = []
  for (const role of ROLES) {
    const known = roles.get(role)
    if (known?.powers) {
      throw new RungsError(
        'unavailable',
        `The database role ${role} may do more than its work: run ALTER ROLE ${role} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;`,
      )
    }
    if (known?.login && (await fits(options, role))) continue
    const verifier = verifierOf(rolePassword(options.secret, role))
    const statement = `${known ? `ALTER ROLE ${role} ${CHANGED}` : `CREATE ROLE ${role} ${MADE}`} PASSWORD '${verifier}'`
    if (known?.login && !options.ownCluster) {
      throw new RungsError(
        'unavailable',
        `The database role ${role} has another password: give this server the RUNGS_SECRET of the one that made it, or, if that is gone, run ${statement};`,
      )
    }
    missing.push({ role, statement })
  }
  if (missing.length > 0 && !createsRoles) {
    const statements = missing.map(({ statement }) => `${statement};`).join(' ')
    throw new RungsError(
      'unavailable',
      `The user of DATABASE_URL may not make roles: give it CREATEROLE, or have somebody run ${statements}`,
    )
  }
  for (const { role, statement } of missing) await makeRole(owner, role, statement)
}

async function makeRole({ pool }: Connection, role: DatabaseRole, statement: string): Promise<void> {
  try {
    await retried(() => pool.query(statement))
  } catch (cause) {
    if (errorCodeOf(cause) !== '42501') throw cause
    throw new RungsError(
      'unavailable',
      `The user of DATABASE_URL may not change the database role ${role}, which somebody else made: have them run ${statement};`,
      { cause },
    )
  }
}

async function readCluster({ pool }: Connection): Promise<Cluster> {
  const own = await pool.query<{ able: boolean }>(
    'select rolsuper or rolcreaterole as able from pg_roles where rolname = current_user',
  )
  const { rows } = await pool.query<{ rolname: string; login: boolean; powers: boolean }>(
    `select rolname, rolcanlogin as login, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as powers
     from pg_roles where rolname = any ($1)`,
    [ROLES],
  )
  return {
    createsRoles: own.rows[0]?.able === true,
    roles: new Map(rows.map(({ rolname, ...role }) => [rolname, role])),
  }
}

async function fits(options: RoleOptions, role: DatabaseRole): Promise<boolean> {
  const client = new pg.Client({ ...targetOf(options, role), connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch (error) {
    // Refused for its password; or, before the first grant, for this database.
    if (errorCodeOf(error) === '42501') return true
    if (errorCodeOf(error) === '28P01') return false
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Roles are the cluster's: another database of it may change the same one in this moment. */
async function retried(act: () => Promise<unknown>): Promise<void> {
  for (let left = 20; ; left -= 1) {
    try {
      await act()
      return
    } catch (error) {
      const concurrent = ['XX000', '23505', '42710'].includes(errorCodeOf(error) ?? '')
      if (!concurrent || left === 0) throw error
      if (errorCodeOf(error) !== 'XX000') return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

/** What PostgreSQL keeps of a password (RFC 5803), so that no statement, log or message holds the password itself. */
function verifierOf(password: string): string {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, 4096, 32, 'sha256')
  const keyed = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}

/** Gives each role exactly what grants.ts lists in this database, and takes what it does not; after migrations. */
export async function ensureGrants({ pool }: Connection): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query("select pg_advisory_xact_lock(hashtext('rungs grants'))")
    const wanted = await listWanted(client)
    const given = await listGiven(client)
    for (const one of given.filter((grant) => !wanted.has(keyOf(grant)))) await client.query(revoke(one))
    const known = new Set(given.map(keyOf))
    for (const one of wanted.values()) if (!known.has(keyOf(one))) await client.query(grant(one))
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** One privilege: on a schema or a table, or on one column of it. */
interface Privilege {
  role: string
  kind: 'schema' | 'table'
  object: string
  verb: string
  column: string | null
}

const keyOf = ({ role, object, verb, column }: Privilege) => `${role} ${object} ${verb} ${column ?? ''}`
const onObject = ({ kind, object, verb, column }: Privilege) =>
  `${verb.toUpperCase()}${column === null ? '' : ` (${column})`} ON ${kind.toUpperCase()} ${object}`
const grant = (one: Privilege) => `GRANT ${onObject(one)} TO ${one.role}`
const revoke = (one: Privilege) => `REVOKE ${onObject(one)} FROM ${one.role}`

async function listWanted(client: pg.PoolClient): Promise<Map<string, Privilege>> {
  const all: Privilege[] = []
  for (const role of ROLES) {
    all.push({ role, kind: 'schema', object: 'public', verb: 'usage', column: null })
    for (const [table, verbs] of Object.entries(GRANTS[role]))
      all.push(...verbs.flatMap((verb) => privilegesOf(role, `public.${table}`, verb)))
  }
  for (const { schema, role, verbs } of SCHEMA_GRANTS) {
    const { rows } = await client.query<{ name: string }>(
      'select quote_ident(schemaname) || $2 || quote_ident(tablename) as name from pg_tables where schemaname = $1',
      [schema, '.'],
    )
    if (rows.length > 0) all.push({ role, kind: 'schema', object: schema, verb: 'usage', column: null })
    for (const { name } of rows) all.push(...verbs.flatMap((verb) => privilegesOf(role, name, verb)))
  }
  return new Map(all.map((one) => [keyOf(one), one]))
}

function privilegesOf(role: string, object: string, text: string): Privilege[] {
  const [verb = '', columns] = text.split(/[()]/)
  const names = columns === undefined ? [null] : columns.split(', ')
  return names.map((column) => ({ role, kind: 'table', object, verb, column }))
}

async function listGiven(client: pg.PoolClient): Promise<Privilege[]> {
  const { rows } = await client.query<Privilege>(
    `with given as (
       select (aclexplode(nspacl)).*, 'schema' as kind, quote_ident(nspname) as object, null::text as column
         from pg_namespace
       union all
       select (aclexplode(relacl)).*, 'table', quote_ident(nspname) || '.' || quote_ident(relname), null
         from pg_class c join pg_namespace n on n.oid = c.relnamespace where relkind in ('r', 'p', 'v', 'm')
       union all
       select (aclexplode(attacl)).*, 'table', quote_ident(nspname) || '.' || quote_ident(relname), quote_ident(attname)
         from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace)
     select r.rolname as role, g.kind, g.object, lower(g.privilege_type) as verb, g.column
     from given g join pg_roles r on r.oid = g.grantee where r.rolname = any ($1)`,
    [ROLES],
  )
  return rows
}
