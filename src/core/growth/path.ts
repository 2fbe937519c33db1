// The path planner: several good ways from today's role to a target, compared by time, gap and use of strengths.
import type { Response } from '../assess/answers.ts'
import { getEstimate, probabilityAtLeast, type Profile } from '../assess/profile.ts'
import type { Framework, Transition } from '../framework/model.ts'
import { behavioursUpTo } from './behaviours.ts'
import { expectationState } from './expectation-state.ts'
import { barStanding, countStates, KNOWN_SHARE, stateOf } from './gap.ts'
import type { ExpectationState, RoleRef } from './model.ts'
import type { Path, PathExpectation, Paths, PathStep } from './path-model.ts'
import { noPath } from './no-path.ts'
import { betterIn, chooseWays, type Ask, type Candidate } from './path-choice.ts'
import { simplePaths } from './path-search.ts'
import { GAP_YEARS_RULE, originOf, pathTime, UNKNOWN_AT_MOST, type StepTime } from './path-time.ts'
import { expectationsOf, findRole, type BarExpectation, type RoleChoice } from './roles.ts'

export interface PathRequest {
  readonly from: RoleRef
  readonly to: RoleRef
  /** Years since entry into the profession, as the person says; null where not said. */
  readonly ownYears: number | null
  /** Competencies that are strengths of the person. */
  readonly strengths: readonly string[]
}

/** The good ways from today's role to the target, others apart from them, or why there is none. */
export function planPaths(
  framework: Framework,
  profile: Profile,
  responses: readonly Response[],
  request: PathRequest,
): Paths {
  const { from, to } = request
  const none = (
    code: Parameters<typeof noPath>[1],
    reachable: readonly string[] = [],
    complete = true,
  ): Paths => ({
    ...nothingOf(request),
    complete,
    none: noPath(framework, code, from, to, reachable),
  })
  if (!findRole(framework, { role: from.role }) || !findRole(framework, { role: to.role }))
    return none('unknown-role')
  const start = findRole(framework, from)
  const target = findRole(framework, to)
  if (!start || !target) return none('unknown-variant')
  const { paths: found, complete, reachable } = simplePaths(framework.transitions, from.role, to.role)
  if (from.role === to.role)
    return { ...nothingOf(request), ownRole: ownRoleOf(framework, profile, responses, target) }
  if (found.length === 0) {
    if (reachable.length === 0) return none('no-transition-from')
    if (!framework.transitions.some((transition) => transition.to === to.role && transition.from !== to.role))
      return none('no-transition-to', reachable)
    return none('not-connected', reachable, complete)
  }
  const candidates = found.map((transitions) =>
    candidateOf(framework, profile, request, start, target, transitions),
  )
  const { good, others, bestInEverything } = chooseWays(framework, start.role.id, candidates)
  const shown = [...good, ...others.map(({ candidate }) => candidate)]
  const path = (candidate: Candidate): Path => {
    const others = (ways: readonly Candidate[]) => ways.filter((other) => other !== candidate)
    // What all good ways are alike in tells none of them apart.
    const best = betterIn(candidate, others(shown), others(good.length > 1 ? good : shown))
    const compared = best.length === 0 && good.includes(candidate) ? good : []
    const better = compared
      .map((other) => ({ than: idOf(start, other), in: betterIn(candidate, [other]) }))
      .filter((one) => one.in.length > 0)
    return { ...pathOf(framework, profile, responses, start, candidate), best, better }
  }
  const paths = good.map(path)
  // Ways are only called better than others where their figures are more than a guess.
  const known = paths.every(({ tooLittleKnown }) => tooLittleKnown === null)
  return {
    ...nothingOf(request),
    paths,
    alternatives: others.map(({ candidate, because, dominatedBy }) => ({
      path: path(candidate),
      because,
      dominatedBy: dominatedBy ? idOf(start, dominatedBy) : null,
    })),
    bestInEverything: bestInEverything && known ? idOf(start, bestInEverything) : null,
    considered: candidates.length,
    complete,
    shared: sharedSteps(paths),
  }
}

function nothingOf({ from, to, ownYears }: PathRequest): Paths {
  return {
    ...{ from, to, ownYears, paths: [], alternatives: [], bestInEverything: null, ownRole: null },
    ...{ considered: 0, complete: true, shared: [], none: null, rule: GAP_YEARS_RULE },
  }
}

/** What today's role itself asks and that is not met yet. */
function ownRoleOf(
  framework: Framework,
  profile: Profile,
  responses: readonly Response[],
  choice: RoleChoice,
): Paths['ownRole'] {
  const asks = expectationsOf(framework, choice).map((expectation) => ({
    expectation,
    before: null,
    asked: 0,
    missing: Math.max(0, expectation.level - getEstimate(profile, expectation.competency).level),
  }))
  return {
    ...barStanding(framework, profile, choice),
    asks: asks
      .map((ask) => expectationOf(framework, profile, responses, ask))
      .filter(({ state }) => state !== 'met'),
  }
}

function candidateOf(
  framework: Framework,
  profile: Profile,
  { ownYears, strengths }: PathRequest,
  start: RoleChoice,
  target: RoleChoice,
  transitions: readonly Transition[],
): Candidate {
  const stops = transitions.map(({ to }) =>
    to === target.role.id ? target : findRole(framework, { role: to })!,
  )
  const atStart = new Map(
    expectationsOf(framework, start).map(({ competency, level }) => [competency, level]),
  )
  const reached = new Map<string, number>()
  const mentioned = new Map<string, number>()
  const used = new Set<string>()
  let asked = 0
  let askedStrengths = 0
  const steps: StepTime[] = []
  const asks = stops.map((stop, i) => {
    const bar = expectationsOf(framework, stop)
    const climbs = bar
      .filter(({ kind }) => kind === 'must')
      .map((expectation) => climbOf(profile, expectation, reached))
    steps.push({ transition: transitions[i]!, role: stop.role, climbs })
    const own: Ask[] = []
    for (const expectation of bar) {
      const { competency, level } = expectation
      asked++
      if (strengths.includes(competency)) {
        askedStrengths++
        used.add(competency)
      }
      const before = (expectation.kind === 'must' ? reached : mentioned).get(competency) ?? 0
      if (before >= level) continue
      const earlier = Math.max(before, atStart.get(competency) ?? 0)
      const missing = Math.max(0, level - Math.max(getEstimate(profile, competency).level, before))
      own.push({ expectation, before: earlier === 0 ? null : earlier, asked: before, missing })
    }
    for (const { competency, level, kind } of bar) {
      mentioned.set(competency, Math.max(level, mentioned.get(competency) ?? 0))
      if (kind === 'must') reached.set(competency, Math.max(level, reached.get(competency) ?? 0))
    }
    return own
  })
  const levels = asks
    .flat()
    .reduce((sum, { expectation, missing }) => sum + (expectation.kind === 'must' ? missing : 0), 0)
  return {
    transitions,
    stops,
    asks,
    time: pathTime({ role: start.role, ownYears }, steps),
    levels,
    used: [...used],
    share: strengths.length === 0 || asked === 0 ? null : askedStrengths / asked,
    known: tooLittleKnownOn(countsOnTheWay(framework, profile, stops).musts) === null,
  }
}

/** Levels still to climb for a must, above what the musts before it on the path have asked already. */
function climbOf(
  profile: Profile,
  { competency, level }: BarExpectation,
  reached: ReadonlyMap<string, number>,
) {
  const known = stateOf(profile, competency, level) !== 'not-known'
  const estimate = getEstimate(profile, competency)
  const [low, high] = known ? estimate.interval50 : [estimate.interval90[0], estimate.level]
  const before = reached.get(competency) ?? 0
  const most = level - Math.max(low, before)
  const whole = Math.max(0, level - before)
  return {
    least: Math.max(0, level - Math.max(high, before)),
    most: known ? Math.max(0, most) : Math.min(whole, Math.max(UNKNOWN_AT_MOST, most)),
    known,
  }
}

function pathOf(
  framework: Framework,
  profile: Profile,
  responses: readonly Response[],
  start: RoleChoice,
  candidate: Candidate,
): Omit<Path, 'best' | 'better'> {
  const { transitions, stops, asks, time, levels, used, share } = candidate
  const steps = transitions.map((transition, i): PathStep => {
    const bar = expectationsOf(framework, stops[i]!)
    const { role: _role, ...standing } = barStanding(framework, profile, stops[i]!)
    return {
      from: i === 0 ? start.ref : stops[i - 1]!.ref,
      to: stops[i]!.ref,
      kind: transition.kind,
      origin: originOf(transition.source),
      changes: transition.changes ?? null,
      years: time.steps[i]!.years,
      fromToday: time.steps[i]!.fromToday,
      setBy: { ...time.steps[i]!.setBy },
      figures: [...time.steps[i]!.figures],
      ...standing,
      asks: asks[i]!.map((ask) => expectationOf(framework, profile, responses, ask)).filter(
        ({ state }) => state !== 'met',
      ),
      usesStrengths: used.filter((competency) =>
        bar.some((expectation) => expectation.competency === competency),
      ),
    }
  })
  const { musts, shoulds } = countsOnTheWay(framework, profile, stops)
  return {
    id: idOf(start, candidate),
    roles: [start.role.id, ...transitions.map(({ to }) => to)],
    steps,
    years: time.years,
    tooLittleKnown: tooLittleKnownOn(musts),
    setBy: { ...time.setBy },
    gap: {
      levels,
      open: musts.open,
      notKnown: musts.notKnown,
      musts,
      shoulds,
    },
    strengths: { used: [...used], share },
  }
}

/** Set where fewer than half of the musts of a way are known: its years and levels would be a guess. */
function tooLittleKnownOn({ met, likely, open, notKnown }: Path['gap']['musts']): Path['tooLittleKnown'] {
  const musts = met + likely + open + notKnown
  const answered = musts - notKnown
  return answered < KNOWN_SHARE * musts ? { answered, musts } : null
}

function idOf(start: RoleChoice, { transitions }: Candidate): string {
  return [start.role.id, ...transitions.map(({ to }) => to)].join('>')
}

function expectationOf(
  framework: Framework,
  profile: Profile,
  responses: readonly Response[],
  ask: Ask,
): PathExpectation {
  const { competency, level, kind } = ask.expectation
  const probability = probabilityAtLeast(profile, competency, level)
  return {
    competency,
    kind,
    level,
    before: ask.before,
    probability,
    state: expectationState(probability, level, getEstimate(profile, competency)),
    missing: ask.missing,
    toShow: behavioursUpTo(framework, profile, responses, competency, level).toShow.filter(
      (behaviour) => behaviour.level > ask.asked,
    ),
  }
}

/** The least known first, then the least met: what a way says of a competency that several of its bars ask for. */
const WORST_FIRST: readonly ExpectationState[] = ['not-known', 'open', 'likely', 'met']

/**
 * The states of all that the bars on the way ask, each competency once in the worst state of its bars; a should only where it
 * asks for more than every must. So one more step never makes more known. On a way of one step these are the counts of the gap
 * to its role.
 */
function countsOnTheWay(framework: Framework, profile: Profile, stops: readonly RoleChoice[]) {
  const asked = stops.flatMap((stop) => expectationsOf(framework, stop))
  const highest = new Map<string, number>()
  for (const { competency, level, kind } of asked)
    if (kind === 'must') highest.set(competency, Math.max(level, highest.get(competency) ?? 0))
  const counts = (bars: readonly BarExpectation[]) => {
    const worst = new Map<string, ExpectationState>()
    for (const { competency, level } of bars) {
      const [state, before] = [stateOf(profile, competency, level), worst.get(competency)]
      if (!before || WORST_FIRST.indexOf(state) < WORST_FIRST.indexOf(before)) worst.set(competency, state)
    }
    return countStates([...worst.values()].map((state) => ({ state })))
  }
  return {
    musts: counts(asked.filter(({ kind }) => kind === 'must')),
    shoulds: counts(
      asked.filter(
        ({ kind, competency, level }) => kind === 'should' && level > (highest.get(competency) ?? 0),
      ),
    ),
  }
}

function sharedSteps(paths: readonly Path[]): string[] {
  if (paths.length < 2) return []
  const stepsOf = (path: Path) => path.steps.map((step) => `${step.from.role}>${step.to.role}`)
  return stepsOf(paths[0]!).filter((step) => paths.every((path) => stepsOf(path).includes(step)))
}
