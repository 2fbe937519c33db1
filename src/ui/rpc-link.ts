// The one way to the server: typed procedure calls over the same origin, with errors that screens can tell apart.
import { ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'

/** Thrown where the server gave no answer at all: it has stopped, or the network has. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
}

/** Reads that a page asks for first: by GET, so that the page can name them before any script runs. */
const FIRST_READS: ReadonlySet<string> = new Set([
  'frameworks/get',
  'assessments/list',
  'standings/current',
  'standings/get',
  'standings/changes',
])

export const rpcLink = new RPCLink({
  method: (_options, path) => (FIRST_READS.has(path.join('/')) ? 'GET' : 'POST'),
  url: () => `${window.location.origin}/rpc`,
  fetch: async (request, init) => {
    let response: Response
    try {
      response = await globalThis.fetch(request, init)
    } catch (error) {
      if (request.signal.aborted) throw error
      throw new NoAnswerError('the server did not answer', { cause: error })
    }
    if (response.status === 401) toSignIn()
    if ([502, 503, 504].includes(response.status))
      throw new NoAnswerError(`the server answered ${response.status}`)
    return response
  },
})

/** Pages that are there for who is not signed in. */
const OPEN_PAGES = /^\/(sign-in|invitation|set-up)(\/|$)/

/** Nobody is signed in, or not any more: the sign-in page leads back to where one was. */
function toSignIn(): void {
  const { pathname, search } = window.location
  if (OPEN_PAGES.test(pathname)) return
  window.location.replace(`/sign-in?${new URLSearchParams({ to: pathname + search })}`)
}

export type Trouble = 'no-answer' | 'not-found' | 'refused' | 'broken'

/** What kind of trouble an error is, for the screen that tells of it. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof NoAnswerError) return 'no-answer'
  if (!(error instanceof ORPCError)) return 'broken'
  if (error.status === 404) return 'not-found'
  return error.status < 500 ? 'refused' : 'broken'
}
