// Two roles side by side: what differs, what is new and what carries over, in expectations and in duties.
import type { Duty, Framework } from '../framework/model.ts'
import type { RoleCompare } from './compare-model.ts'
import { dutiesOf, expectationsOf, type BarExpectation, type RoleChoice } from './roles.ts'

type Change = RoleCompare['expectations'][number]['change']

/** How b differs from a. `stricter` and `looser` are a should that becomes a must, and back, at the same level. */
export function compareRoles(framework: Framework, a: RoleChoice, b: RoleChoice): RoleCompare {
  const inA = new Map(
    expectationsOf(framework, a).map((expectation) => [expectation.competency, expectation]),
  )
  const inB = new Map(
    expectationsOf(framework, b).map((expectation) => [expectation.competency, expectation]),
  )
  const expectations = framework.competencies
    .filter(({ id }) => inA.has(id) || inB.has(id))
    .map(({ id, area }) => {
      const before = inA.get(id)
      const after = inB.get(id)
      return {
        competency: id,
        area,
        a: before ? { level: before.level, kind: before.kind } : null,
        b: after ? { level: after.level, kind: after.kind } : null,
        change: changeBetween(before, after),
        difference: (after?.level ?? 0) - (before?.level ?? 0),
      }
    })
  const count = (...changes: Change[]) => expectations.filter(({ change }) => changes.includes(change)).length
  return {
    a: a.ref,
    b: b.ref,
    expectations,
    duties: compareDuties(dutiesOf(a), dutiesOf(b), inA, inB),
    counts: {
      same: count('same'),
      new: count('new'),
      changed: count('raised', 'lowered', 'stricter', 'looser'),
      dropped: count('dropped'),
    },
  }
}

function changeBetween(before: BarExpectation | undefined, after: BarExpectation | undefined): Change {
  if (!before) return 'new'
  if (!after) return 'dropped'
  if (after.level !== before.level) return after.level > before.level ? 'raised' : 'lowered'
  if (after.kind === before.kind) return 'same'
  return after.kind === 'must' ? 'stricter' : 'looser'
}

/** Duties by id: those of both and of b in b's order, then those that only a has. */
function compareDuties(
  ofA: readonly Duty[],
  ofB: readonly Duty[],
  inA: ReadonlyMap<string, BarExpectation>,
  inB: ReadonlyMap<string, BarExpectation>,
): RoleCompare['duties'] {
  const idsOfA = new Set(ofA.map(({ id }) => id))
  const idsOfB = new Set(ofB.map(({ id }) => id))
  const carries = (competency: string) =>
    (inA.get(competency)?.level ?? 0) >= Math.max(1, inB.get(competency)?.level ?? 1)
  const row = (duty: Duty, where: 'a' | 'b' | 'both') => ({
    duty: duty.id,
    title: duty.title,
    in: where,
    competencies: duty.competencies,
    carried: where === 'b' ? duty.competencies.filter(carries) : [],
    source: duty.source ?? null,
  })
  return [
    ...ofB.map((duty) => row(duty, idsOfA.has(duty.id) ? 'both' : 'b')),
    ...ofA.filter(({ id }) => !idsOfB.has(id)).map((duty) => row(duty, 'a')),
  ]
}
