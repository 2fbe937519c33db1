// The closed union of errors: what went wrong.
import type { RefusalCode, RefusalValues } from '../core/refusals/words-en.ts'

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
  /** For screens, which say it in their language; undefined for what only operators and the log are told. */
  readonly refusal: { readonly code: RefusalCode; readonly values: RefusalValues } | undefined

  constructor(
    kind: ErrorKind,
    message: string,
    options: { faults?: readonly Fault[]; cause?: unknown; refusal?: RungsError['refusal'] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.kind = kind
    this.faults = options.faults ?? []
    this.refusal = options.refusal
  }

  /** What goes over HTTP beside code, status and message. */
  get data(): { faults: readonly Fault[]; refusal?: string; values?: RefusalValues } {
    const { faults, refusal } = this
    return refusal === undefined ? { faults } : { faults, refusal: refusal.code, values: refusal.values }
  }
}

/** The body of an answer that refuses, in the shape of oRPC's own. */
export function bodyOf(error: RungsError) {
  return { defined: false, ...ERRORS[error.kind], message: error.message, data: error.data }
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
