// Where the reference data lies that tests read but the repository does not hold.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { packageRoot } from '../src/platform/package-root.ts'

/** The corpus folder (RUNGS_CORPUS, else ../shared/corpus beside the repository), or undefined where it is absent. */
export function corpusPath(): string | undefined {
  const folder = resolve(packageRoot, process.env['RUNGS_CORPUS'] ?? '../shared/corpus')
  return existsSync(folder) ? folder : undefined
}
