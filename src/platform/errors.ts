// The closed union of errors: what went wrong.

/** One fault with its place, for example { path: 'roles[2].expectations.security', message: 'expected 0-5, got 7' }. */
export interface Fault {
  path: string
  message: string
}

/** Each kind of error with its oRPC code and HTTP status. */
export const ERRORS = {
  invalid: { code: 'BAD_REQUEST', status: 400 },
  unauthenticated: { code: 'UNAUTHORIZED', status: 401 },
  forbidden: { code: 'FORBIDDEN', status: 403 },
  notFound: { code: 'NOT_FOUND', status: 404 },
  conflict: { code: 'CONFLICT', status: 409 },
  tooLarge: { code: 'PAYLOAD_TOO_LARGE', status: 413 },
  tooMany: { code: 'TOO_MANY_REQUESTS', status: 429 },
  /** The audit could not be written, so it was not done. */
  unrecorded: { code: 'FAILED_DEPENDENCY', status: 424 },
  internal: { code: 'INTERNAL_SERVER_ERROR', status: 500 },
  unavailable: { code: 'SERVICE_UNAVAILABLE', status: 503 },
} as const

export type ErrorKind = keyof typeof ERRORS

/** The one error that Rungs throws on purpose; its message is for people: what was wrong, where, what to do. */
export class RungsError extends Error {
  override readonly name = 'RungsError'
  readonly kind: ErrorKind
  readonly faults: readonly Fault[]

  constructor(
    kind: ErrorKind,
    message: string,
    options: { faults?: readonly Fault[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.kind = kind
    this.faults = options.faults ?? []
  }
}

/** The error for a thing that is not there, or that the actor may not know of: notFound('framework', 'x'). */
export function notFound(what: string, id: string): RungsError {
  return new RungsError('notFound', `There is no ${what} ${JSON.stringify(id)}.`)
}

/** A one-line message for any thrown value. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(messageOf).join('; ')
  }
  return error instanceof Error ? error.message : String(error)
}

/** The code of a system or database error (ENOENT, 28P01 ...), or undefined. */
export function errorCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
