// The product's words in English; every other language has the same keys.
import { accountWords } from './en/accounts.ts'
import { actWords } from './en/acts.ts'
import { administrationWords } from './en/administration.ts'
import { assessWords } from './en/assess.ts'
import { frameWords } from './en/frame.ts'
import { growthWords } from './en/growth.ts'
import { importWords } from './en/import.ts'
import { ladderWords } from './en/ladder.ts'
import { measureWords } from './en/measure.ts'
import { peopleWords } from './en/people.ts'
import { privacyWords } from './en/privacy.ts'
import { roundsWords } from './en/rounds.ts'
import { sharesWords } from './en/shares.ts'

export const en = {
  ...frameWords,
  ...ladderWords,
  ...assessWords,
  ...growthWords,
  ...measureWords,
  ...peopleWords,
  ...roundsWords,
  ...privacyWords,
  ...importWords,
  ...accountWords,
  ...administrationWords,
  ...sharesWords,
  ...actWords,
} as const

type Widened<T> = { readonly [K in keyof T]: T[K] extends string ? string : Widened<T[K]> }
/** The shape that every language's words have. */
export type Words = Widened<typeof en>
