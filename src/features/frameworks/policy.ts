// Who may do what with frameworks.
import { editsFrameworks, type Actor } from '../../platform/actor.ts'

export interface FrameworkRights {
  assess: boolean
  publish: boolean
  migrate: boolean
}

/** Everybody in an organisation reads its frameworks, so that nobody is measured against what they cannot see. */
export function readableOrganisation(actor: Actor): string {
  return actor.organisation
}

/**
 * Whoever reads a framework may assess themselves against it. One that comes with Rungs gets its versions with Rungs;
 * assessments may be moved between the versions of any.
 */
export function frameworkRights(actor: Actor, builtIn: boolean): FrameworkRights {
  const edits = editsFrameworks(actor)
  return { assess: actor.kind !== 'system', publish: edits && !builtIn, migrate: edits }
}
