// The whole HTTP application: walls, health, endpoints, web.
import type { AnyRouter } from '@orpc/server'
import { Hono } from 'hono'
import type { Connection } from '../../db/connect.ts'
import type { Actor } from '../actor.ts'
import { errorCodeOf } from '../errors.ts'
import type { Log } from '../log.ts'
import { endpointRoutes } from './endpoints.ts'
import type { FindNeeds } from './first-needs.ts'
import { healthRoutes } from './health.ts'
import { localOnly, securityHeaders, type SecurityVariables } from './security.ts'
import { webRoutes } from './web.ts'

export interface AppOptions {
  connection: Connection
  /** The routes of all features. */
  router: AnyRouter
  actor: Actor
  /** The clock. */
  now: () => Date
  /** The folder of the built web. */
  webFolder: string
  /** What a page asks for first. */
  findNeeds: FindNeeds
  log: Log
}

export function createApp({ connection, router, actor, now, webFolder, findNeeds, log }: AppOptions) {
  const app = new Hono<{ Variables: SecurityVariables }>()
  app.onError((error, c) => {
    log.error('request failed', { error: error.name, code: errorCodeOf(error) })
    return c.text('Rungs failed; the log of the server says where.\n', 500)
  })
  return app
    .use(securityHeaders(), localOnly())
    .route('/', healthRoutes(connection))
    .route(
      '/',
      endpointRoutes(router, () => ({ db: connection.db, actor, now: now() }), log),
    )
    .route('/', webRoutes(webFolder, findNeeds))
}
