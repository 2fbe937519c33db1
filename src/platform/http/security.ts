// The walls: strict headers, and no answer to pages of other sites or to borrowed host names.
import { randomBytes } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { SCRIPT_HASHES } from './first-paint.ts'

export interface SecurityVariables {
  /** Allows the style elements of this one page. */
  nonce: string
}

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/

/**
 * Refuses requests that name a host other than this machine or the public address (DNS rebinding), or that another
 * site's page sent. Without a public address it is this machine alone. Answers 421 and 403 with one sentence.
 */
export function ownHostOnly(publicUrl?: string): MiddlewareHandler {
  const known = publicUrl === undefined ? undefined : new URL(publicUrl)
  return async (c, next) => {
    const host = c.req.header('host') ?? ''
    if (!LOOPBACK.test(host) && host !== known?.host)
      return c.text(
        known === undefined
          ? 'Rungs answers only to 127.0.0.1 and localhost in local mode.\n'
          : 'Rungs does not answer to this name.\n',
        421,
      )
    const origin = c.req.header('origin')
    const own = host === known?.host ? known.origin : `http://${host}`
    const foreign = origin !== undefined && origin !== own
    const site = c.req.header('sec-fetch-site')
    const navigation = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate'
    if (foreign || (site === 'cross-site' && !navigation)) {
      return c.text('Rungs does not answer to pages of other sites.\n', 403)
    }
    return next()
  }
}

/** Sets the headers that keep a page from loading, framing or leaking anything foreign. */
export function securityHeaders(publicUrl?: string): MiddlewareHandler<{ Variables: SecurityVariables }> {
  const isSecure = publicUrl?.startsWith('https:') === true
  return async (c, next) => {
    const nonce = randomBytes(16).toString('base64url')
    c.set('nonce', nonce)
    await next()
    const headers = c.res.headers
    headers.set('content-security-policy', contentPolicy(nonce))
    if (isSecure) headers.set('strict-transport-security', 'max-age=31536000')
    headers.set('x-content-type-options', 'nosniff')
    headers.set('x-frame-options', 'DENY')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('cross-origin-opener-policy', 'same-origin')
    headers.set('cross-origin-resource-policy', 'same-origin')
    headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  }
}

function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${SCRIPT_HASHES}`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Positions of floating parts and of chart marks are style attributes.
    "style-src-attr 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
