// The database as one person of one organisation sees it: every statement runs in a transaction that says who asks.
import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'
import { isDay, type Day } from '../core/org/day.ts'
import type { Tables } from './schema.ts'

/** Who asks, for which organisation, and when. */
export interface Scope {
  /** A UUID. */
  organisation: string
  /** The acting person, a UUID; null for work that Rungs does by itself. */
  person: string | null
  /** The day of `now` in the organisation's time zone, YYYY-MM-DD. */
  today: Day
  now: Date
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Typed queries within a scope, on a pool of rungs_request or rungs_job made with `pipeline` (connect()). A statement
 * outside of a transaction gets one of its own, sent with it in one round trip; `transaction()` opens one as usual.
 * The settings end with the transaction, so a pooled connection carries nothing to the next. Throws a RangeError where
 * the scope holds anything but UUIDs and days: SET takes no parameters. Ending it does not end the pool.
 */
export function scopedDatabase(pool: pg.Pool, scope: Scope): Kysely<Tables> {
  return databaseOpenedBy(pool, settingsOf(scope))
}

/**
 * All rows, for the owner's connection alone: what exists before anybody may act, imports of whole backups. Never for a
 * request. The roles of requests and jobs see nothing more by it.
 */
export function maintenanceDatabase(owner: pg.Pool): Kysely<Tables> {
  return databaseOpenedBy(owner, "set local app.maintenance = 'on'")
}

function databaseOpenedBy(pool: pg.Pool, settings: string): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new ScopedDriver(pool, settings),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

/** `SET LOCAL` and not set_config: only the former reaches the workers of a distributed PostgreSQL. */
function settingsOf({ organisation, person, today, now }: Scope): string {
  if (!UUID.test(organisation)) throw new RangeError('a scope needs an organisation, a UUID')
  if (person !== null && !UUID.test(person)) throw new RangeError('a scope needs a person, a UUID or null')
  if (!isDay(today)) throw new RangeError('a scope needs a day, YYYY-MM-DD')
  return [
    "set local citus.propagate_set_commands = 'local'",
    `set local app.organisation = '${organisation}'`,
    `set local app.person = '${person ?? ''}'`,
    `set local app.today = '${today}'`,
    `set local app.now = '${now.toISOString()}'`,
  ].join('; ')
}

class ScopedDriver implements Driver {
  readonly #pool: pg.Pool
  readonly #settings: string

  constructor(pool: pg.Pool, settings: string) {
    this.#pool = pool
    this.#settings = settings
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<ScopedConnection> {
    return new ScopedConnection(await this.#pool.connect(), this.#settings)
  }

  async beginTransaction(connection: ScopedConnection, settings: TransactionSettings): Promise<void> {
    void connection.begin(settings)
  }

  async commitTransaction(connection: ScopedConnection): Promise<void> {
    await connection.end('commit')
  }

  async rollbackTransaction(connection: ScopedConnection): Promise<void> {
    await connection.end('rollback')
  }

  async releaseConnection(connection: ScopedConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {}
}

class ScopedConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient
  readonly #settings: string
  /** Set while a transaction is open: the answer to its first line. */
  #opened: Promise<unknown> | undefined
  #broken = false

  constructor(client: pg.PoolClient, settings: string) {
    this.#client = client
    this.#settings = settings
  }

  /** Sends and does not wait: what follows goes out behind it, and waits for both answers. */
  begin({ isolationLevel, accessMode }: TransactionSettings = {}): Promise<unknown> {
    const words = ['start transaction']
    if (isolationLevel !== undefined) words.push(`isolation level ${isolationLevel}`)
    if (accessMode !== undefined) words.push(accessMode)
    const opened = this.#client.query(`${words.join(' ')}; ${this.#settings}`)
    // Whoever waits for it is told; without anybody it must not end the process.
    opened.catch(() => (this.#broken = true))
    this.#opened = opened
    return opened
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    const opened = this.#opened ?? Promise.resolve()
    this.#opened = undefined
    await settled([opened, this.#client.query(how)])
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#opened !== undefined) return resultOf(await settled([this.#opened, this.#send(query)]))
    const opened = this.begin()
    this.#opened = undefined
    // Where the first fails, the second runs without settings, sees no row and may write none; the third ends nothing.
    return resultOf(await settled([opened, this.#send(query), this.#client.query('commit')]))
  }

  #send({ sql, parameters }: CompiledQuery): Promise<pg.QueryResult> {
    return this.#client.query(sql, [...parameters])
  }

  // oxlint-disable-next-line require-yield -- A cursor would block what is sent behind it.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('a scoped database reads whole results: ask for pages')
  }

  /** A connection whose transaction did not begin is not handed on. */
  release(): void {
    this.#client.release(this.#broken)
  }
}

/** Waits for all, because all were sent; throws the first fault in their order, else gives the second answer. */
async function settled(sent: readonly Promise<unknown>[]): Promise<pg.QueryResult> {
  const answers = await Promise.allSettled(sent)
  const fault = answers.find((answer) => answer.status === 'rejected')
  if (fault) throw fault.reason
  const answer = answers[1]
  if (answer?.status !== 'fulfilled') throw new Error('nothing was asked')
  return answer.value as pg.QueryResult
}

function resultOf<R>({ command, rowCount, rows }: pg.QueryResult): QueryResult<R> {
  const changes = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(command)
  return { rows: rows as R[], ...(changes ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) }
}
