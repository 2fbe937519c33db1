// What belongs to one request while it is being answered: its id, and which endpoint it turned out to be.
import { AsyncLocalStorage } from 'node:async_hooks'

export interface RequestScope {
  /** A UUID of our own, in the answer's x-request-id and in the log. */
  id: string
  /** people.list, or a kind of page; undefined until it is known. */
  route: string | undefined
}

const scopes = new AsyncLocalStorage<RequestScope>()

export function withinRequest<T>(scope: RequestScope, work: () => T): T {
  return scopes.run(scope, work)
}

/** Undefined outside of a request. */
export function findRequest(): RequestScope | undefined {
  return scopes.getStore()
}
