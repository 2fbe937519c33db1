// What changed between two frameworks, as statements about roles, competencies and bars rather than about lines.
import type { Framework } from '../model.ts'
import { diffCompetencies } from './competencies.ts'
import { Comparison } from './comparison.ts'
import { diffRoles } from './roles.ts'

export type ChangeKind =
  | 'added'
  | 'removed'
  | 'renamed'
  | 'reworded'
  | 'moved'
  | 'raised'
  | 'lowered'
  | 'changed'
  | 'reordered'

export type ChangeSection =
  | 'Framework'
  | 'Roles'
  | 'Competencies'
  | 'Behaviours'
  | 'Transitions'
  | 'Org rules'

export interface Change {
  readonly kind: ChangeKind
  readonly section: ChangeSection
  /** Where, as ids, in the framework that has it: the newer one, or the older for what was removed. */
  readonly path: readonly string[]
  /** One sentence without a full stop: `Architect now asks Security 4, was 3`. */
  readonly message: string
  readonly before?: unknown
  readonly after?: unknown
}

/** All changes from `before` to `after`; empty exactly when the two are equal. Titles are shown in `language`. */
export function diffFrameworks(
  before: Framework,
  after: Framework,
  options: { language?: string } = {},
): Change[] {
  const comparison = new Comparison(before, after, options.language ?? 'en')
  diffFramework(before, after, comparison)
  diffRoles(before, after, comparison)
  diffCompetencies(before, after, comparison)
  diffTransitions(before, after, comparison)
  comparison.entries('Org rules', ['orgRules'], 'Org rule', before.orgRules, after.orgRules)
  return comparison.changes
}

const LISTS = [
  'sources',
  'tracks',
  'gradeSchemes',
  'areas',
  'competencies',
  'roles',
  'transitions',
  'orgRules',
  'scale',
]

function diffFramework(before: Framework, after: Framework, comparison: Comparison): void {
  comparison.fields('Framework', [], 'The framework', before, after, LISTS)
  comparison.scale([], 'The scale', before.scale, after.scale)
  comparison.entries('Framework', ['sources'], 'Source', before.sources, after.sources)
  comparison.entries('Framework', ['tracks'], 'Track', before.tracks, after.tracks)
  comparison.entries('Framework', ['gradeSchemes'], 'Grade scheme', before.gradeSchemes, after.gradeSchemes)
  comparison.entries('Framework', ['areas'], 'Area', before.areas, after.areas)
}

function diffTransitions(before: Framework, after: Framework, comparison: Comparison): void {
  const keyed = (framework: Framework) =>
    framework.transitions.map((transition) => ({
      ...transition,
      id: `${transition.from}>${transition.to}`,
      title: `${comparison.roleTitle(transition.from)} → ${comparison.roleTitle(transition.to)}`,
    }))
  comparison.entries('Transitions', ['transitions'], 'Transition', keyed(before), keyed(after))
}
