// The files of a published ladder as a test hands them to the importer.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { isReadable } from '../../../src/core/ladders/read-ladder.ts'
import type { LadderFile } from '../../../src/core/ladders/source.ts'

/** All readable files below a folder, named relative to it. */
export function readFolder(folder: string, top = folder): LadderFile[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return readFolder(path, top)
    return isReadable(name) ? [{ path: relative(top, path), bytes: readFileSync(path) }] : []
  })
}
