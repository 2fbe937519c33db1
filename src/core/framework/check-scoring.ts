// Checks what the shape of a scoring model cannot tell: that its ids exist and its levels are on their scales.
import type { Mismatch } from './check-shape.ts'
import { listOf, mapOf, own, type RawMap } from './document.ts'
import type { FaultCode, FaultPath } from './fault.ts'

/** What the framework has, and how a fault is reported. */
export interface ScoringContext {
  /** The highest level of each competency. */
  readonly competencies: ReadonlyMap<string, number>
  readonly roles: ReadonlySet<string>
  readonly behaviours: ReadonlySet<string>
  readonly refer: (
    value: unknown,
    known: ReadonlySet<string>,
    path: FaultPath,
    what: string,
    extra?: Partial<Mismatch>,
  ) => void
  readonly report: (code: FaultCode, path: FaultPath, expected: string, got: string) => void
}

/** All reference faults of a scoring model as written; parts of a wrong shape are passed over. */
export function checkScoring(scoring: unknown, context: ScoringContext): void {
  const { refer, report, roles } = context
  const competencies = new Set(context.competencies.keys())
  const document = mapOf(scoring)

  const checkLevel = (competency: unknown, level: unknown, path: FaultPath) => {
    const top = context.competencies.get(String(competency)) ?? 0
    if (typeof level === 'number' && top > 0 && level > top)
      report('FW022', path, `a level of ${String(competency)}, 1 to ${top}`, `${level}`)
  }
  const checkWeights = (holder: RawMap, path: FaultPath) => {
    for (const id of Object.keys(mapOf(own(holder, 'weights'))))
      refer(id, competencies, [...path, 'weights', id], 'competency', { aim: 'key' })
  }
  const checkBands = (holder: RawMap, path: FaultPath) => {
    for (const [index, entry] of listOf(own(holder, 'bands')).entries()) {
      const band = mapOf(entry)
      const at = [...path, 'bands', index]
      refer(own(band, 'role'), roles, [...at, 'role'], 'role')
      for (const [place, gate] of listOf(own(band, 'gates')).entries()) {
        const { competency, level } = mapOf(gate)
        refer(competency, competencies, [...at, 'gates', place, 'competency'], 'competency')
        checkLevel(competency, level, [...at, 'gates', place, 'level'])
      }
    }
  }

  checkWeights(document, ['scoring'])
  checkBands(document, ['scoring'])
  const sets = new Set<string>()
  for (const [index, entry] of listOf(own(document, 'sets')).entries()) {
    const path = ['scoring', 'sets', index]
    const id = own(mapOf(entry), 'id')
    if (typeof id === 'string' && sets.has(id))
      report('FW021', [...path, 'id'], 'each set id once', `"${id}" again`)
    if (typeof id === 'string') sets.add(id)
    checkWeights(mapOf(entry), path)
    checkBands(mapOf(entry), path)
  }

  for (const [role, list] of Object.entries(mapOf(own(document, 'roles')))) {
    const path = ['scoring', 'roles', role]
    refer(role, roles, path, 'role', { aim: 'key' })
    for (const [index, entry] of listOf(list).entries()) {
      if (typeof entry === 'string') refer(entry, context.behaviours, [...path, index], 'behaviour')
      else checkCondition(mapOf(entry), [...path, index])
      for (const [place, one] of listOf(own(mapOf(entry), 'anyOf')).entries())
        checkCondition(mapOf(one), [...path, index, 'anyOf', place])
    }
  }

  function checkCondition(condition: RawMap, path: FaultPath): void {
    const of = own(condition, 'of')
    for (const [place, id] of listOf(of).entries())
      refer(id, competencies, [...path, 'of', place], 'competency')
    const counted = new Set(of === undefined ? competencies : listOf(of).map(String))
    const k = own(condition, 'k')
    if (typeof k === 'number' && k > counted.size && competencies.size > 0)
      report('FW014', [...path, 'k'], `at most ${counted.size}, the competencies that are counted`, `${k}`)
    const level = own(condition, 'level')
    const top = Math.max(0, ...[...counted].map((id) => context.competencies.get(id) ?? 0))
    if (typeof level === 'number' && top > 0 && level > top)
      report('FW022', [...path, 'level'], `a level of the scale, 1 to ${top}`, `${level}`)
  }
}
