// A migration: how the competencies, levels, behaviours and roles of one framework version become another's.
import { z } from 'zod'
import type { Competency, Framework } from '../model.ts'

const id = z.string().min(1)

/** Old level to new level of one competency. */
const levelsSchema = z.record(z.string().regex(/^\d{1,2}$/), z.number().int().min(0).max(20))

/**
 * What becomes of a competency. `same` keeps its id, `renamed` gets another, `merged` joins several into one. A
 * `split` or `dropped` competency has no result in the new version: it becomes "not known", the old result is kept.
 */
export const competencyMappingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('same'), from: id, to: id, levels: levelsSchema }),
  z.strictObject({ kind: z.literal('renamed'), from: id, to: id, levels: levelsSchema }),
  z.strictObject({ kind: z.literal('merged'), from: z.array(id).min(2), to: id }),
  z.strictObject({ kind: z.literal('split'), from: id, to: z.array(id).min(2) }),
  z.strictObject({ kind: z.literal('dropped'), from: id }),
])

export const migrationSchema = z.strictObject({
  framework: id,
  from: id,
  to: id,
  competencies: z.array(competencyMappingSchema),
  /** Old behaviour id to the new one that is the same statement; an answer follows only along these. */
  behaviours: z.record(id, id),
  /** Old role id to new role id, null where the role is gone. */
  roles: z.record(id, id.nullable()),
})

export type CompetencyMapping = z.output<typeof competencyMappingSchema>
export type Migration = z.output<typeof migrationSchema>

/** A fault of a migration, with its path in the document. */
export interface MigrationFault {
  readonly path: string
  readonly message: string
}

const listOf = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : value)
export const oldCompetencies = (mapping: CompetencyMapping) => listOf(mapping.from)
export const newCompetencies = (mapping: CompetencyMapping) =>
  mapping.kind === 'dropped' ? [] : listOf(mapping.to)

function levelFaults(
  mapping: CompetencyMapping,
  path: string,
  source: Competency,
  target: Competency,
  before: Framework,
  after: Framework,
): MigrationFault[] {
  if (mapping.kind !== 'same' && mapping.kind !== 'renamed') return []
  const levelsOf = (competency: Competency, framework: Framework) =>
    (competency.scale ?? framework.scale).levels.map(({ level }) => level)
  const highest = Math.max(...levelsOf(target, after))
  const faults: MigrationFault[] = []
  let last = 0
  for (const level of levelsOf(source, before)) {
    const mapped = mapping.levels[String(level)]
    if (mapped === undefined)
      faults.push({ path: `${path}.levels`, message: `expected a new level for level ${level}` })
    else if (mapped > highest)
      faults.push({ path: `${path}.levels.${level}`, message: `expected 0-${highest}, got ${mapped}` })
    else if (mapped < last)
      faults.push({
        path: `${path}.levels.${level}`,
        message: `expected at least ${last}: a higher level cannot become a lower one`,
      })
    else last = mapped
  }
  return faults
}

/** All faults of a migration between two versions: ids that are not there, levels off the scale, things left out. */
export function migrationFaults(migration: Migration, before: Framework, after: Framework): MigrationFault[] {
  const faults: MigrationFault[] = []
  const head = { framework: after.id, from: before.version, to: after.version }
  for (const key of ['framework', 'from', 'to'] as const)
    if (migration[key] !== head[key])
      faults.push({ path: key, message: `expected ${head[key]}, got ${migration[key]}` })
  const oldOnes = new Map(before.competencies.map((competency) => [competency.id, competency]))
  const newOnes = new Map(after.competencies.map((competency) => [competency.id, competency]))
  const mapped = new Map<string, number>()
  const targets = new Map<string, number>()
  for (const [index, mapping] of migration.competencies.entries()) {
    const path = `competencies[${index}]`
    for (const from of oldCompetencies(mapping)) {
      if (!oldOnes.has(from))
        faults.push({
          path: `${path}.from`,
          message: `there is no competency "${from}" in ${before.version}`,
        })
      if (mapped.has(from))
        faults.push({
          path: `${path}.from`,
          message: `"${from}" is mapped twice, first in competencies[${mapped.get(from)}]`,
        })
      mapped.set(from, index)
    }
    for (const to of newCompetencies(mapping)) {
      if (!newOnes.has(to))
        faults.push({ path: `${path}.to`, message: `there is no competency "${to}" in ${after.version}` })
      if (mapping.kind !== 'split') {
        if (targets.has(to))
          faults.push({
            path: `${path}.to`,
            message: `"${to}" already has the result of competencies[${targets.get(to)}]: use one mapping of kind merged`,
          })
        targets.set(to, index)
      }
    }
    const source = oldOnes.get(oldCompetencies(mapping)[0]!)
    const target = newOnes.get(newCompetencies(mapping)[0] ?? '')
    if (source && target) faults.push(...levelFaults(mapping, path, source, target, before, after))
  }
  for (const from of oldOnes.keys()) {
    if (!mapped.has(from))
      faults.push({
        path: 'competencies',
        message: `expected what becomes of "${from}": same, renamed, split, merged or dropped`,
      })
  }
  const homeOf = (framework: Framework) =>
    new Map(
      framework.competencies.flatMap((competency) =>
        competency.behaviours.map((behaviour) => [behaviour.id, competency.id]),
      ),
    )
  const oldHome = homeOf(before)
  const newHome = homeOf(after)
  const taken = new Set<string>()
  for (const [from, to] of Object.entries(migration.behaviours)) {
    const path = `behaviours.${from}`
    if (!oldHome.has(from))
      faults.push({ path, message: `there is no behaviour "${from}" in ${before.version}` })
    if (!newHome.has(to)) faults.push({ path, message: `there is no behaviour "${to}" in ${after.version}` })
    if (taken.has(to))
      faults.push({ path, message: `"${to}" already takes the answers of another behaviour` })
    taken.add(to)
  }
  for (const role of before.roles) {
    if (!(role.id in migration.roles))
      faults.push({
        path: 'roles',
        message: `expected what becomes of the role "${role.id}" (null where it is gone)`,
      })
  }
  for (const [from, to] of Object.entries(migration.roles)) {
    if (!before.roles.some((role) => role.id === from))
      faults.push({ path: `roles.${from}`, message: `there is no role "${from}" in ${before.version}` })
    if (to !== null && !after.roles.some((role) => role.id === to))
      faults.push({ path: `roles.${from}`, message: `there is no role "${to}" in ${after.version}` })
  }
  return faults
}
