// The rows of a profile in the order that the reader chose.
import type { CompetencyStanding, Standing } from '../../../core/growth/model.ts'
import type { FrameworkView } from '../../frameworks/ui/use-framework.ts'

export const SORTS = ['area', 'gap', 'strength', 'unknown'] as const
export type Sort = (typeof SORTS)[number]

export interface ProfileRow {
  readonly standing: CompetencyStanding
  /** The level that the chosen bar asks, if it asks this competency. */
  readonly asked: number | undefined
  /** Position at the assessment before, if it was known then. */
  readonly before: number | undefined
}

export interface ProfileGroup {
  /** Area id, or undefined where rows are not grouped. */
  readonly area: string | undefined
  readonly rows: readonly ProfileRow[]
}

/** By area in the framework's order; by gap, what lacks most first; by strength, the highest first; unknown ones first. */
export function profileGroups(
  view: FrameworkView,
  standing: Standing,
  sort: Sort,
  bar: Readonly<Record<string, { readonly level: number }>>,
  before: ReadonlyMap<string, number>,
): ProfileGroup[] {
  const rows = standing.competencies.map((each): ProfileRow => ({
    standing: each,
    asked: bar[each.competency]?.level || undefined,
    before: before.get(each.competency),
  }))
  if (sort === 'area')
    return view.framework.areas
      .map((area) => ({ area: area.id, rows: rows.filter((row) => row.standing.area === area.id) }))
      .filter((group) => group.rows.length > 0)
  const gap = ({ standing: { known, location }, asked }: ProfileRow): number =>
    known && asked !== undefined ? asked - location.level : -Infinity
  const strength = ({ standing: { known, location } }: ProfileRow): number =>
    known ? location.level : -Infinity
  const unknown = ({ standing: { known, location } }: ProfileRow): number => (known ? location.sd : Infinity)
  const key = { gap, strength, unknown }[sort]
  const first = (row: ProfileRow): number => {
    const value = key(row)
    return value === Infinity ? 1e9 : value === -Infinity ? -1e9 : value
  }
  return [{ area: undefined, rows: rows.toSorted((a, b) => first(b) - first(a)) }]
}
