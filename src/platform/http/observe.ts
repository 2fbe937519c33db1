// Gives each request an id, times it, counts it, and writes one line about it: which endpoint, never who or with what.
import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { SIGN_IN_PATH } from '../sign-in/mount-point.ts'
import { withinRequest, type RequestScope } from './request-scope.ts'

/** The answer carries `x-request-id`; a client's own is not taken over, because it would be in the log. */
export function observeRequests(metrics: Metrics | undefined, log: Log): MiddlewareHandler {
  return async (c, next) => {
    const scope: RequestScope = { id: randomUUID(), route: undefined }
    const started = performance.now()
    await withinRequest(scope, next)
    c.res.headers.set('x-request-id', scope.id)
    const seconds = (performance.now() - started) / 1000
    const route = scope.route ?? kindOf(c.req.path)
    const method = METHODS.has(c.req.method) ? c.req.method : 'other'
    metrics?.request(route, method, c.res.status, seconds)
    log.info('request', {
      ...{ request: scope.id, route, method, status: c.res.status },
      milliseconds: Math.round(seconds * 1e4) / 10,
    })
  }
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Paths hold ids and what people typed: only their kind is told. */
function kindOf(path: string): string {
  if (path.startsWith(SIGN_IN_PATH)) return 'sign-in'
  if (path.startsWith('/assets/')) return 'assets'
  if (path.startsWith('/rpc') || path.startsWith('/api')) return 'no-endpoint'
  if (path === '/healthz' || path === '/readyz' || path === '/metrics') return path.slice(1)
  return 'page'
}
