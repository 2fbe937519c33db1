// Lints a framework: what is valid and still not good, each finding with its rule, its place and what to do.
import type { FaultPath } from '../fault.ts'
import type { Framework } from '../model.ts'
import type { Locate } from '../parse.ts'
import { checkBars } from './bars.ts'
import type { Finding, Report } from './finding.ts'
import { checkReach } from './reach.ts'
import { LINT_RULE_IDS } from './rules.ts'
import { checkStatements } from './statements.ts'
import { checkTranslations } from './translations.ts'
import { checkWording } from './wording.ts'

export interface LintOptions {
  /** Rules to leave out, beside those that the framework's own `lint: { off: [...] }` names. */
  readonly off?: readonly string[]
  /** From parseFramework, to give findings their lines. */
  readonly locate?: Locate
}

/** All findings, by place where places are known and else in the order of the rules. */
export function lintFramework(framework: Framework, options: LintOptions = {}): Finding[] {
  const off = new Set([...(framework.lint?.off ?? []), ...(options.off ?? [])])
  const findings: Finding[] = []
  const report: Report = (rule, path, message) => {
    if (off.has(rule)) return
    const place = options.locate?.(path)
    findings.push({ rule, path, message, ...(place ? { place } : {}) })
  }
  for (const check of [checkBars, checkReach, checkStatements, checkWording, checkTranslations])
    check(framework, report)
  const rank = (finding: Finding) => LINT_RULE_IDS.indexOf(finding.rule)
  return findings.toSorted((a, b) => {
    if (!a.place || !b.place) return rank(a) - rank(b)
    return (
      a.place.file.localeCompare(b.place.file) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column ||
      rank(a) - rank(b)
    )
  })
}

/** An id path as people read it: `roles.architect.expectations.security`. */
export const formatIdPath = (path: FaultPath): string => path.join('.')

/** One line for a terminal: `file:line:column rule path: message`. */
export function formatFinding({ rule, path, message, place }: Finding): string {
  const where = place ? `${place.file}:${place.line}:${place.column} ` : ''
  return `${where}${rule} ${formatIdPath(path)}: ${message}`
}
