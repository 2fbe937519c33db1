// Stands before and after every way in: counts tries, knows familiar devices, closes what Rungs does not use.
import { createHash, randomUUID } from 'node:crypto'
import { createOTP } from '@better-auth/utils/otp'
import { APIError, createAuthMiddleware, getSessionFromCtx, isAPIError } from 'better-auth/api'
import { symmetricDecrypt } from 'better-auth/crypto'
import type { GenericEndpointContext } from '@better-auth/core'
import type { Pool } from 'pg'
import { ADDRESS_HEADER } from './mount-point.ts'
import { OPEN_ID, type OpenId } from './open-id.ts'
import { hashToken } from './token.ts'
import { ACCOUNT_TRIES, ADDRESS_TRIES, forgetTries, reserveTry, returnTry, type TryLimit } from './tried.ts'

interface Options {
  pool: Pool
  openId: OpenId | undefined
  url: string
}

const DEVICE_COOKIE = 'device'
const DEVICE_DAYS = 180
const RESETS = { most: 3, minutes: 60 } as const

type Hook = Pick<
  GenericEndpointContext,
  | 'path'
  | 'body'
  | 'query'
  | 'context'
  | 'headers'
  | 'getSignedCookie'
  | 'setSignedCookie'
  | 'redirect'
  | 'setHeader'
>

export function createGuard({ pool, openId, url }: Options) {
  return {
    before: createAuthMiddleware(async (ctx) => {
      if (ctx.path === '/sign-in/email') await beforePassword(pool, ctx)
      else if (ctx.path === '/request-password-reset') await beforeReset(pool, ctx)
      else if (ctx.path === '/sign-in/social' || ctx.path === '/link-social')
        return { context: { body: narrowOpenId(ctx) } }
      else if (ctx.path === '/callback/:id' && openId !== undefined) await beforeCallback(openId, url, ctx)
      else if (ctx.path === '/two-factor/verify-totp') await beforeCode(pool, ctx)
    }),
    after: createAuthMiddleware(async (ctx) => {
      const failed = isAPIError(ctx.context.returned)
      if (ctx.path === '/sign-in/email' && !failed) await afterRightPassword(pool, ctx)
      const user = ctx.context.newSession?.user
      const pending = ctx.path === '/sign-in/email' && user?.['twoFactorEnabled'] === true
      if (!failed && user !== undefined && !pending) await rememberDevice(ctx, user.email)
    }),
  }
}

function emailOf(ctx: Hook): string {
  const email: unknown = ctx.body?.email
  return typeof email === 'string' ? email.trim().toLowerCase() : ''
}

/**
 * A try is taken before the password is looked at. The limit is the account's, so that guessing from many places is no
 * faster; but a browser that this account signed in with before has a limit of its own (OWASP's device cookies), and
 * whoever gives a right code of the second factor too is let through: neither can be locked out by strangers.
 */
async function beforePassword(pool: Pool, ctx: Hook): Promise<void> {
  const account = await accountLimit(ctx)
  const address = addressLimit(ctx)
  const fromAddress = await reserveTry(pool, address)
  if (!fromAddress.ok) throw tooMany(ctx, fromAddress.retryAfterSeconds)
  const taken = await reserveTry(pool, account)
  if (taken.ok || (await hasRightCode(pool, ctx))) return
  await tellBlocked(pool, emailOf(ctx))
  throw tooMany(ctx, taken.retryAfterSeconds)
}

/** The audit hears of it once in a quarter of an hour: whoever goes on trying does not fill it. */
async function tellBlocked(pool: Pool, email: string): Promise<void> {
  const first = await reserveTry(pool, { key: `told:${email}`, most: 1, minutes: ACCOUNT_TRIES.minutes })
  if (first.ok) await pool.query('SELECT sign_in.tell_blocked($1)', [email])
}

/**
 * A code opens once: who saw it being typed comes too late (RFC 6238, 5.2). It is taken before it is looked at, so that of
 * two at the same moment one is refused; a wrong one is wrong the second time as well. What is remembered outlives the
 * minute and a half in which the library takes a code.
 */
async function beforeCode(pool: Pool, ctx: Hook & Parameters<typeof getSessionFromCtx>[0]): Promise<void> {
  const code: unknown = ctx.body?.code
  const user = await findCodesUser(ctx)
  if (typeof code !== 'string' || user === undefined) return
  if (!(await takeCode(pool, 'code', user, code)))
    throw new APIError('UNAUTHORIZED', { code: 'CODE_USED', message: 'CODE_USED' })
}

async function takeCode(pool: Pool, use: 'code' | 'pass', user: string, code: string): Promise<boolean> {
  return (await reserveTry(pool, { key: `${use}:${user}:${code}`, most: 1, minutes: 2 })).ok
}

/** Who is signed in, or has given their password and is asked for the code. */
async function findCodesUser(
  ctx: Hook & Parameters<typeof getSessionFromCtx>[0],
): Promise<string | undefined> {
  const session = await getSessionFromCtx(ctx)
  if (session !== null) return session.user.id
  const cookie = ctx.context.createAuthCookie('two_factor')
  const pending = await ctx.getSignedCookie(cookie.name, ctx.context.secret)
  if (typeof pending !== 'string' || pending === '') return undefined
  return (await ctx.context.internalAdapter.findVerificationValue(pending))?.value
}

async function afterRightPassword(pool: Pool, ctx: Hook): Promise<void> {
  await forgetTries(pool, (await accountLimit(ctx)).key)
  await returnTry(pool, addressLimit(ctx).key)
}

async function accountLimit(ctx: Hook): Promise<TryLimit> {
  const email = emailOf(ctx)
  const device = await readDevice(ctx, email)
  return { key: device === undefined ? `account:${email}` : `device:${device}:${email}`, ...ACCOUNT_TRIES }
}

function addressLimit(ctx: Hook): TryLimit {
  return { key: `address:${ctx.headers?.get(ADDRESS_HEADER) ?? 'unknown'}`, ...ADDRESS_TRIES }
}

/** The code itself can be guessed as rarely as the password. */
async function hasRightCode(pool: Pool, ctx: Hook): Promise<boolean> {
  const code: unknown = ctx.body?.code
  if (typeof code !== 'string' || !/^\d{6}$/.test(code)) return false
  const email = emailOf(ctx)
  const key = `code:${email}`
  if (!(await reserveTry(pool, { key, ...ACCOUNT_TRIES })).ok) return false
  const { rows } = await pool.query<{ secret: string; user: string }>(
    `SELECT t."secret", u."id" AS user FROM sign_in."twoFactor" t JOIN sign_in."user" u ON u."id" = t."userId"
     WHERE u."email" = $1 AND t."verified"`,
    [email],
  )
  if (rows[0] === undefined) return false
  const secret = await symmetricDecrypt({ key: ctx.context.secretConfig, data: rows[0].secret })
  if (!(await createOTP(secret).verify(code)) || !(await takeCode(pool, 'pass', rows[0].user, code)))
    return false
  await forgetTries(pool, key)
  return true
}

async function beforeReset(pool: Pool, ctx: Hook): Promise<void> {
  const taken = await reserveTry(pool, { key: `reset:${emailOf(ctx)}`, ...RESETS })
  if (!taken.ok) throw tooMany(ctx, taken.retryAfterSeconds)
}

/**
 * Of what a client may send to begin a sign-in, only what Rungs itself sends goes on. An ID token that a client brings
 * was made for some request, perhaps not ours; scopes and parameters are the server's; a link goes on as its hash.
 */
function narrowOpenId(ctx: Hook): Record<string, unknown> {
  const given: Record<string, unknown> = ctx.body ?? {}
  if (given['idToken'] !== undefined)
    throw new APIError('FORBIDDEN', { code: 'ID_TOKEN_NOT_SUPPORTED', message: 'ID_TOKEN_NOT_SUPPORTED' })
  const token = (given['additionalData'] as Record<string, unknown> | undefined)?.['linkToken']
  return {
    provider: OPEN_ID,
    callbackURL: given['callbackURL'],
    errorCallbackURL: given['errorCallbackURL'],
    disableRedirect: true,
    ...(typeof token === 'string'
      ? { requestSignUp: true, additionalData: { linkHash: hashToken(token) } }
      : {}),
  }
}

/** An answer that does not say who it is from could be another provider's (RFC 9207). */
async function beforeCallback(openId: OpenId, url: string, ctx: Hook): Promise<void> {
  if (ctx.query?.['iss'] !== undefined || ctx.query?.['error'] !== undefined) return
  const must = await openId.mustNameIssuer().catch(() => true)
  if (must) throw ctx.redirect(new URL('/sign-in?error=issuer_missing', url).href)
}

function tooMany(ctx: Hook, seconds: number): APIError {
  const message = 'Too many tries.'
  ctx.setHeader('Retry-After', String(seconds))
  return new APIError(
    'TOO_MANY_REQUESTS',
    { code: 'TOO_MANY_TRIES', message, retryAfterSeconds: seconds },
    { 'Retry-After': String(seconds) },
  )
}

/** The cookie names the account by a hash and the device by chance; its signature makes it ours. */
async function readDevice(ctx: Hook, email: string): Promise<string | undefined> {
  const cookie = ctx.context.createAuthCookie(DEVICE_COOKIE)
  const value = await ctx.getSignedCookie(cookie.name, ctx.context.secret)
  const [owner, device] = typeof value === 'string' ? value.split('.') : []
  return owner === hashOf(email) ? device : undefined
}

async function rememberDevice(ctx: Hook, email: string): Promise<void> {
  if ((await readDevice(ctx, email.toLowerCase())) !== undefined) return
  const cookie = ctx.context.createAuthCookie(DEVICE_COOKIE, { maxAge: DEVICE_DAYS * 86_400 })
  const value = `${hashOf(email.toLowerCase())}.${randomUUID()}`
  await ctx.setSignedCookie(cookie.name, value, ctx.context.secret, cookie.attributes)
}

function hashOf(email: string): string {
  return createHash('sha256').update(email).digest('base64url')
}
