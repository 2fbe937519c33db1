// How far an assessment is, as areas that fill, and how many minutes are left.
import type { Assessment } from '../assess/assessment.ts'
import { LENGTH_LIMIT, QUICK_LENGTH, type Goal } from '../assess/goal.ts'
import { barOutcomes, type BarOutcome } from './decided-bars.ts'

export interface AreaProgress {
  readonly area: string
  /** 0-1: how much of what the goal wants to know of the area is known; "no opportunity" makes nothing known. */
  readonly filled: number
  /** Bars that the goal wants decided in the area, and how many of them are; null for a goal without bars. */
  readonly bars: number | null
  readonly decided: number | null
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
 * For goals with bars an area is as full as its bars are decided (`barOutcomes`), by the same rule while answering and at the
 * end: so it can go back where an answer opens what seemed decided, or another role comes near. An area without a wanted bar
 * is empty. For the outline and the whole bank it is the share of their questions that have a scored answer.
 */
export function progressOf(assessment: Assessment, goal: Goal): Progress {
  const { instrument, responses } = assessment
  const bars = barOutcomes(assessment, goal)
  const shares = bars ? undefined : questionShares(assessment, goal)
  const areas = instrument.areas.map((area): AreaProgress => {
    const here = responses.filter(({ item }) => areaOf(assessment, item) === area)
    const answered = here.filter(({ answer }) => answer !== 'no-opportunity').length
    const own = bars?.filter((bar) => bar.area === area)
    return {
      area,
      filled: own ? decidedShare(own) : shares!.ofArea(area),
      bars: own?.length ?? null,
      decided: own?.filter(({ decided }) => decided).length ?? null,
      answered,
      noOpportunity: here.length - answered,
    }
  })
  const asked = responses.length
  if (shares) {
    const left = Math.max(0, shares.wanted - shares.asked)
    const atMost = goal.mode === 'competency' ? asked + left : Math.max(shares.wanted, asked)
    return { areas, filled: shares.whole, asked, atMost, minutesLeft: minutesFor({ min: left, max: left }) }
  }
  const limit = Math.min(instrument.items.length, ('limit' in goal && goal.limit) || LENGTH_LIMIT)
  return {
    ...{ areas, filled: decidedShare(bars!), asked, atMost: Math.max(limit, asked) },
    minutesLeft: minutesFor({ min: 0, max: Math.max(0, limit - asked) }),
  }
}

const areaOf = ({ instrument }: Assessment, item: string): string =>
  instrument.items[instrument.itemIndex.get(item)!]!.area

const decidedShare = (bars: readonly BarOutcome[]): number =>
  bars.length === 0 ? 0 : bars.filter(({ decided }) => decided).length / bars.length

/** Of a goal without bars: how many questions it wants, and the shares of them that have a scored answer. */
function questionShares(assessment: Assessment, goal: Goal) {
  const { instrument, responses } = assessment
  const inGoal = instrument.items.filter(
    ({ competency }) => goal.mode !== 'competency' || goal.competency === competency,
  )
  const ids = new Set(inGoal.map(({ id }) => id))
  const given = responses.filter(({ item }) => ids.has(item))
  const scored = given.filter(({ answer }) => answer !== 'no-opportunity')
  const wanted = goal.mode === 'quick' ? Math.min(inGoal.length, goal.length ?? QUICK_LENGTH) : inGoal.length
  const { competencies } = instrument
  const wantedOf = (area: string): number =>
    goal.mode === 'quick'
      ? (wanted * competencies.filter((one) => one.area === area).length) / competencies.length
      : inGoal.filter((item) => item.area === area).length
  return {
    wanted,
    asked: given.length,
    whole: Math.min(1, scored.length / Math.max(1, wanted)),
    ofArea: (area: string): number =>
      Math.min(
        1,
        scored.filter(({ item }) => areaOf(assessment, item) === area).length / Math.max(1, wantedOf(area)),
      ),
  }
}

function minutesFor({ min, max }: { min: number; max: number }): Progress['minutesLeft'] {
  return { min: Math.floor((min * SECONDS.min) / 60), max: Math.ceil((max * SECONDS.max) / 60) }
}
