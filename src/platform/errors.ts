// The closed union of errors: what went wrong, as an HTTP status for the server and an exit code for the terminal.

/** One fault with its place, for example { path: 'roles[2].expectations.security', message: 'expected 0-5, got 7' }. */
export interface Fault {
  path: string
  message: string
}

/** Each kind of error with its oRPC code and HTTP status, and the exit code of the terminal. */
export const ERRORS = {
  invalid: { code: 'BAD_REQUEST', status: 400, exit: 2 },
  unauthenticated: { code: 'UNAUTHORIZED', status: 401, exit: 2 },
  forbidden: { code: 'FORBIDDEN', status: 403, exit: 2 },
  notFound: { code: 'NOT_FOUND', status: 404, exit: 2 },
  conflict: { code: 'CONFLICT', status: 409, exit: 2 },
  tooLarge: { code: 'PAYLOAD_TOO_LARGE', status: 413, exit: 2 },
  internal: { code: 'INTERNAL_SERVER_ERROR', status: 500, exit: 3 },
  unavailable: { code: 'SERVICE_UNAVAILABLE', status: 503, exit: 3 },
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

/** The exit code of the terminal for any thrown value: 2 for bad usage or input, 3 for a failure of Rungs itself. */
export function exitCodeOf(error: unknown): number {
  return error instanceof RungsError ? ERRORS[error.kind].exit : ERRORS.internal.exit
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
