// What tells one way from the others, in words: the same on screens, in the terminal and in what is taken away.
import type { Path, Paths } from './path-model.ts'
import type { Words } from './words-model.ts'

/** In what a way is best, or better than which other one; `nameOf` says how the way of an id is called. */
export function wayMarks(
  { best, better }: Pick<Path, 'best' | 'better'>,
  words: Words,
  nameOf: (id: string) => string,
): string[] {
  if (best.length > 0) return best.map((name) => words.best[name])
  return better.map((one) =>
    words.betterThan(nameOf(one.than), one.in.map((name) => words.better[name]).join(words.comma)),
  )
}

/** Which strengths a way uses, and the share of its bars that ask for one, to the whole percent as ways are compared. */
export function strengthsText(
  { used, share }: Path['strengths'],
  words: Words,
  competency: (id: string) => string,
): string {
  if (used.length === 0) return words.strengthsNone
  const percent = Math.round(100 * (share ?? 0))
  const list = used.map(competency).join(words.comma)
  return words.strengthsUsed(list, percent === 0 ? '< 1%' : `${percent}%`)
}

/** How many good ways there are, and what makes them so; of ways that too little is known of nothing is claimed. */
export function countText(
  { paths, alternatives }: Pick<Paths, 'paths' | 'alternatives'>,
  words: Words,
): string {
  if (paths.length === 1) return alternatives.length === 0 ? words.ways.only : words.ways.one
  const known = paths.every(({ tooLittleKnown }) => tooLittleKnown === null)
  return known ? words.ways.good(paths.length) : words.ways.unknown(paths.length)
}
