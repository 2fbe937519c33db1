// Which item to ask next, why, and when to stop.
import { ANSWERS, SHOWS_FROM, type Answer, type ScoredAnswer } from './answers.ts'
import { profileSoFar, type Assessment } from './assessment.ts'
import { decideBars, nearestRoles, SURE, type BarDecision } from './decision.ts'
import { barGain, locationGain, thinned, type Curve } from './expected-gain.ts'
import {
  LEAST_GAIN,
  LENGTH_LIMIT,
  NEAREST_ROLES,
  OPENING_LEVEL,
  OPENING_QUESTIONS,
  QUICK_LENGTH,
  type CompetencyGoal,
  type Goal,
  type QuickGoal,
  type WantedBar,
  type WholeGoal,
} from './goal.ts'
import { barLocation, getCompetency, type Instrument, type Item } from './instrument.ts'
import { positionOf } from './level-scale.ts'
import {
  closedLevels,
  ENDED_AFTER,
  isOnlySkipped,
  lastWithoutOpportunity,
  LIKELY_OPPORTUNITY,
  opportunityOf,
  type OpportunityEstimate,
} from './opportunity.ts'
import type { Bar, Profile } from './profile.ts'
import {
  mostPressing,
  mustsNotAskedNear,
  NEAR_ANSWERS,
  tellingLevel,
  untoldBars,
  type NearDue,
} from './told-bars.ts'

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
 * `decided`: every wanted bar is decided, and an own answer speaks of every must. `cannot tell`: bars that were asked
 * about are undecided and no item left would tell enough. `nothing left`: no item is left to ask. `length`: as many items
 * asked as the goal allows. `no opportunity`: what is left would only be skipped, by what was answered so far.
 */
export type StopReason = 'decided' | 'cannot tell' | 'nothing left' | 'length' | 'no opportunity'

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

/** Among how many of the best items an item is drawn. */
export const SPREAD = 3

/** The next item for a goal, or why to stop. Pure: the same assessment, goal and `rng` draws give the same item. */
export function nextItem(assessment: Assessment, goal: Goal, options: SelectionOptions = {}): Ask | Stop {
  const spread = options.rng ? (options.spread ?? SPREAD) : 1
  const asked = assessment.responses.length
  const profile = profileSoFar(assessment)
  const wanted = wantedBars(profile, goal)
  const bars = decideBars(profile, wanted, 'sure' in goal ? goal.sure : SURE)
  const stop = (reason: StopReason): Stop => ({ stop: reason, asked, bars })
  const limit = lengthLimit(goal)
  const undecided = bars.filter(({ decision }) => decision === 'cannot tell')
  const outline = isOutline(goal)
  const untold = outline ? [] : untoldOf(assessment, goal, wanted, undecided)
  const closed = outline ? () => false : closedLevels(assessment)
  const near = outline ? [] : mustsNotAskedNear(assessment, bars, wanted, NEAR_ANSWERS[goal.mode], closed)
  if (!outline && undecided.length + untold.length + near.length === 0) return stop('decided')
  const skipped = outline ? 0 : lastWithoutOpportunity(assessment, goal.from)
  if (skipped >= ENDED_AFTER) return stop('no opportunity')
  if (asked >= limit) return stop('length')
  const opening = !outline && asked < OPENING_QUESTIONS ? goal.start : undefined
  const search: Search = {
    assessment,
    given: answersByItem(assessment),
    opportunity: opportunityOf(assessment),
    closed,
    keep: spread,
    highest: goal.mode === 'target' ? highestWanted(assessment.instrument, wanted) : undefined,
  }
  const first = goal.mode === 'target' ? nearCandidates(search, mostPressing(near), opening) : []
  if (first.length > 0) return askOf(draw(balanceAreas(assessment, first, false), spread, options.rng))
  const candidates = outline
    ? outlineCandidates(search, profile, goal)
    : barCandidates(search, undecided, opening)
  const leastGain = outline || asked < OPENING_QUESTIONS ? 0 : (goal.leastGain ?? LEAST_GAIN[goal.mode])
  const worthwhile = candidates.filter(({ worth }) => worth >= leastGain)
  // Musts that nothing near was asked of come last, but the room that they need is kept for them.
  const musts = untold.filter((bar) => bar.kind !== 'should' && !near.some((one) => one.bar === bar))
  const due = near.length + musts.length >= limit - asked || worthwhile.length === 0
  const telling = due ? nearCandidates(search, near, opening) : []
  if (due && telling.length === 0)
    telling.push(...tellingCandidates(search, musts.length > 0 ? musts : untold, opening))
  const from = telling.length > 0 ? telling : worthwhile
  if (from.length === 0) {
    if (undecided.length === 0 && !outline) return stop('decided')
    if (!outline && isOnlySkipped(assessment, search.closed, undecided)) return stop('no opportunity')
    return stop(candidates.length === 0 ? 'nothing left' : 'cannot tell')
  }
  return askOf(draw(balanceAreas(assessment, from, goal.mode === 'quick'), spread, options.rng))
}

const askOf = ({ item, reason }: Candidate): Ask => ({ item, reason })

function isOutline(goal: Goal): goal is QuickGoal | WholeGoal | CompetencyGoal {
  return goal.mode === 'quick' || goal.mode === 'whole' || goal.mode === 'competency'
}

/**
 * The wanted bars of which no own answer speaks and that have to be asked before the end: every must; every should of
 * one chosen role; and any that is undecided, because "cannot tell" is only said of what was asked.
 */
function untoldOf(
  assessment: Assessment,
  goal: Goal,
  wanted: readonly WantedBar[],
  undecided: readonly Bar[],
): WantedBar[] {
  const isOpen = (bar: Bar) =>
    undecided.some(({ competency, level }) => competency === bar.competency && level === bar.level)
  return untoldBars(
    assessment,
    wanted.filter((bar) => bar.kind !== 'should' || goal.mode === 'target' || isOpen(bar)),
  )
}

/** The bars that a goal wants decided, given where the answers so far place the person. */
export function wantedBars(profile: Profile, goal: Goal): WantedBar[] {
  if (isOutline(goal)) return []
  if (goal.mode === 'target') return distinct(goal.bars)
  const nearest = nearestRoles(profile, goal.roles).slice(0, goal.nearest ?? NEAREST_ROLES)
  if (nearest.length === 0) return nearestLevels(profile)
  const near = new Set(nearest.map(({ role }) => role))
  return distinct(goal.roles.filter(({ role }) => near.has(role)).flatMap(({ bars }) => bars))
}

/** Where a framework has no roles: the bar of each competency that the estimate is nearest to. */
function nearestLevels({ competencies }: Profile): Bar[] {
  return competencies.map(({ competency, level }) => ({ competency, level: Math.max(1, Math.round(level)) }))
}

/** Each bar once; a must where any role has it as one. */
function distinct(bars: readonly WantedBar[]): WantedBar[] {
  const byKey = new Map<string, WantedBar>()
  for (const bar of bars) {
    const key = `${bar.competency} ${bar.level}`
    if (bar.level > 0 && (!byKey.has(key) || bar.kind !== 'should')) byKey.set(key, bar)
  }
  return [...byKey.values()]
}

function lengthLimit(goal: Goal): number {
  if (goal.mode === 'quick') return goal.length ?? QUICK_LENGTH
  return isOutline(goal) ? Infinity : (goal.limit ?? LENGTH_LIMIT)
}

interface Candidate extends Ask {
  /** Gain weighted by how likely the person is to have had the opportunity. */
  readonly worth: number
}

/** What every search for candidates needs, worked out once. */
interface Search {
  readonly assessment: Assessment
  readonly given: ReadonlyMap<string, Answer>
  readonly opportunity: OpportunityEstimate
  /** Levels of a competency that one more question would only be skipped at. */
  readonly closed: (competency: string, level: number) => boolean
  /** How many of a competency's best can be drawn. */
  readonly keep: number
  /** By competency the highest level that is asked about; undefined for no end. */
  readonly highest: ReadonlyMap<string, number> | undefined
}

/** Whoever asks about one role is not asked for more than it expects: by competency the highest level that tells of a bar. */
function highestWanted(instrument: Instrument, wanted: readonly WantedBar[]): ReadonlyMap<string, number> {
  const highest = new Map<string, number>()
  for (const bar of wanted) {
    const telling = tellingLevel(instrument, bar) ?? bar.level
    highest.set(bar.competency, Math.max(telling, bar.level, highest.get(bar.competency) ?? 0))
  }
  return highest
}

/** The answers so far by item. */
const answersByItem = ({ responses }: Assessment): Map<string, Answer> =>
  new Map(responses.map(({ item, answer }) => [item, answer]))

/** Those of the items (by index) whose level is nearest to one. */
function nearestTo({ items }: Instrument, indices: readonly number[], level: number): number[] {
  const distance = (index: number) => Math.abs(items[index]!.level - level)
  const least = Math.min(...indices.map(distance))
  return indices.filter((index) => distance(index) === least)
}

/**
 * The items of one competency that are not asked yet, and what each would tell: those at `level` where given (or up to
 * `below` levels under it), or nearest to it; where the opportunity for that level is unlikely, all up to it.
 */
function candidatesOf(
  { assessment: { instrument }, given, opportunity, closed, keep, highest }: Search,
  gainOf: (curve: Curve) => number,
  reason: Omit<ItemReason, 'gain'>,
  level?: number,
  below = 0,
): Candidate[] {
  const { selectionCurves, curveOf } = instrument.tables
  const { competency } = reason
  const most = highest?.get(competency) ?? Infinity
  const left = getCompetency(instrument, competency).items.filter((index) => {
    const { id, level: at } = instrument.items[index]!
    return at <= most && !given.has(id) && !closed(competency, at)
  })
  const from = placed(instrument, left, level, below, opportunity)
  const gains = new Map<number, number>()
  for (const index of from) {
    const at = curveOf[index]!
    if (!gains.has(at)) gains.set(at, gainOf(selectionCurves[at]!))
  }
  // Only a competency's best can be drawn: the others never become candidates, which matters in banks of thousands.
  return from
    .map((index) => {
      const gain = gains.get(curveOf[index]!)!
      return { index, gain, worth: gain * opportunity(competency, instrument.items[index]!.level) }
    })
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, keep)
    .map(({ index, gain, worth }) => ({ item: instrument.items[index]!, reason: { ...reason, gain }, worth }))
}

function placed(
  instrument: Instrument,
  left: readonly number[],
  level: number | undefined,
  below: number,
  opportunity: OpportunityEstimate,
): readonly number[] {
  const { items } = instrument
  const [one] = left
  if (level === undefined || one === undefined) return left
  // Whoever asks near a bar (`below`) is asked there; elsewhere an easier behaviour may stand for an unlikely one.
  const easier = below === 0 && opportunity(items[one]!.competency, level) < LIKELY_OPPORTUNITY
  const lowest = easier ? 0 : level - below
  const within = left.filter((index) => items[index]!.level <= level && items[index]!.level >= lowest)
  return within.length > 0 ? within : nearestTo(instrument, left, level)
}

function barCandidates(search: Search, undecided: readonly BarDecision[], level?: number): Candidate[] {
  const { instrument, posterior } = search.assessment
  const byCompetency = new Map<string, BarDecision[]>()
  for (const bar of undecided) {
    const same = byCompetency.get(bar.competency)
    if (same) same.push(bar)
    else byCompetency.set(bar.competency, [bar])
  }
  return [...byCompetency].flatMap(([competency, bars]) => {
    const nearest = bars.reduce((a, b) =>
      Math.abs(b.probability - 0.5) < Math.abs(a.probability - 0.5) ? b : a,
    )
    const cuts = bars.map(({ level }) => barLocation(instrument, competency, level))
    const mass = thinned(posterior.marginals[instrument.competencyIndex.get(competency)!]!)
    const upper = level ?? nearest.level
    const reason = { competency, levels: [upper - 1, upper] as const, aim: 'bar' as const }
    const gainOf = barGain(instrument.tables.selectionGrid, mass, cuts)
    return candidatesOf(search, gainOf, reason, level)
  })
}

/** Behaviours at the telling level of bars that no own answer speaks of yet, or up to `below` levels under it. */
function tellingCandidates(
  search: Search,
  untold: readonly WantedBar[],
  opening?: number,
  below = 0,
): Candidate[] {
  const { instrument, posterior } = search.assessment
  return untold.flatMap(({ competency, level }) => {
    const mass = thinned(posterior.marginals[instrument.competencyIndex.get(competency)!]!)
    const { selectionGrid } = instrument.tables
    // Far below a bar nothing tells of it: there the question is what tells of the competency.
    const gainOf =
      search.opportunity(competency, level) < LIKELY_OPPORTUNITY
        ? locationGain(selectionGrid, mass)
        : barGain(selectionGrid, mass, [barLocation(instrument, competency, level)])
    const upper = opening ?? level
    const reason = { competency, levels: [upper - 1, upper] as const, aim: 'bar' as const }
    const telling = opening ?? tellingLevel(instrument, { competency, level })
    return candidatesOf(search, gainOf, reason, telling, opening === undefined ? below : 0)
  })
}

/** Behaviours near the bars that too little near was asked of. */
const nearCandidates = (search: Search, due: readonly NearDue[], opening?: number): Candidate[] =>
  due.flatMap(({ bar, below }) => tellingCandidates(search, [bar], opening, below))

function outlineCandidates(
  search: Search,
  profile: Profile,
  goal: QuickGoal | WholeGoal | CompetencyGoal,
): Candidate[] {
  const { assessment } = search
  const { instrument, posterior } = assessment
  const highest = highestFirstLevel(assessment, goal.mode === 'competency' ? undefined : goal.start)
  return profile.competencies.flatMap((estimate, c) => {
    const { competency, level, levels, answered, noOpportunity } = estimate
    if (goal.mode === 'competency' && goal.competency !== competency) return []
    const first = answered + noOpportunity === 0
    const general = positionOf(getCompetency(instrument, competency).scale, profile.general.mean)
    const entry = first ? Math.max(1, Math.min(highest, Math.round(general))) : undefined
    const lower = entry === undefined ? Math.min(levels - 1, Math.floor(level)) : Math.min(levels, entry) - 1
    const gainOf = locationGain(instrument.tables.selectionGrid, thinned(posterior.marginals[c]!))
    const reason = { competency, levels: [lower, lower + 1] as const, aim: 'outline' as const }
    return candidatesOf(search, gainOf, reason, entry)
  })
}

/**
 * The highest level that a competency's first question may be about: a few good answers elsewhere say little of it, so
 * it is one level past the highest that was shown anywhere, and the opening level before anything was.
 */
function highestFirstLevel({ instrument, responses }: Assessment, start = OPENING_LEVEL): number {
  const shown = responses
    .filter(({ answer }) => ANSWERS.indexOf(answer as ScoredAnswer) >= SHOWS_FROM)
    .map(({ item }) => instrument.items[instrument.itemIndex.get(item)!]!.level + 1)
  return Math.max(start, ...shown)
}

/**
 * Content balancing. Strict (quick): only the area that is furthest behind its share of the competencies is asked.
 * Otherwise an area that lags has its items' worth raised in proportion, so that no area crowds the others out.
 */
function balanceAreas(
  { instrument, responses }: Assessment,
  candidates: Candidate[],
  strict: boolean,
): Candidate[] {
  const given = new Map<string, number>()
  for (const { item } of responses) {
    const { area } = instrument.items[instrument.itemIndex.get(item)!]!
    given.set(area, (given.get(area) ?? 0) + 1)
  }
  const lag = new Map(
    instrument.areas.map((area) => {
      const share =
        instrument.competencies.filter((c) => c.area === area).length / instrument.competencies.length
      return [area, share * (responses.length + 1) - (given.get(area) ?? 0)]
    }),
  )
  if (strict) {
    const furthest = Math.max(...candidates.map(({ item }) => lag.get(item.area)!))
    return candidates.filter(({ item }) => furthest === lag.get(item.area))
  }
  return candidates.map((candidate) => {
    const raise = 1 + Math.max(0, lag.get(candidate.item.area)!) / (responses.length + 1)
    return { ...candidate, worth: candidate.worth * raise }
  })
}

function draw(candidates: readonly Candidate[], spread: number, rng?: () => number): Candidate {
  const best = candidates.toSorted((a, b) => b.worth - a.worth).slice(0, spread)
  return best[Math.min(best.length - 1, Math.floor((rng?.() ?? 0) * best.length))]!
}
