// The mapping as people edit it: one row for each old competency; rows that merge into one are joined again.
import type { CompetencyMapping, Migration } from '../../../core/framework/migrate/migration.ts'
import type { Framework } from '../../../core/framework/model.ts'

export type MappingKind = CompetencyMapping['kind']

export interface MappingRow {
  readonly from: string
  readonly kind: MappingKind
  readonly to: readonly string[]
  readonly levels: Readonly<Record<string, number>>
}

const levelsOf = (framework: Framework, id: string | undefined): number[] =>
  (framework.competencies.find((each) => each.id === id)?.scale ?? framework.scale).levels.map(
    ({ level }) => level,
  )

/** Each level stays what it is, as far as the new scale goes. */
export function sameLevels(
  before: Framework,
  after: Framework,
  from: string,
  to: string | undefined,
): Record<string, number> {
  const highest = Math.max(...levelsOf(after, to))
  return Object.fromEntries(levelsOf(before, from).map((level) => [String(level), Math.min(level, highest)]))
}

/** One row for each competency of a mapping's old version. */
export function rowsOf(mapping: Migration, before: Framework, after: Framework): MappingRow[] {
  return mapping.competencies.flatMap((one): MappingRow[] => {
    const to = one.kind === 'dropped' ? [] : typeof one.to === 'string' ? [one.to] : one.to
    const from = typeof one.from === 'string' ? [one.from] : one.from
    return from.map((id) => ({
      from: id,
      kind: one.kind,
      to,
      levels: 'levels' in one ? one.levels : sameLevels(before, after, id, to[0]),
    }))
  })
}

/** The mapping that rows stand for; a merge of a single competency is a renaming. */
export function mappingOf(rows: readonly MappingRow[], base: Migration): Migration {
  const competencies: CompetencyMapping[] = []
  const merged = new Map<string, string[]>()
  for (const row of rows)
    if (row.kind === 'merged' && row.to[0])
      merged.set(row.to[0], [...(merged.get(row.to[0]) ?? []), row.from])
  for (const { from, kind, to, levels } of rows) {
    const target = to[0]
    if (kind === 'dropped' || target === undefined) competencies.push({ kind: 'dropped', from })
    else if (kind === 'split')
      competencies.push(
        to.length > 1
          ? { kind, from, to: [...to] }
          : { kind: from === target ? 'same' : 'renamed', from, to: target, levels: { ...levels } },
      )
    else if (kind === 'merged') {
      const together = merged.get(target)!
      if (together.length < 2)
        competencies.push({
          kind: from === target ? 'same' : 'renamed',
          from,
          to: target,
          levels: { ...levels },
        })
      else if (together[0] === from) competencies.push({ kind, from: together, to: target })
    } else competencies.push({ kind, from, to: target, levels: { ...levels } })
  }
  return { ...base, competencies }
}
