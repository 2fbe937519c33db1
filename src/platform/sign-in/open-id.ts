// Signing in through the organisation's own identity provider: OpenID Connect, found by its issuer, code flow with PKCE.
import {
  createAuthorizationURL,
  validateAuthorizationCode,
  type OAuth2Tokens,
  type OAuthProvider,
} from '@better-auth/core/oauth2'
import { APIError } from 'better-auth/api'
import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import { verifyIdToken } from './id-token.ts'

export interface OpenIdSettings {
  /** What the button says: "Continue with NAME". */
  name: string
  /** Exactly as the provider writes it in its discovery document. */
  issuer: string
  clientId: string
  clientSecret: string
  /** True where the provider is the authority for its people's addresses but does not say email_verified. */
  trustEmail: boolean
}

/** The provider's id in addresses and in the table of accounts. */
export const OPEN_ID = 'oidc'

const PATIENCE = 10_000
const LIFETIME = 10 * 60_000

const address = z.string().refine((text) => URL.canParse(text))
const discoveryDocument = z.object({
  issuer: z.string(),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  userinfo_endpoint: address.optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
})
type Discovery = z.infer<typeof discoveryDocument>

interface Found {
  document: Discovery
  keys: JWTVerifyGetKey
  until: number
}

export interface OpenId {
  provider: OAuthProvider<JWTPayload>
  /** Whether this answer must name its issuer (RFC 9207): the provider says that it always does. */
  mustNameIssuer(): Promise<boolean>
}

/**
 * The provider for better-auth. It is looked up at the first sign-in and again after ten minutes, so that Rungs starts
 * while the provider is away. Who somebody is comes from a verified ID token and from nowhere else.
 */
export function createOpenId(settings: OpenIdSettings, log: Log, now: () => Date = () => new Date()): OpenId {
  let found: Found | undefined
  const find = async (): Promise<Found> => {
    if (found !== undefined && found.until > Date.now()) return found
    const document = await discover(settings.issuer)
    const keys = createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: PATIENCE })
    return (found = { document, keys, until: Date.now() + LIFETIME })
  }
  const { clientId, clientSecret } = settings
  const provider: OAuthProvider<JWTPayload> = {
    id: OPEN_ID,
    name: settings.name,
    issuer: settings.issuer,
    requiresIdTokenNonce: true,
    disableImplicitSignUp: true,
    async createAuthorizationURL({ state, codeVerifier, redirectURI, idTokenNonce, loginHint }) {
      const { document } = await find().catch((error: unknown) => {
        log.error('identity provider out of reach', { reason: messageOf(error).slice(0, 200) })
        throw new APIError('SERVICE_UNAVAILABLE', {
          code: 'PROVIDER_UNREACHABLE',
          message: 'PROVIDER_UNREACHABLE',
        })
      })
      return createAuthorizationURL({
        id: OPEN_ID,
        options: { clientId },
        authorizationEndpoint: document.authorization_endpoint,
        redirectURI,
        state,
        codeVerifier,
        scopes: ['openid', 'email', 'profile'],
        ...(idTokenNonce === undefined ? {} : { nonce: idTokenNonce }),
        ...(loginHint === undefined ? {} : { loginHint }),
      })
    },
    async validateAuthorizationCode({ code, codeVerifier, redirectURI }) {
      const { document } = await find()
      const methods = document.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
      return validateAuthorizationCode({
        code,
        redirectURI,
        ...(codeVerifier === undefined ? {} : { codeVerifier }),
        options: { clientId, clientSecret },
        tokenEndpoint: document.token_endpoint,
        authentication: methods.includes('client_secret_basic') ? 'basic' : 'post',
      })
    },
    async getUserInfo(tokens) {
      try {
        const { document, keys } = await find()
        const claims = await readClaims(tokens, keys, settings, now())
        const told =
          typeof claims['email'] === 'string' ? claims : await askUserInfo(document, tokens, claims)
        return { user: toUser(told, settings), data: claims }
      } catch (error) {
        log.warn('identity provider refused', { reason: messageOf(error).split(':').slice(0, 2).join(':') })
        return null
      }
    },
    accountSubject: ({ profile }) => profile.sub ?? '',
  }
  return {
    provider,
    mustNameIssuer: async () =>
      (await find()).document.authorization_response_iss_parameter_supported === true,
  }
}

function readClaims(
  tokens: OAuth2Tokens & { expectedIdTokenNonce?: string | undefined },
  keys: JWTVerifyGetKey,
  { issuer, clientId }: OpenIdSettings,
  now: Date,
): Promise<JWTPayload> {
  if (tokens.idToken === undefined) throw new Error('no ID token')
  if (tokens.expectedIdTokenNonce === undefined) throw new Error('no nonce was sent')
  const expected = {
    issuer,
    clientId,
    nonce: tokens.expectedIdTokenNonce,
    accessToken: tokens.accessToken,
    now,
  }
  return verifyIdToken(tokens.idToken, keys, expected)
}

function toUser(claims: JWTPayload, { trustEmail }: OpenIdSettings) {
  const { email, name, email_verified: verified } = claims
  return {
    email: typeof email === 'string' ? email : null,
    // Some providers write the word instead of the value; nothing else counts.
    emailVerified: verified === true || verified === 'true' || (trustEmail && verified === undefined),
    ...(typeof name === 'string' ? { name } : {}),
  }
}

/** Providers may keep the address out of the token; what they answer must be about the same person. */
async function askUserInfo(
  { userinfo_endpoint: endpoint }: Discovery,
  { accessToken }: OAuth2Tokens,
  claims: JWTPayload,
): Promise<JWTPayload> {
  if (endpoint === undefined || accessToken === undefined) return claims
  const response = await fetch(endpoint, {
    headers: { authorization: `Bearer ${accessToken}` },
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  })
  if (!response.ok) throw new Error(`user info answered ${response.status}`)
  const told = z.record(z.string(), z.unknown()).parse(await response.json())
  if (told['sub'] !== claims.sub) throw new Error('user info is about somebody else')
  return told
}

/** Reads the discovery document; throws when it is not the issuer's own, or names an address that is not safe. */
async function discover(issuer: string): Promise<Discovery> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  })
  if (!response.ok) throw new Error(`discovery answered ${response.status}`)
  const parsed = discoveryDocument.safeParse(await response.json())
  if (!parsed.success) throw new Error('discovery lacks an address')
  const document = parsed.data
  if (document.issuer !== issuer) throw new Error('discovery names another issuer')
  const isSafe = (url: string): boolean => {
    const { protocol, hostname } = new URL(url)
    return (
      protocol === 'https:' ||
      (protocol === 'http:' && isLoopback(hostname) && isLoopback(new URL(issuer).hostname))
    )
  }
  const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint } = document
  for (const url of [authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint])
    if (url !== undefined && !isSafe(url)) throw new Error('discovery names an address without TLS')
  return document
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}
