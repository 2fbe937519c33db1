// How full a goal's areas are by the answers given, and the fullest that they were along the way.
import { resumeAssessment, profileSoFar, type Assessment } from '../assess/assessment.ts'
import { decideBars, SURE, type BarDecision } from '../assess/decision.ts'
import { LENGTH_LIMIT, type Goal } from '../assess/goal.ts'
import type { Instrument } from '../assess/instrument.ts'
import { wantedBars } from '../assess/next-item.ts'
import { estimateProfile, type Profile } from '../assess/profile.ts'
import { untoldBars } from '../assess/told-bars.ts'

export type BarGoal = Extract<Goal, { readonly mode: 'adaptive' | 'target' }>

export interface Filled {
  /** 0-1 by area; areas that nothing is wanted of are left out. */
  readonly areas: ReadonlyMap<string, number>
  readonly whole: number
}

/** Our estimate of questions for each bar that is still undecided. */
export const QUESTIONS_PER_BAR = 2.5
/** What answers alone, without a decision, can fill. */
const FILLED_BY_ANSWERS = 0.9

/** How full a goal with bars is by these answers alone. */
export function filledAt(assessment: Assessment, goal: BarGoal): Filled {
  const { instrument, responses } = assessment
  const profile = profileSoFar(assessment)
  const bars = decideBars(profile, wantedBars(profile, goal), goal.sure)
  const values = certaintiesOf(assessment, bars)
  const areaOf = new Map(instrument.competencies.map(({ id, area }) => [id, area]))
  const areas = new Map<string, number>()
  for (const area of new Set(bars.map(({ competency }) => areaOf.get(competency)!)))
    areas.set(area, mean(values.filter((_, i) => areaOf.get(bars[i]!.competency) === area)))
  const scored = responses.filter(({ answer }) => answer !== 'no-opportunity').length
  return { areas, whole: Math.max(mean(values), Math.min(1, scored / (goal.limit ?? LENGTH_LIMIT))) }
}

/** How many runs of answers are remembered for one instrument: about as many as people answer at once, and their last steps. */
const REMEMBERED = 2000
const REMEMBERED_GOALS = 200

interface Memory {
  readonly nothing: Profile
  readonly goals: Map<string, number>
  /** Last used last; the key is a goal with the scored answers in their order, so an undo or another process asks another one. */
  readonly filled: Map<string, Filled>
}

const memories = new WeakMap<Instrument, Memory>()

function memoryOf(instrument: Instrument): Memory {
  const known = memories.get(instrument)
  if (known) return known
  const memory = { nothing: estimateProfile(instrument, []), goals: new Map(), filled: new Map() }
  memories.set(instrument, memory)
  return memory
}

/**
 * For each area, and for the whole, the most that was filled after any of the first 1, 2, ... answers. Each step is worked
 * out once and remembered by what it depends on, so one more answer costs one step, however many came before it.
 */
export function fullest(assessment: Assessment, goal: BarGoal): Filled {
  const { instrument } = assessment
  const scored = assessment.responses.filter(({ answer }) => answer !== 'no-opportunity')
  const memory = memoryOf(instrument)
  const goalKey = keyOfGoal(memory, goal)
  const keyAfter = (count: number) =>
    `${goalKey} ${scored
      .slice(0, count)
      .map(({ item, answer }) => `${item}=${answer}`)
      .join(' ')}`
  let count = scored.length
  while (count > 0 && !memory.filled.has(keyAfter(count))) count--
  let most: Filled = count === 0 ? { areas: new Map(), whole: 0 } : memory.filled.get(keyAfter(count))!
  if (count > 0) remember(memory, keyAfter(count), most)
  while (count < scored.length) {
    count++
    const then = count === scored.length ? assessment : resumeAssessment(instrument, scored.slice(0, count))
    most = higher(most, filledAt(then, goal))
    remember(memory, keyAfter(count), most)
  }
  return most
}

function keyOfGoal({ goals, filled }: Memory, goal: BarGoal): number {
  const text = JSON.stringify(goal)
  const known = goals.get(text)
  if (known !== undefined) return known
  if (goals.size >= REMEMBERED_GOALS) {
    goals.clear()
    filled.clear()
  }
  goals.set(text, goals.size)
  return goals.size - 1
}

function remember({ filled }: Memory, key: string, value: Filled): void {
  filled.delete(key)
  filled.set(key, value)
  if (filled.size > REMEMBERED) filled.delete(filled.keys().next().value!)
}

function higher(a: Filled, b: Filled): Filled {
  const areas = new Map(a.areas)
  for (const [area, share] of b.areas) areas.set(area, Math.max(share, areas.get(area) ?? 0))
  return { areas, whole: Math.max(a.whole, b.whole) }
}

/**
 * Each bar's certainty beyond the prior's, 0-1; 0 where no scored answer speaks of it. A bar that the prior decides
 * counts from its own first answer on.
 */
export function certaintiesOf(assessment: Assessment, bars: readonly BarDecision[]): number[] {
  if (bars.length === 0) return []
  const responses = assessment.responses.filter(({ answer }) => answer !== 'no-opportunity')
  const untold = new Set(untoldBars({ ...assessment, responses }, bars))
  const own = countByCompetency({ ...assessment, responses })
  const certainty = (probability: number) => Math.min(1, Math.abs(probability - 0.5) / (SURE - 0.5))
  const prior = decideBars(memoryOf(assessment.instrument).nothing, bars)
  return bars.map((bar, i) => {
    const shared = bars.filter(({ competency }) => competency === bar.competency).length
    const planned = QUESTIONS_PER_BAR * shared
    const answered = Math.min(FILLED_BY_ANSWERS, (own.get(bar.competency) ?? 0) / planned)
    if (untold.has(bar)) return answered
    const { probability } = bar
    const before = certainty(prior[i]!.probability)
    if (before === 1) return responses.length > 0 ? Math.max(answered, certainty(probability)) : 0
    return Math.max(answered, (certainty(probability) - before) / (1 - before))
  })
}

/** Nothing wanted is all known. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Answers by competency. */
export function countByCompetency({
  instrument,
  responses,
}: Pick<Assessment, 'instrument' | 'responses'>): ReadonlyMap<string, number> {
  const count = new Map<string, number>()
  for (const { item } of responses) {
    const { competency } = instrument.items[instrument.itemIndex.get(item)!]!
    count.set(competency, (count.get(competency) ?? 0) + 1)
  }
  return count
}
