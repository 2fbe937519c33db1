// Opens a database for work: roles, migrations, grants, and a pool for each role that works on it.
import { assertServer, connect, type Connection } from './connect.ts'
import { migrate } from './migrate.ts'
import { ensureSeesAll } from './owner-sight.ts'
import { ensureGrants, ensureRoles, targetOf, type RoleOptions } from './roles.ts'
import type { Log } from '../platform/log.ts'

/** The owner's connection never serves a request; the others own nothing and see what policies let them. */
export interface Databases {
  owner: Connection
  request: Connection
  job: Connection
  signIn: Connection
  /** For one connection that hears what the database tells: the role of requests, which reads nothing by it. */
  listening: Connection
  /** Ends all pools after their running queries; safe to call twice. */
  close(): Promise<void>
}

export interface OpenOptions extends RoleOptions {
  /** What messages call the database. */
  name: string
}

const SIZES = { owner: 2, request: 10, job: 4, signIn: 4, listening: 1 }

/** Brings the database to the newest shape and connects each role; throws a RungsError with one sentence. */
export async function openDatabases(options: OpenOptions, log: Log): Promise<Databases> {
  const owner = connect(options.target, log, { size: SIZES.owner })
  try {
    await assertServer(owner, options.name)
    await ensureRoles(owner, options)
    await ensureSeesAll(owner.pool)
    for (const name of await migrate(owner.db)) log.info('migration ran', { name })
    await ensureGrants(owner)
  } catch (error) {
    await owner.close()
    throw error
  }
  return { owner, ...connectRoles(options, log, owner) }
}

/** The pools of the three roles on a database that is ready. `close` ends `owner` too. */
export function connectRoles(options: RoleOptions, log: Log, owner: Connection): Omit<Databases, 'owner'> {
  const pipeline = true
  const request = connect(targetOf(options, 'rungs_request'), log, { size: SIZES.request, pipeline })
  const job = connect(targetOf(options, 'rungs_job'), log, { size: SIZES.job, pipeline })
  const signIn = connect(targetOf(options, 'rungs_sign_in'), log, { size: SIZES.signIn })
  const listening = connect(targetOf(options, 'rungs_request'), log, { size: SIZES.listening })
  const close = async () => {
    await Promise.all([request, job, signIn, listening, owner].map((connection) => connection.close()))
  }
  return { request, job, signIn, listening, close }
}
