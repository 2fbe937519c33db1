// Reads framework files from disk: within one folder, within size limits, as clean UTF-8.
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

import type { Load, Loaded } from '../core/framework/parse.ts'
import { packageRoot } from './package-root.ts'

/** Bytes above which a file is not even read; the parser's own limit counts characters. */
const MOST_BYTES = 12_000_000
const ENDINGS = ['.yaml', '.yml', '.json']

export interface FrameworkSource {
  readonly file: string
  readonly text: string
  /** Resolves `extends` and translation files, inside of the folder that the file stands in. */
  readonly load: Load
}

/** A built-in id, a file or a folder with a `framework.yaml` -> its text and its loader, or why it cannot be read. */
export function readFrameworkSource(argument: string): FrameworkSource | { readonly problem: string } {
  const builtIn = findBuiltIn(argument)
  if (builtIn !== undefined && !existsSync(argument)) return withLoad(readText(builtIn), dirname(builtIn))
  const path = resolve(argument)
  const kind = statSync(path, { throwIfNoEntry: false })
  if (kind === undefined)
    return { problem: `no such file, folder or built-in framework (built in: ${listBuiltIns().join(', ')})` }
  if (!kind.isDirectory()) return withLoad(readText(path), dirname(path))
  const main = ENDINGS.map((ending) => join(path, `framework${ending}`)).find((file) => existsSync(file))
  if (main === undefined)
    return { problem: 'the folder has no framework.yaml, framework.yml or framework.json' }
  return withLoad(readWithin(path, main), path)
}

/** For a text from elsewhere (standard input): references are looked up in `folder`. */
export function loadWithin(folder: string): Load {
  return (reference, from) => {
    const isPath = /[/\\]/.test(reference) || ENDINGS.some((ending) => reference.endsWith(ending))
    if (!isPath) {
      const builtIn = findBuiltIn(reference)
      if (builtIn === undefined)
        return {
          problem: `no built-in framework has this id (built in: ${listBuiltIns().join(', ')}); a file is written ./name.yaml`,
        }
      return readText(builtIn)
    }
    if (isAbsolute(reference))
      return { problem: 'an absolute path; only files inside of the folder can be used' }
    const fromPath = resolve(from)
    const base = existsSync(fromPath) ? dirname(fromPath) : folder
    // A built-in framework refers to its neighbours, wherever the one that extends it stands.
    const root = isInside(base, builtInFolder()) ? builtInFolder() : folder
    return readWithin(root, resolve(base, reference))
  }
}

function withLoad(loaded: Loaded, folder: string): FrameworkSource | { problem: string } {
  return 'problem' in loaded ? loaded : { ...loaded, load: loadWithin(folder) }
}

/** The text of a file whose real path, symbolic links followed, is inside of `root`. */
function readWithin(root: string, path: string): Loaded {
  try {
    if (!isInside(path, root) || !isInside(realpathSync(path), realpathSync(root)))
      return { problem: 'a path outside of the folder' }
  } catch (error) {
    return { problem: systemProblem(error) }
  }
  return readText(path)
}

function isInside(path: string, folder: string): boolean {
  const from = relative(folder, path)
  return from === '' || (from !== '..' && !from.startsWith(`..${sep}`) && !isAbsolute(from))
}

function readText(path: string): Loaded {
  try {
    const kind = statSync(path)
    if (!kind.isFile()) return { problem: 'not an ordinary file' }
    if (kind.size > MOST_BYTES) return { problem: `${kind.size} bytes; at most ${MOST_BYTES} are read` }
    const decoded = decodeText(readFileSync(path))
    if ('problem' in decoded) return decoded
    const shown = relative(process.cwd(), realpathSync(path))
    return { file: shown.startsWith('..') ? realpathSync(path) : shown, text: decoded.text }
  } catch (error) {
    return { problem: systemProblem(error) }
  }
}

/** UTF-8 bytes (a byte order mark is dropped) -> text, or which other encoding they seem to be in. */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly problem: string } {
  if (bytes.length > MOST_BYTES) return { problem: `more than ${MOST_BYTES} bytes` }
  const [first, second] = bytes
  const utf16 =
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    (bytes.length > 3 && (first === 0) !== (second === 0))
  if (utf16) return { problem: 'encoded as UTF-16 (or UTF-32); save it as UTF-8' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    const offset = firstInvalidByte(bytes)
    const line = bytes.subarray(0, offset).reduce((count, byte) => count + (byte === 10 ? 1 : 0), 1)
    return { problem: `not valid UTF-8 at byte ${offset}, line ${line}; save it as UTF-8` }
  }
}

function firstInvalidByte(bytes: Uint8Array): number {
  let [low, high] = [0, bytes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle + 1), { stream: true })
      low = middle + 1
    } catch {
      high = middle
    }
  }
  return sequenceStart(bytes, low)
}

/** A character that is cut short shows only at the byte after it: go back to its first byte. */
function sequenceStart(bytes: Uint8Array, end: number): number {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end))
    return end
  } catch {
    let start = end - 1
    while (start > 0 && (bytes[start]! & 0xc0) === 0x80) start--
    return start
  }
}

function systemProblem(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return 'no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it'
  if (code === 'ELOOP') return 'symbolic links that lead in a circle'
  return code ?? String(error)
}

/** The folder of the built-in frameworks, beside the package's own package.json. */
export const builtInFolder = (): string => join(packageRoot, 'frameworks')

/** Ids of the built-in frameworks; a translation beside one (`name.zh-Hans.yaml`) is not one itself. */
export function listBuiltIns(): string[] {
  return BUILT_INS.filter((id) => existsSync(join(builtInFolder(), `${id}.yaml`)))
}

const BUILT_INS: readonly string[] = ['coder-to-cto', 'data-engineering']

function findBuiltIn(id: string): string | undefined {
  return BUILT_INS.includes(id) ? join(builtInFolder(), `${basename(id)}.yaml`) : undefined
}
