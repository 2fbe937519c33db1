// Event streams over HTTP: what a stream throws on purpose reaches its reader as the same error as a call's.
import { ORPCError } from '@orpc/server'
import { ERRORS, RungsError } from './errors.ts'

/** The same events; a RungsError among them keeps its kind, message and faults on the way to the reader. */
export async function* eventStream<T>(events: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  try {
    yield* events
  } catch (error) {
    if (!(error instanceof RungsError)) throw error
    const { code, status } = ERRORS[error.kind]
    throw new ORPCError(code, { status, message: error.message, data: error.data, cause: error })
  }
}
