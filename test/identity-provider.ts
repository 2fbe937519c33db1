// An identity provider that does what a test tells it, also what no honest one does.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose'

export interface TestProvider {
  issuer: string
  clientId: string
  clientSecret: string
  privateKey: CryptoKey
  publicJwk: JWK
  /** What the token endpoint answers to the next code; `nonce` is that of the flow. */
  answer: (nonce: string) => Promise<TokenAnswer> | TokenAnswer
  /** Changes what the discovery document says. */
  discovery: Record<string, unknown>
  userInfo: Record<string, unknown>
  /** The claims of a good token for `sub`. */
  claims(nonce: string, more?: JWTPayload): JWTPayload
  sign(claims: JWTPayload): Promise<string>
  /** Has the next codes answered with this nonce. */
  nonce: string
  stop(): Promise<void>
}

export interface TokenAnswer {
  status?: number
  headers?: Record<string, string>
  body: Record<string, unknown>
}

export const KEY_ID = 'key-1'

export async function startTestProvider(): Promise<TestProvider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const publicJwk = { ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' }
  const server = createServer((request, response) => {
    void route(request).then(({ status = 200, headers = {}, body }) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider: TestProvider = {
    ...{ issuer, clientId: 'rungs', clientSecret: 'a secret of the client that is long enough' },
    ...{ privateKey, publicJwk, discovery: {}, userInfo: {}, nonce: '' },
    answer: async (nonce) => ({ body: tokens(await provider.sign(provider.claims(nonce))) }),
    claims: (nonce, more = {}) => {
      const now = Math.floor(Date.now() / 1000)
      return {
        ...{ iss: issuer, aud: 'rungs', sub: 'subject-1', iat: now, exp: now + 300, nonce },
        ...{ email: 'kim@example.org', email_verified: true, name: 'Kim' },
        ...more,
      }
    },
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: KEY_ID }).sign(privateKey),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  async function route(request: IncomingMessage): Promise<TokenAnswer> {
    switch (new URL(request.url ?? '/', issuer).pathname) {
      case '/.well-known/openid-configuration':
        return {
          body: {
            issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/keys`,
            userinfo_endpoint: `${issuer}/me`,
            authorization_response_iss_parameter_supported: true,
            id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
            ...provider.discovery,
          },
        }
      case '/keys':
        return { body: { keys: [publicJwk] } }
      case '/me':
        return { body: provider.userInfo }
      case '/token':
        return provider.answer(provider.nonce)
      default:
        return { status: 404, body: {} }
    }
  }
  return provider
}

/** The answer of a token endpoint around an ID token. */
export function tokens(idToken: unknown): Record<string, unknown> {
  return { access_token: 'an access token', token_type: 'Bearer', expires_in: 300, id_token: idToken }
}
