// The version number that a change calls for, in the manner of semantic versioning.
import type { Change } from './change.ts'

/** What people who were measured with the older version must look at: something is gone, moved, or asked differently. */
const MAJOR: ReadonlySet<Change['kind']> = new Set(['removed', 'moved', 'raised', 'lowered'])
const MINOR: ReadonlySet<Change['kind']> = new Set(['added', 'changed'])

/** A number that is not among `taken`: major where something is gone or a bar moves, minor where added, else patch. */
export function suggestVersion(from: string, changes: readonly Change[], taken: readonly string[]): string {
  const [major = 0, minor = 0, patch = 0] = (/^\d+\.\d+\.\d+/.exec(from)?.[0] ?? '0.0.0')
    .split('.')
    .map(Number)
  const step = changes.some(({ kind }) => MAJOR.has(kind))
    ? 0
    : changes.some(({ kind }) => MINOR.has(kind))
      ? 1
      : 2
  for (let by = 1; ; by++) {
    const next = [`${major + by}.0.0`, `${major}.${minor + by}.0`, `${major}.${minor}.${patch + by}`][step]!
    if (!taken.includes(next)) return next
  }
}
