// How far an assessment is, as areas that fill, and how many minutes are left.
import { profileSoFar, type Assessment } from '../assess/assessment.ts'
import { decideBars, SURE } from '../assess/decision.ts'
import { LENGTH_LIMIT, QUICK_LENGTH, type Goal } from '../assess/goal.ts'
import { untoldOf, wantedBars } from '../assess/next-item.ts'
import { closedLevels } from '../assess/opportunity.ts'
import { mustsNotAskedNear, NEAR_ANSWERS } from '../assess/told-bars.ts'
import { certaintiesOf, fullest, mean } from './filled.ts'

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
  /**
   * At 20 to 30 seconds a question. Where the answers decide how many there are, `max` is for the most that can come and
   * `min` is 0: how many really do cannot be foretold, and a bound never rises from one answer to the next.
   */
  readonly minutesLeft: { readonly min: number; readonly max: number }
}

const SECONDS = { min: 20, max: 30 }
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
  const most = fullest(assessment, goal)
  return {
    ...now,
    filled: Math.max(now.filled, most.whole),
    areas: now.areas.map((one) => ({ ...one, filled: Math.max(one.filled, most.areas.get(one.area) ?? 0) })),
  }
}

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
  const near =
    outline || undecided.length + untold.length > 0
      ? []
      : mustsNotAskedNear(assessment, bars, wantedNow, NEAR_ANSWERS[goal.mode], closedLevels(assessment))
  const isOpen = undecided.length + untold.length + near.length > 0
  const left = outline
    ? { min: Math.max(0, wanted - askedOfGoal), max: Math.max(0, wanted - askedOfGoal) }
    : { min: 0, max: isOpen ? Math.max(0, limit - responses.length) : 0 }
  const atMost = goal.mode === 'competency' ? responses.length + left.max : Math.max(limit, responses.length)
  return { areas, filled, asked: responses.length, atMost, minutesLeft: minutesFor(left) }
}

function shareOf({ instrument }: Assessment, area: string): number {
  return (
    instrument.competencies.filter((competency) => competency.area === area).length /
    instrument.competencies.length
  )
}

function minutesFor({ min, max }: { min: number; max: number }): Progress['minutesLeft'] {
  return { min: Math.floor((min * SECONDS.min) / 60), max: Math.ceil((max * SECONDS.max) / 60) }
}
