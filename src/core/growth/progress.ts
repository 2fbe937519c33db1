// How far an assessment is, as areas that fill, and how many minutes are left.
import { profileSoFar, type Assessment } from '../assess/assessment.ts'
import { decideBars, SURE, type BarDecision } from '../assess/decision.ts'
import { LENGTH_LIMIT, QUICK_LENGTH, type Goal } from '../assess/goal.ts'
import { wantedBars } from '../assess/next-item.ts'
import { estimateProfile } from '../assess/profile.ts'

export interface AreaProgress {
  readonly area: string
  /** 0-1: how much of what the goal wants to know of the area is known. */
  readonly filled: number
  readonly answered: number
  readonly noOpportunity: number
}

export interface Progress {
  readonly areas: readonly AreaProgress[]
  readonly filled: number
  /** Our estimate at 20 to 30 seconds a question. */
  readonly minutesLeft: { readonly min: number; readonly max: number }
}

const SECONDS = { min: 20, max: 30 }
/** Our estimate of questions for each bar that is still undecided. */
const QUESTIONS_PER_BAR = { min: 1, max: 2.5 }

/**
 * For goals with bars an area is as full as its bars are decided beyond what the prior decided: a bar of probability p
 * has the certainty c = |p - 1/2| / (SURE - 1/2), at most 1, and counts (c - c0) / (1 - c0), c0 being the same before
 * any answer. The whole is at least the share of the most questions that such a goal asks. For the outline and the
 * whole bank both are the share of their questions asked.
 */
export function progressOf(assessment: Assessment, goal: Goal): Progress {
  const { instrument, responses } = assessment
  const profile = profileSoFar(assessment)
  const bars = decideBars(profile, wantedBars(profile, goal), 'sure' in goal ? goal.sure : SURE)
  const certainties = certaintiesOf(assessment, bars)
  const areaOf = new Map(instrument.competencies.map(({ id, area }) => [id, area]))
  const outline = goal.mode === 'quick' || goal.mode === 'whole'
  const wanted =
    goal.mode === 'quick'
      ? Math.min(instrument.items.length, goal.length ?? QUICK_LENGTH)
      : instrument.items.length
  const areas = instrument.areas.map((area): AreaProgress => {
    const items = new Set(instrument.items.filter((item) => item.area === area).map(({ id }) => id))
    const own = responses.filter(({ item }) => items.has(item))
    const noOpportunity = own.filter(({ answer }) => answer === 'no-opportunity').length
    const share = goal.mode === 'quick' ? shareOf(assessment, area) * wanted : items.size
    const filled = outline
      ? Math.min(1, own.length / Math.max(1, share))
      : mean(certainties.filter((_, i) => areaOf.get(bars[i]!.competency) === area))
    return { area, filled, answered: own.length - noOpportunity, noOpportunity }
  })
  const filled = outline
    ? Math.min(1, responses.length / Math.max(1, wanted))
    : Math.max(mean(certainties), Math.min(1, responses.length / (goal.limit ?? LENGTH_LIMIT)))
  return { areas, filled, minutesLeft: minutesFor(questionsLeft(assessment, goal, wanted, bars)) }
}

/** Each bar's certainty beyond the prior's, 0-1; a bar that the prior decides counts from the first answer on. */
function certaintiesOf({ instrument, responses }: Assessment, bars: readonly BarDecision[]): number[] {
  if (bars.length === 0) return []
  const certainty = (probability: number) => Math.min(1, Math.abs(probability - 0.5) / (SURE - 0.5))
  const prior = decideBars(estimateProfile(instrument, []), bars)
  return bars.map(({ probability }, i) => {
    const before = certainty(prior[i]!.probability)
    if (before === 1) return responses.length > 0 ? certainty(probability) : 0
    return Math.max(0, (certainty(probability) - before) / (1 - before))
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

function questionsLeft({ responses }: Assessment, goal: Goal, wanted: number, bars: readonly BarDecision[]) {
  if (goal.mode === 'quick' || goal.mode === 'whole') {
    const left = Math.max(0, wanted - responses.length)
    return { min: left, max: left }
  }
  const undecided = bars.filter(({ decision }) => decision === 'cannot tell').length
  const most = Math.max(0, (goal.limit ?? LENGTH_LIMIT) - responses.length)
  return {
    min: Math.min(most, undecided * QUESTIONS_PER_BAR.min),
    max: Math.min(most, undecided * QUESTIONS_PER_BAR.max),
  }
}

function minutesFor({ min, max }: { min: number; max: number }): Progress['minutesLeft'] {
  return { min: Math.floor((min * SECONDS.min) / 60), max: Math.ceil((max * SECONDS.max) / 60) }
}
