// Calendar days as `YYYY-MM-DD`: their text order is their order in time.

/** A day of the Gregorian calendar as `YYYY-MM-DD`, from 0001-01-01 to 9999-12-31. */
export type Day = string

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/
const MILLISECONDS = 86_400_000

/** Whether a text is a day that the calendar has: 2024-02-30 is none. */
export function isDay(text: string): boolean {
  const match = ISO.exec(text)
  return match !== null && fromParts(Number(match[1]), Number(match[2]), Number(match[3])) === text
}

/** Year, month (1-12) and day of the month as a day; undefined where the calendar has no such day. */
export function fromParts(year: number, month: number, date: number): Day | undefined {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || date < 1 || date > 31) return undefined
  const time = new Date(0)
  time.setUTCFullYear(year, month - 1, date)
  return time.getUTCMonth() === month - 1 ? time.toISOString().slice(0, 10) : undefined
}

/** The day `count` days later; a negative count is earlier. */
export const addDays = (day: Day, count: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * MILLISECONDS).toISOString().slice(0, 10)

/** How many days `to` lies after `from`. */
export const daysBetween = (from: Day, to: Day): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MILLISECONDS

/** The day of a moment in a time zone of the IANA database; throws RangeError for one that is not there. */
export function dayOf(moment: Date, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en-US-u-ca-gregory', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(moment)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}
