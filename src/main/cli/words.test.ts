// One way to say a thing: the words of the terminal and of what is taken away are those of the screens.
import { expect, test } from 'vitest'
import { percentText } from '../../core/growth/percent-text.ts'
import { wordsIn } from '../../core/growth/words.ts'
import { en } from '../../ui/words/en.ts'
import { zhHans } from '../../ui/words/zh-hans.ts'
import { TERMINAL_WORDS } from './terminal-words.ts'

const LANGUAGES = [
  ['en', en],
  ['zh-Hans', zhHans],
] as const

test.each(LANGUAGES)('%s: actions are the words of the screens', (language, screens) => {
  const { gap } = screens
  const { words } = wordsIn(language)
  expect(words.actions).toEqual({
    'answer-first': gap.actionAnswerFirst,
    'find-opportunity': gap.actionFindOpportunity,
    'try-with-support': gap.actionTryWithSupport,
    'do-on-your-own': gap.actionDoOnYourOwn,
    'record-evidence': gap.actionRecordEvidence,
    'nothing-more': gap.actionNothingMore,
  })
})

test.each(LANGUAGES)(
  '%s: a percentage has no space before its sign, in any word of any surface',
  (language, screens) => {
    const written = [screens, TERMINAL_WORDS[language], wordsIn(language).words].map((words) =>
      JSON.stringify(words, (_, value: unknown) => (typeof value === 'function' ? String(value) : value)),
    )
    for (const text of written) expect(text.match(/[0-9}] %[^a-z(]/g) ?? []).toEqual([])
  },
)

test('a percentage is never nothing and never everything', () => {
  expect([0, 0.004, 0.01, 0.345, 0.5, 0.99, 0.996, 1].map(percentText)).toEqual([
    '< 1%',
    '< 1%',
    '1%',
    '35%',
    '50%',
    '99%',
    '> 99%',
    '> 99%',
  ])
})
