// Who may move assessments from one framework version to another.
import type { Actor } from '../../platform/actor.ts'

export interface MigrationRights {
  apply: boolean
  undo: boolean
}

/** The single local user keeps the frameworks and moves what was made with them. */
export function migrationRights(actor: Actor): MigrationRights {
  const keeps = actor.kind === 'local'
  return { apply: keeps, undo: keeps }
}
