// Which bars an own answer speaks of: a bar decided by the general level alone was not asked about.
import { ANSWERS, SHOWS_FROM, type Answer } from './answers.ts'
import type { Assessment } from './assessment.ts'
import type { WantedBar } from './goal.ts'
import { getCompetency, type Instrument, type Item } from './instrument.ts'

/** The level nearest to a bar's that the competency has behaviours at (the lower of two); undefined without any. */
export function tellingLevel(
  instrument: Instrument,
  { competency, level }: Pick<WantedBar, 'competency' | 'level'>,
): number | undefined {
  const levels = getCompetency(instrument, competency).items.map((index) => instrument.items[index]!.level)
  return levels.toSorted((a, b) => Math.abs(a - level) - Math.abs(b - level) || a - b)[0]
}

/**
 * Whether an answer speaks of a bar: any answer at its telling level, "no opportunity" too, because it was asked; one
 * above it that shows the behaviour; or one below it that does not.
 */
function speaksOf(item: Item, answer: Answer, telling: number): boolean {
  if (item.level === telling) return true
  if (answer === 'no-opportunity') return false
  const shown = ANSWERS.indexOf(answer) >= SHOWS_FROM
  return item.level > telling ? shown : !shown
}

/** The bars of which no own answer speaks, and of which a behaviour at the telling level is left to ask. */
export function untoldBars({ instrument, responses }: Assessment, bars: readonly WantedBar[]): WantedBar[] {
  const given = new Map<string, { item: Item; answer: Answer }[]>()
  for (const { item: id, answer } of responses) {
    const item = instrument.items[instrument.itemIndex.get(id)!]!
    const own = given.get(item.competency)
    if (own) own.push({ item, answer })
    else given.set(item.competency, [{ item, answer }])
  }
  return bars.filter((bar) => {
    const telling = tellingLevel(instrument, bar)
    if (telling === undefined) return false
    return !(given.get(bar.competency) ?? []).some(({ item, answer }) => speaksOf(item, answer, telling))
  })
}
