// Time zones by their IANA names: which there are, and whether a name is one.

/** Names of today where browsers still list the one of before, which not every database knows. */
export const RENAMED_ZONES = [
  ...['Africa/Asmara', 'America/Argentina/Buenos_Aires', 'America/Indiana/Indianapolis', 'America/Nuuk'],
  ...['Asia/Ho_Chi_Minh', 'Asia/Kathmandu', 'Asia/Kolkata', 'Asia/Yangon', 'Atlantic/Faroe', 'Europe/Kyiv'],
] as const

/** Whether this runtime knows a time zone of this name: an offset such as +01:00 is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The time zones that this runtime lists, UTC and the names of today among them, by name. */
export function listTimeZones(): string[] {
  const names = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...RENAMED_ZONES.filter(isTimeZone)])
  return [...names].toSorted()
}
