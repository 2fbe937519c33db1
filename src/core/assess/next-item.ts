// Which item to ask next, why, and when to stop.
import type { Assessment } from './assessment.ts'
import { profileSoFar } from './assessment.ts'
import { decideBars, nearestRoles, SURE, type BarDecision } from './decision.ts'
import { expectedGain } from './expected-gain.ts'
import { LEAST_GAIN, LENGTH_LIMIT, NEAREST_ROLES, QUICK_LENGTH, type Goal } from './goal.ts'
import { barLocation, type Item } from './instrument.ts'
import { shareAbove } from './posterior.ts'
import { getEstimate, type Bar, type Profile } from './profile.ts'

/** Why an item is asked. */
export interface ItemReason {
  readonly competency: string
  /** The two neighbouring levels that the answer helps to tell apart. */
  readonly levels: readonly [lower: number, upper: number]
  /** Expected fall of the variance p(1 - p) of the bars in question (bars) or of theta in logits^2 (outline). */
  readonly gain: number
  readonly aim: 'bar' | 'outline'
}

/**
 * `decided`: every wanted bar is decided. `cannot tell`: bars are undecided and no item left would tell enough.
 * `nothing left`: no item is left to ask. `length`: as many items asked as the goal allows.
 */
export type StopReason = 'decided' | 'cannot tell' | 'nothing left' | 'length'

export interface Ask {
  readonly item: Item
  readonly reason: ItemReason
}

export interface Stop {
  readonly stop: StopReason
  readonly asked: number
  /** The wanted bars as they stand; empty for goals that want none. */
  readonly bars: readonly BarDecision[]
}

export interface SelectionOptions {
  /** Uniform numbers in [0, 1): with it one of the best `spread` items is drawn, so that no item is worn out. */
  readonly rng?: () => number
  readonly spread?: number
}

/** The next item for a goal, or why to stop. Pure: the same assessment, goal and `rng` draws give the same item. */
export function nextItem(assessment: Assessment, goal: Goal, options: SelectionOptions = {}): Ask | Stop {
  const asked = assessment.responses.length
  const profile = profileSoFar(assessment)
  const bars = decideBars(profile, wantedBars(profile, goal), 'sure' in goal ? goal.sure : SURE)
  const stop = (reason: StopReason): Stop => ({ stop: reason, asked, bars })
  const limit = lengthLimit(goal)
  const undecided = bars.filter(({ decision }) => decision === 'cannot tell')
  const outline = goal.mode === 'quick' || goal.mode === 'whole'
  if (!outline && undecided.length === 0) return stop('decided')
  if (asked >= limit) return stop('length')
  const candidates = outline ? outlineCandidates(assessment, profile) : barCandidates(assessment, undecided)
  if (candidates.length === 0) return stop('nothing left')
  const leastGain = outline ? 0 : (goal.leastGain ?? LEAST_GAIN[goal.mode])
  const worthwhile = outline ? candidates : candidates.filter(({ reason }) => reason.gain >= leastGain)
  if (worthwhile.length === 0) return stop('cannot tell')
  const { item, reason } = draw(balanceAreas(assessment, worthwhile, goal.mode === 'quick'), options)
  return { item, reason }
}

/** The bars that a goal wants decided, given where the answers so far place the person. */
export function wantedBars(profile: Profile, goal: Goal): Bar[] {
  if (goal.mode === 'quick' || goal.mode === 'whole') return []
  if (goal.mode === 'target') return distinct(goal.bars)
  const near = new Set(
    nearestRoles(profile, goal.roles)
      .slice(0, goal.nearest ?? NEAREST_ROLES)
      .map(({ role }) => role),
  )
  return distinct(goal.roles.filter(({ role }) => near.has(role)).flatMap(({ bars }) => bars))
}

function distinct(bars: readonly Bar[]): Bar[] {
  const byKey = new Map(bars.filter(({ level }) => level > 0).map((bar) => [`${bar.competency} ${bar.level}`, bar]))
  return [...byKey.values()]
}

function lengthLimit(goal: Goal): number {
  if (goal.mode === 'quick') return goal.length ?? QUICK_LENGTH
  return goal.mode === 'whole' ? Infinity : (goal.limit ?? LENGTH_LIMIT)
}

interface Candidate extends Ask {
  /** Gain weighted by how likely the person is to have had the opportunity. */
  readonly worth: number
}

/** The items of one competency that are not asked yet, with what each would tell of `quantities`. */
function candidatesOf(
  { instrument, responses, posterior }: Assessment,
  competency: string,
  quantities: readonly Float64Array[],
  levels: ItemReason['levels'],
  aim: ItemReason['aim'],
): Candidate[] {
  const c = instrument.competencyIndex.get(competency)!
  const { curves, curveOf } = instrument.tables
  const asked = new Map(responses.map(({ item, answer }) => [item, answer]))
  const own = instrument.competencies[c]!.items
  let scored = 0
  let missing = 0
  for (const index of own) {
    const answer = asked.get(instrument.items[index]!.id)
    if (answer === 'no-opportunity') missing++
    else if (answer !== undefined) scored++
  }
  // Where earlier answers were "no opportunity" another one is likely: Laplace's rule of succession.
  const opportunity = (scored + 1) / (scored + missing + 1)
  const known = new Map<number, number>()
  return own
    .filter((index) => !asked.has(instrument.items[index]!.id))
    .map((index) => {
      const at = curveOf[index]!
      let gain = known.get(at)
      if (gain === undefined) {
        gain = 0
        for (const quantity of quantities) gain += expectedGain(posterior.marginals[c]!, curves[at]!, quantity)
        known.set(at, gain)
      }
      return { item: instrument.items[index]!, reason: { competency, levels, gain, aim }, worth: gain * opportunity }
    })
}

function barCandidates(assessment: Assessment, undecided: readonly BarDecision[]): Candidate[] {
  const { instrument } = assessment
  const byCompetency = new Map<string, BarDecision[]>()
  for (const bar of undecided) byCompetency.set(bar.competency, [...(byCompetency.get(bar.competency) ?? []), bar])
  return [...byCompetency].flatMap(([competency, bars]) => {
    const nearest = bars.reduce((a, b) => (Math.abs(b.probability - 0.5) < Math.abs(a.probability - 0.5) ? b : a))
    const indicators = bars.map(({ level }) =>
      shareAbove(instrument.tables.theta, barLocation(instrument, competency, level)),
    )
    return candidatesOf(assessment, competency, indicators, [nearest.level - 1, nearest.level], 'bar')
  })
}

function outlineCandidates(assessment: Assessment, profile: Profile): Candidate[] {
  const { instrument } = assessment
  return instrument.competencies.flatMap(({ id, scale }) => {
    const lower = Math.min(scale.levels - 1, Math.floor(getEstimate(profile, id).level))
    return candidatesOf(assessment, id, [instrument.tables.theta.points], [lower, lower + 1], 'outline')
  })
}

/**
 * Content balancing. Strict (quick): only the area that is furthest behind its share of the competencies is asked.
 * Otherwise an area that lags has its items' worth raised in proportion, so that no area crowds the others out.
 */
function balanceAreas({ instrument, responses }: Assessment, candidates: Candidate[], strict: boolean): Candidate[] {
  const given = new Map<string, number>()
  for (const { item } of responses) {
    const { area } = instrument.items[instrument.itemIndex.get(item)!]!
    given.set(area, (given.get(area) ?? 0) + 1)
  }
  const lag = new Map(
    instrument.areas.map((area) => {
      const share = instrument.competencies.filter((c) => c.area === area).length / instrument.competencies.length
      return [area, share * (responses.length + 1) - (given.get(area) ?? 0)]
    }),
  )
  if (strict) {
    const furthest = Math.max(...candidates.map(({ item }) => lag.get(item.area)!))
    return candidates.filter(({ item }) => lag.get(item.area)! === furthest)
  }
  return candidates.map((candidate) => {
    const raise = 1 + Math.max(0, lag.get(candidate.item.area)!) / (responses.length + 1)
    return { ...candidate, worth: candidate.worth * raise }
  })
}

function draw(candidates: readonly Candidate[], { rng, spread = 3 }: SelectionOptions): Candidate {
  const best = candidates.toSorted((a, b) => b.worth - a.worth).slice(0, rng ? spread : 1)
  return best[Math.min(best.length - 1, Math.floor((rng?.() ?? 0) * best.length))]!
}
