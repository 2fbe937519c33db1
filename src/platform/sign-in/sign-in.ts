// Signing in: better-auth on PostgreSQL, set up once for all ways in, with what Rungs asks on top of it.
import { apiKey } from '@better-auth/api-key'
import { passkey } from '@better-auth/passkey'
import { APIError, betterAuth } from 'better-auth'
import { getOAuthState, isAPIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins'
import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import { errorCodeOf } from '../errors.ts'
import type { Log } from '../log.ts'
import { languageOf, passwordChangedMail, passwordResetMail, type MailWords } from '../mail/mail-words.ts'
import { postMail } from '../mail/post-mail.ts'
import { AdmissionError, joinAccount, readAdmission } from './admission.ts'
import { ownEndpoints, type KeyMade, type KeyWanted } from './endpoints.ts'
import { createGuard } from './guard.ts'
import { createOpenId, type OpenIdSettings } from './open-id.ts'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.ts'
import { ADDRESS_HEADER, SIGN_IN_PATH } from './mount-point.ts'
import { listPlaces } from './places.ts'
import { parseScopes, type Scope } from './scopes.ts'

export interface SignInOptions {
  /** Connects as rungs_sign_in. */
  pool: Pool
  /** The public address of this instance, without a path: https://rungs.example.org */
  url: string
  /** At least 32 characters; sessions and two-factor secrets are void when it changes. */
  secret: string
  oidc: OpenIdSettings | undefined
  log: Log
  now: () => Date
}

/** Who a request comes from, before anybody asked which organisation lets them in. */
export interface SignedIn {
  account: string
  session?: string
  /** Set for an API key: what it may do at most. */
  scopes?: readonly Scope[]
}

export interface SignIn {
  /** Answers a request under SIGN_IN_PATH; 404 for everything that Rungs does not use. */
  handle(request: Request): Promise<Response>
  /** The account of a session cookie, or of an API key in `Authorization: Bearer`; the key wins where both are given. */
  findSignedIn(headers: Headers): Promise<SignedIn | undefined>
}

const DAY = 86_400
const KEY_PREFIX = 'rungs_'

/** Every other endpoint of better-auth is closed: a way in that nobody looked at must not be open. */
const OPEN_ENDPOINTS: readonly RegExp[] = [
  /^GET \/(get-session|list-sessions|list-accounts|ways|account|places)$/,
  /^POST \/(sign-in\/(email|social)|sign-out|request-password-reset|reset-password|change-password|link-social)$/,
  /^POST \/(revoke-session|revoke-other-sessions)$/,
  /^POST \/two-factor\/(enable|disable|verify-totp|verify-backup-code|generate-backup-codes)$/,
  /^GET \/passkey\/(generate-register-options|generate-authenticate-options|list-user-passkeys)$/,
  /^POST \/passkey\/(verify-registration|verify-authentication|delete-passkey|update-passkey)$/,
  /^GET \/api-key\/list$/,
  /^POST \/(api-key\/delete|keys\/make|links\/(read|open|join)|places\/choose)$/,
  /^GET \/callback\/oidc$/,
]

export function createSignIn({ pool, url, secret, oidc, log, now }: SignInOptions): SignIn {
  const db = new Kysely<never>({ dialect: new PostgresDialect({ pool }) }).withSchema('sign_in')
  const openId = oidc === undefined ? undefined : createOpenId(oidc, log, now)
  const address = (path: string): string => new URL(path, url).href
  const auth = betterAuth({
    appName: 'Rungs',
    baseURL: url,
    basePath: SIGN_IN_PATH,
    secret,
    database: { db, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    logger: {
      log: (level, message) => {
        // What follows a colon may be what somebody wrote.
        if (level === 'error') log.warn('sign-in refused', { reason: message.split(':')[0] ?? '' })
      },
    },
    onAPIError: {
      errorURL: address('/sign-in'),
      onError: (error) => {
        if (isAPIError(error)) return
        log.error('sign-in failed', {
          error: error instanceof Error ? error.name : typeof error,
          code: errorCodeOf(error),
        })
        throw new APIError('INTERNAL_SERVER_ERROR', { code: 'FAILED', message: 'Signing in failed.' })
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      resetPasswordTokenExpiresIn: 3600,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }, request) => {
        const language = languageOf(request?.headers.get('accept-language'))
        const words = passwordResetMail(language, { link: address(`/sign-in/reset/${token}`) })
        await postToAccount(user, 'password-reset', words)
      },
      onPasswordReset: async ({ user }, request) => {
        const language = languageOf(request?.headers.get('accept-language'))
        const words = passwordChangedMail(language, { link: address('/sign-in/forgotten') })
        await postToAccount(user, 'password-changed', words)
      },
    },
    verification: { storeIdentifier: 'hashed' },
    session: { expiresIn: 14 * DAY, updateAge: DAY, freshAge: 3600 },
    account: {
      encryptOAuthTokens: true,
      // Whoever writes somebody's address at an identity provider is not that somebody.
      accountLinking: { enabled: true, disableImplicitLinking: true },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 120,
      customRules: {
        '/get-session': false,
        '/ways': false,
        '/account': false,
        '/sign-in/email': { window: 60, max: 60 },
        '/sign-in/social': { window: 60, max: 60 },
        '/request-password-reset': { window: 60, max: 10 },
        '/change-password': { window: 60, max: 10 },
        '/two-factor/*': { window: 60, max: 20 },
        '/links/*': { window: 60, max: 30 },
      },
    },
    advanced: {
      cookiePrefix: 'rungs',
      // Said aloud: better-auth leaves both out where NODE_ENV is test.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
    },
    plugins: [
      twoFactor({ issuer: 'Rungs', accountLockout: { maxFailedAttempts: 5, durationSeconds: 900 } }),
      passkey({
        rpID: new URL(url).hostname,
        rpName: 'Rungs',
        origin: new URL(url).origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          // A passkey stands for both factors only where the device checked who holds it.
          afterVerification: async ({ verification }) => {
            if (!verification.authenticationInfo.userVerified)
              throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED', message: 'User not verified' })
          },
        },
      }),
      apiKey({
        apiKeyHeaders: [],
        defaultPrefix: KEY_PREFIX,
        requireName: true,
        maximumNameLength: 80,
        startingCharactersConfig: { charactersLength: KEY_PREFIX.length + 4 },
        keyExpiration: { minExpiresIn: 1, maxExpiresIn: 366 },
        rateLimit: { enabled: true, timeWindow: 60_000, maxRequests: 600 },
      }),
      ownEndpoints({ pool, oidcName: oidc?.name, now, makeKey }),
      {
        id: 'open-id',
        init: () => (openId === undefined ? {} : { context: { socialProviders: [openId.provider] } }),
      },
    ],
    hooks: createGuard({ pool, openId, url }),
    databaseHooks: {
      user: {
        create: {
          before: async (user) => {
            await assertInvited(pool, user, now())
          },
        },
      },
      session: {
        create: {
          before: async (session) => {
            if ((await listPlaces(pool, session.userId, now())).length > 0) return
            const link = await findLinkOfFlow()
            if (link === undefined) throw refusal('NO_MEMBERSHIP')
            await joinAccount(pool, link, session.userId, now()).catch(toRefusal)
          },
        },
      },
    },
  })

  return {
    handle: async (request) => {
      const { pathname } = new URL(request.url)
      const path = pathname.slice(SIGN_IN_PATH.length)
      if (!OPEN_ENDPOINTS.some((pattern) => pattern.test(`${request.method} ${path}`)))
        return Response.json({ code: 'NOT_FOUND', message: 'There is no such endpoint.' }, { status: 404 })
      return auth.handler(request)
    },
    findSignedIn: async (headers) => {
      const key = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
      if (headers.has('authorization')) return key === undefined ? undefined : await findByKey(key)
      if (!headers.has('cookie')) return undefined
      const found = await auth.api.getSession({ headers, query: { disableRefresh: true } })
      return found === null ? undefined : { account: found.user.id, session: found.session.id }
    },
  }

  /** To a person of an organisation, so that their export and their erasure reach it; an account without a place gets none. */
  async function postToAccount(
    user: { id: string; email: string },
    kind: string,
    words: MailWords,
  ): Promise<void> {
    const [place] = await listPlaces(pool, user.id, now())
    if (place === undefined) return
    const concerned = { organisation: place.organisation, person: place.person }
    await postMail(db, { kind, to: user.email, ...words, ...concerned })
  }

  function makeKey(wanted: KeyWanted): Promise<KeyMade> {
    return auth.api.createApiKey({ body: wanted })
  }

  async function findByKey(key: string): Promise<SignedIn | undefined> {
    if (!key.startsWith(KEY_PREFIX) || key.length > 200) return undefined
    const { valid, key: found } = await auth.api.verifyApiKey({ body: { key } })
    if (!valid || found === null) return undefined
    return { account: found.referenceId, scopes: parseScopes(found.permissions) }
  }
}

/** The hash of the link that a sign-in through the identity provider was begun with. */
async function findLinkOfFlow(): Promise<string | undefined> {
  const state = await getOAuthState()
  const hash: unknown = state?.['linkHash']
  return typeof hash === 'string' ? hash : undefined
}

/** Nobody makes an account without being invited; by an identity provider, only with the address that was invited. */
async function assertInvited(
  pool: Pool,
  user: { email: string; emailVerified: boolean },
  now: Date,
): Promise<void> {
  const link = await findLinkOfFlow()
  if (link === undefined) throw refusal('NOT_INVITED')
  const { kind, email } = await readAdmission(pool, link, now).catch(toRefusal)
  if (!user.emailVerified) throw refusal('EMAIL_NOT_VERIFIED')
  if (kind === 'invitation' && email?.toLowerCase() !== user.email.toLowerCase()) throw refusal('OTHER_EMAIL')
}

function refusal(code: string): APIError {
  return new APIError('FORBIDDEN', { code, message: code })
}

function toRefusal(error: unknown): never {
  if (error instanceof AdmissionError) throw refusal(error.code)
  throw error
}
