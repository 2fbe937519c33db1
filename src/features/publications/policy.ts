// Who may publish frameworks.
import { editsFrameworks, type Actor } from '../../platform/actor.ts'

/** Framework editors and owners publish every framework but those that come with Rungs. */
export function canPublish(actor: Actor): boolean {
  return editsFrameworks(actor)
}
