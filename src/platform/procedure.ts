// How a feature plugs into HTTP: its contract becomes an implementer whose handlers all get the same context.
import { implement } from '@orpc/server'
import type { AnyContractRouter } from '@orpc/contract'
import type { Connection } from '../db/connect.ts'
import type { Actor } from './actor.ts'

/** What every query and command takes. `now` is read once per request. */
export interface Context {
  db: Connection['db']
  actor: Actor
  now: Date
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
