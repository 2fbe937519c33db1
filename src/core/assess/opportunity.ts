// How likely somebody is to have had the opportunity for a behaviour, from what was asked so far.
import type { Assessment } from './assessment.ts'
import { getCompetency } from './instrument.ts'
import { levelLocation } from './level-scale.ts'

/** Estimated probability, 0-1, of having had the opportunity for behaviours at a level of a competency. */
export type OpportunityEstimate = (competency: string, level: number) => number

/** Answers that the estimate of the wider group (area for a competency, all for an area) counts as. */
const WEIGHT_OF_WIDER = 1

/** For what is said to a person, not for ranking: how much "no opportunity" there is before anything was asked. */
export const DOUBT = 0.2

/** Below this estimate an opportunity is less likely than not: an easier behaviour may be asked in a level's place. */
export const LIKELY_OPPORTUNITY = 0.5

interface Asked {
  readonly competency: string
  readonly area: string
  /** Location of the behaviour's level in logits: levels of scales of another length are compared by it. */
  readonly at: number
  readonly had: boolean
}

/**
 * Opportunity by level: whoever had it for harder behaviours has it for easier ones, and whoever lacked it for easier
 * ones lacks it for harder. With A scored answers at the level or above and N "no opportunity" at it or below the
 * estimate over everything is (1 + A) / (1 + doubt + A + N), Laplace's rule of succession for `doubt` 1. An area's own is
 * drawn towards that, a competency's towards its area's, each as by one answer more. It never rises with the level.
 * It chooses questions and enters no measure.
 */
export function opportunityOf(
  { instrument, responses }: Pick<Assessment, 'instrument' | 'responses'>,
  doubt = 0,
): OpportunityEstimate {
  const asked = responses.map(({ item: id, answer }): Asked => {
    const { competency, area, level } = instrument.items[instrument.itemIndex.get(id)!]!
    const at = levelLocation(getCompetency(instrument, competency).scale, level)
    return { competency, area, at, had: answer !== 'no-opportunity' }
  })
  if (doubt === 0 && asked.every(({ had }) => had)) return () => 1
  const known = new Map<string, number>()
  const estimate = (competency: string, level: number): number => {
    const { area, scale } = getCompetency(instrument, competency)
    const at = levelLocation(scale, level)
    const tell = asked.filter((one) => (one.had ? one.at >= at - 1e-9 : one.at <= at + 1e-9))
    const drawn = (wider: number, own: readonly Asked[]) =>
      (WEIGHT_OF_WIDER * wider + own.filter(({ had }) => had).length) / (WEIGHT_OF_WIDER + own.length)
    const all = (1 + tell.filter(({ had }) => had).length) / (1 + doubt + tell.length)
    const inArea = tell.filter((one) => one.area === area)
    return drawn(
      drawn(all, inArea),
      inArea.filter((one) => one.competency === competency),
    )
  }
  return (competency, level) => {
    const key = `${competency} ${level}`
    const before = known.get(key)
    if (before !== undefined) return before
    const value = estimate(competency, level)
    known.set(key, value)
    return value
  }
}

/** So many answers "no opportunity" close a competency, or its levels from one on, to a search for bars. */
export const CLOSED_AFTER = 3

/** So many in a row, whatever they are about, end a search for bars. */
export const ENDED_AFTER = 20

/**
 * Whether one more question about a level of a competency would only be skipped: after three answers "no opportunity"
 * without any scored answer to the competency; with some, for a level where three were given at it or below and none scored
 * at it or above.
 */
export function closedLevels({
  instrument,
  responses,
}: Pick<Assessment, 'instrument' | 'responses'>): (competency: string, level: number) => boolean {
  const given = new Map<string, { none: number[]; scored: number[] }>()
  for (const { item: id, answer } of responses) {
    const { competency, level } = instrument.items[instrument.itemIndex.get(id)!]!
    const own = given.get(competency) ?? { none: [], scored: [] }
    own[answer === 'no-opportunity' ? 'none' : 'scored'].push(level)
    given.set(competency, own)
  }
  return (competency, level) => {
    const { none = [], scored = [] } = given.get(competency) ?? {}
    if (scored.length === 0) return none.length >= CLOSED_AFTER
    return none.filter((at) => at <= level).length >= CLOSED_AFTER && scored.every((at) => at < level)
  }
}

/** How many of the last answers in a row were "no opportunity", counted from the one at index `from` on. */
export function lastWithoutOpportunity({ responses }: Pick<Assessment, 'responses'>, from = 0): number {
  const since = responses.slice(from)
  return since.length - 1 - since.findLastIndex(({ answer }) => answer !== 'no-opportunity')
}

/** Whether all that was answered was skipped, or whatever is left to ask about these competencies is closed. */
export function isOnlySkipped(
  { instrument, responses }: Pick<Assessment, 'instrument' | 'responses'>,
  closed: (competency: string, level: number) => boolean,
  bars: readonly { readonly competency: string }[],
): boolean {
  if (responses.length > 0 && responses.every(({ answer }) => answer === 'no-opportunity')) return true
  const given = new Set(responses.map(({ item }) => item))
  const left = bars
    .flatMap(({ competency }) => getCompetency(instrument, competency).items)
    .map((index) => instrument.items[index]!)
    .filter(({ id }) => !given.has(id))
  return left.length > 0 && left.every(({ competency, level }) => closed(competency, level))
}
