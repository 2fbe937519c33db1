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

/**
 * The musts that nothing near was asked of, at the bar's level or the one below: what an answer further down says of them
 * is an inference. Shown above the bar, or no opportunity for something easier, counts as asked; where an
 * opportunity even one level below the bar is `IMPROBABLE`, it is not asked for. Only the most pressing are given: without
 * any own scored answer, else probably open, else the rest.
 */
export function mustsNotAskedNear(
  assessment: Assessment,
  decisions: readonly BarDecision[],
  wanted: readonly WantedBar[],
): WantedBar[] {
  const given = givenByCompetency(assessment)
  const opportunity = opportunityOf(assessment)
  const due = wanted.flatMap((bar, i) => {
    const telling = bar.kind === 'should' ? undefined : tellingLevel(assessment.instrument, bar)
    if (telling === undefined) return []
    const own = given.get(bar.competency) ?? []
    const near = own.some(
      ({ item, answer }) =>
        (item.level >= telling - 1 && item.level <= telling && answer !== 'no-opportunity') ||
        (speaksOf(item, answer, telling) && (item.level > telling || answer === 'no-opportunity')),
    )
    if (near || opportunity(bar.competency, Math.max(1, telling - 1)) < IMPROBABLE) return []
    const known = own.some(({ answer }) => answer !== 'no-opportunity')
    return [{ bar, rank: known ? (decisions[i]!.probability < 0.5 ? 1 : 2) : 0 }]
  })
  const first = Math.min(...due.map(({ rank }) => rank))
  return due.filter(({ rank }) => rank === first).map(({ bar }) => bar)
}
