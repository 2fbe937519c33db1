// Which ways are good: those that nothing beats in every respect, that do not go back and do not pass the target.
import type { Framework, Transition } from '../framework/model.ts'
import type { AlternativePath } from './path-model.ts'
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
      const dominatedBy = good.find((one) => dominates(one, candidate)) ?? null
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

/** Whether `a` is at least as good as `b` in time, gap and use of strengths, and better in one or else shorter. */
function dominates(a: Candidate, b: Candidate): boolean {
  if (!isAsGood(a, b)) return false
  return (
    pairsOf(a, b).some(([one, other]) => one < other - 1e-9) || a.transitions.length < b.transitions.length
  )
}

function isAsGood(a: Candidate, b: Candidate): boolean {
  return pairsOf(a, b).every(([one, other]) => one <= other + 1e-9)
}

function pairsOf(a: Candidate, b: Candidate) {
  return [
    [a.time.years.min, b.time.years.min],
    [a.time.slow, b.time.slow],
    [a.time.years.max === null ? 1 : 0, b.time.years.max === null ? 1 : 0],
    [a.levels, b.levels],
    [-(a.share ?? 0), -(b.share ?? 0)],
  ] as const
}

const CRITERIA = {
  time: (one: Candidate) => one.time.years.min + one.time.slow + (one.time.years.max === null ? 1000 : 0),
  gap: (one: Candidate) => one.levels,
  strengths: (one: Candidate) => -(one.share ?? 0),
} as const
export type Criterion = keyof typeof CRITERIA
const CRITERION_NAMES = Object.keys(CRITERIA) as Criterion[]

const byTime = (a: Candidate, b: Candidate) =>
  CRITERIA.time(a) - CRITERIA.time(b) || a.levels - b.levels || a.transitions.length - b.transitions.length

/** The best in each respect, then the quickest of the front, by time. */
function choose(front: readonly Candidate[]): Candidate[] {
  const quickest = front.toSorted(byTime)
  const chosen = new Set<Candidate>()
  for (const name of CRITERION_NAMES)
    chosen.add(quickest.reduce((a, b) => (CRITERIA[name](b) < CRITERIA[name](a) ? b : a)))
  // Ways that are alike in every respect are no choice: one of them stands for all.
  const seen = new Set([...chosen].map(likeness))
  for (const one of quickest) {
    if (chosen.size >= MOST_PATHS) break
    if (!seen.has(likeness(one))) chosen.add(one)
    seen.add(likeness(one))
  }
  return [...chosen].toSorted(byTime)
}

function likeness({ time, levels, share }: Candidate): string {
  return [time.years.min, time.slow, levels, share ?? 0].map((value) => value.toFixed(6)).join(' ')
}

/** In what a path is the best of those shown; nothing where all are equal, or use the same strengths. */
export function bestIn(one: Candidate, chosen: readonly Candidate[]): Criterion[] {
  const sets = new Set(chosen.map(({ used }) => used.toSorted().join(' ')))
  return CRITERION_NAMES.filter((name) => {
    if (name === 'strengths' && sets.size === 1) return false
    const values = chosen.map(CRITERIA[name])
    const least = Math.min(...values)
    return CRITERIA[name](one) <= least + 1e-9 && Math.max(...values) > least + 1e-9
  })
}
