// The web's way to signing in: small calls, each with an answer or a code that the screens have words for.

export interface Ways {
  /** False on an instance for one person: there is nothing to sign in to. */
  accounts: boolean
  /** What the identity provider is called; null without one. */
  oidc: string | null
}

export interface OwnAccount {
  name: string
  email: string
  /** The id of this session. */
  session: string
  hasPassword: boolean
  hasSecondFactor: boolean
  oidc: { name: string; linked: boolean } | null
}

export interface Places {
  places: { organisation: string; name: string | null }[]
  /** The one that this browser works in. */
  chosen: string | null
}

export interface Session {
  id: string
  token: string
  createdAt: string
  ipAddress: string | null
  userAgent: string | null
}

export interface Passkey {
  id: string
  name: string | null
  createdAt: string | null
}

export interface ApiKey {
  id: string
  name: string | null
  start: string | null
  expiresAt: string | null
  permissions: Record<string, string[]> | null
}

export interface LinkPlace {
  kind: 'invitation' | 'owner'
  organisationName: string | null
  personName: string | null
  email: string | null
}

/** What was refused: a code of accountTrouble, and after how many seconds it may be tried again. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly code: string
  readonly status: number
  readonly retryAfterSeconds: number
  constructor(code: string, status: number, retryAfterSeconds: number) {
    super(code)
    this.code = code
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** POST where there is a body, else GET. Throws a RefusedError. */
export async function askSignIn<T>(path: string, body?: object): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/sign-in-api/${path}`, {
      cache: 'no-store',
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
  } catch {
    throw new RefusedError('offline', 0, 0)
  }
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as T
  const { code, retryAfterSeconds } = (answer ?? {}) as { code?: string; retryAfterSeconds?: number }
  const otherwise = response.status === 429 ? 'TOO_MANY_REQUESTS' : 'other'
  throw new RefusedError(code ?? otherwise, response.status, retryAfterSeconds ?? 60)
}

/** Leaves for the identity provider; comes back to `to`, or to `from` with an error. */
export async function leaveForProvider(
  path: 'sign-in/social' | 'link-social',
  to: string,
  from: string,
  linkToken?: string,
) {
  const { url } = await askSignIn<{ url: string }>(path, {
    provider: 'oidc',
    callbackURL: to,
    errorCallbackURL: from,
    ...(linkToken === undefined ? {} : { additionalData: { linkToken } }),
  })
  window.location.assign(url)
}

/** Asks the browser for a passkey and signs in with it. */
export async function signInWithPasskey(): Promise<void> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const optionsJSON = await askSignIn<never>('passkey/generate-authenticate-options')
  const response = await startAuthentication({ optionsJSON }).catch(cancelled)
  await askSignIn('passkey/verify-authentication', { response })
}

export async function addPasskey(name: string): Promise<void> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const optionsJSON = await askSignIn<never>('passkey/generate-register-options')
  const response = await startRegistration({ optionsJSON }).catch(cancelled)
  await askSignIn('passkey/verify-registration', { response, name })
}

function cancelled(): never {
  throw new RefusedError('AUTH_CANCELLED', 0, 0)
}

/** The place to go to after signing in, of this site alone. */
export function placeAfter(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? '/'
  return to.startsWith('/') && !to.startsWith('//') && !to.startsWith('/\\') ? to : '/'
}
