// How a feature plugs into HTTP: its contract becomes an implementer whose handlers all get the same context.
import { implement } from '@orpc/server'
import type { AnyContractRouter } from '@orpc/contract'
import type { Kysely } from 'kysely'
import type { Day } from '../core/org/day.ts'
import { scopedDatabase } from '../db/scoped.ts'
import type { Databases } from '../db/open-databases.ts'
import type { Tables } from '../db/schema.ts'
import { NOBODY, type Actor } from './actor.ts'
import type { SignInDesk } from './sign-in/sign-in-desk.ts'

/** What every query and command takes. `now` is read once per request. */
export interface Context {
  /** The rows that the actor may read and write: the database itself holds every statement to that. */
  db: Kysely<Tables>
  /**
   * The same organisation and person through the role of scheduled work, for what nobody may do by hand: moving
   * everybody's assessments. Ask the policy first; answer with counts, never with what was read.
   */
  jobs: Kysely<Tables>
  actor: Actor
  now: Date
  /** The day of `now` in the organisation's time zone. */
  today: Day
  /** Where everything is kept; known to the one person at this machine alone, and only with the embedded database. */
  dataFolder?: string
  /** Administering sign-in; undefined for the one person at this machine. */
  signIn?: SignInDesk
}

/** The context of an actor on the day that it is for their organisation. */
export function contextFor(
  { request, job }: Pick<Databases, 'request' | 'job'>,
  actor: Actor,
  now: Date,
  today: Day,
): Context {
  const { organisation, person } = actor
  const scope = { organisation, person: person === NOBODY ? null : person, today, now }
  const jobs = scopedDatabase(job.pool, scope)
  return { db: actor.kind === 'system' ? jobs : scopedDatabase(request.pool, scope), jobs, actor, now, today }
}

/**
 * The implementer of a feature's contract. In routes.ts:
 * `const os = implementContract(peopleContract)` and
 * `export const peopleRoutes = os.router({ list: os.list.handler(({ context, input }) => listPeople(context, input)) })`.
 * A thrown RungsError becomes the HTTP status of its kind; anything else becomes 500 without its message.
 */
export function implementContract<T extends AnyContractRouter>(contract: T) {
  return implement(contract).$context<Context>()
}
