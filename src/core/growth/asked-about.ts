// What went before a question: how often its competency was asked about, and whether the last answer was about it.
import type { Instrument } from '../assess/instrument.ts'

/** `answers` are those that hold, "no opportunity" among them; `last` is the item last answered, if any. */
export function askedAbout(
  { items, itemIndex }: Pick<Instrument, 'items' | 'itemIndex'>,
  answers: readonly { readonly item: string }[],
  competency: string,
  last: string | undefined,
): { answered: number; follows: boolean } {
  const isAbout = (item: string): boolean => items[itemIndex.get(item)!]!.competency === competency
  return {
    answered: answers.filter(({ item }) => isAbout(item)).length,
    follows: last !== undefined && isAbout(last),
  }
}
