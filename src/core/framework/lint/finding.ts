// What the linter's rules report.
import type { FaultPath, Place } from '../fault.ts'
import type { LintRule } from './rules.ts'

export interface Finding {
  readonly rule: LintRule
  /** Where, as ids: ['roles', 'architect', 'expectations', 'security'] or ['behaviours', 'sec-3']. */
  readonly path: FaultPath
  readonly message: string
  /** Where in a file; absent when the source text is not at hand. */
  readonly place?: Place
}

/** How a rule says what it found. */
export type Report = (rule: LintRule, path: FaultPath, message: string) => void
