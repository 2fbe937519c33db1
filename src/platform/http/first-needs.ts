// What a page will ask for first, named in the page itself, so that a browser fetches it while the scripts still load.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The needs of one page: modules of the web by their source file, and reads of the server by procedure and input. */
export interface FirstNeeds {
  /** The language that the page is in, as an HTML tag. */
  readonly language: string
  readonly modules: readonly string[]
  readonly calls: readonly { readonly procedure: string; readonly input?: unknown }[]
}

/** Who asks for a page: its address, and the browser's cookies and languages ("zh-CN,zh;q=0.9") as it sent them. */
interface PageWish {
  readonly url: URL
  readonly cookies: string
  readonly languages: string
}

/** What a page needs in the language of who asks for it. */
export type FindNeeds = (wish: PageWish) => FirstNeeds

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

/** Link elements for what a page needs; modules that the build does not have are left out. */
export function linksOf(
  { modules, calls }: Pick<FirstNeeds, 'modules' | 'calls'>,
  chunks: Readonly<Record<string, Chunk>>,
): string {
  const files = new Map<string, string>()
  const add = (key: string): void => {
    const chunk = chunks[key]
    if (!chunk || files.has(chunk.file)) return
    files.set(chunk.file, `<link rel="modulepreload" crossorigin href="/${chunk.file}">`)
    for (const css of chunk.css ?? [])
      files.set(css, `<link rel="preload" as="style" crossorigin href="/${css}">`)
    for (const each of chunk.imports ?? []) add(each)
  }
  modules.forEach(add)
  const reads = calls.map(({ procedure, input }) => {
    const query = new URLSearchParams({ data: JSON.stringify({ json: input }) })
    return `<link rel="preload" as="fetch" crossorigin href="/rpc/${procedure}?${query}">`
  })
  return [...files.values(), ...reads].join('')
}

/** The build's own list of its files, by source file; empty where there is none. */
export function readChunks(folder: string): Record<string, Chunk> {
  try {
    return JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>
  } catch {
    return {}
  }
}
