// Who may do what with frameworks.
import type { Actor } from '../../platform/actor.ts'

export interface FrameworkRights {
  assess: boolean
}

/** Everybody in an organisation reads its frameworks, so that nobody is measured against what they cannot see. */
export function readableOrganisation(actor: Actor): string {
  return actor.organisation
}

/** Whoever reads a framework may assess themselves against it. */
export function frameworkRights(actor: Actor): FrameworkRights {
  return { assess: actor.kind === 'local' }
}
