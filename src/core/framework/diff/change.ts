// One change between two frameworks.
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
