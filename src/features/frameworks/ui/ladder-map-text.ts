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

/** Who says a line's years: its own source, else the source that gives the same years for the role it leads to. */
export function yearsSource(framework: Framework, { to, years, source }: Transition): string | undefined {
  if (source) return source
  return framework.roles
    .find((role) => role.id === to)
    ?.experience.find((each) => each.source && each.years.min === years?.min && each.years.max === years?.max)
    ?.source
}
