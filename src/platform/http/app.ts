// The whole HTTP application: walls, health, endpoints, web.
import type { AnyRouter } from '@orpc/server'
import { Hono, type MiddlewareHandler } from 'hono'
import type { Databases } from '../../db/open-databases.ts'
import { bodyOf, errorCodeOf } from '../errors.ts'
import type { Asking } from '../load-actor.ts'
import type { Log } from '../log.ts'
import { liveRoute } from '../live/live-route.ts'
import type { Live } from '../live/live-streams.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { contextFor } from '../procedure.ts'
import { watchBulkReads } from './bulk-reads.ts'
import { endpointRoutes } from './endpoints.ts'
import type { FindNeeds } from './first-needs.ts'
import { healthRoutes } from './health.ts'
import { metricsRoute } from './metrics-route.ts'
import { observeRequests } from './observe.ts'
import { TooManyRequests, type RateLimits } from './rate-limits.ts'
import { findRequest } from './request-scope.ts'
import { ownHostOnly, securityHeaders, type SecurityVariables } from './security.ts'
import { addressOf, signInRoutes, type SignInMount } from './sign-in-routes.ts'
import { webRoutes } from './web.ts'

export interface AppOptions {
  databases: Pick<Databases, 'request' | 'job'>
  /** The routes of all features. */
  router: AnyRouter
  /** Who asks; throws `unauthenticated` where that is not known. */
  authenticate: (request: Request, now: Date) => Promise<Asking>
  /** The clock. */
  now: () => Date
  /** Where the one person at this machine finds all that is kept. */
  dataFolder?: string
  /** The folder of the built web. */
  webFolder: string
  /** What a page asks for first. */
  findNeeds: FindNeeds
  /** Signing in, for many people; undefined for the one person at this machine. */
  signIn?: SignInMount
  /** How much one account and one address may ask; without it there is no limit. */
  limits?: RateLimits
  /** Reads of one account in a minute beyond which auditors are told; without it they are not. */
  bulkReads?: number
  metrics?: Metrics
  /** What open screens are told; without it they are told nothing. */
  live?: Live
  /** Who knows it may read the metrics from another machine. */
  metricsToken?: string | undefined
  /** True once the server is stopping: readyz then says so, and a balancer sends nobody here any more. */
  isStopping?: () => boolean
  log: Log
}

interface AppEnvironment {
  Variables: SecurityVariables
  Bindings: { incoming?: { socket: { remoteAddress?: string } } }
}

export function createApp(options: AppOptions) {
  const { databases, router, authenticate, now, webFolder, findNeeds, signIn, log } = options
  const { dataFolder, limits, bulkReads = 0, metrics, metricsToken, live, isStopping } = options
  const enter = async (request: Request) => {
    const moment = now()
    const { actor, today } = await authenticate(request, moment)
    return contextFor(databases, actor, moment, today)
  }
  const contextOf = async (request: Request) => {
    const context = await enter(request)
    if (context.actor.account !== undefined) await limits?.account(context.actor.account)
    if (signIn !== undefined) return { ...context, signIn: signIn.desk }
    return dataFolder === undefined ? context : { ...context, dataFolder }
  }
  const holdAddress: MiddlewareHandler<AppEnvironment> = async (c, next) => {
    const peer = c.env?.incoming?.socket.remoteAddress
    if (limits === undefined || peer === undefined) return next()
    try {
      await limits.address(addressOf(peer, c.req.header('x-forwarded-for') ?? null, signIn?.proxies ?? []))
    } catch (refusal) {
      if (!(refusal instanceof TooManyRequests)) throw refusal
      const body = bodyOf(refusal)
      return c.json(c.req.path.startsWith('/rpc') ? { json: body } : body, 429, {
        'retry-after': String(refusal.retryAfter),
      })
    }
    return next()
  }
  const app = new Hono<AppEnvironment>()
  app.onError((error, c) => {
    log.error('request failed', {
      ...{ request: findRequest()?.id, error: error.name, code: errorCodeOf(error) },
    })
    return c.text('Rungs failed; the log of the server says where.\n', 500)
  })
  return app
    .use(observeRequests(metrics, log), securityHeaders(signIn?.url), ownHostOnly(signIn?.url))
    .route('/', healthRoutes(databases.request, isStopping))
    .route('/', metricsRoute(metrics, metricsToken))
    .use('/rpc/*', holdAddress)
    .use('/api/*', holdAddress)
    .use('/live', holdAddress)
    .route('/', signInRoutes(signIn))
    .route('/', liveRoute(live, enter))
    .route(
      '/',
      endpointRoutes(router, contextOf, log, watchBulkReads(bulkReads, databases.job.pool, log, metrics)),
    )
    .route('/', webRoutes({ folder: webFolder, findNeeds, log, answer: (request) => app.fetch(request) }))
}
