// Serves the built web: hashed files for ever, the page itself fresh each time with its nonce.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { type FindNeeds, linksOf, readChunks } from './first-needs.ts'
import { NONCE_PLACEHOLDER } from './nonce.ts'
import type { SecurityVariables } from './security.ts'

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rungs</title>
<h1>Rungs runs, but its web is not built</h1>
<p>Stop it and run <code>npm start</code> in its folder. The API answers under <a href="/api/about">/api/about</a>.</p>
`

/** GET of any path without a file is the page: its router knows what to show. */
export function webRoutes(folder: string, findNeeds: FindNeeds): Hono<{ Variables: SecurityVariables }> {
  const routes = new Hono<{ Variables: SecurityVariables }>()
  const page = join(folder, 'index.html')
  if (!existsSync(page)) return routes.get('*', (c) => c.html(NOT_BUILT))
  let html = ''
  let chunks = readChunks(folder)
  let readAt = 0

  const servePage = (c: Context<{ Variables: SecurityVariables }>) => {
    // A build under a running server renames the files that the page names: the page must follow.
    const built = statSync(page, { throwIfNoEntry: false })
    if (built && built.mtimeMs !== readAt) {
      ;[html, readAt] = [readFileSync(page, 'utf8'), built.mtimeMs]
      chunks = readChunks(folder)
    }
    const links = linksOf(findNeeds(c.req.path, c.req.header('accept-language') ?? ''), chunks)
    c.header('cache-control', 'no-cache')
    return c.html(html.replaceAll(NONCE_PLACEHOLDER, c.var.nonce).replace('</head>', () => `${links}</head>`))
  }

  return routes
    .get('/index.html', (c) => c.redirect('/'))
    .get('/', servePage)
    .use('/assets/*', keepForEver)
    .use(serveStatic({ root: folder, precompressed: true }))
    .get('/assets/*', (c) => c.text('There is no such file.\n', 404))
    .get('*', servePage)
}

/** A hashed file's name changes with its content. */
const keepForEver: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.res.ok) c.res.headers.set('cache-control', 'public, max-age=31536000, immutable')
}
