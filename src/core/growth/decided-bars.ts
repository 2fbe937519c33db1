// Which bars an assessment has decided: one rule while answering, at its end, and for what is left to ask.
import type { Response } from '../assess/answers.ts'
import { profileSoFar, type Assessment } from '../assess/assessment.ts'
import { decideBars, type BarDecision } from '../assess/decision.ts'
import type { Goal } from '../assess/goal.ts'
import { getCompetency } from '../assess/instrument.ts'
import { wantedBars } from '../assess/next-item.ts'
import { untoldBars } from '../assess/told-bars.ts'
import type { Expectation } from '../framework/model.ts'

export interface BarOutcome extends BarDecision {
  readonly area: string
  readonly kind: Expectation['kind']
  /** Sure enough, and by an own scored answer: the general level alone decides nothing, nor does "no opportunity". */
  readonly decided: boolean
  /** Whether the competency has a scored answer: without one the bar is not known, however near it may lie. */
  readonly known: boolean
  /** Behaviours of the competency, up to the level, that have no answer. */
  readonly left: number
}

/**
 * The bars that a goal wants decided, as the answers so far leave them; undefined for a goal that wants none. A should that the
 * adaptive mode does not ask about, because the general level decides it, is not among them.
 */
export function barOutcomes(assessment: Assessment, goal: Goal): BarOutcome[] | undefined {
  if (goal.mode !== 'adaptive' && goal.mode !== 'target') return undefined
  const { instrument, responses } = assessment
  const profile = profileSoFar(assessment)
  const wanted = wantedBars(profile, goal)
  const scored = responses.filter(({ answer }) => answer !== 'no-opportunity')
  const untold = new Set(untoldBars({ ...assessment, responses: scored }, wanted))
  const own = competenciesOf(assessment, scored)
  const given = new Set(responses.map(({ item }) => item))
  return decideBars(profile, wanted, goal.sure).flatMap((bar, i) => {
    const kind = wanted[i]!.kind ?? 'must'
    const known = own.has(bar.competency)
    const told = known && !untold.has(wanted[i]!)
    const sure = bar.decision !== 'cannot tell'
    if (goal.mode === 'adaptive' && kind === 'should' && sure && !told) return []
    const { area, items } = getCompetency(instrument, bar.competency)
    const left = items.filter((index) => {
      const { id, level } = instrument.items[index]!
      return level <= bar.level && !given.has(id)
    }).length
    return [{ ...bar, area, kind, decided: sure && told, known, left }]
  })
}

const competenciesOf = ({ instrument }: Assessment, responses: readonly Response[]): ReadonlySet<string> =>
  new Set(responses.map(({ item }) => instrument.items[instrument.itemIndex.get(item)!]!.competency))
