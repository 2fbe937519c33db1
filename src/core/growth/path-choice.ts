// Which ways are good: those that nothing beats in every respect, that do not go back and do not pass the target.
import type { Framework, Transition } from '../framework/model.ts'
import type { AlternativePath, Criterion } from './path-model.ts'
import type { PathTime } from './path-time.ts'
import type { BarExpectation, RoleChoice } from './roles.ts'

/** What a path asks at one step, before its behaviours are listed. */
export interface Ask {
  readonly expectation: BarExpectation
  readonly before: number | null
  /** What the steps before it on this path ask, 0 where nothing. */
  readonly asked: number
  readonly missing: number
}

/** A way with everything that it is compared by. */
export interface Candidate {
  readonly transitions: readonly Transition[]
  readonly stops: readonly RoleChoice[]
  readonly asks: readonly (readonly Ask[])[]
  readonly time: PathTime
  readonly levels: number
  readonly used: readonly string[]
  readonly share: number | null
  /** False where too little is known for its years and levels to be shown. */
  readonly known: boolean
}

export interface OtherWay {
  readonly candidate: Candidate
  readonly because: AlternativePath['because']
  readonly dominatedBy: Candidate | null
}

export interface Ways {
  readonly good: readonly Candidate[]
  readonly others: readonly OtherWay[]
  /** At least as good as every other way, where there are others. */
  readonly bestInEverything: Candidate | null
}

const MOST_PATHS = 4
const MOST_OTHERS = 3

/**
 * The good ways by time, at most four: of the Pareto set over time, gap and strengths of the ways that neither take a
 * return transition nor go over a role beyond the target. Where every way does one of these (the target lies behind
 * today's role) the rule falls away. The others follow with why they are not among them.
 */
export function chooseWays(framework: Framework, from: string, candidates: readonly Candidate[]): Ways {
  const beyond = rolesBeyond(framework, candidates[0]!.transitions.at(-1)!.to)
  const goesBack = ({ transitions }: Candidate) => transitions.some(({ kind }) => kind === 'return')
  const passes = ({ transitions }: Candidate) =>
    !beyond.has(from) && transitions.slice(0, -1).some(({ to }) => beyond.has(to))
  const straight = candidates.filter((one) => !goesBack(one) && !passes(one))
  const forward = straight.length > 0 ? straight : candidates
  const front = forward.filter((one) => !forward.some((other) => dominates(other, one)))
  const good = choose(front)
  const others = candidates
    .filter((one) => !good.includes(one))
    .flatMap((candidate): OtherWay[] => {
      const dominatedBy = good.find((one) => isAsGood(one, candidate)) ?? null
      if (!forward.includes(candidate))
        return [{ candidate, because: goesBack(candidate) ? 'goes-back' : 'passes-target', dominatedBy }]
      return dominatedBy ? [{ candidate, because: 'dominated', dominatedBy }] : []
    })
    .toSorted(
      (a, b) => REASONS.indexOf(a.because) - REASONS.indexOf(b.because) || byTime(a.candidate, b.candidate),
    )
    .slice(0, MOST_OTHERS)
  const [best] = good
  const everything =
    best && candidates.length > 1 && candidates.every((one) => one === best || isAsGood(best, one))
  return { good, others, bestInEverything: everything ? best : null }
}

const REASONS: readonly AlternativePath['because'][] = ['dominated', 'goes-back', 'passes-target']

/** The roles that promotions lead to from a role. */
function rolesBeyond({ transitions }: Framework, target: string): ReadonlySet<string> {
  const beyond = new Set<string>()
  const queue = [target]
  for (const role of queue)
    for (const { from, to, kind } of transitions)
      if (from === role && kind === 'promotion' && to !== target && !beyond.has(to)) {
        beyond.add(to)
        queue.push(to)
      }
  return beyond
}

/** Levels and years as they are shown, to the tenth. */
const tenth = (value: number): number => Math.round(value * 10) / 10

/**
 * What ways are compared by, less being better, in the units that are shown: what a reader cannot see to differ is no
 * difference. Being equal in shown units is transitive, so what is better than a better one is better. An open end is later
 * than any other.
 */
interface Shown {
  readonly earliest: number
  readonly latest: number
  readonly gap: number
  readonly strengths: number
}
const DIMENSIONS = ['earliest', 'latest', 'gap', 'strengths'] as const satisfies readonly (keyof Shown)[]

function shownOf({ time: { years }, levels, share }: Candidate): Shown {
  return {
    earliest: tenth(years.min),
    latest: years.max === null ? Infinity : tenth(years.max),
    gap: tenth(levels),
    strengths: -Math.round(100 * (share ?? 0)),
  }
}

/** At least as good in everything that is shown. A way of which too little is known shows nothing to be compared by. */
function isAsGood(a: Candidate, b: Candidate): boolean {
  if (a.known !== b.known) return false
  const [one, other] = [shownOf(a), shownOf(b)]
  return DIMENSIONS.every((name) => one[name] <= other[name])
}

/** At least as good in everything, and better in one or else shorter. */
function dominates(a: Candidate, b: Candidate): boolean {
  if (!isAsGood(a, b)) return false
  const [one, other] = [shownOf(a), shownOf(b)]
  return DIMENSIONS.some((name) => one[name] < other[name]) || a.transitions.length < b.transitions.length
}

const byTime = (a: Candidate, b: Candidate): number => {
  const [one, other] = [shownOf(a), shownOf(b)]
  // Open ends are alike to the sum: among them the earliest counts.
  const late = one.latest === other.latest ? 0 : one.earliest + one.latest - other.earliest - other.latest
  return (
    Number(b.known) - Number(a.known) ||
    late ||
    one.earliest - other.earliest ||
    one.gap - other.gap ||
    a.transitions.length - b.transitions.length
  )
}

/** The best in each respect, then the quickest of the front, by time. */
function choose(front: readonly Candidate[]): Candidate[] {
  const quickest = front.toSorted(byTime)
  const chosen = new Set<Candidate>(quickest.slice(0, 1))
  for (const name of ['gap', 'strengths'] as const)
    chosen.add(quickest.reduce((a, b) => (shownOf(b)[name] < shownOf(a)[name] ? b : a)))
  // Ways that are alike in every respect are no choice: one of them stands for all.
  const likeness = (one: Candidate) => Object.values(shownOf(one)).join(' ')
  const seen = new Set([...chosen].map(likeness))
  for (const one of quickest) {
    if (chosen.size >= MOST_PATHS) break
    if (!seen.has(likeness(one))) chosen.add(one)
    seen.add(likeness(one))
  }
  return [...chosen].toSorted(byTime)
}

/**
 * In what no other way is better, by what is shown, and one of the rivals is worse; nothing where too little is known of any.
 */
export function betterIn(
  one: Candidate,
  others: readonly Candidate[],
  rivals: readonly Candidate[] = others,
): Criterion[] {
  if (others.length === 0 || ![one, ...others].every(({ known }) => known)) return []
  const own = shownOf(one)
  const rest = others.map(shownOf)
  const least = (name: keyof Shown) => rest.every((other) => own[name] <= other[name])
  const worse = rivals.map(shownOf)
  const better = (name: keyof Shown) => least(name) && worse.some((other) => own[name] < other[name])
  const both = least('earliest') && least('latest')
  return [
    ...(both && (better('earliest') || better('latest')) ? (['time'] as const) : []),
    ...(!both && better('earliest') ? (['earliest'] as const) : []),
    ...(!both && better('latest') ? (['latest'] as const) : []),
    ...(better('gap') ? (['gap'] as const) : []),
    ...(better('strengths') ? (['strengths'] as const) : []),
  ]
}
