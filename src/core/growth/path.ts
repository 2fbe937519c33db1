// The path planner: several good ways from today's role to a target, compared by time, gap and use of strengths.
import type { Response } from '../assess/answers.ts'
import { getEstimate, probabilityAtLeast, probabilityOfAll, type Profile } from '../assess/profile.ts'
import type { Framework, Transition } from '../framework/model.ts'
import { behavioursUpTo } from './behaviours.ts'
import { expectationState } from './expectation-state.ts'
import type { Path, PathExpectation, Paths, PathStep, RoleRef } from './model.ts'
import { noPath } from './no-path.ts'
import { simplePaths } from './path-search.ts'
import { originOf, pathTime, type PathTime, type StepTime } from './path-time.ts'
import { expectationsOf, findRole, type BarExpectation, type RoleChoice } from './roles.ts'

export interface PathRequest {
  readonly from: RoleRef
  readonly to: RoleRef
  /** Years since entry into the profession, as the person says; null where not said. */
  readonly ownYears: number | null
  /** Competencies that are strengths of the person. */
  readonly strengths: readonly string[]
}

const MOST_PATHS = 4
const FEWEST_PATHS = 3

/** What a path asks at one step, before its behaviours are listed. */
interface Ask {
  readonly expectation: BarExpectation
  readonly before: number | null
  /** What the steps before it on this path ask, 0 where nothing. */
  readonly asked: number
  readonly missing: number
}

interface Candidate {
  readonly transitions: readonly Transition[]
  readonly stops: readonly RoleChoice[]
  readonly asks: readonly (readonly Ask[])[]
  readonly time: PathTime
  readonly levels: number
  readonly used: readonly string[]
  readonly share: number | null
}

/** The good ways from today's role to the target, at most four, or why there is none. */
export function planPaths(
  framework: Framework,
  profile: Profile,
  responses: readonly Response[],
  request: PathRequest,
): Paths {
  const { from, to, ownYears } = request
  const none = (
    code: Parameters<typeof noPath>[1],
    reachable: readonly string[] = [],
    complete = true,
  ): Paths => ({
    ...{ from, to, ownYears, paths: [], considered: 0, complete, shared: [] },
    none: noPath(framework, code, from, to, reachable),
  })
  if (!findRole(framework, { role: from.role }) || !findRole(framework, { role: to.role }))
    return none('unknown-role')
  const start = findRole(framework, from)
  const target = findRole(framework, to)
  if (!start || !target) return none('unknown-variant')
  const { paths: found, complete, reachable } = simplePaths(framework.transitions, from.role, to.role)
  if (from.role === to.role) return none('already-there', reachable)
  if (found.length === 0) {
    if (reachable.length === 0) return none('no-transition-from')
    if (!framework.transitions.some((transition) => transition.to === to.role && transition.from !== to.role))
      return none('no-transition-to', reachable)
    return none('not-connected', reachable, complete)
  }
  const candidates = found.map((transitions) =>
    candidateOf(framework, profile, request, start, target, transitions),
  )
  const front = candidates.filter((one) => !candidates.some((other) => dominates(other, one)))
  const chosen = choose(front, candidates)
  const paths = chosen.map((one) =>
    pathOf(framework, profile, responses, start, one, {
      alternative: !front.includes(one),
      best: bestIn(one, chosen),
    }),
  )
  return {
    from,
    to,
    ownYears,
    paths,
    considered: candidates.length,
    complete,
    shared: sharedSteps(paths),
    none: null,
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
  }
}

/** Levels still to climb for a must, above what the musts before it on the path have asked already. */
function climbOf(
  profile: Profile,
  { competency, level }: BarExpectation,
  reached: ReadonlyMap<string, number>,
) {
  const [low, high] = getEstimate(profile, competency).interval50
  const before = reached.get(competency) ?? 0
  return {
    least: Math.max(0, level - Math.max(high, before)),
    most: Math.max(0, level - Math.max(low, before)),
  }
}

/** Whether `a` is at least as good as `b` in time, gap and use of strengths, and better in one or else shorter. */
function dominates(a: Candidate, b: Candidate): boolean {
  const pairs = [
    [a.time.years.min, b.time.years.min],
    [a.time.slow, b.time.slow],
    [a.time.years.max === null ? 1 : 0, b.time.years.max === null ? 1 : 0],
    [a.levels, b.levels],
    [-(a.share ?? 0), -(b.share ?? 0)],
  ] as const
  if (!pairs.every(([one, other]) => one <= other + 1e-9)) return false
  return pairs.some(([one, other]) => one < other - 1e-9) || a.transitions.length < b.transitions.length
}

const CRITERIA = {
  time: (one: Candidate) => one.time.years.min + one.time.slow + (one.time.years.max === null ? 1000 : 0),
  gap: (one: Candidate) => one.levels,
  strengths: (one: Candidate) => -(one.share ?? 0),
} as const
type Criterion = keyof typeof CRITERIA
const CRITERION_NAMES = Object.keys(CRITERIA) as Criterion[]

const byTime = (a: Candidate, b: Candidate) =>
  CRITERIA.time(a) - CRITERIA.time(b) || a.levels - b.levels || a.transitions.length - b.transitions.length

/** The best in each respect, then the quickest of the front, then the quickest of the others up to three, by time. */
function choose(front: readonly Candidate[], all: readonly Candidate[]): Candidate[] {
  const quickest = front.toSorted(byTime)
  const chosen = new Set<Candidate>()
  for (const name of CRITERION_NAMES) {
    const best = quickest.reduce((a, b) => (CRITERIA[name](b) < CRITERIA[name](a) ? b : a))
    chosen.add(best)
  }
  // Ways that are alike in every respect are no choice: one of them stands for all.
  const seen = new Set([...chosen].map(likeness))
  const fill = (candidates: readonly Candidate[], most: number) => {
    for (const one of candidates) {
      if (chosen.size >= most) return
      if (!seen.has(likeness(one))) chosen.add(one)
      seen.add(likeness(one))
    }
  }
  fill(quickest, MOST_PATHS)
  fill(all.toSorted(byTime), FEWEST_PATHS)
  return [...chosen].toSorted(byTime)
}

function likeness({ time, levels, share }: Candidate): string {
  return [time.years.min, time.slow, levels, share ?? 0].map((value) => value.toFixed(6)).join(' ')
}

/** In what a path is the best of those chosen; nothing where all are equal. */
function bestIn(one: Candidate, chosen: readonly Candidate[]): Criterion[] {
  return CRITERION_NAMES.filter((name) => {
    const values = chosen.map(CRITERIA[name])
    const least = Math.min(...values)
    return CRITERIA[name](one) <= least + 1e-9 && Math.max(...values) > least + 1e-9
  })
}

function pathOf(
  framework: Framework,
  profile: Profile,
  responses: readonly Response[],
  start: RoleChoice,
  candidate: Candidate,
  marks: { alternative: boolean; best: Criterion[] },
): Path {
  const { transitions, stops, asks, time, levels, used, share } = candidate
  const steps = transitions.map((transition, i): PathStep => {
    const bar = expectationsOf(framework, stops[i]!)
    return {
      from: i === 0 ? start.ref : stops[i - 1]!.ref,
      to: stops[i]!.ref,
      kind: transition.kind,
      origin: originOf(transition.source),
      changes: transition.changes ?? null,
      years: time.steps[i]!.years,
      figures: [...time.steps[i]!.figures],
      readiness: probabilityOfAll(
        profile,
        bar.filter(({ kind }) => kind === 'must'),
      ),
      asks: asks[i]!.map((ask) => expectationOf(framework, profile, responses, ask)).filter(
        ({ state }) => state !== 'met',
      ),
      usesStrengths: used.filter((competency) =>
        bar.some((expectation) => expectation.competency === competency),
      ),
    }
  })
  const musts = lastMusts(steps)
  const roles = [start.role.id, ...transitions.map(({ to }) => to)]
  return {
    id: roles.join('>'),
    roles,
    steps,
    years: time.years,
    gap: {
      levels,
      open: musts.filter(({ state }) => state === 'open').length,
      notKnown: musts.filter(({ state }) => state === 'not-known').length,
    },
    strengths: { used: [...used], share },
    ...marks,
  }
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
    state: expectationState(probability, getEstimate(profile, competency).answered),
    missing: ask.missing,
    toShow: behavioursUpTo(framework, profile, responses, competency, level).toShow.filter(
      (behaviour) => behaviour.level > ask.asked,
    ),
  }
}

/** Each competency's highest must of the whole path, so that one asked twice is counted once. */
function lastMusts(steps: readonly PathStep[]): PathExpectation[] {
  const last = new Map<string, PathExpectation>()
  for (const ask of steps.flatMap(({ asks }) => asks)) if (ask.kind === 'must') last.set(ask.competency, ask)
  return [...last.values()]
}

function sharedSteps(paths: readonly Path[]): string[] {
  if (paths.length < 2) return []
  const stepsOf = (path: Path) => path.steps.map((step) => `${step.from.role}>${step.to.role}`)
  return stepsOf(paths[0]!).filter((step) => paths.every((path) => stepsOf(path).includes(step)))
}
