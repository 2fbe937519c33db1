// Who may publish frameworks.
import type { Actor } from '../../platform/actor.ts'

/** The single local user owns every framework but those that come with Rungs. */
export function canPublish(actor: Actor): boolean {
  return actor.kind === 'local'
}
