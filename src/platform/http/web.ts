// Serves the built web: hashed files for ever, the page itself fresh each time with its nonce.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import type { Log } from '../log.ts'
import { type FindNeeds, linksOf, readChunks } from './first-needs.ts'
import { findDrawFirst, sheetsOf, withFirstPaint, type DrawFirst } from './first-paint.ts'
import { NONCE_PLACEHOLDER } from './nonce.ts'
import type { SecurityVariables } from './security.ts'
import { rulesOf, type Rule } from './used-rules.ts'

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rungs</title>
<h1>Rungs runs, but its web is not built</h1>
<p>Stop it and run <code>npm start</code> in its folder. The API answers under <a href="/api/about">/api/about</a>.</p>
`

interface WebOptions {
  /** Where the web is built. */
  readonly folder: string
  readonly findNeeds: FindNeeds
  /** The whole application, which the drawing of a page reads from as the browser would. */
  readonly answer: (request: Request) => Response | Promise<Response>
  readonly log: Log
}

type PageContext = Context<{ Variables: SecurityVariables }>

/** The built web as it stands in its folder. */
interface Built {
  readonly at: number
  readonly html: string
  readonly chunks: ReturnType<typeof readChunks>
  readonly rules: readonly Rule[]
  readonly draw: DrawFirst | undefined
}

async function readBuilt(folder: string, at: number): Promise<Built> {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  return {
    at,
    html,
    chunks: readChunks(folder),
    rules: sheetsOf(html).flatMap((file) => rulesOf(readFileSync(join(folder, file), 'utf8'))),
    draw: await findDrawFirst(folder, at),
  }
}

/** GET of any path without a file is the page, drawn as far as it can be before scripts: its router does the rest. */
export function webRoutes(options: WebOptions): Hono<{ Variables: SecurityVariables }> {
  const { folder, findNeeds, log } = options
  const routes = new Hono<{ Variables: SecurityVariables }>()
  const page = join(folder, 'index.html')
  if (!existsSync(page)) return routes.get('*', (c) => c.html(NOT_BUILT))
  let built: Built | undefined

  const servePage = async (c: PageContext) => {
    // A build under a running server renames the files that the page names: the page must follow.
    const at = statSync(page, { throwIfNoEntry: false })?.mtimeMs ?? built?.at ?? 0
    if (built?.at !== at) built = await readBuilt(folder, at)
    const { html, rules, chunks, draw } = built
    const needs = findNeeds({
      url: new URL(c.req.url),
      cookies: c.req.header('cookie') ?? '',
      languages: c.req.header('accept-language') ?? '',
    })
    const { nonce } = c.var
    const whole = html
      .replaceAll(NONCE_PLACEHOLDER, nonce)
      .replace('</head>', () => `${linksOf(needs, chunks)}</head>`)
    const wish = {
      path: c.req.path,
      language: needs.language,
      fetch: async (request: Request) => options.answer(askedBy(c.req.raw.headers, request)),
    }
    const drawn = await draw?.(wish).catch((error: unknown) => {
      log.warn('page not drawn', { error: error instanceof Error ? error.name : typeof error })
      return undefined
    })
    // What people answered is drawn in it, and is in no browser's cache.
    c.header('cache-control', 'no-store')
    c.header('vary', 'Accept-Language, Cookie')
    return c.html(withFirstPaint({ html: whole, rules, language: needs.language, nonce }, drawn))
  }

  return routes
    .get('/index.html', (c) => c.redirect('/'))
    .get('/', compress(), servePage)
    .use('/assets/*', keepForEver)
    .use(serveStatic({ root: folder, precompressed: true }))
    .get('/assets/*', (c) => c.text('There is no such file.\n', 404))
    .get('*', compress(), servePage)
}

/** A read in the name of who asked for the page: with their cookies, to the same host. */
function askedBy(headers: Headers, { url, method, body }: Request): Request {
  const own = new Headers()
  for (const name of ['host', 'cookie', 'x-forwarded-proto', 'x-forwarded-for'])
    if (headers.has(name)) own.set(name, headers.get(name)!)
  if (body !== null) own.set('content-type', 'application/json')
  return new Request(url, { method, headers: own, body, duplex: 'half' } as RequestInit)
}

/** A hashed file's name changes with its content. */
const keepForEver: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.res.ok) c.res.headers.set('cache-control', 'public, max-age=31536000, immutable')
}
