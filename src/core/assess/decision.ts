// Deciding which side of a bar a person is on; "cannot tell" is an outcome.
import type { RoleBars } from './goal.ts'
import { getEstimate, probabilityAtLeast, type Bar, type Profile } from './profile.ts'
import { barLocation } from './instrument.ts'

export type Decision = 'above' | 'below' | 'cannot tell'

/** Posterior mass, 0.5-1, that must lie on one side of a bar before it counts as decided. */
export const SURE = 0.9

export interface BarDecision extends Bar {
  /** Posterior probability of being at the bar or above, 0-1. */
  readonly probability: number
  readonly decision: Decision
}

/** The side on which at least `sure` (0.5-1) of the posterior lies. */
export function decide(probability: number, sure: number = SURE): Decision {
  if (probability >= sure) return 'above'
  return 1 - probability >= sure ? 'below' : 'cannot tell'
}

/** Each bar with its probability and decision, in the order given. */
export function decideBars(profile: Profile, bars: readonly Bar[], sure: number = SURE): BarDecision[] {
  return bars.map(({ competency, level }) => {
    const probability = probabilityAtLeast(profile, competency, level)
    return { competency, level, probability, decision: decide(probability, sure) }
  })
}

/**
 * Roles ordered by how near their bars lie to the profile: the mean distance over a role's bars between estimate
 * and bar, in logits. Roles without bars are left out.
 */
export function nearestRoles(
  profile: Profile,
  roles: readonly RoleBars[],
): { role: string; distance: number }[] {
  const { instrument } = profile.posterior
  return roles
    .filter(({ bars }) => bars.some(({ level }) => level > 0))
    .map(({ role, bars }) => {
      const above = bars.filter(({ level }) => level > 0)
      const distance = above.reduce(
        (sum, { competency, level }) =>
          sum + Math.abs(getEstimate(profile, competency).mean - barLocation(instrument, competency, level)),
        0,
      )
      return { role, distance: distance / above.length }
    })
    .toSorted((a, b) => a.distance - b.distance)
}
