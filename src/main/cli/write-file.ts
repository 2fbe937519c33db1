// Writes files so that there is the whole new one or the old one, whatever happens in between.
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { BadInput } from './exit.ts'

export interface WriteOptions {
  /** Whether a file that is there may be replaced. */
  readonly replace: boolean
  /** Permissions of a new file; one that is replaced keeps its own. */
  readonly mode?: number
}

/** Written and synced beside the target, then put in its place; throws BadInput, and then nothing was changed. */
export function writeFileWhole(
  file: string,
  content: string | Uint8Array,
  { replace, mode = 0o666 }: WriteOptions,
): void {
  const there = existsSync(file)
  if (there && !replace) throw new BadInput(`${file}: is there already; --force replaces it`)
  let draft: string | undefined
  try {
    const target = there ? realpathSync(file) : file
    const folder = dirname(target)
    draft = join(folder, `.${basename(target)}.${randomUUID()}.tmp`)
    const handle = openSync(draft, 'wx', there ? statSync(target).mode & 0o777 : mode)
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    // A link, unlike a rename, never replaces what came to be there in between.
    if (replace) renameSync(draft, target)
    else {
      linkSync(draft, target)
      rmSync(draft)
    }
    syncFolder(folder)
  } catch (error) {
    if (draft !== undefined) rmSync(draft, { force: true })
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EEXIST') throw new BadInput(`${file}: is there already; --force replaces it`)
    if (code === 'ENOENT') throw new BadInput(`${file}: the folder ${dirname(file)} does not exist`)
    throw new BadInput(`${file}: cannot be written (${code ?? String(error)}); nothing was changed`)
  }
}

/** Without it a crash of the machine could forget the new name. Not every system lets folders be synced. */
function syncFolder(folder: string): void {
  let handle: number | undefined
  try {
    handle = openSync(folder, 'r')
    fsyncSync(handle)
  } catch (error) {
    if (!['EISDIR', 'EINVAL', 'EPERM', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}
