// Facts that hold from one day to another, and their corrections: what held on a day, as it was known at a moment.
import type { Day } from './day.ts'

/** A half-open time: from its first day to the day before `to`; without an end where `to` is null. */
export interface Period {
  readonly from: Day
  readonly to: Day | null
}

/** A fact with when it was written down and when it was found wrong; ISO moments. A wrong fact is kept, marked. */
export interface Dated extends Period {
  readonly recordedAt: string
  readonly correctedAt: string | null
}

export const holdsOn = ({ from, to }: Period, day: Day): boolean => from <= day && (to === null || day < to)

/** Whether two periods have a day in common. */
export const overlaps = (a: Period, b: Period): boolean =>
  (b.to === null || a.from < b.to) && (a.to === null || b.from < a.to)

/** The facts that hold on a day, as they were known at a moment (ISO); without one, as they are known now. */
export function asOf<T extends Dated>(facts: readonly T[], day: Day, known?: string): T[] {
  return facts.filter(
    (fact) =>
      holdsOn(fact, day) &&
      (known === undefined
        ? fact.correctedAt === null
        : fact.recordedAt <= known && (fact.correctedAt === null || known < fact.correctedAt)),
  )
}

/** One stretch of a line of facts that exclude each other, such as a person's managers. */
export interface Stretch<V> extends Period {
  readonly value: V
}

/** What to do to a line of facts: mark some as corrected, and write down others. */
export interface Revision<S> {
  readonly corrected: readonly S[]
  readonly added: readonly Stretch<StretchValue<S>>[]
}
type StretchValue<S> = S extends Stretch<infer V> ? V : never

/**
 * Lets `value` hold from a day on, until what holds then would have ended; where nothing holds then, until the next
 * stretch. `null` ends without anything after it. Stretches that begin later stay. Nothing to do where it holds already.
 */
export function changeFrom<S extends Stretch<unknown>>(
  line: readonly S[],
  from: Day,
  value: S['value'] | null,
  same: (a: S['value'], b: S['value']) => boolean = Object.is,
): Revision<S> {
  const current = line.find((stretch) => holdsOn(stretch, from))
  if (value !== null && current !== undefined && same(current.value, value))
    return { corrected: [], added: [] }
  const added: Stretch<S['value']>[] = []
  if (current && current.from < from) added.push({ from: current.from, to: from, value: current.value })
  if (value !== null) added.push({ from, to: current ? current.to : nextStart(line, from), value })
  return { corrected: current ? [current] : [], added: added as Revision<S>['added'] }
}

/** Ends everything on a day: what runs over it is cut there, what begins later is taken back. */
export function endFrom<S extends Stretch<unknown>>(line: readonly S[], day: Day): Revision<S> {
  const corrected = line.filter(({ to }) => to === null || to > day)
  const added = corrected
    .filter(({ from }) => from < day)
    .map(({ from, value }) => ({ from, to: day, value }))
  return { corrected, added: added as unknown as Revision<S>['added'] }
}

function nextStart(line: readonly Period[], day: Day): Day | null {
  let next: Day | null = null
  for (const { from } of line) if (from > day && (next === null || from < next)) next = from
  return next
}
