// How long a person answered: the time between answers, without the breaks.

/** A longer pause between two answers is a break and not counted: our choice. */
const BREAK_MINUTES = 10

/** When the first and the last answer were given (ISO 8601), and the minutes between answers without breaks. */
export interface AnsweringTime {
  readonly from: string
  readonly to: string
  readonly minutes: number
}

/** Of the times at which the answers of one assessment were given, in any order; null where no time is known. */
export function answeringTimeOf(times: readonly string[]): AnsweringTime | null {
  const given = times.map((time) => Date.parse(time)).toSorted((a, b) => a - b)
  const [first] = given
  const last = given.at(-1)
  if (first === undefined || last === undefined) return null
  const spent = given
    .slice(1)
    .map((at, i) => at - given[i]!)
    .filter((gap) => gap <= BREAK_MINUTES * 60_000)
    .reduce((sum, gap) => sum + gap, 0)
  return {
    from: new Date(first).toISOString(),
    to: new Date(last).toISOString(),
    minutes: Math.max(1, Math.round(spent / 60_000)),
  }
}
