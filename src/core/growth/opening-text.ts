// The sentences that open a standing, in words: the same for the terminal and what is taken away.
import { isDoubtful } from './fit-text.ts'
import type { NextBar, Opening, RoleRef } from './model.ts'
import { holdingText, readinessText } from './readiness-text.ts'
import type { StandingReport } from './report-model.ts'
import { roleKey } from './roles.ts'
import { verdictText } from './verdict-text.ts'
import type { Words } from './words-model.ts'

/** How the titles of a framework are written. */
export interface Titles {
  readonly role: (ref: RoleRef) => string
  readonly track: (id: string) => string
  readonly competency: (id: string) => string
}

/** The steps to name: the nearest of each track, a role once; where there is none, the nearest unless it is one's own. */
export function aheadOf({
  next,
  nearest,
}: Pick<Opening, 'next' | 'nearest'>): { track: string | null; bar: NextBar }[] {
  const isFirst = ({ bar }: Opening['next'][number], at: number) =>
    next.findIndex((other) => roleKey(other.bar.role) === roleKey(bar.role)) === at
  const apart = next.filter(isFirst)
  if (apart.length > 0) return apart
  return nearest && !nearest.own ? [{ track: null, bar: nearest }] : []
}

/**
 * One's own role with what it still lacks, the highest bar that is met, what carries and what is weak, and what is next. Of
 * answers that do not fit together no bar is said to be met. `withSure` puts each strength's probability beside it.
 */
export function openingTexts(
  { standing: { opening }, fit }: Pick<StandingReport, 'standing' | 'fit'>,
  words: Words,
  { role, track, competency }: Titles,
  withSure: boolean,
): string[] {
  const { own, carries, carriesTie, weak, weakTie, nearest } = opening
  const spots = (
    list: readonly (Omit<(typeof carries)[number], 'stillBelow'> & Partial<(typeof carries)[number]>)[],
  ) =>
    list
      .map(({ competency: id, probability, stillBelow }) => {
        const remarks = [
          ...(withSure ? [words.sure(words.percent(probability))] : []),
          ...(stillBelow ? [words.stillBelow(role(stillBelow.role), stillBelow.level)] : []),
        ]
        return competency(id) + (remarks.length > 0 ? words.brackets(remarks.join(words.semicolon)) : '')
      })
      .join(words.comma)
  const doubtful = isDoubtful(fit)
  const ownHolding = nearest?.own ? holdingText(nearest, words, competency) : ''
  const ahead = aheadOf(opening)
  return [
    ...(doubtful ? [words.standsNot.doubtful] : []),
    ...(own && !doubtful
      ? [words.own(role(own.role), words.counts(own.musts), readinessText(own, words), ownHolding)]
      : []),
    ...(doubtful ? [] : [verdictText(opening, words, role, words.percent)]),
    carries.length > 0
      ? words.carries(spots(carries), carriesTie.more, carriesTie.tied)
      : words.carriesNothing,
    ...(weak.length > 0 ? [words.weak(spots(weak), weakTie.more, weakTie.tied)] : []),
    ...ahead.map(({ track: id, bar }) =>
      words.next(
        id === null ? null : track(id),
        role(bar.role),
        words.counts(bar.musts),
        readinessText(bar, words),
        holdingText(bar, words, competency),
      ),
    ),
    ...(nearest === null && ahead.length === 0 ? [words.nearestNothing] : []),
  ]
}
