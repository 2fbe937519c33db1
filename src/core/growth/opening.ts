// The data of the opening sentences: where you stand, what carries you, what is weak, what is nearest.
import type { Framework } from '../framework/model.ts'
import { LIKELY_FROM, MET_FROM } from './expectation-state.ts'
import type { CompetencyStanding, NextBar, Opening, RoleReadiness, RoleRef } from './model.ts'
import { expectationsOf, findRole, roleKey } from './roles.ts'
import { STRENGTH_FROM, strengthsOf, weakSpotsOf } from './standing.ts'

const MOST_SPOTS = 3
/**
 * Scored answers about a role's musts below which no bar is called met: one or two answers carry any probability that
 * the prior lets them, and a role may have a single must.
 */
export const VERDICT_FROM = 3

/** What the opening needs of a profile beside its standings. */
export interface OpeningProfile {
  /** The expectations of a role that are met already. */
  readonly meetsOf: (role: RoleRef) => NextBar['meets']
  /** Probability, 0-1, that the first of two competencies lies above the second. */
  readonly probabilityAbove: (competency: string, other: string) => number
}

/**
 * `own` is the bar of the role that the person said they are in. `stands` is the highest bar that is more likely met
 * than not, of those whose musts are all known and with enough answers (`VERDICT_FROM`). `nearest` is the best placed, by the share of musts met or likely and then
 * by readiness, of the own role (where it is not probably met) and of the roles one promotion or lateral transition on
 * from it; from `stands` where no role was said. Steps that are probably met already are stepped over. `next` is the
 * same for each track without the own role. Roles without musts have no bar and are none of these.
 */
export function openingOf(
  framework: Framework,
  competencies: readonly CompetencyStanding[],
  readiness: readonly RoleReadiness[],
  today: RoleRef | null,
  { meetsOf, probabilityAbove }: OpeningProfile,
): Opening {
  const withBar = readiness.filter(({ bar }) => bar > 0)
  const answered = new Map(competencies.map((one) => [one.competency, one.answered]))
  const isTold = (one: RoleReadiness): boolean => {
    if (one.tooLittleKnown !== null) return false
    const musts = expectationsOf(framework, findRole(framework, one.role)!).filter(
      ({ kind }) => kind === 'must',
    )
    return musts.reduce((sum, { competency }) => sum + (answered.get(competency) ?? 0), 0) >= VERDICT_FROM
  }
  const isProbablyMet = (one: RoleReadiness): boolean => isTold(one) && (one.readiness ?? 0) >= LIKELY_FROM
  const stands = withBar
    .filter(isProbablyMet)
    .toSorted((a, b) => b.bar - a.bar || (b.readiness ?? 0) - (a.readiness ?? 0))[0]
  const own = today === null ? undefined : readiness.find(({ role }) => roleKey(role) === roleKey(today))
  const steps = stepsAhead(framework, withBar, own ?? stands, isProbablyMet)
  const ownAhead = own && own.bar > 0 && !isProbablyMet(own) ? [own] : []
  const nearest = [...ownAhead, ...steps].toSorted(byNearness)[0]
  const bar = (one: RoleReadiness): NextBar => ({
    ...counted(one),
    own: one === own,
    tracks: one.tracks,
    heldBackBy: one.heldBackBy,
    answerFirst: one.answerFirst,
    withoutOpportunity: one.withoutOpportunity,
    notKnown: one.musts.notKnown,
    meets: meetsOf(one.role),
  })
  const next = framework.tracks.flatMap(({ id }) => {
    const best = steps.filter(({ tracks }) => tracks.includes(id)).toSorted(byNearness)[0]
    return best ? [{ track: id, bar: bar(best) }] : []
  })
  const named = [...(nearest ? [nearest] : []), ...next.map((one) => one.bar)]
  const order = new Map(competencies.map(({ competency }, at) => [competency, at]))
  const strengths = spotsOf(strengthsOf(competencies), order, probabilityAbove)
  const weak = spotsOf(weakSpotsOf(competencies), order, (one, other) => probabilityAbove(other, one))
  return {
    own: own ? counted(own) : null,
    verdict: verdictOf(stands, withBar.filter(isTold)),
    stands: stands
      ? {
          role: stands.role,
          readiness: stands.readiness!,
          musts: stands.musts,
          certain: stands.readiness! >= MET_FROM,
        }
      : null,
    carries: strengths.listed.map(({ competency, aboveOwnMean }) => ({
      competency,
      probability: aboveOwnMean,
      stillBelow: stillBelowOf(framework, competency, named),
    })),
    carriesTie: strengths.tie,
    weak: weak.listed.map(({ competency, aboveOwnMean }) => ({ competency, probability: 1 - aboveOwnMean })),
    weakTie: weak.tie,
    nearest: nearest ? bar(nearest) : null,
    next,
  }
}

/** A person's highest may lie below what a role asks: the first of these bars that it holds back. */
function stillBelowOf(
  framework: Framework,
  competency: string,
  bars: readonly Pick<RoleReadiness, 'role' | 'heldBackBy'>[],
): Opening['carries'][number]['stillBelow'] {
  const held = bars.find(({ heldBackBy }) => heldBackBy.includes(competency))
  const choice = held && findRole(framework, held.role)
  const asked =
    choice &&
    expectationsOf(framework, choice).find((one) => one.kind === 'must' && one.competency === competency)
  return asked ? { role: held.role, level: asked.level } : null
}

/** The first three, in the framework's order unless each can be told from the one after it: a tie is no ranking. */
function spotsOf(
  all: readonly CompetencyStanding[],
  order: ReadonlyMap<string, number>,
  probabilityBeyond: (one: string, other: string) => number,
) {
  const listed = all.slice(0, MOST_SPOTS)
  const tied = listed.some(({ competency }, at) => {
    const next = all[at + 1]
    return next !== undefined && probabilityBeyond(competency, next.competency) < STRENGTH_FROM
  })
  return {
    listed: tied ? listed.toSorted((a, b) => order.get(a.competency)! - order.get(b.competency)!) : listed,
    tie: { tied, more: all.length - listed.length },
  }
}

/** What may be said of the highest bar that is met; nothing where too little is known of every role. */
function verdictOf(stands: RoleReadiness | undefined, told: readonly RoleReadiness[]): Opening['verdict'] {
  if (stands) return stands.readiness! >= MET_FROM ? 'very-probably' : 'probably'
  if (told.length === 0) return 'unknown'
  return told.some(({ ofKnown }) => ofKnown !== null && ofKnown.probability >= LIKELY_FROM)
    ? 'partly'
    : 'none'
}

function counted({
  role,
  musts,
  shouldStates,
  readiness,
  ofKnown,
  tooLittleKnown,
}: RoleReadiness): Opening['own'] & object {
  return { role, musts, shoulds: shouldStates, readiness, ofKnown, tooLittleKnown }
}

/** The roles one promotion or lateral transition on that are not probably met; past those that are, the ones after. */
function stepsAhead(
  framework: Framework,
  withBar: readonly RoleReadiness[],
  from: RoleReadiness | undefined,
  isProbablyMet: (one: RoleReadiness) => boolean,
): RoleReadiness[] {
  if (!from) return withBar.filter((one) => !isProbablyMet(one))
  const ways = framework.transitions.filter(({ kind }) => kind !== 'return')
  const seen = new Set([from.role.role])
  const found = new Set<RoleReadiness>()
  const queue = [from.role.role]
  for (const role of queue) {
    for (const { to } of ways.filter((way) => way.from === role && !seen.has(way.to))) {
      seen.add(to)
      const [first, ...variants] = withBar.filter((one) => one.role.role === to)
      if (!first) {
        queue.push(to)
        continue
      }
      const open = [first, ...variants].filter((one) => !isProbablyMet(one))
      for (const one of open.slice(0, 1)) found.add(one)
      if (open.length === 0) queue.push(to)
    }
  }
  return [...found]
}

/** The largest share of musts met or likely first, then the highest readiness, then the lower bar. */
function byNearness(a: RoleReadiness, b: RoleReadiness): number {
  return shareMet(b) - shareMet(a) || chance(b) - chance(a) || a.bar - b.bar
}

function shareMet({ musts: { met, likely, open, notKnown } }: RoleReadiness): number {
  return (met + likely) / (met + likely + open + notKnown)
}

/** Only to order by: what is known of a bar says nothing of the rest. */
function chance({ readiness, ofKnown }: RoleReadiness): number {
  return readiness ?? ofKnown?.probability ?? 0
}
