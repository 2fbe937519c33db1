// Readiness as words: a percentage only where every must is known, else what it is a percentage of, or why there is none.
import type { BarStanding, NextBar } from './model.ts'
import type { Words } from './words-model.ts'

/** "72%", "of the 9 musts that are known 72%, 2 are not known", or that too little is known. */
export function readinessText(
  { readiness, ofKnown, tooLittleKnown }: Pick<BarStanding, 'readiness' | 'ofKnown' | 'tooLittleKnown'>,
  words: Pick<Words, 'percent' | 'ofKnown' | 'tooLittleKnown'>,
): string {
  if (readiness !== null) return words.percent(readiness)
  if (ofKnown) return words.ofKnown(words.percent(ofKnown.probability), ofKnown.musts, ofKnown.notKnown)
  return words.tooLittleKnown(tooLittleKnown?.answered ?? 0, tooLittleKnown?.musts ?? 0)
}

/** "; held back by Design; not known yet, answer first: Hiring": what is open and what is not known, never as one. */
export function holdingText(
  {
    heldBackBy,
    answerFirst,
    withoutOpportunity,
  }: Pick<NextBar, 'heldBackBy' | 'answerFirst' | 'withoutOpportunity'>,
  words: Pick<Words, 'heldBackBy' | 'answerFirst' | 'withoutOpportunity' | 'semicolon' | 'comma'>,
  titleOf: (competency: string) => string,
): string {
  const list = (ids: readonly string[]) => ids.map(titleOf).join(words.comma)
  return [
    ...(heldBackBy.length > 0 ? [words.heldBackBy(list(heldBackBy))] : []),
    ...(answerFirst.length > 0 ? [words.answerFirst(list(answerFirst))] : []),
    ...(withoutOpportunity.length > 0 ? [words.withoutOpportunity(list(withoutOpportunity))] : []),
  ].join(words.semicolon)
}
