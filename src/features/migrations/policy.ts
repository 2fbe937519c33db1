// Who may move assessments from one framework version to another.
import { editsFrameworks, type Actor } from '../../platform/actor.ts'

export interface MigrationRights {
  apply: boolean
  undo: boolean
}

/** Framework editors and owners move what was made with the frameworks; they read nothing of it by that. */
export function migrationRights(actor: Actor): MigrationRights {
  const edits = editsFrameworks(actor)
  return { apply: edits, undo: edits }
}
