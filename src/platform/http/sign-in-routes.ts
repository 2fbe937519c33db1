// Mounts signing in, and tells it the network address that a request comes from.
import { isIP } from 'node:net'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ADDRESS_HEADER, SIGN_IN_PATH } from '../sign-in/mount-point.ts'
import type { SignInDesk } from '../sign-in/sign-in-desk.ts'
import type { SignIn } from '../sign-in/sign-in.ts'

export interface SignInMount {
  signIn: SignIn
  /** The public address. */
  url: string
  /** Network addresses of the proxies in front. */
  proxies: readonly string[]
  /** For administering it. */
  desk: SignInDesk
}

interface Bindings {
  incoming?: { socket: { remoteAddress?: string } }
}

const LARGEST_BODY = 64 * 1024

/** In the mode of one person there is one answer: that there is no sign-in. */
export function signInRoutes(mount: SignInMount | undefined): Hono<{ Bindings: Bindings }> {
  const routes = new Hono<{ Bindings: Bindings }>()
  if (mount === undefined)
    return routes
      .get(`${SIGN_IN_PATH}/ways`, (c) => c.json({ accounts: false, oidc: null }))
      .all(`${SIGN_IN_PATH}/*`, (c) =>
        c.json({ code: 'NO_ACCOUNTS', message: 'This instance has no sign-in.' }, 404),
      )
  return routes
    .use(`${SIGN_IN_PATH}/*`, bodyLimit({ maxSize: LARGEST_BODY }))
    .all(`${SIGN_IN_PATH}/*`, async (c) => {
      const headers = new Headers(c.req.raw.headers)
      const peer = c.env?.incoming?.socket.remoteAddress
      headers.set(ADDRESS_HEADER, addressOf(peer, headers.get('x-forwarded-for'), mount.proxies))
      // What a proxy wrote about the address would else decide where links lead.
      for (const name of ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-for', 'forwarded'])
        headers.delete(name)
      const url = new URL(c.req.raw.url)
      const response = await mount.signIn.handle(
        new Request(new URL(url.pathname + url.search, mount.url), {
          method: c.req.method,
          headers,
          ...(c.req.method === 'GET' || c.req.method === 'HEAD'
            ? {}
            : { body: await c.req.raw.arrayBuffer() }),
        }),
      )
      const answer = new Response(response.body, response)
      answer.headers.set('cache-control', 'no-store')
      return answer
    })
}

/**
 * The address of the client: the peer's own, or behind known proxies the last address of X-Forwarded-For that is not
 * one of them; what stands before it is the client's own word.
 */
export function addressOf(
  peer: string | undefined,
  forwarded: string | null,
  proxies: readonly string[],
): string {
  const plain = (address: string) => address.trim().replace(/^::ffff:/, '')
  const isProxy = (address: string) => proxies.includes(address)
  let found = plain(peer ?? '')
  if (!isProxy(found)) return isIP(found) === 0 ? '0.0.0.0' : found
  for (const each of (forwarded ?? '').split(',').toReversed()) {
    const address = plain(each)
    if (isIP(address) === 0) break
    found = address
    if (!isProxy(address)) break
  }
  return found
}
