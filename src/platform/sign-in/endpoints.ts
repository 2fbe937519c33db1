// Endpoints of Rungs beside those of better-auth: links that admit, the ways in, the own account, API keys with scopes.
import type { BetterAuthPlugin } from 'better-auth'
import { APIError, createAuthEndpoint, sessionMiddleware } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import type { Pool } from 'pg'
import { z } from 'zod'
import { AdmissionError, joinAccount, openAccount, readAdmission } from './admission.ts'
import { OPEN_ID } from './open-id.ts'
import { findPasswordFault } from './password.ts'
import { listPlaces, ORGANISATION_COOKIE, placeFor } from './places.ts'
import { FEATURES } from '../../core/org/features.ts'
import { ACCESS } from './scopes.ts'
import { hashToken } from './token.ts'

export interface KeyWanted {
  userId: string
  name: string
  /** Seconds. */
  expiresIn: number
  /** Per feature. */
  permissions: Record<string, string[]>
}

export interface KeyMade {
  id: string
  key: string
  expiresAt: Date | null
}

interface Options {
  pool: Pool
  oidcName: string | undefined
  now: () => Date
  /** Makes the key without a request, which alone may give it permissions. */
  makeKey: (wanted: KeyWanted) => Promise<KeyMade>
}

const YEAR = 365 * 86_400

const token = z.string().min(1).max(200)
const keyInput = z.object({
  name: z.string().trim().min(1).max(80),
  /** What the key may do per feature, `*` for all; at least one. */
  scopes: z
    .partialRecord(z.enum(['*', ...FEATURES]), z.enum(ACCESS))
    .refine((scopes) => Object.keys(scopes).length > 0),
  days: z.int().min(1).max(365),
})

/** A plugin of better-auth; it has no tables of its own. */
export function ownEndpoints({ pool, oidcName, now, makeKey }: Options) {
  return {
    id: 'rungs',
    endpoints: {
      /** How one can sign in here. */
      ways: createAuthEndpoint('/ways', { method: 'GET' }, async (ctx) =>
        ctx.json({ accounts: true, oidc: oidcName ?? null }),
      ),

      /** What the signed-in person sees about their account. */
      ownAccount: createAuthEndpoint('/account', { method: 'GET', use: [sessionMiddleware] }, async (ctx) => {
        const { user, session } = ctx.context.session
        const accounts = await ctx.context.internalAdapter.findAccounts(user.id)
        return ctx.json({
          name: user.name,
          email: user.email,
          session: session.id,
          hasPassword: accounts.some(({ providerId }) => providerId === 'credential'),
          hasSecondFactor: (user as { twoFactorEnabled?: boolean }).twoFactorEnabled === true,
          oidc:
            oidcName === undefined
              ? null
              : { name: oidcName, linked: accounts.some((a) => a.providerId === OPEN_ID) },
        })
      }),

      /** The organisations that the account is in, and the one that this browser works in. */
      listPlaces: createAuthEndpoint('/places', { method: 'GET', use: [sessionMiddleware] }, async (ctx) => {
        const places = await listPlaces(pool, ctx.context.session.user.id, now())
        const headers = new Headers(ctx.headers)
        return ctx.json({
          places: places.map(({ organisation, organisationName }) => ({
            organisation,
            name: organisationName,
          })),
          chosen: placeFor(places, headers)?.organisation ?? null,
        })
      }),

      /** Works in another of its organisations from now on, in this browser. */
      choosePlace: createAuthEndpoint(
        '/places/choose',
        { method: 'POST', body: z.object({ organisation: z.uuid() }), use: [sessionMiddleware] },
        async (ctx) => {
          const { organisation } = ctx.body
          const places = await listPlaces(pool, ctx.context.session.user.id, now())
          if (!places.some((place) => place.organisation === organisation))
            throw new APIError('NOT_FOUND', { code: 'NO_MEMBERSHIP', message: 'NO_MEMBERSHIP' })
          const cookie = ctx.context.createAuthCookie(ORGANISATION_COOKIE, { maxAge: YEAR })
          ctx.setCookie(cookie.name, organisation, cookie.attributes)
          return ctx.json({ chosen: organisation })
        },
      ),

      /** Who a link stands for. */
      readLink: createAuthEndpoint(
        '/links/read',
        { method: 'POST', body: z.object({ token }) },
        async (ctx) => {
          const { kind, organisationName, personName, email } = await readAdmission(
            pool,
            hashToken(ctx.body.token),
            now(),
          ).catch(toAnswer)
          return ctx.json({ kind, organisationName, personName, email })
        },
      ),

      /** Makes an account by a link and signs it in. */
      openLink: createAuthEndpoint(
        '/links/open',
        {
          method: 'POST',
          body: z.object({
            token,
            name: z.string().trim().min(1).max(200),
            email: z.email().max(320).optional(),
            password: z.string().max(10_000),
          }),
        },
        async (ctx) => {
          const { password, email, name } = ctx.body
          const fault = findPasswordFault(password)
          if (fault !== undefined) throw new APIError('BAD_REQUEST', { code: fault, message: fault })
          const link = hashToken(ctx.body.token)
          const admission = await readAdmission(pool, link, now()).catch(toAnswer)
          const address = admission.email ?? email
          if (address === undefined)
            throw new APIError('BAD_REQUEST', { code: 'EMAIL_MISSING', message: 'email' })
          const passwordHash = await ctx.context.password.hash(password)
          const given = { name, email: address, passwordHash }
          const account = await openAccount(pool, link, given, now()).catch(toAnswer)
          const user = await ctx.context.internalAdapter.findUserById(account)
          const session = await ctx.context.internalAdapter.createSession(account)
          if (user === null || !session) throw new APIError('INTERNAL_SERVER_ERROR')
          await setSessionCookie(ctx, { session, user })
          return ctx.json({ opened: true })
        },
      ),

      /** Gives the link's place to the account that is signed in. */
      joinLink: createAuthEndpoint(
        '/links/join',
        { method: 'POST', body: z.object({ token }), use: [sessionMiddleware] },
        async (ctx) => {
          await joinAccount(pool, hashToken(ctx.body.token), ctx.context.session.user.id, now()).catch(
            toAnswer,
          )
          return ctx.json({ joined: true })
        },
      ),

      /** Makes an API key; it is shown this once. */
      makeScopedKey: createAuthEndpoint(
        '/keys/make',
        { method: 'POST', body: keyInput, use: [sessionMiddleware], metadata: { noStore: true } },
        async (ctx) => {
          const { name, scopes, days } = ctx.body
          const { id, key, expiresAt } = await makeKey({
            userId: ctx.context.session.user.id,
            name,
            expiresIn: days * 86_400,
            permissions: Object.fromEntries(
              Object.entries(scopes).map(([feature, access]) => [feature, [access]]),
            ),
          })
          return ctx.json({ id, key, expiresAt })
        },
      ),
    },
  } satisfies BetterAuthPlugin
}

function toAnswer(error: unknown): never {
  if (error instanceof AdmissionError)
    throw new APIError(error.code === 'UNKNOWN_LINK' ? 'NOT_FOUND' : 'CONFLICT', {
      code: error.code,
      message: error.code,
    })
  throw error
}
