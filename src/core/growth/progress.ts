// How far an assessment is, as areas that fill, and how many minutes are left.
import { profileSoFar, type Assessment } from '../assess/assessment.ts'
import { decideBars, SURE, type BarDecision } from '../assess/decision.ts'
import { LENGTH_LIMIT, QUICK_LENGTH, type Goal } from '../assess/goal.ts'
import { wantedBars } from '../assess/next-item.ts'

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
 * For goals with bars an area is as full as its bars are decided: one of probability p counts
 * |p - 1/2| / (SURE - 1/2), at most 1. For the outline and the whole bank it is the share of its questions asked.
 */
export function progressOf(assessment: Assessment, goal: Goal): Progress {
  const { instrument, responses } = assessment
  const bars = decideBars(
    profileSoFar(assessment),
    wantedBars(profileSoFar(assessment), goal),
    'sure' in goal ? goal.sure : SURE,
  )
  const areaOf = new Map(instrument.competencies.map(({ id, area }) => [id, area]))
  const outline = goal.mode === 'quick' || goal.mode === 'whole'
  const wanted =
    goal.mode === 'quick'
      ? Math.min(instrument.items.length, goal.length ?? QUICK_LENGTH)
      : instrument.items.length
  const areas = instrument.areas.map((area): AreaProgress => {
    const items = instrument.items.filter((item) => item.area === area)
    const asked = new Set(items.map(({ id }) => id))
    const own = responses.filter(({ item }) => asked.has(item))
    const noOpportunity = own.filter(({ answer }) => answer === 'no-opportunity').length
    const share = goal.mode === 'quick' ? shareOf(assessment, area) * wanted : items.length
    const filled = outline
      ? Math.min(1, own.length / Math.max(1, share))
      : meanCertainty(bars.filter(({ competency }) => areaOf.get(competency) === area))
    return { area, filled, answered: own.length - noOpportunity, noOpportunity }
  })
  const filled = outline ? Math.min(1, responses.length / Math.max(1, wanted)) : meanCertainty(bars)
  return { areas, filled, minutesLeft: minutesFor(questionsLeft(assessment, goal, wanted, bars)) }
}

function shareOf({ instrument }: Assessment, area: string): number {
  return (
    instrument.competencies.filter((competency) => competency.area === area).length /
    instrument.competencies.length
  )
}

function meanCertainty(bars: readonly BarDecision[]): number {
  if (bars.length === 0) return 1
  const certainties = bars.map(({ probability, decision }) =>
    decision === 'cannot tell' ? Math.abs(probability - 0.5) / (SURE - 0.5) : 1,
  )
  return Math.min(1, certainties.reduce((sum, certainty) => sum + certainty, 0) / bars.length)
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
