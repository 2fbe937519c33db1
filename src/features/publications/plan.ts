// Decides what publishing a framework would do, from what is stored already; pure, the same for preview and writing.
import type { Framework } from '../../core/framework/model.ts'
import { contentHash } from '../../platform/content-hash.ts'

export interface VersionRef {
  readonly hash: string
  readonly version: string
}

/** What is stored under the framework's id; absent where the id is not there yet. */
export interface StoredFramework {
  readonly builtIn: boolean
  readonly newest: VersionRef & { readonly framework: Framework }
  /** All of them, the newest included. */
  readonly versions: readonly VersionRef[]
}

export interface PublicationPlan {
  readonly outcome: 'unchanged' | 'new-framework' | 'new-version' | 'version-taken' | 'built-in'
  readonly hash: string
  /** The version that has this content already. */
  readonly same: VersionRef | null
}

/** Content that differs from the newest in its version number alone is no change. */
export function planPublication(framework: Framework, stored: StoredFramework | undefined): PublicationPlan {
  const hash = contentHash(framework)
  if (!stored) return { outcome: 'new-framework', hash, same: null }
  const { newest, versions, builtIn } = stored
  const same =
    versions.find((version) => version.hash === hash) ??
    (contentHash({ ...framework, version: newest.version }) === newest.hash ? newest : undefined)
  if (same) return { outcome: 'unchanged', hash, same: { hash: same.hash, version: same.version } }
  if (builtIn) return { outcome: 'built-in', hash, same: null }
  const taken = versions.some(({ version }) => version === framework.version)
  return { outcome: taken ? 'version-taken' : 'new-version', hash, same: null }
}
