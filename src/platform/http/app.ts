// The whole HTTP application: walls, health, endpoints, web.
import type { AnyRouter } from '@orpc/server'
import { Hono } from 'hono'
import type { Databases } from '../../db/open-databases.ts'
import { errorCodeOf } from '../errors.ts'
import type { Asking } from '../load-actor.ts'
import type { Log } from '../log.ts'
import { contextFor } from '../procedure.ts'
import { endpointRoutes } from './endpoints.ts'
import type { FindNeeds } from './first-needs.ts'
import { healthRoutes } from './health.ts'
import { ownHostOnly, securityHeaders, type SecurityVariables } from './security.ts'
import { signInRoutes, type SignInMount } from './sign-in-routes.ts'
import { webRoutes } from './web.ts'

export interface AppOptions {
  databases: Pick<Databases, 'request' | 'job'>
  /** The routes of all features. */
  router: AnyRouter
  /** Who asks; throws `unauthenticated` where that is not known. */
  authenticate: (request: Request, now: Date) => Promise<Asking>
  /** The clock. */
  now: () => Date
  /** The folder of the built web. */
  webFolder: string
  /** What a page asks for first. */
  findNeeds: FindNeeds
  /** Signing in, for many people; undefined for the one person at this machine. */
  signIn?: SignInMount
  log: Log
}

export function createApp(options: AppOptions) {
  const { databases, router, authenticate, now, webFolder, findNeeds, signIn, log } = options
  const contextOf = async (request: Request) => {
    const moment = now()
    const { actor, today } = await authenticate(request, moment)
    return contextFor(databases, actor, moment, today)
  }
  const app = new Hono<{ Variables: SecurityVariables }>()
  app.onError((error, c) => {
    log.error('request failed', { error: error.name, code: errorCodeOf(error) })
    return c.text('Rungs failed; the log of the server says where.\n', 500)
  })
  return app
    .use(securityHeaders(signIn?.url), ownHostOnly(signIn?.url))
    .route('/', healthRoutes(databases.request))
    .route('/', signInRoutes(signIn))
    .route('/', endpointRoutes(router, contextOf, log))
    .route('/', webRoutes(webFolder, findNeeds))
}
