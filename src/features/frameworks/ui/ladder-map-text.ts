// What the ladder map leaves out of the drawing because another line says it: ways back, and the second way of a pair.
import type { Framework, Transition } from '../../../core/framework/model.ts'
import type { LadderLayout, LadderLine } from './ladder-layout.ts'

/** The lines to draw: one of two lateral lines between the same roles, and a return only where no other line joins them. */
export function linesOf(layout: LadderLayout): LadderLine[] {
  const joins = (a: Transition, b: Transition): boolean => a.from === b.to && a.to === b.from
  return layout.lines.filter(({ transition }, index) => {
    if (transition.kind === 'return') return !layout.lines.some((line) => joins(line.transition, transition))
    if (transition.kind !== 'lateral') return true
    return !layout.lines.some(
      (line, other) =>
        other < index && line.transition.kind === 'lateral' && joins(line.transition, transition),
    )
  })
}

/** How two roles' bars differ along a transition: competencies that rise and competencies that are new. */
export function growthOf(
  framework: Framework,
  { from, to }: Pick<Transition, 'from' | 'to'>,
): { raised: number; added: number } {
  const before = framework.roles.find((role) => role.id === from)?.expectations ?? {}
  const after = framework.roles.find((role) => role.id === to)?.expectations ?? {}
  let raised = 0
  let added = 0
  for (const [competency, { level }] of Object.entries(after)) {
    const was = before[competency]
    if (!was) added += 1
    else if (level > was.level) raised += 1
  }
  return { raised, added }
}

interface YearsClaim {
  readonly years: NonNullable<Transition['years']>
  /** Undefined for an estimate of the framework's authors. */
  readonly source: string | undefined
}

/**
 * The total years at which a line is taken, each with who says so: its own sourced ones, else all that sources give for
 * the role it leads to, else the framework's own estimate. Empty for sideways and backward moves without years of their
 * own: a role's years say nothing about them.
 */
export function yearsOf(framework: Framework, line: Transition): YearsClaim[] {
  const own = line.years ? [{ years: line.years, source: line.source }] : []
  if (line.kind !== 'promotion' || (own.length > 0 && line.source)) return own
  const claims = (framework.roles.find((role) => role.id === line.to)?.experience ?? []).map(
    ({ years, source }) => ({ years, source }),
  )
  const sourced = claims.filter(({ source }) => source)
  if (sourced.length > 0) return sourced
  return own.length > 0 ? own : claims.slice(0, 1)
}
