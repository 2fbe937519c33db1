// GET /live: what changes while a screen is open, as server-sent events.
import { Hono } from 'hono'
import { bodyOf, ERRORS, RungsError } from '../errors.ts'
import type { Context } from '../procedure.ts'
import type { Live } from './live-streams.ts'
import { refused } from '../refused.ts'

/** Signed in with a session: a key is for programs, which ask when they want to know. */
export function liveRoute(live: Live | undefined, contextOf: (request: Request) => Promise<Context>) {
  const routes = new Hono()
  if (live === undefined) return routes
  return routes.get('/live', async (c) => {
    const enter = async () => {
      const context = await contextOf(c.req.raw)
      if (context.actor.scopes !== undefined) throw refused('forbidden', 'not-for-keys')
      return context
    }
    try {
      const body = await live.open(enter)
      const headers = {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      }
      return c.newResponse(body, 200, headers)
    } catch (error) {
      if (!(error instanceof RungsError)) throw error
      return c.json(bodyOf(error), ERRORS[error.kind].status)
    }
  })
}
