// Where the reference data stands that tests are held to; it is read in place and never copied.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The corpus folder (`RUNGS_CORPUS`, else `shared/corpus` beside the repository), or undefined where it is absent. */
export function corpusPath(): string | undefined {
  const folder = process.env.RUNGS_CORPUS ?? fileURLToPath(new URL('../../shared/corpus', import.meta.url))
  return existsSync(folder) ? folder : undefined
}
