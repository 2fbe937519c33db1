// A location as cells of a table that leaves the page: what lies past an end of the scale is empty and said apart.
import type { Location } from '../../../core/growth/model.ts'
import { endsPassed } from '../../../core/growth/place-text.ts'

export const LOCATION_COLUMNS = ['level', 'low50', 'high50', 'low90', 'high90', 'past the scale'] as const

/** Empty cells where the competency is not known. */
export function locationCells(location: Location, known: boolean): (number | string | null)[] {
  if (!known) return LOCATION_COLUMNS.map(() => null)
  const { level, interval50, interval90, beyond } = location
  const values = [level, ...interval50, ...interval90]
  const sides = [beyond.level, ...beyond.interval50, ...beyond.interval90]
  return [
    ...values.map((value, at) => (sides[at] === null ? Number(value.toFixed(3)) : null)),
    endsPassed(beyond.interval90).join(' ') || null,
  ]
}
