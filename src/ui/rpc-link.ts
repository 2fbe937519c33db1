// The one way to the server: typed procedure calls over the same origin, with errors that screens can tell apart.
import { ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'

/** Thrown where the server gave no answer at all: it has stopped, or the network has. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
}

export const rpcLink = new RPCLink({
  url: () => `${window.location.origin}/rpc`,
  fetch: async (request, init) => {
    let response: Response
    try {
      response = await globalThis.fetch(request, init)
    } catch (error) {
      if (request.signal.aborted) throw error
      throw new NoAnswerError('the server did not answer', { cause: error })
    }
    if ([502, 503, 504].includes(response.status))
      throw new NoAnswerError(`the server answered ${response.status}`)
    return response
  },
})

export type Trouble = 'no-answer' | 'not-found' | 'refused' | 'broken'

/** What kind of trouble an error is, for the screen that tells of it. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof NoAnswerError) return 'no-answer'
  if (!(error instanceof ORPCError)) return 'broken'
  if (error.status === 404) return 'not-found'
  return error.status < 500 ? 'refused' : 'broken'
}
