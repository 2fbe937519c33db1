// The hash that names a framework version's content.
import { createHash } from 'node:crypto'
import type { Framework } from '../core/framework/model.ts'

/** SHA-256 in hex of the normalised model as JSON with sorted keys: equal for equal content however it was written. */
export function contentHash(framework: Framework): string {
  return createHash('sha256').update(canonicalJson(framework)).digest('hex')
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
