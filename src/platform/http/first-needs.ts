// What a page will ask for first, named in the page itself, so that a browser fetches it while the scripts still load.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The needs of one page: modules of the web by their source file, and reads of the server by procedure and input. */
export interface FirstNeeds {
  readonly modules: readonly string[]
  readonly calls: readonly { readonly procedure: string; readonly input?: unknown }[]
}

/** What a page at `path` needs in the language that the browser asks for ("zh-CN,zh;q=0.9"). */
export type FindNeeds = (path: string, languages: string) => FirstNeeds

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

/** Link elements for what a page needs; modules that the build does not have are left out. */
export function linksOf({ modules, calls }: FirstNeeds, chunks: Readonly<Record<string, Chunk>>): string {
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
