// The product's words in Simplified Chinese.
import type { Words } from './en.ts'
import { accountWords } from './zh-hans/accounts.ts'
import { actWords } from './zh-hans/acts.ts'
import { administrationWords } from './zh-hans/administration.ts'
import { assessWords } from './zh-hans/assess.ts'
import { frameWords } from './zh-hans/frame.ts'
import { growthWords } from './zh-hans/growth.ts'
import { importWords } from './zh-hans/import.ts'
import { ladderWords } from './zh-hans/ladder.ts'
import { measureWords } from './zh-hans/measure.ts'
import { peopleWords } from './zh-hans/people.ts'
import { privacyWords } from './zh-hans/privacy.ts'
import { roundsWords } from './zh-hans/rounds.ts'
import { sharesWords } from './zh-hans/shares.ts'

export const zhHans: Words = {
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
}
