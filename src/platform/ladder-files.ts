// Reads the files of a ladder from disk within bounds: a file, or a folder with all below it; links are not followed.
import { lstat, open, readdir } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { isReadable } from '../core/ladders/read-ladder.ts'
import {
  LADDER_LIMITS,
  type LadderFile,
  type LadderLimits,
  type SourceProblem,
} from '../core/ladders/source.ts'

const SKIPPED_FOLDERS = new Set(['node_modules'])

export interface LadderFiles {
  readonly files: LadderFile[]
  readonly problems: SourceProblem[]
}

/**
 * The readable files at `path`, named relative to it. A file over the limit is not read at all but named in the
 * problems, hidden files and folders are passed over. Throws where `path` is not there.
 */
export async function readLadderFiles(
  path: string,
  limits: LadderLimits = LADDER_LIMITS,
): Promise<LadderFiles> {
  const problems: SourceProblem[] = []
  const files: LadderFile[] = []
  const top = await lstat(path)
  const found = top.isDirectory() ? await listFiles(path, limits) : [path]
  let total = 0
  for (const full of found) {
    const name = top.isDirectory() ? relative(path, full).split(sep).join('/') : basename(full)
    const fault = (message: string) => problems.push({ severity: 'fault', place: { file: name }, message })
    if (!isReadable(name)) {
      if (!top.isDirectory())
        fault(
          'expected a table (csv, tsv, xlsx), a tree (yaml, json) or a document (md, html), got another kind of file',
        )
      continue
    }
    const file = await open(full, 'r')
    try {
      const { size } = await file.stat()
      total += size
      if (size > limits.fileBytes)
        fault(`expected a file of at most ${limits.fileBytes / 1e6} MB, got ${(size / 1e6).toFixed(1)} MB`)
      else if (total > limits.totalBytes || files.length >= limits.files) {
        fault(`expected at most ${limits.files} files of ${limits.totalBytes / 1e6} MB together, got more`)
        break
      } else files.push({ path: name, bytes: await file.readFile() })
    } finally {
      await file.close()
    }
  }
  return { files, problems }
}

/** All files below a folder, in the order of their names. */
async function listFiles(folder: string, limits: LadderLimits): Promise<string[]> {
  const found: string[] = []
  const open = [folder]
  while (open.length > 0 && found.length < limits.files * 10) {
    const next = open.shift()!
    for (const entry of (await readdir(next, { withFileTypes: true })).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      if (entry.name.startsWith('.')) continue
      const full = join(next, entry.name)
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) open.push(full)
      else if (entry.isFile()) found.push(full)
    }
  }
  return found.toSorted((a, b) => (a < b ? -1 : 1))
}
