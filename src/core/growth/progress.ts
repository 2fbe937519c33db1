// How far an assessment is, as areas that fill, and how many minutes are left.
import { giveAnswer, profileSoFar, resumeAssessment, type Assessment } from '../assess/assessment.ts'
import { decideBars, SURE, type BarDecision } from '../assess/decision.ts'
import { LENGTH_LIMIT, QUICK_LENGTH, type Goal } from '../assess/goal.ts'
import { untoldOf, wantedBars } from '../assess/next-item.ts'
import { estimateProfile, type Profile } from '../assess/profile.ts'
import { untoldBars } from '../assess/told-bars.ts'

export interface AreaProgress {
  readonly area: string
  /** 0-1: how much of what the goal wants to know of the area is known; "no opportunity" makes nothing known. */
  readonly filled: number
  readonly answered: number
  readonly noOpportunity: number
}

export interface Progress {
  readonly areas: readonly AreaProgress[]
  readonly filled: number
  /** Questions answered, "no opportunity" included, and the most that the goal asks in all with them. */
  readonly asked: number
  readonly atMost: number
  /** Our estimate at 20 to 30 seconds a question. */
  readonly minutesLeft: { readonly min: number; readonly max: number }
}

const SECONDS = { min: 20, max: 30 }
/** Our estimate of questions for each bar that is still undecided. */
const QUESTIONS_PER_BAR = { min: 1, max: 2.5 }
/** What answers alone, without a decision, can fill. */
const FILLED_BY_ANSWERS = 0.9

/**
 * For goals with bars an area is as full as its bars are decided beyond what the prior decided: a bar of probability p
 * has the certainty c = |p - 1/2| / (SURE - 1/2), at most 1, and counts (c - c0) / (1 - c0), c0 being the same before
 * any answer; a bar that no scored answer speaks of counts nothing, however sure the general level makes it. It counts at
 * least the share of its planned questions that have a scored answer, up to nine tenths. The whole is at least the share of
 * scored answers in the most questions that such a goal asks. What was filled after fewer answers stays filled: a bar that
 * becomes less clear by an answer, or another role that becomes near, takes nothing back. For the outline and the whole
 * bank all are the share of their questions that have a scored answer.
 */
export function progressOf(assessment: Assessment, goal: Goal): Progress {
  const now = progressAt(assessment, goal)
  if (goal.mode === 'quick' || goal.mode === 'whole' || goal.mode === 'competency') return now
  const filled = new Map(now.areas.map((area) => [area.area, area.filled]))
  let whole = now.filled
  let earlier = resumeAssessment(assessment.instrument)
  const nothing = profileSoFar(earlier)
  for (const response of assessment.responses.slice(0, -1)) {
    earlier = giveAnswer(earlier, response)
    if (response.answer === 'no-opportunity') continue
    const then = filledAt(earlier, goal, nothing)
    whole = Math.max(whole, then.whole)
    for (const [area, share] of then.areas) filled.set(area, Math.max(share, filled.get(area)!))
  }
  return { ...now, filled: whole, areas: now.areas.map((one) => ({ ...one, filled: filled.get(one.area)! })) }
}

/** How full a goal with bars is by these answers alone. Areas that nothing is wanted of are left out. */
function filledAt(assessment: Assessment, goal: BarGoal, nothing: Profile) {
  const { instrument, responses } = assessment
  const profile = profileSoFar(assessment)
  const bars = decideBars(profile, wantedBars(profile, goal), goal.sure)
  const values = certaintiesOf(assessment, bars, nothing)
  const areaOf = new Map(instrument.competencies.map(({ id, area }) => [id, area]))
  const areas = new Map<string, number>()
  for (const area of new Set(bars.map(({ competency }) => areaOf.get(competency)!)))
    areas.set(area, mean(values.filter((_, i) => areaOf.get(bars[i]!.competency) === area)))
  const scored = responses.filter(({ answer }) => answer !== 'no-opportunity').length
  return { areas, whole: Math.max(mean(values), Math.min(1, scored / (goal.limit ?? LENGTH_LIMIT))) }
}

type BarGoal = Extract<Goal, { readonly mode: 'adaptive' | 'target' }>

function progressAt(assessment: Assessment, goal: Goal): Progress {
  const { instrument, responses } = assessment
  const profile = profileSoFar(assessment)
  const wantedNow = wantedBars(profile, goal)
  const bars = decideBars(profile, wantedNow, 'sure' in goal ? goal.sure : SURE)
  const certainties = certaintiesOf(assessment, bars)
  const areaOf = new Map(instrument.competencies.map(({ id, area }) => [id, area]))
  const outline = goal.mode === 'quick' || goal.mode === 'whole' || goal.mode === 'competency'
  const asksOf = (competency: string) => goal.mode !== 'competency' || goal.competency === competency
  const inGoal = instrument.items.filter(({ competency }) => asksOf(competency))
  const ofGoal = new Set(inGoal.map(({ id }) => id))
  const askedOfGoal = responses.filter(({ item }) => ofGoal.has(item)).length
  const scored = responses.filter(({ answer }) => answer !== 'no-opportunity')
  const knownOfGoal = scored.filter(({ item }) => ofGoal.has(item)).length
  const wanted = goal.mode === 'quick' ? Math.min(inGoal.length, goal.length ?? QUICK_LENGTH) : inGoal.length
  const areas = instrument.areas.map((area): AreaProgress => {
    const items = new Set(instrument.items.filter((item) => item.area === area).map(({ id }) => id))
    const own = responses.filter(({ item }) => items.has(item))
    const noOpportunity = own.filter(({ answer }) => answer === 'no-opportunity').length
    const ownOfGoal = scored.filter(({ item }) => items.has(item) && ofGoal.has(item)).length
    const ofArea = inGoal.filter((item) => item.area === area).length
    const share = goal.mode === 'quick' ? shareOf(assessment, area) * wanted : ofArea
    const filled = outline
      ? goal.mode !== 'quick' && ofArea === 0
        ? 1
        : Math.min(1, ownOfGoal / Math.max(1, share))
      : mean(certainties.filter((_, i) => areaOf.get(bars[i]!.competency) === area))
    return { area, filled, answered: own.length - noOpportunity, noOpportunity }
  })
  const limit = outline ? wanted : Math.min(instrument.items.length, goal.limit ?? LENGTH_LIMIT)
  const filled = outline
    ? Math.min(1, knownOfGoal / Math.max(1, wanted))
    : Math.max(mean(certainties), Math.min(1, scored.length / (goal.limit ?? LENGTH_LIMIT)))
  const undecided = bars.filter(({ decision }) => decision === 'cannot tell')
  const untold = outline ? [] : untoldOf(assessment, goal, wantedNow, undecided)
  const open = new Set([...undecided, ...untold].map(({ competency, level }) => `${competency} ${level}`))
  const left = outline
    ? { min: Math.max(0, wanted - askedOfGoal), max: Math.max(0, wanted - askedOfGoal) }
    : questionsLeft(assessment, Math.max(0, limit - responses.length), [...open])
  const atMost = goal.mode === 'competency' ? responses.length + left.max : Math.max(limit, responses.length)
  return { areas, filled, asked: responses.length, atMost, minutesLeft: minutesFor(left) }
}

/**
 * Each bar's certainty beyond the prior's, 0-1; 0 where no scored answer speaks of it. A bar that the prior decides
 * counts from its own first answer on.
 */
function certaintiesOf(
  assessment: Assessment,
  bars: readonly BarDecision[],
  nothing: Profile = estimateProfile(assessment.instrument, []),
): number[] {
  if (bars.length === 0) return []
  const responses = assessment.responses.filter(({ answer }) => answer !== 'no-opportunity')
  const untold = new Set(untoldBars({ ...assessment, responses }, bars))
  const own = countByCompetency({ ...assessment, responses })
  const certainty = (probability: number) => Math.min(1, Math.abs(probability - 0.5) / (SURE - 0.5))
  const prior = decideBars(nothing, bars)
  return bars.map((bar, i) => {
    const shared = bars.filter(({ competency }) => competency === bar.competency).length
    const planned = QUESTIONS_PER_BAR.max * shared
    const answered = Math.min(FILLED_BY_ANSWERS, (own.get(bar.competency) ?? 0) / planned)
    if (untold.has(bar)) return answered
    const { probability } = bar
    const before = certainty(prior[i]!.probability)
    if (before === 1) return responses.length > 0 ? Math.max(answered, certainty(probability)) : 0
    return Math.max(answered, (certainty(probability) - before) / (1 - before))
  })
}

function shareOf({ instrument }: Assessment, area: string): number {
  return (
    instrument.competencies.filter((competency) => competency.area === area).length /
    instrument.competencies.length
  )
}

/** Nothing wanted is all known. */
function mean(values: readonly number[]): number {
  return values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Of each open bar what is planned, less what was asked of its competency, and never less than half a question. */
function questionsLeft(assessment: Assessment, most: number, open: readonly string[]) {
  const asked = countByCompetency(assessment)
  const left = (planned: number) =>
    open.reduce((sum, key) => sum + Math.max(0.5, planned - (asked.get(key.split(' ')[0]!) ?? 0)), 0)
  return {
    min: Math.min(most, left(QUESTIONS_PER_BAR.min)),
    max: Math.min(most, left(QUESTIONS_PER_BAR.max)),
  }
}

function countByCompetency({ instrument, responses }: Assessment): ReadonlyMap<string, number> {
  const count = new Map<string, number>()
  for (const { item } of responses) {
    const { competency } = instrument.items[instrument.itemIndex.get(item)!]!
    count.set(competency, (count.get(competency) ?? 0) + 1)
  }
  return count
}

function minutesFor({ min, max }: { min: number; max: number }): Progress['minutesLeft'] {
  return { min: Math.floor((min * SECONDS.min) / 60), max: Math.ceil((max * SECONDS.max) / 60) }
}
