// Verifies an ID token as OpenID Connect Core 1.0, section 3.1.3.7, asks, and more strictly where it leaves a choice.
import { createHash, timingSafeEqual } from 'node:crypto'
import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'

export interface Expected {
  issuer: string
  clientId: string
  /** The nonce that this browser's request carried. */
  nonce: string
  /** What came with the token; its hash must be the token's `at_hash` where there is one. */
  accessToken: string | undefined
  now: Date
}

/** Signatures with the provider's private key only: a shared secret or none at all never proves who signed. */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
]

/** How far two clocks may be apart, in seconds. */
export const CLOCK_TOLERANCE = 60
/** A token for this sign-in was made moments ago; an older one comes from elsewhere. In seconds. */
export const OLDEST_TOKEN = 600

/** Resolves with the claims; throws, saying which check failed, when any of them does. */
export async function verifyIdToken(
  token: string,
  keys: JWTVerifyGetKey,
  expected: Expected,
): Promise<JWTPayload> {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    algorithms: ALGORITHMS,
    issuer: expected.issuer,
    audience: expected.clientId,
    clockTolerance: CLOCK_TOLERANCE,
    maxTokenAge: OLDEST_TOKEN,
    currentDate: expected.now,
    requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
  })
  const refuse = (reason: string): never => {
    throw new Error(`ID token refused: ${reason}`)
  }
  const { aud, azp, nonce, sub, at_hash: accessHash } = payload
  if (typeof sub !== 'string' || sub.length === 0 || sub.length > 255) refuse('sub')
  if (!isEqual(nonce, expected.nonce)) refuse('nonce')
  if (azp !== undefined && azp !== expected.clientId) refuse('azp')
  // Another party of the same provider that is among the audience could pass its own token on.
  if (Array.isArray(aud) && (aud.length !== 1 || aud[0] !== expected.clientId)) refuse('aud')
  if (accessHash !== undefined) {
    const bits = /(\d{3})$/.exec(protectedHeader.alg)?.[1] ?? '512'
    const digest = createHash(`sha${bits}`)
      .update(expected.accessToken ?? '')
      .digest()
    if (!isEqual(accessHash, digest.subarray(0, digest.length / 2).toString('base64url'))) refuse('at_hash')
  }
  return payload
}

function isEqual(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
