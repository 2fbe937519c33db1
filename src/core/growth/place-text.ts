// A place on a proficiency scale, or the interval around it, in words: past an end of the scale it says so.
import type { Beyond } from '../assess/level-scale.ts'

/** The words that are needed where the scale ends. */
export interface ScaleEndWords {
  /** "5 or above": the highest level, as a text. */
  readonly orAbove: (level: string) => string
  /** "0 or below": a whole level or more under the bar of level 1, where the scale ends. */
  readonly orBelow: string
}

/** Signs for narrow columns: 5+ and ≤0. */
export const SHORT_ENDS: ScaleEndWords = { orAbove: (level) => `${level}+`, orBelow: '≤0' }

/** "3.4", or past an end of the scale "5 or above", "0 or below". */
export function placeText(level: number, beyond: Beyond, words: ScaleEndWords): string {
  if (beyond === 'above') return words.orAbove(String(level))
  return beyond === 'below' ? words.orBelow : level.toFixed(1)
}

/** "2.1–3.4", "4.2–5 or above"; an interval that lies past one end altogether is that end alone: "5 or above". */
export function intervalText(
  [low, high]: readonly [number, number],
  [lowBeyond, highBeyond]: readonly [Beyond, Beyond],
  words: ScaleEndWords,
): string {
  const [first, last] = [placeText(low, lowBeyond, words), placeText(high, highBeyond, words)]
  return lowBeyond !== null && lowBeyond === highBeyond ? first : `${first}–${last}`
}

/** Past which ends any of these lie, so that a page says once what that means. */
export function endsPassed(sides: readonly Beyond[]): Exclude<Beyond, null>[] {
  return (['below', 'above'] as const).filter((side) => sides.includes(side))
}
