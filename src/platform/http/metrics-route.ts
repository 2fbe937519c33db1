// GET /metrics, for a Prometheus at this machine or one that knows the token.
import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import type { Metrics } from '../metrics/metrics.ts'

interface Bindings {
  incoming?: { socket: { remoteAddress?: string } }
}

const LOOPBACK = /^(::ffff:)?127\.|^::1$/
/** What a proxy on this machine adds: then the peer is it, and not who asks. */
const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via']

/**
 * With a token only `Authorization: Bearer TOKEN` is answered; without one only this machine, and nothing that came
 * through a proxy. Everybody else is told that there is nothing.
 */
export function metricsRoute(metrics: Metrics | undefined, token?: string): Hono<{ Bindings: Bindings }> {
  const routes = new Hono<{ Bindings: Bindings }>()
  if (metrics === undefined) return routes
  return routes.get('/metrics', async (c) => {
    const peer = c.env?.incoming?.socket.remoteAddress ?? ''
    const isLocal = LOOPBACK.test(peer) && FORWARDED.every((name) => c.req.header(name) === undefined)
    const allowed = token === undefined ? isLocal : knows(c.req.header('authorization') ?? '', token)
    if (!allowed) return c.text('There is nothing here.\n', 404)
    return c.text(await metrics.text(), 200, {
      'content-type': metrics.contentType,
      'cache-control': 'no-store',
    })
  })
}

function knows(header: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(header), digest(`Bearer ${token}`))
}
