// Which bars an own answer speaks of: a bar decided by the general level alone was not asked about.
import { ANSWERS, SHOWS_FROM, type Answer } from './answers.ts'
import type { Assessment } from './assessment.ts'
import type { BarDecision } from './decision.ts'
import type { WantedBar } from './goal.ts'
import { getCompetency, type Instrument, type Item } from './instrument.ts'
import { LIKELY_OPPORTUNITY, opportunityOf, type OpportunityEstimate } from './opportunity.ts'

/** The level nearest to a bar's that the competency has behaviours at (the lower of two); undefined without any. */
export function tellingLevel(
  instrument: Instrument,
  { competency, level }: Pick<WantedBar, 'competency' | 'level'>,
): number | undefined {
  const levels = getCompetency(instrument, competency).items.map((index) => instrument.items[index]!.level)
  return levels.toSorted((a, b) => Math.abs(a - level) - Math.abs(b - level) || a - b)[0]
}

/**
 * Whether an answer speaks of a bar: any answer at its telling level; one above it that shows the behaviour; one below it
 * that does not. "No opportunity" at that level or below it does too: whoever lacked the opportunity for something easier
 * is not asked for the harder.
 */
function speaksOf(item: Item, answer: Answer, telling: number): boolean {
  if (answer === 'no-opportunity') return item.level <= telling
  if (item.level === telling) return true
  const shown = ANSWERS.indexOf(answer) >= SHOWS_FROM
  return item.level > telling ? shown : !shown
}

/** Below this estimate of the opportunity one level under a must, it is not asked about near its bar. */
const IMPROBABLE = 0.25

interface Given {
  readonly item: Item
  readonly answer: Answer
}

function givenByCompetency({ instrument, responses }: Assessment): ReadonlyMap<string, readonly Given[]> {
  const given = new Map<string, Given[]>()
  for (const { item: id, answer } of responses) {
    const item = instrument.items[instrument.itemIndex.get(id)!]!
    const own = given.get(item.competency)
    if (own) own.push({ item, answer })
    else given.set(item.competency, [{ item, answer }])
  }
  return given
}

/**
 * The bars of which no own answer speaks, and of which a behaviour at the telling level is left to ask. Where the
 * opportunity for that level is unlikely, any own answer to the competency is enough: asking on would only be skipped.
 */
export function untoldBars(
  assessment: Assessment,
  bars: readonly WantedBar[],
  opportunity: OpportunityEstimate = opportunityOf(assessment),
): WantedBar[] {
  const given = givenByCompetency(assessment)
  return bars.filter((bar) => {
    const telling = tellingLevel(assessment.instrument, bar)
    if (telling === undefined) return false
    const own = given.get(bar.competency) ?? []
    if (own.length > 0 && opportunity(bar.competency, telling) < LIKELY_OPPORTUNITY) return false
    return !own.some(({ item, answer }) => speaksOf(item, answer, telling))
  })
}

/** So many own answers near a must's bar it takes before the bar counts as decided, while questions near it are left. */
export const NEAR_ANSWERS = { adaptive: 1, target: 2 } as const

/** Levels of a competency that one more question would only be skipped at. */
export type ClosedLevels = (competency: string, level: number) => boolean

/** Whether a behaviour lies near a bar whose telling level is given: at that level or up to `below` levels under it. */
export function isNear({ level }: Pick<Item, 'level'>, telling: number, below = 1): boolean {
  return level <= telling && level >= telling - below
}

export interface NearDue {
  readonly bar: WantedBar
  /**
   * 0: nothing near was asked and there is no own scored answer to the competency; 1: nothing near was asked and it is
   * probably open; 2: nothing near was asked; 3: too little was.
   */
  readonly rank: number
  /** How many levels under the telling one a question may be about: 0 where one at it is lacking. */
  readonly below: 0 | 1
}

/**
 * The musts that too little near was asked of, of which a question is left: fewer than `enough` answers at the bar's level or
 * the one below, or none that speaks of it, because what lies one level below was shown and nothing at the bar was asked.
 * What an answer further down says of a bar is an inference. Shown above the bar, or no opportunity for something easier,
 * counts as asked near it; where an opportunity even one level below the bar is `IMPROBABLE`, and at closed
 * levels, nothing is asked for.
 */
export function mustsNotAskedNear(
  assessment: Assessment,
  decisions: readonly BarDecision[],
  wanted: readonly WantedBar[],
  enough: number,
  closed: ClosedLevels = () => false,
): NearDue[] {
  const { instrument } = assessment
  const given = givenByCompetency(assessment)
  const opportunity = opportunityOf(assessment)
  return wanted.flatMap((bar, i) => {
    const { competency } = bar
    const telling = bar.kind === 'should' ? undefined : tellingLevel(instrument, bar)
    if (telling === undefined) return []
    const own = given.get(competency) ?? []
    const near = own.filter(({ item, answer }) => {
      if (answer === 'no-opportunity') return item.level <= telling
      return isNear(item, telling) || (item.level > telling && speaksOf(item, answer, telling))
    })
    const spoken = near.some(({ item, answer }) => speaksOf(item, answer, telling))
    const below = near.length >= enough ? 0 : 1
    if (near.length >= enough && spoken) return []
    if (opportunity(competency, Math.max(1, telling - below)) < IMPROBABLE) return []
    const isLeft = getCompetency(instrument, competency).items.some((index) => {
      const item = instrument.items[index]!
      const asked = own.some((one) => one.item.id === item.id)
      return !asked && isNear(item, telling, below) && !closed(competency, item.level)
    })
    if (!isLeft) return []
    const known = own.some(({ answer }) => answer !== 'no-opportunity')
    const rank = near.length > 0 ? 3 : known ? (decisions[i]!.probability < 0.5 ? 1 : 2) : 0
    return [{ bar, rank, below }]
  })
}

/** Only the most pressing of them: all those of the lowest rank. */
export function mostPressing(due: readonly NearDue[]): NearDue[] {
  const first = Math.min(...due.map(({ rank }) => rank))
  return due.filter(({ rank }) => rank === first)
}
