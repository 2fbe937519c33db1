// Which bar a person meets, as one sentence: the same for the terminal and what is taken away.
import type { Opening, RoleRef } from './model.ts'
import type { Words } from './words-model.ts'

/** "You probably meet the whole bar of Architect: 72 %.", or that none is, or that too little is known to say. */
export function verdictText(
  { verdict, stands }: Pick<Opening, 'verdict' | 'stands'>,
  words: Pick<Words, 'stands' | 'standsNot'>,
  role: (ref: RoleRef) => string,
  percent: (probability: number) => string,
): string {
  if (verdict === 'none' || verdict === 'unknown' || verdict === 'partly') return words.standsNot[verdict]
  if (stands === null) return words.standsNot.none
  return words.stands[verdict](role(stands.role), percent(stands.readiness))
}
