// Finds the folder of the installed package, the same from the sources as from the built files.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function findRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) throw new Error('package.json of Rungs not found above the running file')
  }
}

/** The absolute path of the folder that holds package.json, frameworks/ and dist/. */
export const packageRoot = findRoot()

/** The version of Rungs, from package.json. */
export const packageVersion = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version
