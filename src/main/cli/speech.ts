// How results are said in the terminal: the screens' own words, a framework's texts, and figures, in one language.
import { Option } from 'commander'
import { createTranslator } from 'use-intl/core'

import { textIn, type Framework, type Text } from '../../core/framework/model.ts'
import type { Location, RoleRef } from '../../core/growth/model.ts'
import type { YearRange } from '../../core/growth/path-model.ts'
import { intervalText, placeText, SHORT_ENDS } from '../../core/growth/place-text.ts'
import { findRole, roleKey, titleOf } from '../../core/growth/roles.ts'
import { listText } from '../../core/growth/list-text.ts'
import { wordsIn } from '../../core/growth/words.ts'
import { en } from '../../ui/words/en.ts'
import { zhHans } from '../../ui/words/zh-hans.ts'
import { clean } from './layout.ts'
import { TERMINAL_WORDS } from './terminal-words.ts'

export const LANGUAGES = ['en', 'zh-Hans'] as const
export type Language = (typeof LANGUAGES)[number]

export const languageOption = (what = 'language of the words'): Option =>
  new Option('--language <tag>', what).choices(LANGUAGES).default('en')

export type Speech = ReturnType<typeof speechIn>

/** The framework's texts fall back to its first language where they lack this one. */
export function speechIn(framework: Framework, language: Language) {
  const messages = language === 'en' ? en : zhHans
  const { words } = wordsIn(language)
  const terminal = TERMINAL_WORDS[language]
  const say = (text: Text) => clean(textIn(text, language, framework.languages[0]))
  const short = (value: number) => String(Math.round(value * 10) / 10)
  return {
    language,
    /** The words of results that are taken away. */
    words,
    /** The words that only the terminal needs. */
    terminal,
    question: createTranslator({ locale: language, messages, namespace: 'question' }),
    standing: createTranslator({ locale: language, messages, namespace: 'standing' }),
    why: createTranslator({ locale: language, messages, namespace: 'why' }),
    gap: createTranslator({ locale: language, messages, namespace: 'gap' }),
    compare: createTranslator({ locale: language, messages, namespace: 'compare' }),
    paths: createTranslator({ locale: language, messages, namespace: 'paths' }),
    /** A text of the framework as one printable line. */
    say,
    competency: (id: string) => say(framework.competencies.find((one) => one.id === id)?.title ?? id),
    track: (id: string) => say(framework.tracks.find((one) => one.id === id)?.title ?? id),
    area: (id: string) => say(framework.areas.find((one) => one.id === id)?.title ?? id),
    role: (ref: RoleRef) => {
      const choice = findRole(framework, ref)
      return choice ? say(titleOf(choice)) : roleKey(ref)
    },
    /** Levels of a competency's scale. */
    levels: (id: string) =>
      (framework.competencies.find((one) => one.id === id)?.scale ?? framework.scale).levels.length,
    percent: words.percent,
    level: (value: number) => value.toFixed(1),
    /** A place on the scale: "3.4", or past an end "5 or above"; `short` for columns: 5+. */
    place: ({ level, beyond }: Location) => placeText(level, beyond.level, words.ends),
    placeShort: ({ level, beyond }: Location) => placeText(level, beyond.level, SHORT_ENDS),
    range: ({ interval90, beyond }: Location) => intervalText(interval90, beyond.interval90, words.ends),
    rangeShort: ({ interval90, beyond }: Location) => intervalText(interval90, beyond.interval90, SHORT_ENDS),
    /** With at most one decimal. */
    short,
    years: ({ min, max }: YearRange) => words.years(short(min), max === null ? null : short(max)),
    list: (texts: readonly string[]) => listText(language, texts),
  }
}
