// The data of the three sentences that a result opens with: where you stand, what carries you, what is nearest.
import type { CompetencyStanding, Opening, RoleReadiness, RoleRef } from './model.ts'
import { LIKELY_FROM, MET_FROM } from './expectation-state.ts'
import { roleKey } from './roles.ts'
import { strengthsOf } from './standing.ts'

const MOST_STRENGTHS = 3

type NextBar = NonNullable<Opening['nearest']>

/**
 * `stands` is the highest bar that is more likely met than not. `nearest` is the bar, not met yet, with the highest
 * readiness among those no lower than today's role (or than the bar that is met), today's role itself left out.
 * Roles without musts have no bar and are neither. `meetsOf` tells which expectations of a role are met already.
 */
export function openingOf(
  competencies: readonly CompetencyStanding[],
  readiness: readonly RoleReadiness[],
  today: RoleRef | null,
  meetsOf: (role: RoleRef) => NextBar['meets'],
): Opening {
  const withBar = readiness.filter(({ bar }) => bar > 0)
  const met = withBar
    .filter((one) => one.readiness >= LIKELY_FROM)
    .toSorted((a, b) => b.bar - a.bar || b.readiness - a.readiness)
  const stands = met[0]
  const own = today === null ? undefined : withBar.find(({ role }) => roleKey(role) === roleKey(today))
  const floor = own?.bar ?? stands?.bar ?? 0
  const ahead = withBar.filter((one) => one.readiness < LIKELY_FROM && one !== own)
  const nearest =
    ahead.filter(({ bar }) => bar >= floor).toSorted(byReadiness)[0] ??
    (own ? undefined : ahead.toSorted(byReadiness)[0])
  return {
    stands: stands
      ? { role: stands.role, readiness: stands.readiness, certain: stands.readiness >= MET_FROM }
      : null,
    carries: strengthsOf(competencies)
      .slice(0, MOST_STRENGTHS)
      .map(({ competency, aboveOwnMean }) => ({ competency, probability: aboveOwnMean })),
    nearest: nearest
      ? {
          role: nearest.role,
          readiness: nearest.readiness,
          heldBackBy: nearest.heldBackBy,
          notKnown: nearest.musts.notKnown,
          meets: meetsOf(nearest.role),
        }
      : null,
  }
}

/** Highest readiness first; equal ones (both may round to nothing) by the lower bar. */
function byReadiness(a: RoleReadiness, b: RoleReadiness): number {
  return b.readiness - a.readiness || a.bar - b.bar
}
