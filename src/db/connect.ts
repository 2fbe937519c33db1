// Connects to PostgreSQL: one pool, typed queries, and one clear sentence for each way a connection can be broken.
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { errorCodeOf, messageOf, RungsError } from '../platform/errors.ts'
import type { Log } from '../platform/log.ts'
import type { Tables } from './schema.ts'

export interface Connection {
  db: Kysely<Tables>
  pool: pg.Pool
  /** Ends the pool after its running queries; safe to call twice. */
  close(): Promise<void>
}

/** Where the database is: a URL, or the parts of the embedded one. */
export type ConnectionTarget =
  | { connectionString: string }
  | { host: string; port: number; user: string; password: string; database: string }

/** The oldest PostgreSQL that Rungs speaks to, as `server_version_num`. */
const OLDEST_SERVER = 150_000

export interface ConnectOptions {
  /** The most connections at once; 10 where nothing is given. */
  size?: number
  /** Sends statements without waiting for the answers before: for scopedDatabase(). No cursors and no COPY then. */
  pipeline?: boolean
}

/** A pool on `target`; nothing connects before the first query. Numbers from int8 beyond 2^53 throw. */
export function connect(
  target: ConnectionTarget,
  log: Log,
  { size = 10, pipeline = false }: ConnectOptions = {},
): Connection {
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid, format) =>
      (format === 'binary' ? undefined : PARSERS.get(oid)) ?? pg.types.getTypeParser(oid, format),
  }
  const pool = new pg.Pool({ ...target, types, max: size, pipeline, ...TIMEOUTS })
  // Without these two, a server that goes away ends the process.
  let closed: Promise<void> | undefined
  pool.on('error', (error) => {
    // An ended pool still hears from its last connections when the database stops right after it.
    if (!closed) log.warn('idle database connection lost', { reason: errorCodeOf(error) })
  })
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  // Kysely ends only a pool that it has used.
  return { db, pool, close: () => (closed ??= pool.end()) }
}

/** A day stays the text it is: as a Date it would be a moment in this machine's zone. */
const PARSERS = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, parseInt8],
  [pg.types.builtins.DATE, (text) => text],
])

const TIMEOUTS = { connectionTimeoutMillis: 10_000, application_name: 'rungs' }

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 out of the safe range: ${text}`)
  return value
}

/** Connects once; throws a RungsError with one sentence when that fails or when the server is too old. */
export async function assertServer(connection: Connection, name: string): Promise<void> {
  let version: string | undefined
  try {
    const result = await connection.pool.query<{ server_version_num: string }>('show server_version_num')
    version = result.rows[0]?.server_version_num
  } catch (error) {
    throw new RungsError('unavailable', connectionSentence(error, name), { cause: error })
  }
  if (Number(version) < OLDEST_SERVER) {
    const major = Math.floor(Number(version) / 10_000)
    throw new RungsError('unavailable', `${name} is PostgreSQL ${major}; Rungs needs PostgreSQL 15 or newer.`)
  }
}

function connectionSentence(error: unknown, name: string): string {
  switch (errorCodeOf(error)) {
    case '28000':
      if (messageOf(error).endsWith('no encryption'))
        return `${name} refuses connections without TLS: add ?sslmode=verify-full to its address, and &sslrootcert=FILE where an authority of its own signed its certificate.`
      return `${name} refuses the user; correct it and start again.`
    case '28P01':
      return `${name} refuses the user or the password; correct them and start again.`
    case '3D000':
      return `${name} names a database that does not exist; create it or correct the name.`
    case 'ECONNREFUSED':
    case 'ENOENT':
      return `${name} cannot be reached: nothing listens there; start that server or correct the address.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${name} cannot be reached: its host name is unknown; correct the address.`
    default:
      return `${name} cannot be used: ${messageOf(error)}.`
  }
}
