// Puts what the server drew of a page into the built page, with the styles that it needs before anything else is loaded.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { usedRules, type Rule } from './used-rules.ts'

/** What is drawn: the title, undefined where the page's own is not known yet, and the HTML of the root element. */
interface FirstPaint {
  readonly title: string | undefined
  readonly html: string
}

/** Draws a page at `path` in `language`; `fetch` answers reads under /rpc as this server does to who asks for the page. */
export type DrawFirst = (wish: {
  readonly path: string
  readonly language: string
  readonly fetch: (request: Request) => Promise<Response>
}) => Promise<FirstPaint>

/** Light or dark before the first paint, as Mantine chooses it afterwards. */
const COLOURS =
  "try{var c=localStorage.getItem('mantine-color-scheme-value')}catch(e){}" +
  "document.documentElement.setAttribute('data-mantine-color-scheme'," +
  "c==='light'||c==='dark'?c:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light')"

/** Lets in what waits in the page's template once the page is painted; an unseen page is never painted. */
const LATER =
  '(document.hidden?setTimeout:requestAnimationFrame)(function(){setTimeout(function(){' +
  "document.head.append(document.importNode(document.querySelector('template[data-later]').content,true))})})"

/** The scripts inside the page, as a content policy names them. */
export const SCRIPT_HASHES = [COLOURS, LATER]
  .map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`)
  .join(' ')

/** The function built beside the web; undefined where it is not built. `builtAt` tells builds apart. */
export async function findDrawFirst(webFolder: string, builtAt: number): Promise<DrawFirst | undefined> {
  const file = join(webFolder, '../first-paint.js')
  if (!existsSync(file)) return undefined
  const found: unknown = await import(`${pathToFileURL(file).href}?${builtAt}`)
  return (found as { drawFirst: DrawFirst }).drawFirst
}

interface Page {
  /** The built page. */
  readonly html: string
  /** The rules of the style sheets that the built page names. */
  readonly rules: readonly Rule[]
  readonly language: string
  readonly nonce: string
}

const SHEET = /<link rel="stylesheet"[^>]*href="([^"]*)"[^>]*>/g

/** The addresses of a built page's style sheets. */
export function sheetsOf(html: string): string[] {
  return [...html.matchAll(SHEET)].map(([, address]) => address!)
}

/**
 * The built page with the drawing inside. Its style sheets then hold nothing up: they are for the medium "print" until
 * the scripts turn them on, before which the drawing has the rules that it uses. Without a drawing only the language is set.
 */
export function withFirstPaint(page: Page, drawn: FirstPaint | undefined): string {
  const html = page.html.replace('<html lang="en"', `<html lang="${page.language}"`)
  if (drawn === undefined) return html
  const style = `<script>${COLOURS}</script><style nonce="${page.nonce}">${usedRules(page.rules, drawn.html)}</style>`
  const still = html.replace(SHEET, (link) =>
    link.replace('rel="stylesheet"', 'rel="stylesheet" media="print" data-late'),
  )
  return (drawn.title === undefined ? still : withContent(still, drawn.title))
    .replace('</head>', () => `${style}</head>`)
    .replace('<div id="root">', () => `<div id="root" aria-busy="true">${drawn.html}`)
}

const SCRIPTED =
  /<script type="module"[^>]*><\/script>|<link rel="(?:modulepreload|preload|stylesheet)"[^>]*>/g

/** The content is there to be read: what the scripts are and need comes once it is painted, and takes nothing from it. */
function withContent(html: string, title: string): string {
  const scripted = html.match(SCRIPTED) ?? []
  return html
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeText(title)} · Rungs</title>`)
    .replace(SCRIPTED, '')
    .replace('</head>', () => `<template data-later>${scripted.join('')}</template></head>`)
    .replace('</body>', () => `<script>${LATER}</script></body>`)
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
