// A place on the proficiency scale and the range around it, in the reader's words: past an end of the scale they say so.
import { useTranslations } from 'use-intl'
import type { Beyond } from '../../../core/assess/level-scale.ts'
import type { Location } from '../../../core/growth/model.ts'
import { endsPassed, intervalText, placeText, type ScaleEndWords } from '../../../core/growth/place-text.ts'
import { useFigures } from '../../../ui/words/use-figures.ts'

type Placed = Pick<Location, 'level' | 'beyond'>
type Ranged = Pick<Location, 'interval50' | 'interval90' | 'beyond'>

interface LocationWords {
  /** "3.4", "5 or above" or "0 or below". */
  readonly place: (location: Placed) => string
  readonly placeAt: (level: number, beyond: Beyond) => string
  /** "2.1–3.4", "4.2–5 or above"; past one end altogether that end alone. */
  readonly range: (location: Ranged, which?: 'interval50' | 'interval90') => string
  readonly rangeAt: (interval: Location['interval90'], beyond: Location['beyond']['interval90']) => string
  /** What it means that these lie past an end, said once for all of them; empty where none does. */
  readonly note: (locations: readonly Pick<Location, 'beyond'>[]) => string
}

export function useLocationWords(): LocationWords {
  const t = useTranslations('standing')
  const { sentences } = useFigures()
  const ends: ScaleEndWords = { orAbove: (level) => t('orAbove', { level }), orBelow: t('orBelow') }
  const notes = { above: t('aboveNote'), below: t('belowNote') }
  const placeAt: LocationWords['placeAt'] = (level, beyond) => placeText(level, beyond, ends)
  const rangeAt: LocationWords['rangeAt'] = (interval, beyond) => intervalText(interval, beyond, ends)
  return {
    placeAt,
    rangeAt,
    place: ({ level, beyond }) => placeAt(level, beyond.level),
    range: (location, which = 'interval90') => rangeAt(location[which], location.beyond[which]),
    note: (locations) =>
      sentences(
        ...endsPassed(locations.flatMap(({ beyond }) => beyond.interval90)).map((side) => notes[side]),
      ),
  }
}
