// Holds a call with an API key to what the key may do, on top of what its person may.
import type { ErrorMap, Meta } from '@orpc/contract'
import type { ProcedureClientInterceptorOptions } from '@orpc/server'
import type { Context } from '../procedure.ts'
import { accessNeeded, coversAccess } from '../sign-in/scopes.ts'
import { refused } from '../refused.ts'

type Options = ProcedureClientInterceptorOptions<Context, ErrorMap, Meta>

/** Calls of people are left alone. Throws `forbidden` naming the scope that is missing. */
export async function holdKeysToScopes<T>(
  options: Pick<Options, 'path' | 'procedure' | 'context'> & { next: () => Promise<T> },
): Promise<T> {
  const { path, procedure, context, next } = options
  const { scopes } = context.actor
  if (scopes === undefined) return next()
  const method = procedure['~orpc'].route.method ?? 'POST'
  const { feature, access } = accessNeeded(path, method)
  if (coversAccess(scopes, feature, access)) return next()
  throw refused('forbidden', 'key-lacks-scope', { scope: `${feature}:${access}` })
}
