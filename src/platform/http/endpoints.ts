// Serves the contracts: typed calls under /rpc, plain HTTP under /api, and its OpenAPI document.
import { OpenAPIGenerator, type OpenAPI } from '@orpc/openapi'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { ORPCError, type AnyRouter } from '@orpc/server'
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/fetch'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { Hono, type Context as HonoContext, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { isConnectionLost } from '../../db/lost-connection.ts'
import { bodyOf, ERRORS, errorCodeOf, RungsError } from '../errors.ts'
import type { Log } from '../log.ts'
import { packageVersion } from '../package-root.ts'
import type { Context } from '../procedure.ts'
import { refused } from '../refused.ts'
import { apiReferencePage } from './api-reference.ts'
import type { watchBulkReads } from './bulk-reads.ts'
import { inputRefused, refuseMalformed, withRefusals } from './input-refused.ts'
import { holdKeysToScopes } from './key-scopes.ts'
import { brokenTextRefused, refuseBrokenText } from './whole-text.ts'
import { TooManyRequests } from './rate-limits.ts'
import { findRequest } from './request-scope.ts'
import type { SecurityVariables } from './security.ts'

const MB = 1024 * 1024
const LARGEST_BODY = 8 * MB
/** A file of 50,000 people with every column that Rungs reads is about half of it. */
const LARGEST_FILE = 24 * MB
const BRINGS_FILE = /^\/(rpc|api)\/people\/import$/

/** The routes of all features over HTTP; `contextOf` is asked once per request, and may refuse it. */
export function endpointRoutes(
  router: AnyRouter,
  contextOf: (request: Request) => Promise<Context>,
  log: Log,
  watch: ReturnType<typeof watchBulkReads>,
): Hono<{ Variables: SecurityVariables }> {
  const translate = translateErrors(log)
  const options = (maxBodySize: number) => ({
    interceptors: [translate, refuseMalformed],
    clientInterceptors: [nameRequest, translate, holdKeysToScopes, refuseBrokenText, watch],
    plugins: [new BodyLimitPlugin<Context>({ maxBodySize })],
  })
  const both = (maxBodySize: number) => ({
    rpc: new RPCHandler(router, options(maxBodySize)),
    api: new OpenAPIHandler(router, options(maxBodySize)),
  })
  const usual = both(LARGEST_BODY)
  const files = both(LARGEST_FILE)
  const document = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })

  let described: Promise<OpenAPI.Document> | undefined
  const describe = () =>
    (described ??= document
      .generate(router, {
        info: { title: 'Rungs', version: packageVersion },
        servers: [{ url: '/api' }],
      })
      .then(withRefusals))

  const serve = (kind: 'rpc' | 'api') => async (c: HonoContext) => {
    const prefix = `/${kind}` as const
    const isFile = BRINGS_FILE.test(c.req.path)
    const larger = tooLarge(c, isFile)
    if (larger) return c.json(kind === 'rpc' ? { json: larger } : larger, 413)
    const handler: Pick<RPCHandler<Context>, 'handle'> = (isFile ? files : usual)[kind]
    const context = await translate({ next: () => contextOf(c.req.raw) }).catch(refusalOf)
    if (context instanceof ORPCError) {
      const body = context.toJSON()
      const { status, cause } = context
      const headers: HeadersInit =
        cause instanceof TooManyRequests ? { 'retry-after': String(cause.retryAfter) } : {}
      return Response.json(prefix === '/rpc' ? { json: body } : body, { status, headers })
    }
    const { matched, response } = await handler.handle(c.req.raw, { prefix, context })
    if (matched) return c.newResponse(response.body, response)
    const nowhere = new RungsError('notFound', `There is no endpoint ${c.req.method} ${c.req.path}.`)
    return c.json(bodyOf(nowhere), 404)
  }
  return new Hono<{ Variables: SecurityVariables }>()
    .use('/rpc/*', keepNowhere, compress())
    .use('/api/*', compress())
    .get('/api/openapi.json', async (c) => c.json(await describe()))
    .get('/api', async (c) => c.html(apiReferencePage(await describe(), c.var.nonce)))
    .get('/api/', (c) => c.redirect('/api'))
    .all('/rpc/*', serve('rpc'))
    .all('/api/*', serve('api'))
}

/** Told before anything of it is read; a body of no stated length is cut off by the handler where it grows too large. */
function tooLarge(c: HonoContext, isFile: boolean) {
  const most = isFile ? LARGEST_FILE : LARGEST_BODY
  if (!(Number(c.req.header('content-length')) > most)) return undefined
  return bodyOf(refused('tooLarge', isFile ? 'file-too-large' : 'too-large', { most: most / MB }))
}

/** For the log and the metrics: people.list and not the path, which holds ids. */
async function nameRequest<T>({
  path,
  next,
}: {
  path: readonly string[]
  next: () => Promise<T>
}): Promise<T> {
  const scope = findRequest()
  if (scope) scope.route = path.join('.')
  return next()
}

/** What people answered is in no browser's cache. */
const keepNowhere: MiddlewareHandler = async (c, next) => {
  await next()
  c.res.headers.set('cache-control', 'no-store')
}

function refusalOf(error: unknown): ORPCError<string, unknown> {
  if (error instanceof ORPCError) return error
  throw error
}

/** A RungsError keeps its kind, message and faults; what nobody expected is logged by name and told to nobody. */
function translateErrors(log: Log) {
  return async <T>({ next }: { next: () => Promise<T> }): Promise<T> => {
    try {
      return await next()
    } catch (error) {
      const input = inputRefused(error)
      if (error instanceof ORPCError && input === undefined) throw error
      const known = isConnectionLost(error)
        ? databaseAway(error, log)
        : (input ?? brokenTextRefused(error) ?? ownerless(error) ?? error)
      if (known instanceof RungsError) {
        const { code, status } = ERRORS[known.kind]
        throw new ORPCError(code, {
          status,
          message: known.message,
          data: known.data,
          cause: known,
        })
      }
      log.error('request failed', {
        ...{ request: findRequest()?.id, route: findRequest()?.route },
        ...{ error: nameOf(error), code: errorCodeOf(error), stack: placesOf(error) },
      })
      const message = 'Rungs failed; the log of the server says where.'
      throw new ORPCError('INTERNAL_SERVER_ERROR', { message, cause: error })
    }
  }
}

/** The database keeps an organisation from being left without anybody who could let people in. */
function ownerless(cause: unknown): RungsError | undefined {
  if (errorCodeOf(cause) !== 'RG001') return undefined
  return refused('conflict', 'last-owner', {}, { cause })
}

function databaseAway(cause: unknown, log: Log): RungsError {
  log.warn('database away', { request: findRequest()?.id, code: errorCodeOf(cause) })
  return refused('unavailable', 'database-away', {}, { cause })
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}

/** The stack without its first line: a message may quote what somebody wrote. */
function placesOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  return error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8)
    .join('\n')
}
